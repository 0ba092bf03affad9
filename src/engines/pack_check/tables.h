/// The tables of a pack, bound for a day and an area. Inside the component only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "dmn/model.h"
#include "pack_check/pack_check.h"
#include "packs/packs.h"

namespace ballast::pack_check {

using Facts = std::map<std::string, feel::Value, std::less<>>;

struct Table {
    const packs::File* file;
    dmn::Model model;
    std::size_t decision;
    const dmn::DecisionTable& rules() const { return *model.decisions()[decision].table; }
};

class Tables {
public:
    /// `also`: where parameters are looked up that the pack lacks; may be nullptr. Both must outlive this.
    Tables(const packs::Pack& pack, const packs::Pack* also, Date day, AreaCode area)
        : pack_(pack), also_(also), day_(day), area_(area) {}

    /// Reads every table and says what is wrong with it.
    void read(Report& report);
    /// What the tables say of a household: "R01 orange", by rule. Where a table has severities, of each rule
    /// only the gravest.
    std::vector<std::string> said(const Facts& facts) const;
    const std::vector<Table>& all() const { return tables_; }

private:
    feel::Value parameter(std::string_view name, bool& known) const;
    void check_inputs(const Table& table, Report& report) const;
    void check_faults(const Table& table, Report& report) const;
    void check_words(const Table& table, Report& report) const;

    const packs::Pack& pack_;
    const packs::Pack* also_;
    Date day_;
    AreaCode area_;
    std::vector<Table> tables_;
};

/// "file" and "line" of the first place of `text` in the file.
Error at(std::string id, const packs::File& file, std::string_view text);

}  // namespace ballast::pack_check
