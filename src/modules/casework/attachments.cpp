#include "casework/attachments.h"

#include "audit/audit.h"
#include "base/picture.h"

namespace ballast::casework {

namespace {

constexpr std::string_view name_context = "casework_attachment.name";
constexpr std::string_view content_context = "casework_attachment.content";
constexpr std::string_view columns = "id, name, type, size, at, account";

Result<Attachment> read(const crypto::Vault& vault, const db::Row& row) {
    return Attachment{row.id<AttachmentId>(0),  TRY(vault.open(name_context, row.bytes(1))),
                      std::string(row.text(2)), row.integer(3),
                      Instant{row.integer(4)},  std::string(row.text(5))};
}

struct Place {
    AreaCode village;
    bool live;
};
Result<Place> place_of(db::Tx& tx, const auth::Actor& actor, CaseId id) {
    const auto found = TRY(tx.first("SELECT village_code, live FROM casework_case WHERE id = ? AND " +
                                        actor.scope(auth::Right::cases_read).sql("village_code"),
                                    {id}, [](const db::Row& row) {
                                        return Place{row.area(0), row.truth(1)};
                                    }));
    if (!found) return not_found("casework.no_such_case");
    return *found;
}

bool takes_steps_in(const auth::Actor& actor, AreaCode village) {
    using enum auth::Right;
    for (const auto right :
         {cases_verify, cases_review, cases_township, cases_compare, cases_approve, cases_enrol, cases_green})
        if (actor.may(right) && actor.scope(right).contains(village)) return true;
    return false;
}

}  // namespace

std::string_view type_of(std::string_view bytes) {
    if (bytes.starts_with("%PDF-")) return "application/pdf";
    return picture_type(bytes);
}

Result<AttachmentId> attach(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, CaseId id,
                            std::string_view name, std::string_view bytes, Instant now) {
    const Place place = TRY(place_of(tx, actor, id));
    if (!takes_steps_in(actor, place.village))
        return forbidden("auth.not_allowed").with("right", "cases_verify");
    if (!place.live) return conflict("casework.case_over");
    if (bytes.empty()) return invalid("casework.attachment_empty");
    if (std::ssize(bytes) > largest_attachment)
        return invalid("casework.attachment_too_large")
            .with("most", std::to_string(largest_attachment / (1024 * 1024)));
    const auto type = type_of(bytes);
    if (type.empty()) return invalid("casework.attachment_type");
    const auto held = TRY(tx.number("SELECT COUNT(*) FROM casework_attachment WHERE case_id = ?", {id}));
    if (held >= most_attachments)
        return invalid("casework.too_many_attachments").with("most", std::to_string(most_attachments));
    const std::span raw(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    const auto number = TRY(tx.number(
        "INSERT INTO casework_attachment (case_id, name, type, size, digest, at, account, content) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        {id, vault.seal(name_context, name), type, std::ssize(bytes), crypto::digest_hex(raw), now.ms,
         actor.account, vault.seal(content_context, bytes)}));
    TRY(audit::record(
        tx, vault, actor,
        {"casework.attach", "case:" + std::to_string(id.number()), place.village, "",
         R"({"attachment":)" + std::to_string(number) + R"(,"digest":")" + crypto::digest_hex(raw) + "\"}"},
        now));
    return AttachmentId(number);
}

Result<Content> attachment(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, CaseId id,
                           AttachmentId attachment) {
    TRY(place_of(tx, actor, id));
    std::optional<Content> found;
    const std::vector<db::Value> which{attachment, id};
    TRY(tx.each_row(
        "SELECT " + std::string(columns) + ", content FROM casework_attachment WHERE id = ? AND case_id = ?",
        which, [&](const db::Row& row) -> Result<void> {
            found = Content{TRY(read(vault, row)), TRY(vault.open(content_context, row.bytes(6)))};
            return {};
        }));
    if (!found) return not_found("casework.no_such_attachment");
    return std::move(*found);
}

Result<std::vector<Attachment>> attachments(db::Tx& tx, const crypto::Vault& vault, CaseId id) {
    std::vector<Attachment> out;
    const std::vector<db::Value> of{id};
    TRY(tx.each_row(
        "SELECT " + std::string(columns) + " FROM casework_attachment WHERE case_id = ? ORDER BY id", of,
        [&](const db::Row& row) -> Result<void> {
            out.push_back(TRY(read(vault, row)));
            return {};
        }));
    return out;
}

}  // namespace ballast::casework
