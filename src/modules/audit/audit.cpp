#include "audit/audit.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "audit/chain.h"
#include "base/text.h"

namespace ballast::audit {

namespace {

using chain::Head;

Error head_broken(std::int64_t chain) {
    return corrupt("audit.head_broken").with("chain", std::to_string(chain));
}

std::string roles_of(const auth::Actor& actor) {
    if (actor.is_system()) return "system";
    std::vector<std::string_view> names;
    for (const auto& grant : actor.grants)
        if (std::ranges::find(names, auth::name_of(grant.role)) == names.end())
            names.push_back(auth::name_of(grant.role));
    std::string out;
    for (const auto name : names) {
        if (!out.empty()) out += ',';
        out += name;
    }
    return out;
}

/// The register as text: ",0,513431," so that no chain is found inside another.
std::string element(std::int64_t chain) { return std::to_string(chain) + ","; }

std::optional<std::vector<std::int64_t>> chains_of(std::string_view written) {
    std::vector<std::int64_t> chains;
    for (const auto part : text::split(written, ',')) {
        if (part.empty()) continue;
        std::int64_t chain = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), chain);
        if (error != std::errc{} || end != part.data() + part.size()) return {};
        chains.push_back(chain);
    }
    return chains;
}

/// Enters a new chain. One that is entered already had a head, which someone has removed.
Result<void> enter(db::Tx& tx, const crypto::Vault& vault, std::int64_t chain) {
    const auto added =
        TRY(tx.exec("INSERT INTO audit_register (id, chains, tag) VALUES (1, ',', ?)"
                    " ON CONFLICT (id) DO NOTHING",
                    chain::register_tag(vault, ",")));
    if (added == 1) {
        const auto others = TRY(tx.number("SELECT COUNT(*) FROM audit_head WHERE chain <> ?", {chain}));
        if (others > 0) return head_broken(-1);
    }
    struct Written {
        std::string chains;
        crypto::Bytes tag;
    };
    // An update that changes nothing holds the row, on both engines, until this transaction ends.
    const auto written = TRY(tx.first("UPDATE audit_register SET id = id WHERE id = 1 RETURNING chains, tag",
                                      {}, [](const db::Row& row) {
                                          return Written{std::string(row.text(0)), row.blob(1)};
                                      }));
    INVARIANT(written);
    if (written->tag != chain::register_tag(vault, written->chains)) return head_broken(-1);
    if (written->chains.find("," + element(chain)) != std::string::npos) return head_broken(chain);
    const std::string now = written->chains + element(chain);
    TRY(tx.exec("UPDATE audit_register SET chains = ?, tag = ? WHERE id = 1", now,
                chain::register_tag(vault, now)));
    return {};
}

/// The head of the chain, held until this transaction ends: whoever comes second waits here and then sees
/// what the first has written.
Result<Head> hold_head(db::Tx& tx, const crypto::Vault& vault, std::int64_t chain) {
    Head fresh;
    fresh.tag = chain::tag_of(vault, chain, fresh);
    const auto added =
        TRY(tx.exec("INSERT INTO audit_head (chain, entries, last_hash, tag) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (chain) DO NOTHING",
                    chain, fresh.entries, fresh.last_hash, fresh.tag));
    if (added == 1) TRY(enter(tx, vault, chain));
    const auto head =
        TRY(tx.first("UPDATE audit_head SET chain = chain WHERE chain = ?"
                     " RETURNING entries, last_hash, tag",
                     {chain}, [](const db::Row& row) {
                         return Head{row.integer(0), row.blob(1), row.blob(2)};
                     }));
    if (!head || head->tag != chain::tag_of(vault, chain, *head)) return head_broken(chain);
    return *head;
}

constexpr std::string_view columns =
    "id, chain, sequence, at, account, role, action, object, area_code, purpose, details";

Entry entry_of(const db::Row& row) {
    return {row.integer(0),
            row.integer(1),
            row.integer(2),
            Instant{row.integer(3)},
            std::string(row.text(4)),
            std::string(row.text(5)),
            Event{std::string(row.text(6)), std::string(row.text(7)), row.area(8), std::string(row.text(9)),
                  std::string(row.text(10))}};
}

}  // namespace

