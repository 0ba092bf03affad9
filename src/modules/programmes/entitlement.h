/// What a pack's table says is due to a record; a proposal that a person reads, with the row that said it.
#pragma once

#include "programmes/records.h"

namespace ballast::programmes {

/// The parameters that the model asks for, as they are in that area on that day; nothing in the other places. A
/// parameter without a value there stays nothing, and the rows that need it do not match.
Result<std::vector<feel::Value>> parameters_of(const dmn::Model& model, const Programme& programme, AreaCode area,
                                               Date on);

struct Due {
    bool eligible = false;
    Money amount;
    Title reason;
    std::string rule;      // of the table
    bool assumed = false;  // a parameter or the row was
};
/// Nothing when the register has no table, or no row of it matched.
Result<std::optional<Due>> due_to(db::Tx& tx, const Desk& desk, const Programme& programme, const Record& record);

}  // namespace ballast::programmes
