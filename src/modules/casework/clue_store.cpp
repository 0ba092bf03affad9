#include "casework/clue_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/phone.h"
#include "base/text.h"

namespace ballast::casework {

std::string number_of(const Clue& clue) {
    return fmt::format("{}-{:06}", clue.created_on.iso().substr(0, 4), clue.id.number());
}

std::optional<ClueId> clue_numbered(std::string_view number) {
    const auto dash = number.find('-');
    if (dash != 4) return std::nullopt;
    std::int64_t id = 0;
    const auto end = number.data() + number.size();
    if (std::from_chars(number.data() + 5, end, id).ptr != end || id <= 0) return std::nullopt;
    return ClueId(id);
}

namespace store {
namespace {

using nlohmann::json;

constexpr std::string_view told_context = "casework_clue_signal.told";
constexpr std::string_view note_context = "casework_clue_step.note";

db::Blob sealed(const crypto::Vault& vault, std::string_view context, const std::string& plain) {
    const auto bytes = vault.seal(context, plain);
    return {bytes.begin(), bytes.end()};
}

std::string text_of(const Told& told) {
    json out = json::object();
    const auto put = [&](const char* name, const std::string& value) {
        if (!value.empty()) out[name] = value;
    };
    put("text", told.text), put("name", told.name), put("id_number", told.id_number),
        put("phone", told.phone);
    put("place", told.place), put("teller", told.teller), put("teller_name", told.teller_name);
    put("teller_phone", told.teller_phone);
    if (told.birth) out["birth"] = told.birth->iso();
    return out.dump();
}

Result<Told> told_of(std::string_view text) {
    const auto read = json::parse(text, nullptr, false);
    if (!read.is_object()) return corrupt("clues.damaged");
    const auto get = [&](const char* name) { return read.value(name, ""); };
    Told told{get("text"),  get("name"),   get("id_number"),   get("phone"),       {},
              get("place"), get("teller"), get("teller_name"), get("teller_phone")};
    if (read.contains("birth")) told.birth = TRY(Date::parse(get("birth")));
    return told;
}

std::string joined(const std::vector<std::string>& codes) { return fmt::format("{}", fmt::join(codes, " ")); }

db::Value or_null(std::string_view text) { return text.empty() ? db::Value(db::Null{}) : db::Value(text); }

}  // namespace

std::vector<std::string> codes_of(std::string_view risks) {
    std::vector<std::string> out;
    for (const auto one : text::split(risks, ' '))
        if (!one.empty()) out.emplace_back(one);
    return out;
}

void add_risks(std::vector<std::string>& risks, std::span<const std::string> more) {
    for (const auto& one : more)
        if (std::ranges::find(risks, one) == risks.end()) risks.push_back(one);
}

Clue clue_of(const db::Row& row) {
    Clue out;
    out.id = row.id<ClueId>(0);
    out.county = row.area(1);
    out.area = row.area(2);
    if (const auto id = row.maybe_integer(3)) out.household = registry::HouseholdId(*id);
    out.source = *source_named(row.text(4));
    out.risks = codes_of(row.text(5));
    out.state = *clue_state_named(row.text(6));
    out.closed_reason = row.text(7);
    if (const auto id = row.maybe_integer(8)) out.into = ClueId(*id);
    if (const auto id = row.maybe_integer(9)) out.risk_case = CaseId(*id);
    out.open = row.truth(10);
    out.created_on = row.date(11);
    out.due_on = row.date(12);
    out.entered_on = row.date(13);
    out.version = row.integer(14);
    return out;
}

Result<std::optional<Clue>> open_clue(db::Tx& tx, registry::HouseholdId household) {
    return tx.first("SELECT " + std::string(clue_columns) +
                        " FROM casework_clue c WHERE c.household_id = ? AND c.is_open = 1",
                    {household}, clue_of);
}

Result<TakenUp> take_up(db::Tx& tx, Clue fresh) {
    if (fresh.household)
        if (auto open = TRY(open_clue(tx, *fresh.household))) return TakenUp{std::move(*open), false};
    fresh.version = 1;
    const auto id = TRY(tx.first(
        "INSERT INTO casework_clue (county_code, area_code, household_id, source, risks, state, "
        "closed_reason, into_clue, case_id, is_open, created_on, due_on, entered_on, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (household_id) WHERE is_open = 1 AND household_id IS NOT NULL DO NOTHING RETURNING id",
        {fresh.county, fresh.area, fresh.household, name_of(fresh.source), joined(fresh.risks),
         name_of(fresh.state), fresh.closed_reason, fresh.into, fresh.risk_case, std::int64_t{fresh.open},
         fresh.created_on, fresh.due_on, fresh.entered_on, fresh.version},
        [](const db::Row& row) { return row.id<ClueId>(0); }));
    if (id) {
        fresh.id = *id;
        return TakenUp{std::move(fresh), true};
    }
    // Somebody else's has come in between.
    auto open = TRY(open_clue(tx, *fresh.household));
    if (!open) return conflict("clues.stale");
    return TakenUp{std::move(*open), false};
}

Result<Clue> locked(db::Tx& tx, ClueId id) {
    TRY(tx.exec("UPDATE casework_clue SET version = version WHERE id = ?", id));
    auto clue = TRY(tx.first("SELECT " + std::string(clue_columns) + " FROM casework_clue c WHERE c.id = ?",
                             {id}, clue_of));
    INVARIANT(clue.has_value());
    return std::move(*clue);
}

Result<void> update(db::Tx& tx, Clue& clue) {
    const auto changed = TRY(tx.exec(
        "UPDATE casework_clue SET area_code = ?, household_id = ?, risks = ?, state = ?, closed_reason = ?, "
        "into_clue = ?, case_id = ?, is_open = ?, due_on = ?, entered_on = ?, version = version + 1 "
        "WHERE id = ? AND version = ?",
        clue.area, clue.household, joined(clue.risks), name_of(clue.state), clue.closed_reason, clue.into,
        clue.risk_case, std::int64_t{clue.open}, clue.due_on, clue.entered_on, clue.id, clue.version));
    if (changed != 1) return conflict("clues.stale");
    ++clue.version;
    return {};
}

Result<void> insert(db::Tx& tx, const crypto::Vault& vault, Signal& signal, std::string_view key) {
    db::Value phone = db::Null{};
    if (!signal.told.teller_phone.empty()) {
        const auto hash = vault.lookup("phone", TRY(Phone::parse(signal.told.teller_phone)).reveal());
        phone = db::Blob(hash.begin(), hash.end());
    }
    signal.id = SignalId(TRY(tx.number(
        "INSERT INTO casework_clue_signal (clue_id, first_clue_id, source, channel, risks, matched, told_on, "
        "at, "
        "account, name, sender_key, warning_id, receipt, phone_lookup, told) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {signal.clue, signal.first_clue, name_of(signal.source), signal.channel, joined(signal.risks),
         signal.matched, signal.on, signal.at.ms, signal.account, signal.name, or_null(key), signal.warning,
         or_null(signal.receipt), std::move(phone), sealed(vault, told_context, text_of(signal.told))})));
    return {};
}

Result<void> move_signals(db::Tx& tx, ClueId from, ClueId to) {
    TRY(tx.exec("UPDATE casework_clue_signal SET clue_id = ? WHERE clue_id = ?", to, from));
    return {};
}

Result<std::vector<Signal>> signals_of(db::Tx& tx, const crypto::Vault& vault, ClueId clue) {
    std::vector<Signal> out;
    TRY(tx.each_row(
        "SELECT id, clue_id, first_clue_id, source, channel, risks, matched, told_on, at, account, name, "
        "warning_id, "
        "receipt, told FROM casework_clue_signal WHERE clue_id = ? OR first_clue_id = ? ORDER BY id",
        std::vector<db::Value>{clue, clue}, [&](const db::Row& row) -> Result<void> {
            Signal one;
            one.id = row.id<SignalId>(0);
            one.clue = row.id<ClueId>(1);
            one.first_clue = row.id<ClueId>(2);
            one.source = *source_named(row.text(3));
            one.channel = row.text(4);
            one.risks = codes_of(row.text(5));
            one.matched = row.text(6);
            one.on = row.date(7);
            one.at = Instant{row.integer(8)};
            one.account = row.text(9);
            one.name = row.text(10);
            one.warning = row.maybe_integer(11);
            one.receipt = row.maybe_text(12).value_or("");
            one.told = TRY(told_of(TRY(vault.open(told_context, row.bytes(13)))));
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

Result<void> insert(db::Tx& tx, const crypto::Vault& vault, ClueId clue, const ClueStep& step,
                    std::string_view key) {
    TRY(tx.exec(
        "INSERT INTO casework_clue_step (clue_id, sequence, action, from_state, to_state, reason, "
        "village_code, at, account, name, sender_key, note) "
        "SELECT ?, COUNT(*) + 1, ?, ?, ?, ?, CAST(? AS BIGINT), ?, ?, ?, ?, ? FROM casework_clue_step WHERE "
        "clue_id = ?",
        clue, step.action, name_of(step.from), name_of(step.to), step.reason, step.village, step.at.ms,
        step.account, step.name, or_null(key), sealed(vault, note_context, step.note), clue));
    return {};
}

Result<std::vector<ClueStep>> steps_of(db::Tx& tx, const crypto::Vault& vault, ClueId clue) {
    std::vector<ClueStep> out;
    TRY(tx.each_row(
        "SELECT sequence, action, from_state, to_state, reason, village_code, at, account, name, note "
        "FROM casework_clue_step WHERE clue_id = ? ORDER BY sequence",
        std::vector<db::Value>{clue}, [&](const db::Row& row) -> Result<void> {
            ClueStep one;
            one.sequence = row.integer(0);
            one.action = row.text(1);
            one.from = *clue_state_named(row.text(2));
            one.to = *clue_state_named(row.text(3));
            one.reason = row.text(4);
            if (!row.null(5)) one.village = row.area(5);
            one.at = Instant{row.integer(6)};
            one.account = row.text(7);
            one.name = row.text(8);
            one.note = TRY(vault.open(note_context, row.bytes(9)));
            out.push_back(std::move(one));
            return {};
        }));
    return out;
}

}  // namespace store
}  // namespace ballast::casework
