// Unary tests; the tested value is the innermost local.
#include "feel/parser.h"

namespace ballast::feel {

Result<NodePtr> Parser::tests() {
    auto out = node(Op::tests);
    if (word("not") && symbol_after(1, "(") && not_covers_all()) {
        at_ += 2;
        out->flag = true;
    }
    do out->children.push_back(TRY(test()));
    while (take_symbol(","));
    if (out->flag) TRY(expect_symbol(")"));
    return finished(std::move(out));
}

bool Parser::not_covers_all() const {
    int open = 0;
    for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
        if (tokens_[i].kind != Token::Kind::symbol) continue;
        if (tokens_[i].text == "(") ++open;
        if (tokens_[i].text == ")" && --open == 0)
            return tokens_[i + 1].kind == Token::Kind::end || tokens_[i + 1].text == ")";
    }
    return false;
}

Result<NodePtr> Parser::test() {
    const Place place = token().place;
    const int tested = static_cast<int>(locals_.size()) - 1;
    if (const auto op = comparator(token())) {
        ++at_;
        auto left = node(Op::local, place);
        left->slot = tested;
        auto out = node(Op::test_holds, place);
        out->slot = tested;
        out->children.push_back(TRY(binary(*op, place, NodePtr(left), sum())));
        return finished(std::move(out));
    }
    const bool outside = std::exchange(tested_used_, false);
    NodePtr inside = TRY(expression());
    auto out = node(tested_used_ ? Op::test_holds : Op::test_value, place);
    out->slot = tested;
    // A comparison that does not speak of `?` is a condition all the same.
    switch (inside->op) {
        case Op::equal:
        case Op::unequal:
        case Op::less:
        case Op::at_most:
        case Op::greater:
        case Op::at_least:
        case Op::conjunction:
        case Op::disjunction:
        case Op::between:
        case Op::in:
        case Op::some:
        case Op::every:
        case Op::instance_of:
        case Op::call:
            out->flag = true;
            break;
        default:
            break;
    }
    tested_used_ = outside;
    out->children = {std::move(inside)};
    return finished(std::move(out));
}

}  // namespace ballast::feel
