#include "employment/matchings.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit.h"
#include "employment/seekers.h"
#include "matching/assignment.h"

namespace ballast::employment {
namespace {

constexpr std::string_view note_context = "employment_proposal.note";

using Facts = std::map<std::string, std::int64_t>;

std::string facts_text(const Facts& facts) {
    std::string out;
    for (const auto& [name, n] : facts) out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, n);
    return out;
}

std::vector<std::pair<std::string, std::int64_t>> read_facts(std::string_view text) {
    std::vector<std::pair<std::string, std::int64_t>> out;
    for (const auto& one : split_codes(text))
        if (const auto sign = one.find('='); sign != std::string::npos)
            out.emplace_back(one.substr(0, sign), std::stoll(one.substr(sign + 1)));
    return out;
}

/// The people and posts as the engine sees them, and the fit of every pair.
class Match {
public:
    Match(db::Tx& tx, const Desk& desk, Field field) : tx_(tx), desk_(desk), field_(std::move(field)) {
        for (const auto& one : field_.households) problem_.covered.push_back(one.in_work);
        for (const auto& one : field_.candidates) problem_.household.push_back(one.household);
        for (const auto& one : field_.posts) {
            problem_.openings.push_back(one.openings - one.taken);
            vacancies_.push_back(one.vacancy());
        }
        for (std::size_t i = 0; i < field_.candidates.size(); ++i)
            for (std::size_t j = 0; j < vacancies_.size(); ++j)
                if (const auto pair = fit_of(i, j); pair.possible())
                    problem_.pairs.push_back({i, j, pair.cost()});
    }

    Result<MatchingId> store(AreaCode area) {
        const auto outcome = TRY(matching::assign(problem_));
        std::int64_t openings = 0, newly = 0, in_work = 0, cost = 0;
        auto left = problem_.openings;
        for (const auto n : problem_.openings) openings += n;
        for (const auto& one : outcome.proposals) {
            newly += one.first_of_household;
            cost += fit_of(one.person, one.post).told();
            --left[one.post];
        }
        for (const auto& one : field_.households) in_work += one.in_work;
        const MatchingId id(TRY(tx_.number(
            "INSERT INTO employment_matching (area_code, as_of, people, posts, openings, households, "
            "in_work, newly, cost, "
            "assumed, pack_hash, at, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            {area, desk_.today, field_.candidates.size(), field_.posts.size(), openings,
             field_.households.size(), in_work, newly, cost, desk_.terms.assumed, desk_.terms.pack_hash,
             desk_.now.ms, desk_.actor.account})));
        for (const auto& one : outcome.proposals) TRY(store(id, one, left));
        TRY(store_left_out(id, outcome));
        TRY(audit::record(tx_, desk_.vault, desk_.actor,
                          {"employment.match", object("matching", id), area, "",
                           fmt::format(R"({{"people":{},"posts":{},"proposals":{},"newly":{},"pack":"{}"}})",
                                       field_.candidates.size(), field_.posts.size(),
                                       outcome.proposals.size(), newly, desk_.terms.pack_hash)},
                          desk_.now));
        return id;
    }

private:
    Fit fit_of(std::size_t person, std::size_t post) const {
        return fit(field_.candidates[person].seeker, vacancies_[post], desk_.terms);
    }

    /// Posts that by what may be told would have suited better, and are full.
    std::string cheaper(std::size_t person, std::int64_t than, const std::vector<std::int64_t>& left) const {
        std::vector<std::pair<std::int64_t, std::size_t>> found;
        for (std::size_t post = 0; post < left.size(); ++post) {
            if (left[post] > 0) continue;
            const auto other = fit_of(person, post);
            if (other.bars.empty() && other.told() < than) found.emplace_back(other.told(), post);
        }
        std::ranges::sort(found);
        std::string out;
        for (const auto& [points, post] : found)
            out += fmt::format("{}{}", out.empty() ? "" : " ", field_.posts[post].id.number());
        return out;
    }

    Result<void> store(MatchingId id, const matching::Proposal& one, const std::vector<std::int64_t>& left) {
        const auto pair = fit_of(one.person, one.post);
        return stored(
            tx_.exec("INSERT INTO employment_proposal (matching_id, person_id, post_id, points, cost, "
                     "first_worker, cheaper, state, reason, "
                     "account) VALUES (?, ?, ?, ?, ?, ?, ?, 'proposed', '', '')",
                     id, field_.candidates[one.person].person, field_.posts[one.post].id, points_text(pair),
                     pair.told(), one.first_of_household, cheaper(one.person, pair.told(), left)));
    }

    static Result<void> stored(Result<std::int64_t> rows) {
        TRY(std::move(rows));
        return {};
    }

