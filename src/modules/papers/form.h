/// The parts of which the papers are made: sentences with places, cells, boxes to tick. Inside the module
/// only.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "papers/values.h"

namespace ballast::papers {

using document::Cell;
using document::Paragraph;
using document::Row;
using document::Run;
using document::Table;

/// A paper being written, in one language. Word ids are given without their "papers.".
class Form {
public:
    Form(std::string_view title_id, Language language, Date printed_on);

    Language language() const { return language_; }
    std::string say(std::string_view id, const words::Places& places = {}) const;
    /// A sentence whose {name:8} is the value, written on a line, or a line of eight characters; whose {name}
    /// is the value as it stands; whose _ are blanks. A value cannot make a place or a blank.
    std::vector<Run> phrase(std::string_view id, const words::Places& places = {}) const;
    /// The label of a code in one of the register's lists: "relation", "02".
    std::string code(std::string_view list, std::string_view code) const;
    /// Several: "2,4".
    std::string codes(std::string_view list, std::string_view codes) const;
    std::string category(const std::optional<Category>& category) const;
    std::string risks(const RiskCodes& risks) const;
    std::string place(const Place& place) const;
    /// "" when there is none.
    std::string day(const std::optional<Date>& day) const;
    std::string assumed(bool is) const { return is ? say("assumed") : ""; }
    template <class T>
    std::string money(const T& amount) const {
        return amount ? say("yuan", {{"amount", amount->formatted()}}) : "";
    }
    std::string line(const std::optional<Parameter<Money>>& line) const;

    Cell label(std::string_view id, int columns = 1, int rows = 1) const;
    /// Boxes of which those of `ticked` ("2,4") are ticked; labels are `prefix` + each option.
    std::vector<Run> boxes(std::string_view prefix, std::span<const std::string_view> options,
                           std::string_view ticked) const;
    std::vector<Run> yes_no(const Answer& answer) const;
    std::vector<Run> categories(const std::optional<Category>& chosen) const;
    std::vector<Run> risk_boxes(const RiskCodes& risks) const;
    /// 签字：____  ____年__月__日, to the right.
    Paragraph signature(std::string_view label_id, const Signer& signer) const;

    void add(document::Block block) { document_.blocks.push_back(std::move(block)); }
    void title(std::string_view id, std::string subtitle = {});
    /// Of an official letter, whose margins it brings. Without an issuer the paper has no head, for it is
    /// still to be filled in.
    void letterhead(const std::string& issuer, const std::string& number);
    void heading(std::string_view id);
    void paragraph(std::vector<Run> runs);                     // of a form
    void letter(std::vector<Run> runs, bool indented = true);  // of an official letter
    /// Issuer, seal and date, at the right.
    void letter_end(std::string_view issuer, const std::optional<Date>& day);
    void numbers_of(const Matter& matter);  // the line above a sheet
    void margins(document::Margins margins) { document_.margins = margins; }
    document::Document finish() && { return std::move(document_); }

private:
    Language language_;
    document::Document document_;
};

/// A row's number.
Cell ordinal(std::size_t number);
Cell cell(std::vector<Run> runs, int columns = 1, int rows = 1);
std::string text_of(const std::optional<std::int64_t>& number);
std::string text_of(const std::optional<int>& number);

}  // namespace ballast::papers
