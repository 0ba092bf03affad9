#include "casework/case_file.h"

#include <algorithm>

#include "areas/areas.h"
#include "audit/audit.h"
#include "base/masking.h"
#include "casework/case_store.h"
#include "casework/clue_file.h"
#include "casework/consent.h"
#include "casework/facts_json.h"
#include "casework/notice.h"
#include "registry/editing.h"
#include "registry/household_file.h"

namespace ballast::casework {

namespace {

using auth::Right;
using H = registry::HouseholdField;
using P = registry::PersonField;

int years_between(Date birth, Date today) {
    int years = today.year() - birth.year();
    if (birth.plus_months(12 * years) > today) --years;
    return years;
}

/// People of the household who, by name, birth and sex, also stand in another one of the county. (The same
/// document in two households is impossible: the register refuses it.)
Result<std::int64_t> namesakes_elsewhere(db::Tx& tx, const RiskCase& now) {
    return tx.number(
        "SELECT COUNT(*) FROM registry_v_person p JOIN registry_v_person q ON q.name_key = p.name_key AND "
        "q.birth = p.birth AND q.sex = p.sex AND q.household_id <> p.household_id AND q.member_status = '1' "
        "WHERE p.household_id = ? AND p.member_status = '1' AND p.birth <> '' AND (p.id_lookup IS NULL OR "
        "q.id_lookup IS NULL) AND " +
            auth::Scope({now.village.at(AreaLevel::county)}).sql("q.village_code"),
        {now.household});
}

/// By the rule of the area on the name, else masked.
Shown shown_of(const registry::Household& home, const Terms& terms) {
    const auto& division = areas::Division::shipped();
    std::string village;
    for (const auto& area : division.path(home.village))
        if (area.code.level() >= AreaLevel::township) village += area.name;
    const auto* head = home.head();
    return {village, home.values[H::group_name],
            !head                           ? ""
            : terms.yes("notice_full_name") ? head->values[P::name]
                                            : masked_name(head->values[P::name]),
            home.active_members()};
}

Result<Surroundings> surroundings(db::Tx& tx, const crypto::Vault& vault, const RiskCase& now,
                                  const Terms& terms, Date today) {
    const auth::Scope county({now.village.at(AreaLevel::county)});
    const auto page = TRY(registry::household(tx, vault, county, now.household, today));
    const auto& home = page.household;
    Surroundings around;
    for (const auto& member : home.members)
        if (member.active()) {
            const auto birth = member.values.date(P::birth);
            around.members.push_back({member.id.number(), birth ? years_between(*birth, today) : adult_age,
                                      member.values[P::name], birth});
        }
    around.shown = shown_of(home, terms).text();
    around.ex_poor = home.values.is(H::household_kind, "02") || home.values.has(H::ex_poor_kind);
    around.has_helper = home.values.has(H::helper);
    // A look at every name of the county: only the enrolment asks for it.
    if (now.state == State::approved) around.other_households = TRY(namesakes_elsewhere(tx, now));
    around.faults =
        std::ranges::count(page.findings, registry::Severity::error, &registry::Finding::severity);
    const auto township = TRY(store::sampled(tx, now.village.at(AreaLevel::township), today.year()));
    around.sample_due =
        Decimal(township.visited) < terms.share("township_sample_share") * Decimal(township.forwarded + 1);
    for (const auto& one : TRY(attachments(tx, vault, now.id))) around.attachments.insert(one.id);
    return around;
}

Result<std::optional<packs::Bound>> line_on(const packs::Pack& lines, AreaCode village, Date day) {
    auto bound = lines.bind("monitoring_line", day, village);
    if (bound) return std::optional(*bound);
    if (bound.error().id == "packs.no_value") return std::optional<packs::Bound>();
    return std::move(bound).error();
}

/// The case, its rules, what is around it, and what the visit measured.
Result<CaseFile> file_of(db::Tx& tx, const crypto::Vault& vault, const Rulebook& rules, RiskCase now,
                         Date today) {
    auto terms = TRY(rules.terms(now.village, now.day_zero));
    auto around = TRY(surroundings(tx, vault, now, terms, today));
    CaseFile file{std::move(now), std::move(terms), std::move(around), {}, {}, {}, {}};
    file.office = rules.offices.of(file.now.village, today);
    if (!file.now.visit) return file;
    const Date visited_on = file.now.visit->visited_on;
    file.lines = TRY(rules.packs.load("screening", file.now.village, visited_on));
    file.line = TRY(line_on(*file.lines, file.now.village, visited_on));
    if (file.around.members.empty()) return file;
    const auto line =
        file.line ? std::optional(Money::fen(std::stoll(file.line->value->value.plain()))) : std::nullopt;
    const auto bound =
        file.terms.yes("line_inclusive") ? registry::Bound::inclusive : registry::Bound::strict;
    file.measured = TRY(measure(*file.now.visit, std::ssize(file.around.members), line, bound));
    file.proposal = propose(findings(file.now, *file.measured, file.around.ex_poor));
    if (const auto category = file.proposal->category) file.around.proposed_category = name_of(*category);
    return file;
}

std::string role_of(const auth::Actor& actor, Right right, AreaCode village) {
    for (const auto& grant : actor.grants)
        if ((right == Right::anyone || auth::gives(grant.role, right)) &&
            auth::Scope({grant.area}).contains(village))
            return std::string(auth::name_of(grant.role));
    return "";
}

Step step_of(const CaseFile& file, const Row& row, Facts facts, const auth::Actor& actor, std::string key,
             Instant now) {
    Step step;
    step.sequence = std::ssize(file.now.steps) + 1;
    step.action = row.action;
    step.from = file.now.state;
    step.to = row.to.value_or(file.now.state);
    if (over(step.to))
        step.reason = row.reason == "*" ? std::get<Reasoned>(facts).why : std::string(row.reason);
    step.on = civil_date(now);
    step.at = now;
    step.user = actor.user;
    step.account = actor.account;
    step.name = actor.name;
    step.role = role_of(actor, row.who, file.now.village);
    step.key = std::move(key);
    step.facts = std::move(facts);
    return step;
}

/// What the program writes into a form: what the notice says, by which figures somebody was enrolled.
void fill_in(Facts& facts, const CaseFile& file, const registry::Household& home) {
    if (auto* posting = std::get_if<Posting>(&facts)) {
        const Deadline publicity = due(posting->posted_on, file.terms.limit("publicity_days"));
        posting->shown = file.around.shown;
        posting->text =
            notice_text(shown_of(home, file.terms), posting->posted_on, publicity, posting->hotline);
    }
    if (auto* enrolment = std::get_if<Enrolment>(&facts)) {
        enrolment->category = file.now.approval ? file.now.approval->category : "";
        enrolment->pack_hash = file.terms.hash;
        enrolment->line = file.measured ? file.measured->line : std::nullopt;
        enrolment->deducted_per_head =
            file.measured ? std::optional(file.measured->income.deducted_per_head) : std::nullopt;
        if (enrolment->risks.empty()) enrolment->risks = file.now.risks;
    }
}

/// The register says that the household is monitored, and who is responsible for it.
Result<void> mark_in_register(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                              const CaseFile& file, const registry::Household& home, Instant now) {
    const Enrolment& enrolment = *file.now.enrolment;
    registry::Entry entry;
    entry.edits = {{{}, "household_kind", "03"}};
    if (!enrolment.helper.empty()) entry.edits.push_back({{}, "helper", enrolment.helper});
    entry.source = file.now.number;
    entry.since = enrolment.identified_on;
    TRY(registry::change(tx, vault, actor, home.id, home.version, entry, civil_date(now), now));
    return {};
}

/// What a step does beside the case itself.
Result<void> carry_out(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const CaseFile& file,
                       const registry::Household& home, Instant now) {
    const Step& step = file.now.steps.back();
    if (step.action == Action::publicise) {
        TRY(store::take_down(tx, file.now, step.on, "restarted"));
        return store::put_up(tx, file.now, publicity(file.now, file.terms));
    }
    if (step.action == Action::end_publicity) return store::take_down(tx, file.now, step.on, "taken_down");
    if (step.action == Action::restart_publicity || step.action == Action::repeat_review)
        return store::take_down(tx, file.now, step.on, "restarted");
    if (step.to == State::rejected || step.to == State::closed)
        return store::take_down(tx, file.now, step.on, "decided");
    if (step.action == Action::enrol) return mark_in_register(tx, vault, actor, file, home, now);
    return {};
}

Result<void> record(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const RiskCase& now,
                    Instant at) {
    const Step& step = now.steps.back();
    return audit::record(
        tx, vault, actor,
        {"casework." + std::string(name_of(step.action)), "case:" + std::to_string(now.id.number()),
         now.village, "",
         R"({"from":")" + std::string(name_of(step.from)) + R"(","to":")" + std::string(name_of(step.to)) +
             R"(","version":)" + std::to_string(now.version) + "}"},
        at);
}