    Result<void> store_left_out(MatchingId id, const matching::Outcome& outcome) {
        std::vector<const matching::LeftOut*> of(field_.households.size(), nullptr);
        for (const auto& one : outcome.left_out) of[one.household] = &one;
        std::vector<bool> seeks(field_.households.size());
        for (const auto& one : field_.candidates) seeks[one.household] = true;
        for (std::size_t i = 0; i < field_.households.size(); ++i) {
            const auto& household = field_.households[i];
            if (household.in_work || (seeks[i] && !of[i])) continue;
            std::string why = !household.asked ? "not_asked" : "nobody_wants";
            Facts facts;
            if (of[i]) {
                why = of[i]->no_pair ? "no_fit" : "shortage";
                facts = of[i]->no_pair ? missing(i)
                                       : Facts{{"rivals", static_cast<std::int64_t>(of[i]->rivals.size())},
                                               {"openings", of[i]->openings}};
            }
            TRY(stored(tx_.exec(
                "INSERT INTO employment_left_out (matching_id, household_id, why, facts) VALUES (?, ?, ?, ?)",
                id, household.id, why, facts_text(facts))));
        }
        return {};
    }

    /// How many posts one thing alone keeps from the household; where none does, what rules out how many.
    /// What somebody can bear is not among it: a post that nothing else keeps from it is "other", without a
    /// number.
    Facts missing(std::size_t household) const {
        Facts alone, every;
        bool other = false;
        for (std::size_t post = 0; post < vacancies_.size(); ++post) {
            std::map<std::string, bool> seen_alone, seen;
            for (std::size_t i = 0; i < field_.candidates.size(); ++i) {
                if (field_.candidates[i].household != household) continue;
                const auto bars = fit_of(i, post).bars;
                other = other || bars.empty();
                for (const auto bar : bars) {
                    std::string name(bar_names[static_cast<std::size_t>(bar)]);
                    if (bar == Bar::skill) name += ":" + vacancies_[post].trade;
                    seen["all:" + std::string(bar_names[static_cast<std::size_t>(bar)])] = true;
                    if (bars.size() == 1) seen_alone[name] = true;
                }
            }
            for (const auto& [name, yes] : seen_alone) ++alone[name];
            for (const auto& [name, yes] : seen) ++every[name];
        }
        if (field_.posts.empty()) return {{"no_posts", 0}};
        auto& out = alone.empty() ? every : alone;
        if (other) out["other"] = 0;
        return out;
    }

    db::Tx& tx_;
    const Desk& desk_;
    Field field_;
    std::vector<Vacancy> vacancies_;
    matching::Problem problem_;
};

constexpr std::string_view matching_columns =
    "SELECT id, area_code, as_of, people, posts, openings, households, in_work, newly, cost, assumed, at, "
    "account FROM "
    "employment_matching WHERE ";

Matching read_matching(const db::Row& row) {
    return {row.id<MatchingId>(0),    row.area(1),    row.date(2),    row.integer(3),
            row.integer(4),           row.integer(5), row.integer(6), row.integer(7),
            row.integer(8),           row.integer(9), row.truth(10),  Instant{row.integer(11)},
            std::string(row.text(12))};
}

}  // namespace

Result<MatchingId> match(db::Tx& tx, const Desk& desk, AreaCode area) {
    TRY(auth::require(desk.actor, may_decide));
    TRY(require_area(desk, desk.actor.scope(may_decide), area));
    auto field = TRY(field_of(tx, desk, area));
    if (static_cast<std::int64_t>(field.candidates.size() * field.posts.size()) > most_pairs)
        return invalid("employment.too_many_pairs")
            .with("people", std::to_string(field.candidates.size()))
            .with("posts", std::to_string(field.posts.size()));
    TRY(
        tx.exec("UPDATE employment_proposal SET state = 'superseded' WHERE state = 'proposed' AND person_id "
                "IN (SELECT r.id FROM "
                "registry_v_person r WHERE " +
                desk.actor.scope(may_decide).intersect(auth::Scope({area})).sql("r.village_code") + ")"));
    return Match(tx, desk, std::move(field)).store(area);
}

Result<std::vector<Matching>> matchings(db::Tx& tx, const Desk& desk, std::optional<AreaCode> area) {
    std::string where = concerns(desk.actor.scope(may_read), "area_code");
    if (area) where += " AND " + concerns(auth::Scope({*area}), "area_code");
    return tx.all(std::string(matching_columns) + where + " ORDER BY id DESC LIMIT 50", {}, read_matching);
}

Result<Matching> matching(db::Tx& tx, const Desk& desk, MatchingId id) {
    const auto found = TRY(tx.first(
        std::string(matching_columns) + "id = ? AND " + concerns(desk.actor.scope(may_read), "area_code"),
        {id}, read_matching));
    if (!found) return not_found("employment.no_matching");
    return *found;
}

