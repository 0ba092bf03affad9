/// The insured list of a policy (投保清单, domain specification 5.2) as an office sends it: one row for each
/// farmer's plot or herd. Read from a sheet, checked row by row; a list with one faulty row is not taken at
/// all, and every fault is said with its row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bank_card.h"
#include "base/citizen_id.h"
#include "base/decimal.h"
#include "base/phone.h"
#include "insurance/plot.h"

namespace ballast::insurance {

struct ListRow {
    std::int64_t row = 0;  // in the sheet
    std::string name;
    CitizenId id;
    Phone phone;
    std::string plot;  // 地块名称
    std::optional<Ring> ring;
    std::vector<TagRange> tags;
    Decimal units;
    Decimal transferred;  // of them, land taken over from others
    std::string bank;
    BankCard account;
    std::string holder;  // of the account
};

/// Something about a row. An error keeps the list out; a remark only asks for an inspection on the spot.
struct RowFinding {
    std::int64_t row;
    bool error;
    Error what;
};

struct ReadList {
    std::vector<ListRow> rows;
    std::vector<RowFinding> findings;
};
/// `path` holds XLSX or CSV. Errors: those of table::Reader and table::find_header; invalid
/// "insurance.list_empty", "insurance.list_too_long" {most}. Faults of rows are findings:
/// "insurance.row_missing" {column}, those of CitizenId, Phone, BankCard, Decimal, rings and tags with
/// {column}; "insurance.row_places" {column, places}; "insurance.not_signed"; "insurance.account_of_another".
Result<ReadList> read_list(const std::string& path, const std::string& name, Date today);

/// What the register and other policies say of a row.
struct RowSurroundings {
    bool on_file = false;       // in the register
    std::string member_status;  // "1" present, "2" dead ...
    std::string registered_name;
    std::optional<Decimal> land;  // mu of the household
    Decimal units_of_household;   // of this list and of other policies of the season on the same land
};

/// An insured row of another policy of the same product and season, in the same township.
struct Elsewhere {
    std::string policy_no, id_number, plot;
    std::optional<Ring> ring;
    std::vector<TagRange> tags;
};

/// Pure. What the register holds (a name, an area of land) is never part of what is said. Errors:
/// "insurance.farmer_twice" {row}, "insurance.plots_overlap" {row}, "insurance.tags_overlap" {row},
/// "insurance.insured_elsewhere" {policy}, "insurance.insured_dead", "insurance.insured_moved",
/// "insurance.name_differs", "insurance.more_than_land", "insurance.tags_missing" {units,
/// tags}. Remarks: "insurance.not_on_file", "insurance.no_land_on_file".
struct ListRules {
    bool land = false;  // units are mu
    bool tags = false;  // units are tagged animals
};
std::vector<RowFinding> check_list(const std::vector<ListRow>& rows,
                                   const std::vector<RowSurroundings>& around,
                                   const std::vector<Elsewhere>& elsewhere, const ListRules& rules);

}  // namespace ballast::insurance