bool consent_refuses(const Error& error) {
    return error.id.starts_with("casework.consent_") || error.id.starts_with("casework.outside_consent_");
}

/// `scope`: the cases that this user can reach at all.
Result<std::int64_t> step(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                          const auth::Scope& scope, const Rulebook& rules, CaseId id, const Order& order,
                          Instant now, const Also& also = {}) {
    const Date today = civil_date(now);
    RiskCase before = TRY(store::load(tx, vault, scope, id));
    for (const Step& done : before.steps)
        if (done.key == order.key && done.account == actor.account) return before.version;
    if (before.version != order.version)
        return conflict("casework.stale").with("version", std::to_string(before.version));
    CaseFile file = TRY(file_of(tx, vault, rules, std::move(before), today));
    const auto home =
        TRY(registry::household(tx, vault, auth::Scope({file.now.village.at(AreaLevel::county)}),
                                file.now.household, today))
            .household;
    Facts facts = TRY(facts_from(order.action, order.form));
    fill_in(facts, file, home);
    const auto* posting = std::get_if<Posting>(&facts);
    const Moment moment{file.now,
                        facts,
                        actor,
                        file.terms,
                        file.around,
                        today,
                        posting ? std::string_view(posting->text) : std::string_view()};
    const Row* row = TRY(decide(moment, order.action));
    file.now = after(std::move(file.now), step_of(file, *row, std::move(facts), actor, order.key, now));
    TRY(store::update(tx, vault, file.now, file.terms, today));
    TRY(carry_out(tx, vault, actor, file, home, now));
    if (over(file.now.state) && file.now.clue) TRY(case_over(tx, *file.now.clue));
    TRY(record(tx, vault, actor, file.now, now));
    if (also) TRY(also(tx, file.now));
    return file.now.version;
}

}  // namespace

