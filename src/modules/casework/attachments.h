/// Photos, signatures and papers of a case: kept sealed with it, as long as it is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/auth.h"
#include "base/clock.h"
#include "casework/facts.h"
#include "casework/ids.h"
#include "crypto/crypto.h"
#include "db/db.h"

namespace ballast::casework {

inline constexpr std::int64_t largest_attachment = 10 * 1024 * 1024;
inline constexpr std::int64_t most_attachments = 200;  // of a case

struct Attachment {
    AttachmentId id;
    std::string name;
    std::string type;  // "image/jpeg", as the bytes say
    std::int64_t size = 0;
    Instant at;
    std::string account;
};

/// By what the bytes are, whatever the file is called: JPEG, PNG, WebP or PDF. "" for anything else.
std::string_view type_of(std::string_view bytes);

/// Errors: not_found "casework.no_such_case"; forbidden "auth.not_allowed" for who may take no step in the
/// case's village; conflict "casework.case_over"; invalid "casework.attachment_empty",
/// "casework.attachment_too_large" {most}, "casework.attachment_type", "casework.too_many_attachments"
/// {most}.
Result<AttachmentId> attach(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, CaseId id,
                            std::string_view name, std::string_view bytes, Instant now);

/// not_found "casework.no_such_attachment".
struct Content {
    Attachment about;
    std::string bytes;
};
Result<Content> attachment(db::Tx& tx, const crypto::Vault& vault, const auth::Actor& actor, CaseId id,
                           AttachmentId attachment);
/// Of a case that the caller has found to be readable.
Result<std::vector<Attachment>> attachments(db::Tx& tx, const crypto::Vault& vault, CaseId id);

}  // namespace ballast::casework