Result<std::vector<Proposal>> proposals(db::Tx& tx, const Desk& desk, const ProposalQuery& query) {
    const auto scope = desk.actor.scope(may_read);
    std::string where = scope.sql("r.village_code");
    std::vector<db::Value> values;
    if (query.of) {
        where += " AND o.matching_id = ?";
        values.emplace_back(*query.of);
    }
    if (query.person) {
        where += " AND o.person_id = ?";
        values.emplace_back(*query.person);
    }
    if (!query.state.empty()) {
        where += " AND o.state = ?";
        values.emplace_back(query.state);
    }
    std::vector<Proposal> out;
    std::map<PostId, Post> known;
    TRY(
        tx.each_row("SELECT o.id, o.matching_id, o.person_id, o.post_id, o.points, o.cost, o.first_worker, "
                    "o.cheaper, o.state, o.reason, "
                    "o.note, o.placement_id FROM employment_proposal o JOIN registry_v_person r ON r.id = "
                    "o.person_id WHERE " +
                        where + " ORDER BY o.first_worker DESC, r.village_code, o.id",
                    values, [&](const db::Row& row) -> Result<void> {
                        Proposal one;
                        one.id = row.id<ProposalId>(0);
                        one.of = row.id<MatchingId>(1);
                        one.points = read_facts(row.text(4));
                        one.cost = row.integer(5);
                        one.first_worker = row.truth(6);
                        for (const auto& id : split_codes(row.text(7)))
                            one.cheaper.emplace_back(std::stoll(id));
                        one.state = row.text(8);
                        one.reason = row.text(9);
                        if (const auto note = row.maybe_blob(10))
                            one.note = TRY(desk.vault.open(note_context, *note));
                        if (const auto placed = row.maybe_integer(11)) one.placement = PlacementId(*placed);
                        const auto person = row.id<PersonId>(2);
                        const auto at = row.id<PostId>(3);
                        if (!known.contains(at)) known[at] = TRY(post(tx, desk, at));
                        one.post = known[at];
                        one.who = TRY(worker(tx, scope, person));
                        out.push_back(std::move(one));
                        return {};
                    }));
    return out;
}

Result<std::vector<LeftOutHousehold>> left_out(db::Tx& tx, const Desk& desk, MatchingId id) {
    return tx.all(
        "SELECT l.household_id, h.village_code, COALESCE((SELECT MIN(r.name) FROM registry_v_person r WHERE "
        "r.household_id = "
        "l.household_id AND r.relation = '01' AND r.member_status = '1'), ''), l.why, l.facts FROM "
        "employment_left_out l JOIN "
        "registry_v_household h ON h.id = l.household_id WHERE l.matching_id = ? AND " +
            desk.actor.scope(may_read).sql("h.village_code") + " ORDER BY l.why DESC, h.village_code, h.id",
        {id}, [](const db::Row& row) {
            return LeftOutHousehold{row.id<HouseholdId>(0), row.area(1), std::string(row.text(2)),
                                    std::string(row.text(3)), read_facts(row.text(4))};
        });
}

Result<Placed> decide(db::Tx& tx, const Desk& desk, ProposalId id, const Decision& decision) {
    TRY(auth::require(desk.actor, may_decide));
    struct Found {
        PersonId person;
        PostId post;
        std::string state;
        AreaCode village;
    };
    const auto found = TRY(tx.first(
        "SELECT o.person_id, o.post_id, o.state, r.village_code FROM employment_proposal o JOIN "
        "registry_v_person r ON r.id = "
        "o.person_id WHERE o.id = ? AND " +
            desk.actor.scope(may_decide).sql("r.village_code"),
        {id}, [](const db::Row& row) {
            return Found{row.id<PersonId>(0), row.id<PostId>(1), std::string(row.text(2)), row.area(3)};
        }));
    if (!found) return not_found("employment.no_proposal");
    if (found->state != "proposed") return conflict("employment.decided").with("state", found->state);
    Placed out;
    std::string note;
    if (decision.accept) {
        Placement wanted = decision.placement;
        wanted.person = found->person;
        wanted.post = found->post;
        wanted.key = "proposal:" + std::to_string(id.number());
        out = TRY(place(tx, desk, wanted, decision.declared));
    } else {
        TRY(check_code(codes::refusal, decision.reason));
        const bool needed = decision.reason == "unsuitable" || decision.reason == "other";
        note = TRY(text_of(decision.note, "note", needed ? 2 : 0, 200));
    }
    const std::string state = decision.accept ? "accepted" : "refused";
    std::optional<db::Blob> sealed;
    if (!note.empty()) sealed = desk.vault.seal(note_context, note);
    const auto changed =
        TRY(tx.exec("UPDATE employment_proposal SET state = ?, reason = ?, note = ?, decided_at = ?, account "
                    "= ?, placement_id = ? WHERE id = "
                    "? AND state = 'proposed'",
                    state, decision.accept ? std::string() : decision.reason, sealed, desk.now.ms,
                    desk.actor.account, decision.accept ? std::optional(out.id) : std::nullopt, id));
    if (changed == 0) return conflict("employment.decided").with("state", state);
    TRY(audit::record(
        tx, desk.vault, desk.actor,
        {"employment.decide", object("proposal", id), found->village, "",
         fmt::format(R"({{"state":"{}","reason":"{}"}})", state, decision.accept ? "" : decision.reason)},
        desk.now));
    return out;
}

}  // namespace ballast::employment
