#include "employment/posts.h"

#include <fmt/format.h>

#include "audit/audit.h"

namespace ballast::employment {
namespace {

#define BALLAST_POST_COLUMNS                                                                                \
    "SELECT q.id, q.area_code, q.kind, q.employer, q.title, q.place, q.away, q.trade, q.skilled, q.load, "  \
    "q.wage_fen, q.openings, q.hours, q.age_from, q.age_to, q.from_day, q.to_day, q.closed_on, q.version, " \
    "q.taken "
// Who works there still: ended by the day that is given.
#define BALLAST_POSTS_TAKEN                                                                                  \
    "FROM (SELECT p.*, (SELECT COUNT(*) FROM employment_placement w WHERE w.post_id = p.id AND (w.ended_on " \
    "IS NULL "                                                                                               \
    "OR w.ended_on >= ?)) AS taken FROM employment_post p) q WHERE "

Post read(const db::Row& row) {
    Post out;
    out.id = row.id<PostId>(0);
    out.area = row.area(1);
    for (auto [column, into] : {std::pair{2, &out.kind},
                                {3, &out.employer},
                                {4, &out.title},
                                {5, &out.place},
                                {6, &out.away},
                                {7, &out.trade},
                                {9, &out.load}})
        *into = row.text(column);
    out.skilled = row.truth(8);
    out.wage = row.money(10);
    out.openings = row.integer(11);
    out.hours = row.maybe_integer(12);
    out.age_from = row.maybe_integer(13);
    out.age_to = row.maybe_integer(14);
    out.from_day = row.date(15);
    out.to_day = row.maybe_date(16);
    out.closed_on = row.maybe_date(17);
    out.version = row.integer(18);
    out.taken = row.integer(19);
    return out;
}

Result<void> check_codes_of(const Post& post) {
    TRY(check_code(codes::kind, post.kind));
    TRY(check_code(codes::trade, post.trade));
    TRY(check_code(codes::load, post.load));
    if (post.away.empty()) {
        if (post.kind == "away") return invalid("employment.away_missing");
        return {};
    }
    if (post.kind != "away") return invalid("employment.away_superfluous");
    if (post.away != "province" && post.away != "anywhere")
        return invalid("employment.no_such_code").with("list", "reach").with("code", post.away);
    return {};
}

Result<void> check_numbers(const Post& post) {
    if (post.wage <= Money()) return invalid("employment.wage_missing");
    if (post.openings < 1 || post.openings > 100'000) return invalid("employment.openings_missing");
    if (post.hours && (*post.hours < 1 || *post.hours > 744)) return invalid("employment.hours_missing");
    if (post.age_from && post.age_to && *post.age_to <= *post.age_from) return invalid("employment.ages");
    if (post.to_day && *post.to_day < post.from_day) return invalid("employment.ends_before");
    return {};
}

/// 因事设岗: a public-welfare post has a village, a duty, hours and an end.
Result<void> check_welfare(const Desk& desk, const Post& post) {
    if (!post.welfare()) return {};
    if (post.area.level() < AreaLevel::township) return invalid("employment.village_post");
    if (!post.hours) return invalid("employment.hours_missing");
    if (!post.to_day) return invalid("employment.end_missing");
    if (*post.to_day >= post.from_day.plus_months(static_cast<int>(desk.terms.public_months)))
        return invalid("employment.term_too_long").with("months", std::to_string(desk.terms.public_months));
    return {};
}

}  // namespace

Vacancy Post::vacancy() const {
    Vacancy out{area, std::nullopt, welfare(), trade, skilled, Load::normal, wage, age_from, age_to};
    if (!away.empty()) out.away = static_cast<Reach>(codes::reach.place(away).value());
    out.load = static_cast<Load>(codes::load.place(load).value());
    return out;
}

Result<Post> checked_post(const Desk& desk, Post post) {
    TRY(require_area(desk, desk.actor.scope(may_write), post.area));
    TRY(check_codes_of(post));
    post.employer = TRY(text_of(post.employer, "employer", 2, 60));
    post.title = TRY(text_of(post.title, "title", 2, 60));
    post.place = TRY(text_of(post.place, "place", post.kind == "away" ? 2 : 0, 60));
    TRY(check_numbers(post));
    TRY(check_welfare(desk, post));
    return post;
}

Result<PostId> add_post(db::Tx& tx, const Desk& desk, Post typed) {
    TRY(auth::require(desk.actor, may_write));
    if (const auto before = TRY(sent_before<PostId>(tx, desk, "employment_post", typed.key))) return *before;
    const auto post = TRY(checked_post(desk, std::move(typed)));
    const PostId id(TRY(
        tx.number("INSERT INTO employment_post (area_code, kind, employer, title, place, away, trade, "
                  "skilled, load, wage_fen, openings, "
                  "hours, age_from, age_to, from_day, to_day, version, at, account, sender_key) VALUES (?, "
                  "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, 1, ?, ?, ?) RETURNING id",
                  {post.area, post.kind, post.employer, post.title, post.place, post.away, post.trade,
                   post.skilled, post.load, post.wage, post.openings, post.hours, post.age_from, post.age_to,
                   post.from_day, post.to_day, desk.now.ms, desk.actor.account, key_value(post.key)})));
    TRY(audit::record(
        tx, desk.vault, desk.actor,
        {"employment.post", object("post", id), post.area, "",
         fmt::format(R"({{"kind":"{}","openings":{},"fen":{}}})", post.kind, post.openings, post.wage.fen())},
        desk.now));
    return id;
}

Result<Post> post(db::Tx& tx, const Desk& desk, PostId id) {
    const auto found = TRY(tx.first(BALLAST_POST_COLUMNS BALLAST_POSTS_TAKEN "q.id = ? AND " +
                                        concerns(desk.actor.scope(may_read), "q.area_code"),
                                    {desk.today, id}, read));
    if (!found) return not_found("employment.no_post");
    return *found;
}

Result<void> close_post(db::Tx& tx, const Desk& desk, PostId id, std::int64_t version) {
    TRY(auth::require(desk.actor, may_write));
    const auto found = TRY(post(tx, desk, id));
    if (!desk.actor.scope(may_write).contains(found.area)) return not_found("employment.no_post");
    if (found.closed_on) return conflict("employment.post_closed");
    if (TRY(tx.exec(
            "UPDATE employment_post SET closed_on = ?, version = version + 1 WHERE id = ? AND version = ?",
            desk.today, id, version)) == 0)
        return conflict("employment.changed_meanwhile");
    return audit::record(tx, desk.vault, desk.actor,
                         {"employment.post_close", object("post", id), found.area, "", "{}"}, desk.now);
}

Result<std::vector<Post>> posts(db::Tx& tx, const Desk& desk, const PostQuery& query, std::int64_t* total) {
    std::string where = concerns(desk.actor.scope(may_read), "q.area_code");
    std::vector<db::Value> values{desk.today};
    // Of an area: its own posts, and those of the areas above it, to which its people can go.
    if (query.area) where += " AND " + concerns(auth::Scope({*query.area}), "q.area_code");
    if (!query.kind.empty()) {
        where += " AND q.kind = ?";
        values.emplace_back(query.kind);
    }
    if (query.open_only || query.free_only) {
        where += " AND q.closed_on IS NULL AND (q.to_day IS NULL OR q.to_day >= ?)";
        values.emplace_back(desk.today);
    }
    if (query.free_only) where += " AND q.taken < q.openings";
    if (total) {
        const auto add = [&](const db::Row& row) -> Result<void> {
            *total = row.integer(0);
            return {};
        };
        TRY(tx.each_row("SELECT COUNT(*) " BALLAST_POSTS_TAKEN + where, values, add));
    }
    values.emplace_back(query.limit);
    values.emplace_back(query.offset);
    std::vector<Post> out;
    TRY(tx.each_row(BALLAST_POST_COLUMNS BALLAST_POSTS_TAKEN + where + " ORDER BY q.id DESC LIMIT ? OFFSET ?",
                    values, [&](const db::Row& row) -> Result<void> {
                        out.push_back(read(row));
                        return {};
                    }));
    return out;
}

}  // namespace ballast::employment
