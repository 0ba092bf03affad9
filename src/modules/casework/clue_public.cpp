#include "casework/clue_public.h"

#include <algorithm>

#include "base/phone.h"
#include "base/text.h"
#include "casework/clue_store.h"
#include "casework/throttle.h"
#include "registry/people.h"

namespace ballast::casework {
namespace {

/// Ten digits that nobody guesses.
std::string fresh_receipt() {
    static constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    while (out.size() < 10)
        for (const char c : crypto::random_token())
            // 60 of the 64 characters, so that every digit is as likely.
            if (const auto at = alphabet.find(c); at < 60 && out.size() < 10)
                out += static_cast<char>('0' + at % 10);
    return out;
}

Result<void> check(PublicReport& report, const areas::Division& division) {
    auto& told = report.told;
    if (text::trimmed(told.teller_name).empty()) return invalid("clues.teller_name_missing");
    if (text::trimmed(told.teller_phone).empty()) return invalid("clues.teller_phone_missing");
    told.teller_phone = TRY(Phone::parse(told.teller_phone)).reveal();
    if (told.teller != "self" && told.teller != "kin" && told.teller != "neighbour")
        return invalid("clues.no_such_teller");
    if (told.teller == "self") told.name = told.teller_name;
    if (report.village.level() != AreaLevel::village) return invalid("clues.village_needed");
    if (!report.county.contains(report.village) || !division.exists(report.village))
        return not_found("clues.village_not_here");
    if (report.risks.empty()) report.risks = "99";
    return {};
}

Result<std::optional<Receipt>> received_before(db::Tx& tx, const auth::Actor& system,
                                               const std::string& key) {
    return tx.first(
        "SELECT s.receipt, c.due_on FROM casework_clue_signal s JOIN casework_clue c ON c.id = s.clue_id "
        "WHERE s.account = ? AND s.sender_key = ?",
        {system.account, key}, [](const db::Row& row) {
            return Receipt{std::string(row.text(0)), row.date(1), true};
        });
}

/// When the case that the clue led to was over; nothing while it takes its course, or when there is none.
Result<std::optional<Date>> day_of_decision(db::Tx& tx, ClueId clue) {
    return tx.first("SELECT entered FROM casework_case WHERE clue_id = ? AND live = 0", {clue},
                    [](const db::Row& row) { return row.date(0); });
}

}  // namespace

Result<Receipt> report_publicly(db::Tx& tx, const crypto::Vault& vault, const areas::Division& division,
                                const ClueTerms& terms, PublicReport report, std::string_view address,
                                Date today, Instant now) {
    TRY(check(report, division));
    const auto system = auth::system_actor("public");
    Report inner{report.county,  Source::self_report, "online",    {},
                 report.village, report.risks,        report.told, "",
                 fresh_receipt()};
    if (!report.key.empty()) {
        // Keys of strangers must not meet.
        inner.key =
            crypto::digest_hex(vault.lookup("public_key", report.told.teller_phone + "|" + report.key));
        if (auto before = TRY(received_before(tx, system, inner.key))) return std::move(*before);
    }
    TRY(throttle::admit(tx,
                        {"report", throttle::hashed(vault, "phone", report.told.teller_phone),
                         throttle::hashed(vault, "address", address), reports_per_phone_a_day,
                         reports_per_address_a_day, throttle::day_ms, "clues.too_many_reports"},
                        now));
    const auto received = TRY(receive(tx, {vault, division, system, today, now}, terms, inner));
    const auto clue = TRY(load_clue(tx, system, received.clue));
    return Receipt{inner.receipt, clue.due_on, false};
}

Result<Reported> by_receipt(db::Database& database, const crypto::Vault& vault, std::string_view receipt,
                            std::string_view phone, std::string_view address, Instant now) {
    const auto number = TRY(Phone::parse(phone)).reveal();
    std::string digits;
    for (const char c : text::half_width(receipt))
        if (c >= '0' && c <= '9') digits += c;
    const throttle::Attempt attempt{"follow",
                                    throttle::hashed(vault, "receipt", digits),
                                    throttle::hashed(vault, "address", address),
                                    failures_per_receipt,
                                    failures_per_address,
                                    follow_window_ms,
                                    "clues.too_many_looks"};
    const auto admitted = TRY(database.write([&](db::Tx& tx) { return throttle::admit(tx, attempt, now); }));
    const auto teller_phone = throttle::hashed(vault, "phone", number);
    return database.write([&](db::Tx& tx) -> Result<Reported> {
        const auto of =
            TRY(tx.first("SELECT clue_id FROM casework_clue_signal WHERE receipt = ? AND phone_lookup = ?",
                         {digits, teller_phone}, [](const db::Row& row) { return row.id<ClueId>(0); }));
        if (!of) return not_found("clues.no_such_receipt");
        TRY(throttle::let_off(tx, admitted));
        const auto clue = TRY(load_clue(tx, auth::system_actor("public"), *of));
        const auto signals = TRY(store::signals_of(tx, vault, clue.id));
        const auto signal = std::ranges::find(signals, digits, &Signal::receipt);
        INVARIANT(signal != signals.end());
        const bool known = clue.household && TRY(registry::has_phone(tx, vault, auth::Scope({clue.area}),
                                                                     *clue.household, number));
        return Reported{clue, *signal, known};
    });
}

Result<Progress> follow(db::Database& database, const crypto::Vault& vault, std::string_view receipt,
                        std::string_view phone, std::string_view address, Instant now) {
    const auto found = TRY(by_receipt(database, vault, receipt, phone, address, now));
    const Clue& clue = found.clue;
    const Signal& signal = found.signal;
    const auto decided_on = TRY(database.read([&](db::Tx& tx) { return day_of_decision(tx, clue.id); }));
    return Progress{signal.on,
                    clue.state,
                    found.known && signal.told.teller != "neighbour" ? clue.closed_reason : "",
                    decided_on.value_or(clue.entered_on),
                    decided_on.has_value(),
                    clue.due_on,
                    clue.risk_case && found.known && signal.told.teller == "self" && !decided_on};
}

}  // namespace ballast::casework