Result<Rulebook> Rulebook::load(const packs::Store& packs) {
    return Rulebook{packs, TRY(Offices::load(packs.folder()))};
}

Result<Terms> Rulebook::terms(AreaCode village, Date day) const {
    return Terms::in_force(*TRY(packs.load("casework", village, day)), village, day);
}

Result<CaseFile> case_file(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                           const Rulebook& rules, CaseId id, Date today) {
    RiskCase now = TRY(store::load(tx, vault, actor.scope(Right::cases_read), id));
    CaseFile file = TRY(file_of(tx, vault, rules, std::move(now), today));
    file.attachments = TRY(attachments(tx, vault, id));
    return file;
}

Result<CaseId> open_case(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor,
                         const Rulebook& rules, const Opening& opening, Instant now) {
    if (opening.key.empty()) return invalid("casework.no_key");
    if (const auto same = TRY(store::opened_with(tx, actor, opening.key))) return *same;
    const Date today = civil_date(now);
    const Clue clue = TRY(load_clue(tx, actor, opening.clue));
    if (!clue.household) return conflict("clues.household_unknown");
    if (const auto number = TRY(store::under_way(tx, *clue.household)))
        return conflict("casework.case_under_way").with("number", *number);
    RiskCase begun;
    begun.household = *clue.household;
    begun.village = clue.area;
    begun.clue = clue.id;
    begun.source = name_of(clue.source);
    begun.day_zero = clue.created_on;
    begun.opened_on = today;
    CaseFile file = TRY(file_of(tx, vault, rules, std::move(begun), today));
    const Facts form = Opened{opening.reason, opening.risks.empty() ? clue.risks : opening.risks};
    const Row* row = TRY(decide({file.now, form, actor, file.terms, file.around, today, {}}, Action::open));
    file.now.number = TRY(store::next_number(tx, file.now.village.at(AreaLevel::county), today.year()));
    file.now = after(std::move(file.now), step_of(file, *row, form, actor, opening.key, now));
    file.now.id = TRY(store::insert(tx, vault, file.now, file.terms, today));
    TRY(hand_over(tx, {vault, areas::Division::shipped(), actor, today, now}, clue.id, file.now.id));
    TRY(record(tx, vault, actor, file.now, now));
    return file.now.id;
}

Result<std::int64_t> take_step(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                               const Rulebook& rules, CaseId id, const Order& order, Instant now,
                               const Also& also) {
    if (order.key.empty()) return invalid("casework.no_key");
    const auto scope = actor.scope(Right::cases_read);
    auto taken = database.write(
        [&](db::Tx& tx) { return step(tx, vault, actor, scope, rules, id, order, now, also); });
    if (taken || order.action != Action::compare || !consent_refuses(taken.error())) return taken;
    TRY(database.write([&](db::Tx& tx) -> Result<void> {
        const auto now_held = TRY(store::load(tx, vault, scope, id));
        return audit::record(tx, vault, actor,
                             {"casework.comparison_refused", "case:" + std::to_string(id.number()),
                              now_held.village, "", R"({"error":")" + taken.error().id + "\"}"},
                             now);
    }));
    return taken;
}

Result<std::int64_t> take_public_step(db::Database& database, const crypto::Vault& vault,
                                      const auth::Actor& somebody, const auth::Scope& reached,
                                      const Rulebook& rules, CaseId id, const Order& order, Instant now) {
    if (order.key.empty()) return invalid("casework.no_key");
    return database.write(
        [&](db::Tx& tx) { return step(tx, vault, somebody, reached, rules, id, order, now); });
}

}  // namespace ballast::casework
