/// Contracts with third parties, marked before they end; projects with their funds by source.
#pragma once

#include "programmes/expiry.h"
#include "programmes/records.h"

namespace ballast::programmes {

struct ContractTag;
using ContractId = Id<ContractTag>;
struct ProjectTag;
using ProjectId = Id<ProjectTag>;

struct Contract {
    ContractId id;
    std::string kind;
    AreaCode area;
    std::string party, scope, payer;
    Money price;  // for the whole time
    Date begins_on, ends_on;
    std::optional<Date> ended_on;  // given up before its end
    std::int64_t version = 0;
    std::string key;
    bool live(Date on) const { return !ended_on && begins_on <= on && on <= ends_on; }
};
/// Errors: forbidden "auth.not_allowed"; not_found "programmes.no_such_contract_kind" {name}, those of known_area;
/// invalid "programmes.party_missing", "programmes.ends_before", "programmes.price_negative"; conflict
/// "programmes.contract_overlaps" {party, from, to}: the same kind for the same area at the same time.
Result<ContractId> add_contract(db::Tx& tx, const Desk& desk, const Programme& programme, Contract contract);
/// Ends it today. Errors: not_found "programmes.no_such_contract"; conflict "programmes.changed_meanwhile",
/// "programmes.over".
Result<void> end_contract(db::Tx& tx, const Desk& desk, const Programme& programme, ContractId id,
                          std::int64_t version);

struct ContractLine {
    Contract contract;
    Mark mark = Mark::none;  // none once it was given up
    bool assumed = false;    // the days of the warning
    bool may_end = false;    // the reader looks after it; what is held above is read only
};
/// Those of the area, and those that an area above holds for it: the village whose rubbish is carried away by its township's
/// contract sees until when. Those that end first come first; what is over comes last.
Result<std::vector<ContractLine>> contracts(db::Tx& tx, const Desk& desk, const Programme& programme,
                                            std::optional<AreaCode> area);

struct Project {
    ProjectId id;
    std::string kind;
    AreaCode area;
    std::string title;
    Date begins_on, ends_on;
    std::vector<std::pair<std::string, Money>> funds;  // by source
    std::string key;
    Money total() const;
};
/// Errors: as above; not_found "programmes.no_such_project_kind" {name}; invalid "programmes.name_missing",
/// "programmes.no_such_source" {source}, "programmes.source_twice" {source}, "programmes.fund_not_positive" {source},
/// "programmes.no_funds".
Result<ProjectId> add_project(db::Tx& tx, const Desk& desk, const Programme& programme, Project project);
Result<std::vector<Project>> projects(db::Tx& tx, const Desk& desk, const Programme& programme,
                                      std::optional<AreaCode> area);

}  // namespace ballast::programmes
