#include "registry/judging.h"

#include <algorithm>
#include <set>

#include "areas/areas.h"
#include "registry/findings_json.h"
#include "registry/staging.h"

namespace ballast::registry {

namespace {

using Use = Column::Use;

constexpr int households_at_once = 800;

std::string bytes_key(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

/// Judges what was staged, some hundred households at a time.
class Judge {
public:
    Judge(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
          const Submission& submission, ImportId id, Date today, Instant now)
        : database_(database),
          vault_(vault),
          id_(id),
          county_(submission.county),
          villages_(submission.county) {
        origin_ = {submission.as_of, submission.source, id, actor.account, now};
        around_.today = today;
        around_.as_of = submission.as_of;
        around_.county = submission.county;
        around_.scope = actor.scope(auth::Right::registry_import);
        around_.village_named = [this](auto township, auto village) {
            return villages_.named(township, village);
        };
        around_.villages_of = std::to_string(areas::Division::shipped().year());
        around_.village_exists = [](AreaCode code) { return areas::Division::shipped().exists(code); };
        around_.elsewhere = [this](std::string_view id_number) { return elsewhere(id_number); };
    }

    Result<ImportCounts> run(std::int64_t rows, const OnProgress& progress) {
        sheets_ = TRY(database_.read([&](db::Tx& tx) { return load_sheets(tx, vault_, id_); }));
        TRY(resolve_heads());
        TRY(find_twice());
        std::string from;
        for (std::int64_t done = 0;;) {
            const auto until = TRY(batch_end(from));
            if (!until) break;
            done += TRY(batch(from, *until));
            from = *until;
            if (progress && rows > 0)
                progress({Progress::Step::judging, static_cast<double>(done) / static_cast<double>(rows)});
        }
        return counts_;
    }

private:
    /// A household named by its head takes the number under which that head is on file.
    Result<void> resolve_heads() {
        std::vector<std::pair<std::string, std::string>> found;
        TRY(database_.read([&](db::Tx& tx) -> Result<void> {
            std::set<std::string> keys;
            TRY(
                tx.each_row("SELECT DISTINCT household_key FROM registry_import_row WHERE import_id = ?"
                            " AND substr(household_key, 1, 1) = '~'",
                            std::array{db::Value(id_)}, [&](const db::Row& row) -> Result<void> {
                                keys.emplace(row.text(0));
                                return {};
                            }));
            if (keys.empty()) return {};
            return tx.each_row(
                "SELECT p.id_lookup, h.household_no FROM registry_person p"
                " JOIN registry_household h ON h.id = p.household_id"
                " WHERE h.county_code = ? AND p.relation = '01' AND p.member_status = '1'"
                " AND p.id_lookup IS NOT NULL",
                std::array{db::Value(county_)}, [&](const db::Row& row) -> Result<void> {
                    const auto key = head_key(row.bytes(0));
                    if (keys.contains(key)) found.emplace_back(key, std::string(row.text(1)));
                    return {};
                });
        }));
        for (std::size_t at = 0; at < found.size();) {
            TRY(database_.write([&](db::Tx& tx) -> Result<void> {
                for (const auto end = std::min(at + households_at_once, found.size()); at < end; ++at)
                    TRY(
                        tx.exec("UPDATE registry_import_row SET household_key = ? WHERE import_id = ?"
                                " AND household_key = ?",
                                found[at].second, id_, found[at].first));
                return {};
            }));
        }
        return {};
    }

    /// People who stand as active members under two household numbers of this file.
    Result<void> find_twice() {
        return database_.read([&](db::Tx& tx) {
            return tx.each_row(
                "SELECT DISTINCT r.id_lookup, r.household_key FROM registry_import_row r WHERE"
                " r.import_id = ? AND r.active = 1 AND r.id_lookup IN (SELECT id_lookup FROM"
                " registry_import_row WHERE import_id = ? AND active = 1 AND id_lookup IS NOT NULL"
                " GROUP BY id_lookup HAVING COUNT(*) > 1)",
                std::array{db::Value(id_), db::Value(id_)}, [&](const db::Row& row) -> Result<void> {
                    in_file_[bytes_key(row.bytes(0))].emplace_back(row.text(1));
                    return {};
                });
        });
    }

    Result<std::optional<std::string>> batch_end(const std::string& from) {
        return database_.read([&](db::Tx& tx) -> Result<std::optional<std::string>> {
            return tx.first(
                "SELECT MAX(household_key) FROM (SELECT DISTINCT household_key FROM registry_import_row"
                " WHERE import_id = ? AND household_key > ? ORDER BY household_key LIMIT ?) AS keys"
                " HAVING MAX(household_key) IS NOT NULL",
                {id_, from, households_at_once}, [](const db::Row& row) { return std::string(row.text(0)); });
        });
    }

    std::vector<std::string> elsewhere(std::string_view id_number) const {
        const auto lookup = vault_.lookup("citizen_id", id_number);
        const std::string key(lookup.begin(), lookup.end());
        std::vector<std::string> out;
        for (const auto* held : {&in_file_, &on_file_})
            if (const auto found = held->find(key); found != held->end())
                for (const auto& number : found->second)
                    if (number != household_key_ && std::find(out.begin(), out.end(), number) == out.end())
                        out.push_back(number);
        return out;
    }

    Result<std::int64_t> batch(const std::string& from, const std::string& until) {
        std::map<std::string, std::vector<Draft>> groups;
        std::map<std::string, Household> on_file;
        on_file_.clear();
        TRY(database_.read([&](db::Tx& tx) -> Result<void> {
            const std::array bounds{db::Value(id_), db::Value(from), db::Value(until)};
            TRY(
                tx.each_row("SELECT household_key, ordinal, sheet, row_number, cells FROM registry_import_row"
                            " WHERE import_id = ? AND household_key > ? AND household_key <= ?"
                            " ORDER BY household_key, ordinal",
                            bounds, [&](const db::Row& row) -> Result<void> {
                                Draft draft;
                                draft.ordinal = row.integer(1);
                                draft.sheet = static_cast<std::size_t>(row.integer(2));
                                draft.row = row.integer(3);
                                draft.mapping = &sheets_[draft.sheet].mapping;
                                draft.kind = draft.mapping->sheet;
                                auto cells = vault_.open(cells_context, row.bytes(4));
                                if (!cells) return std::move(cells).error();
                                draft.cells = unpacked(*cells);
                                groups[std::string(row.text(0))].push_back(std::move(draft));
                                return {};
                            }));
            const std::array values{db::Value(county_), db::Value(id_), db::Value(from), db::Value(until)};
            for (auto& home : TRY(load_households(
                     tx, vault_,
                     "h.county_code = ? AND h.household_no IN (SELECT household_key FROM registry_import_row"
                     " WHERE import_id = ? AND household_key > ? AND household_key <= ?)",
                     values))) {
                const std::string number = home.household_no;
                on_file.emplace(number, std::move(home));
            }
            return tx.each_row(
                "SELECT r.id_lookup, h.household_no FROM registry_import_row r"
                " JOIN registry_person p ON p.id_lookup = r.id_lookup AND p.member_status = '1'"
                " JOIN registry_household h ON h.id = p.household_id"
                " WHERE r.import_id = ? AND r.household_key > ? AND r.household_key <= ?"
                " AND r.household_key <> h.household_no",
                bounds, [&](const db::Row& row) -> Result<void> {
                    on_file_[bytes_key(row.bytes(0))].emplace_back(row.text(1));
                    return {};
                });
        }));

        std::vector<Judged> judged;
        std::int64_t rows = 0;
        for (auto& [key, drafts] : groups) {
            household_key_ = key;
            const auto found = on_file.find(key);
            const Household* before = found == on_file.end() ? nullptr : &found->second;
            Judgement judgement = judge(before, key[0] == '~' ? std::string() : key, drafts, around_);
            count(before, judgement, drafts);
            rows += static_cast<std::int64_t>(drafts.size());
            judged.push_back({key, before, std::move(judgement), &drafts});
        }
        TRY(database_.write([&](db::Tx& tx) { return write(tx, judged); }));
        return rows;
    }

    struct Judged {
        std::string key;
        const Household* before;
        Judgement judgement;
        const std::vector<Draft>* drafts;
    };

    void count(const Household* before, const Judgement& judgement, const std::vector<Draft>& drafts) {
        for (const Draft& draft : drafts) counts_.people += draft.kind == Sheet::person ? 1 : 0;
        if (judgement.refused)
            ++counts_.households_rejected;
        else if (!before)
            ++counts_.households_new;
        else if (judgement.difference.nothing())
            ++counts_.households_unchanged;
        else
            ++counts_.households_changed;
        for (const Draft& draft : drafts) switch (draft.verdict) {
                case Verdict::added:
                    ++counts_.rows_new;
                    break;
                case Verdict::changed:
                    ++counts_.rows_changed;
                    break;
                case Verdict::unchanged:
                    ++counts_.rows_unchanged;
                    break;
                case Verdict::rejected:
                    ++counts_.rows_rejected;
                    break;
            }
    }

    Result<void> write(db::Tx& tx, std::vector<Judged>& judged) {
        Ids ids(tx, 1'000);
        Writes writes;
        for (Judged& one : judged) {
            if (one.judgement.refused) continue;
            TRY(plan_writes(ids, vault_, one.before, one.judgement.after, one.judgement.difference, origin_,
                            writes));
        }
        for (std::size_t t = 0; t < table_count; ++t) TRY(stage(tx, static_cast<Table>(t), writes[t]));

        constexpr std::array<std::string_view, 10> columns{
            "import_id",    "ordinal", "sheet",   "row_number", "household_no",
            "household_id", "name",    "verdict", "changes",    "findings"};
        auto bulk = TRY(tx.bulk("registry_import_verdict", columns));
        for (const Judged& one : judged) {
            std::string number = one.judgement.after.household_no;
            if (number.empty() && one.key[0] != '~') number = one.key;
            const auto household = one.before ? std::optional(one.before->id) : std::nullopt;
            for (const Draft& draft : *one.drafts)
                TRY(bulk->add({id_, draft.ordinal, draft.sheet, draft.row, number, household, name_in(draft),
                               name_of(draft.verdict), changes_json(draft.changes),
                               findings_json(draft.findings)}));
        }
        TRY(bulk->finish());
        return {};
    }

    static std::string name_in(const Draft& draft) {
        if (draft.kind != Sheet::person) return {};
        return text_in(draft, Use::field, static_cast<std::size_t>(PersonField::name));
    }

    Result<void> stage(db::Tx& tx, Table table, const std::vector<Write>& writes) {
        if (writes.empty()) return {};
        std::vector<std::string_view> columns{"import_id", "action"};
        columns.push_back(table == Table::name_gram ? "household_id" : "id");
        columns.insert(columns.end(), columns_of(table).begin(), columns_of(table).end());
        auto bulk = TRY(tx.bulk(stage_of(table), columns));
        for (const Write& one : writes) {
            constexpr std::array<std::string_view, 3> actions{"add", "change", "remove"};
            std::vector<db::Value> row{id_, actions[static_cast<std::size_t>(one.action)],
                                       table == Table::name_gram ? one.household : one.id};
            row.insert(row.end(), one.values.begin(), one.values.end());
            TRY(bulk->add(row));
        }
        TRY(bulk->finish());
        return {};
    }

    db::Database& database_;
    const crypto::Vault& vault_;
    ImportId id_;
    AreaCode county_;
    Villages villages_;
    Origin origin_;
    Surroundings around_;
    std::vector<StagedSheet> sheets_;
    std::map<std::string, std::vector<std::string>> in_file_, on_file_;  // by look-up hash: household numbers
    std::string household_key_;
    ImportCounts counts_;
};

}  // namespace

std::string head_key(std::span<const std::uint8_t> id_lookup) {
    constexpr char hex[] = "0123456789abcdef";
    std::string key = "~";
    for (const auto byte : id_lookup) {
        key += hex[byte >> 4];
        key += hex[byte & 15];
    }
    return key;
}

Result<ImportCounts> judge_staged(db::Database& database, const crypto::Vault& vault,
                                  const auth::Actor& actor, const Submission& submission, ImportId id,
                                  std::int64_t rows, Date today, Instant now, const OnProgress& progress) {
    return Judge(database, vault, actor, submission, id, today, now).run(rows, progress);
}

}  // namespace ballast::registry
