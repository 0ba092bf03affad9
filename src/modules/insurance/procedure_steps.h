/// What the procedures of this module share: their tables have rows {from, action, to, who, guards}, and guards
/// that are known before a form is filled in are standing. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/result.h"

namespace ballast::insurance {

/// Leads to another state and needs no reason: what everybody waits for, unlike a return or a cancellation.
template <class Row>
bool leads_on(const Row& row) {
    return std::ranges::find(row.from, row.to) == row.from.end() &&
           std::ranges::none_of(row.guards,
                                [](const auto* guard) { return guard->error == "insurance.note_missing"; });
}

/// The row of a table that holds at the moment, or the first of its guards that does not: `holds` says which rows are meant,
/// `refusal` tells of a guard. Errors: those of the guards; conflict "insurance.wrong_state" {state, action}.
template <class Row, class Moment, class Action, class Holds, class Refusal>
Result<const Row*> decided(const std::vector<Row>& rows, const Moment& moment, Action action, const Holds& holds,
                           const Refusal& refusal) {
    for (const auto& row : rows) {
        if (row.action != action || !holds(row, moment)) continue;
        for (const auto* guard : row.guards)
            if (guard->broken(moment)) return refusal(*guard, moment);
        return &row;
    }
    return conflict("insurance.wrong_state")
        .with("state", std::string(name_of(moment.state)))
        .with("action", std::string(name_of(action)));
}

/// The wanted rows of a table, each with what still stands against it: `refusal` tells of a guard.
template <class Step, class Rows, class Moment, class Wanted, class Refusal>
std::vector<Step> steps_of(const Rows& rows, const Moment& moment, const Wanted& wanted,
                           const Refusal& refusal) {
    std::vector<Step> out;
    for (const auto& row : rows) {
        if (!wanted(row)) continue;
        Step step{&row, {}};
        for (const auto* guard : row.guards)
            if (guard->standing && guard->broken(moment)) step.missing.push_back(refusal(*guard, moment));
        out.push_back(std::move(step));
    }
    return out;
}

}  // namespace ballast::insurance
