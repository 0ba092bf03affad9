#include "programmes/fee_sheet.h"

#include <algorithm>

namespace ballast::programmes {
namespace {

using namespace document;

class Sheet {
public:
    Sheet(const FeeSheet& sheet, words::Language language) : sheet_(sheet), language_(language) {}

    Document make() {
        const auto month = sheet_.month.iso().substr(0, 7);
        Document out;
        out.title = say("title");
        out.language = language_;
        out.created = sheet_.printed_on;
        out.footer = sheet_.village;
        out.blocks.push_back(document::Title{sheet_.village + say("title"), say("month", {{"month", month}})});
        out.blocks.push_back(scheme());
        out.blocks.push_back(Heading{say("entries"), 2});
        out.blocks.push_back(entries());
        out.blocks.push_back(sums());
        if (sheet_.fee.assumed) out.blocks.push_back(paragraph(say("assumed")));
        out.blocks.push_back(paragraph(say("objections")));
        out.blocks.push_back(Signatures{{{say("head"), "", {}}, {say("supervisor"), "", {}}, {say("accountant"), "", {}}}, 1});
        return out;
    }

private:
    std::string say(std::string_view id, const words::Places& places = {}) const {
        return words::say("programmes.sheet." + std::string(id), language_, places);
    }
    std::string item_name(std::string_view item) const {
        const auto found = std::ranges::find(sheet_.items, item, &Choice::value);
        if (found == sheet_.items.end()) return std::string(item);
        return language_ == words::Language::zh ? found->title.zh : found->title.en;
    }
    Table scheme() const {
        const auto& s = sheet_.fee.scheme;
        std::string items;
        for (const auto& item : s.items) items += (items.empty() ? "" : say("comma")) + item_name(item);
        const auto period = words::say("programmes.fee_period." + std::string(name_of(*s.period)), language_);
        Table out{.widths = {22, 28, 22, 28}, .caption = say("scheme")};
        const auto row = [&](std::string a, std::string av, std::string b, std::string bv) {
            out.rows.push_back({{label(std::move(a)), value(std::move(av)), label(std::move(b)), value(std::move(bv))}, 0});
        };
        row(say("items"), items, say("standard"), say("standard_value", {{"amount", s.amount.formatted()}, {"period", period}}));
        row(say("persons"), std::to_string(s.persons), say("exempt"), std::to_string(s.exempt));
        row(say("paying"), std::to_string(sheet_.fee.due.paying), say("due"), sheet_.fee.due.a_period.formatted());
        row(say("approved"), s.approved_on.iso(), say("votes"),
            std::to_string(s.in_favour) + " / " + std::to_string(s.present));
        return out;
    }
    Table entries() const {
        Table out{.widths = {18, 14, 44, 12, 12}, .header_rows = 1, .caption = say("entries")};
        out.rows.push_back({{label(say("day")), label(say("item")), label(say("note")), label(say("income")), label(say("expense"))}, 0});
        for (const auto& one : sheet_.entries) {
            if (one.on < sheet_.month.first_of_month() || one.on > sheet_.month.last_of_month()) continue;
            out.rows.push_back({{value(one.on.iso()), value(one.expense ? item_name(one.item) : say("fee")), value(one.note),
                                 number(one.expense ? "" : one.amount.formatted()),
                                 number(one.expense ? one.amount.formatted() : "")},
                                0});
        }
        if (out.rows.size() == 1) out.rows.push_back({{value(say("nothing"), 5)}, 0});
        return out;
    }
    Table sums() const {
        const auto month = month_of(sheet_.entries, sheet_.month);
        Table out{.widths = {25, 25, 25, 25}, .caption = say("sums")};
        out.rows.push_back({{label(say("before")), label(say("income")), label(say("expense")), label(say("left"))}, 0});
        out.rows.push_back({{number(month.before.formatted()), number(month.income.formatted()),
                             number(month.expense.formatted()), number(month.left().formatted())},
                            0});
        return out;
    }

    const FeeSheet& sheet_;
    words::Language language_;
};

}  // namespace

MonthOfFee month_of(const std::vector<FeeEntry>& entries, Date month) {
    MonthOfFee out;
    for (const auto& one : entries) {
        if (one.on > month.last_of_month()) continue;
        if (one.on < month.first_of_month())
            out.before += one.expense ? -one.amount : one.amount;
        else
            (one.expense ? out.expense : out.income) += one.amount;
    }
    return out;
}

document::Document fee_sheet(const FeeSheet& sheet, words::Language language) { return Sheet(sheet, language).make(); }

}  // namespace ballast::programmes