Result<void> record(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, const Event& event,
                    Instant now) {
    const std::int64_t chain = chain::number_of(event.area);
    Head head = TRY(hold_head(tx, vault, chain));

    // The id is drawn after the head is held, and hashed, so that it cannot be changed either.
    const std::int64_t id = TRY(tx.reserve_ids("audit_entry", 1));
    chain::Row row{{id, chain, head.entries + 1, now, actor.account, roles_of(actor), event},
                   actor.user.number(),
                   head.last_hash,
                   {}};
    row.hash = chain::hash_of(vault, row);
    TRY(tx.exec(
        "INSERT INTO audit_entry (id, chain, sequence, at, user_id, account, role, area_code, action,"
        " object, purpose, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, chain, row.entry.sequence, now.ms, row.user, row.entry.account, row.entry.role, event.area,
        event.action, event.object, event.purpose, event.details, row.previous, row.hash));

    head.entries = row.entry.sequence;
    head.last_hash = row.hash;
    TRY(tx.exec("UPDATE audit_head SET entries = ?, last_hash = ?, tag = ? WHERE chain = ?", head.entries,
                head.last_hash, chain::tag_of(vault, chain, head), chain));
    return {};
}

Result<std::vector<Entry>> list(db::Tx& tx, const auth::Scope& scope, const Query& query) {
    std::string sql = "SELECT " + std::string(columns) + " FROM audit_entry WHERE " + scope.sql("area_code");
    std::vector<db::Value> values;
    const auto only = [&](std::string_view column, const std::optional<std::string>& wanted) {
        if (!wanted) return;
        sql += " AND " + std::string(column) + " = ?";
        values.emplace_back(*wanted);
    };
    only("action", query.action);
    only("account", query.account);
    only("object", query.object);
    if (query.before_id > 0) {
        sql += " AND id < ?";
        values.emplace_back(query.before_id);
    }
    sql += " ORDER BY id DESC LIMIT ?";
    values.emplace_back(std::clamp(query.limit, 1, 500));

    std::vector<Entry> entries;
    TRY(tx.each_row(sql, values, [&](const db::Row& row) -> Result<void> {
        entries.push_back(entry_of(row));
        return {};
    }));
    return entries;
}

Result<Verdict> verify(db::Tx& tx, const crypto::Vault& vault, const std::vector<NotedHead>& noted) {
    std::map<std::int64_t, Head> heads;
    TRY(tx.each_row("SELECT chain, entries, last_hash, tag FROM audit_head", {},
                    [&](const db::Row& row) -> Result<void> {
                        heads[row.integer(0)] = {row.integer(1), row.blob(2), row.blob(3)};
                        return {};
                    }));

    const auto registered = TRY(tx.first("SELECT chains, tag FROM audit_register WHERE id = 1", {},
                                         [&](const db::Row& row) -> std::optional<std::vector<std::int64_t>> {
                                             const std::string written(row.text(0));
                                             if (row.blob(1) != chain::register_tag(vault, written))
                                                 return {};
                                             return chains_of(written);
                                         }));
    const auto rows = TRY(tx.number("SELECT COUNT(*) FROM audit_entry"));
    const bool untouched = !registered && heads.empty() && rows == 0;  // nothing was ever recorded
    if (untouched && noted.empty()) return Verdict{};

    chain::Judge judge(vault, std::move(heads), registered ? *registered : std::nullopt);
    TRY(tx.each_row("SELECT " + std::string(columns) +
                        ", user_id, previous, hash FROM audit_entry ORDER BY chain, sequence",
                    {}, [&](const db::Row& row) -> Result<void> {
                        judge.take({entry_of(row), row.integer(11), row.blob(12), row.blob(13)});
                        return {};
                    }));
    Verdict verdict = std::move(judge).finish();
    for (const auto& head : noted) {
        const auto held = TRY(tx.first("SELECT hash FROM audit_entry WHERE chain = ? AND sequence = ?",
                                       {head.chain, head.entries},
                                       [](const db::Row& row) { return chain::hex(row.blob(0)); }));
        if (held != head.hash) verdict.breaks.push_back({head.chain, head.entries, "put_back"});
    }
    return verdict;
}

}  // namespace ballast::audit
