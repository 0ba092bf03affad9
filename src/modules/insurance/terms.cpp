#include "insurance/terms.h"

namespace ballast::insurance {

Result<void> keep_terms(db::Tx& tx, const Desk& desk, const Product& product) {
    TRY(tx.exec("INSERT INTO insurance_terms (hash, product, text, at) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                product.version, product.name, product.text, desk.now.ms));
    return {};
}

Result<Terms> terms_of(db::Tx& tx, const Desk& desk, std::string_view name, std::string_view hash) {
    const auto* today = TRY(desk.book.product(name));
    const auto text = TRY(tx.first("SELECT text FROM insurance_terms WHERE hash = ? AND product = ?", {hash, name},
                                   [](const db::Row& row) { return std::string(row.text(0)); }));
    if (!text) return Terms{*today, false};
    if (today->version == hash) return Terms{*today, true};
    auto sold = read_terms(name, *text);
    if (!sold) return Error{ErrorKind::corrupt, "insurance.terms_unreadable", {{"name", std::string(name)}}, {}};
    return Terms{std::move(*sold), true};
}

Result<Terms> terms_of(db::Tx& tx, const Desk& desk, PolicyId policy) {
    const auto sold = TRY(tx.first("SELECT p.product, COALESCE(p.terms_hash, '') FROM insurance_policy p WHERE p.id = ?",
                                   {policy}, [](const db::Row& row) {
                                       return std::pair(std::string(row.text(0)), std::string(row.text(1)));
                                   }));
    if (!sold) return not_found("insurance.no_such_policy");
    return terms_of(tx, desk, sold->first, sold->second);
}

}  // namespace ballast::insurance
