/// The terms of a sale: the text of a product as it was when a policy of it was drafted, kept by its hash. A claim and a
/// season are settled by it, whatever the pack says by then. Of policies from before this was kept, the text is not known:
/// they take the pack's of the day, as their pages say.
#pragma once

#include "insurance/desk.h"

namespace ballast::insurance {

/// Keeps the product's text, if it is not on file.
Result<void> keep_terms(db::Tx& tx, const Desk& desk, const Product& product);

struct Terms {
    Product product;
    bool of_sale = false;  // otherwise those of the day
};
/// By the hash that a policy or a settlement has. Errors: not_found "insurance.no_such_product"; corrupt
/// "insurance.terms_unreadable" {name}: this program no longer reads a text of that day.
Result<Terms> terms_of(db::Tx& tx, const Desk& desk, std::string_view product, std::string_view hash);
Result<Terms> terms_of(db::Tx& tx, const Desk& desk, PolicyId policy);

}  // namespace ballast::insurance
