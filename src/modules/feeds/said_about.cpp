#include "feeds/said_about.h"

#include <algorithm>
#include <array>

#include "chinese/chinese.h"
#include "feeds/check.h"
#include "feeds/stored.h"

namespace ballast::feeds {
namespace {

constexpr std::string_view columns =
    "SELECT r.id, r.batch_id, r.sheet, r.row_number, b.feed, b.file_name, b.period, b.received_at, "
    "r.person_id, "
    "r.household_id, r.name, r.content FROM feeds_row r JOIN feeds_batch b ON b.id = r.batch_id WHERE "
    "b.state = 'applied' AND b.county = ? AND r.superseded_by IS NULL AND ";

// As on a bank card: the last four say which account, no more.
std::string masked_account(const std::string& sent) {
    constexpr std::size_t shown = 4;
    return sent.size() > shown ? "**** " + sent.substr(sent.size() - shown) : "****";
}

EvidenceRow shown(const Said& said, const Contract& agreed, const stored::Content& content) {
    EvidenceRow out = said.shown;
    for (std::size_t i = 0; i < agreed.columns.size() && i < content.sent.size(); ++i) {
        const auto& column = agreed.columns[i];
        if (column.type == Type::name || column.type == Type::citizen_id || content.sent[i].empty()) continue;
        out.values.emplace_back(
            column.title, column.field == "account" ? masked_account(content.sent[i]) : content.sent[i]);
    }
    return out;
}

}  // namespace

Result<std::vector<Said>> said_about(db::Tx& tx, const crypto::Vault& vault, AreaCode county,
                                     std::span<const Subject> subjects, std::span<const std::string> feeds) {
    std::vector<Said> out;
    for (std::size_t at = 0; at < subjects.size(); ++at) {
        const auto& subject = subjects[at];
        const bool registered = subject.person.number() != 0;
        if (!registered && subject.id_lookup.empty()) continue;
        const auto normalised = chinese::normalised_name(subject.name);
        const std::vector<db::Value> values{
            county, registered ? db::Value(subject.person) : db::Value(subject.id_lookup)};
        TRY(tx.each_row(std::string(columns) +
                            (registered ? "r.state = 'matched' AND r.person_id = ?"
                                        : "r.state = 'unmatched' AND r.id_lookup = ?") +
                            " ORDER BY r.id",
                        values, [&](const db::Row& row) -> Result<void> {
                            const std::string feed(row.text(4));
                            if (std::find(feeds.begin(), feeds.end(), feed) == feeds.end()) return {};
                            if (!registered && chinese::normalised_name(row.text(10)) != normalised)
                                return {};
                            Said said;
                            said.subject = at;
                            said.shown = {row.id<RowId>(0),
                                          row.id<BatchId>(1),
                                          std::string(row.text(2)),
                                          row.integer(3),
                                          feed,
                                          std::string(row.text(5)),
                                          std::string(row.text(6)),
                                          Instant{row.integer(7)},
                                          subject.person,
                                          std::string(row.text(10)),
                                          {}};
                            const Contract& agreed = *TRY(contract(feed));
                            auto content = TRY(stored::open_content(vault, row.bytes(11)));
                            said.shown = shown(said, agreed, content);
                            said.fact = {
                                said.shown.row,
                                said.shown.batch,
                                said.shown.sheet,
                                said.shown.row_number,
                                feed,
                                said.shown.period,
                                subject.person,
                                row.null(9) ? registry::HouseholdId() : row.id<registry::HouseholdId>(9),
                                happened_on(agreed, content.values),
                                std::move(content.values)};
                            out.push_back(std::move(said));
                            return {};
                        }));
    }
    return out;
}

Result<bool> has_received(db::Tx& tx, AreaCode county, std::string_view feed) {
    return TRY(tx.number(
               "SELECT COUNT(*) FROM feeds_batch WHERE county = ? AND feed = ? AND state = 'applied'",
               {county, feed})) > 0;
}

}  // namespace ballast::feeds
