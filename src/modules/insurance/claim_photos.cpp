// Photos of a survey, kept sealed with the claim.
#include "insurance/claim_store.h"
#include "insurance/photo_type.h"

namespace ballast::insurance {
namespace {

constexpr std::string_view context = "insurance_photo.content";
constexpr std::int64_t most_photos = 50;

}  // namespace

Result<PhotoId> add_photo(db::Tx& tx, const Desk& desk, ClaimId id, std::string_view bytes) {
    const auto right = desk.actor.may(auth::Right::insurance_confirm) ? auth::Right::insurance_confirm
                                                                      : auth::Right::insurance_write;
    TRY(auth::require(desk.actor, right));
    const auto claim = TRY(load_claim(tx, desk, right, id));
    if (claim.state != ClaimState::reported && claim.state != ClaimState::surveyed)
        return conflict("insurance.wrong_state")
            .with("state", std::string(name_of(claim.state)))
            .with("action", "photo");
    const auto type = photo_type(bytes);
    if (type.empty()) return invalid("insurance.photo_type");
    if (std::ssize(bytes) > largest_photo)
        return invalid("insurance.photo_too_large").with("most", std::to_string(largest_photo >> 20));
    if (TRY(tx.number("SELECT COUNT(*) FROM insurance_photo WHERE claim_id = ?", {id})) >= most_photos)
        return invalid("insurance.too_many_photos").with("most", std::to_string(most_photos));
    const auto sealed = desk.vault.seal(context, bytes);
    const PhotoId photo(
        TRY(tx.number("INSERT INTO insurance_photo (claim_id, type, size, at, account, content) VALUES (?, "
                      "?, ?, ?, ?, ?) RETURNING id",
                      {id, type, std::ssize(bytes), desk.now.ms, desk.actor.account,
                       db::Blob(sealed.begin(), sealed.end())})));
    TRY(advance(tx, claim, claim.version, claim.state, desk.today));
    TRY(keep_step(tx, desk,
                  {"claim", id.number(), claim.version + 1, "photo", name_of(claim.state),
                   name_of(claim.state), "", claim.area}));
    return photo;
}

Result<std::vector<PhotoId>> photos(db::Tx& tx, const Desk& desk, ClaimId id) {
    TRY(load_claim(tx, desk, auth::Right::insurance_read, id));
    return tx.all("SELECT id FROM insurance_photo WHERE claim_id = ? ORDER BY id", {id},
                  [](const db::Row& row) { return row.id<PhotoId>(0); });
}

Result<Photo> photo(db::Tx& tx, const Desk& desk, ClaimId id, PhotoId which) {
    TRY(load_claim(tx, desk, auth::Right::insurance_read, id));
    struct Found {
        std::string type;
        db::Blob content;
    };
    const auto found = TRY(tx.first("SELECT type, content FROM insurance_photo WHERE id = ? AND claim_id = ?",
                                    {which, id}, [](const db::Row& row) {
                                        return Found{std::string(row.text(0)), row.blob(1)};
                                    }));
    if (!found) return not_found("insurance.no_such_photo");
    return Photo{found->type, TRY(desk.vault.open(context, found->content))};
}

}  // namespace ballast::insurance
