// Operators, from the loosest to the tightest, and what follows an operand.
#include "feel/parser.h"

#include <algorithm>

namespace ballast::feel {

Result<NodePtr> Parser::whole_expression() {
    NodePtr root = TRY(expression());
    if (!at_end()) return unexpected("operator");
    return root;
}

Result<NodePtr> Parser::whole_tests() {
    push_local({"?"});
    if (at_end() || (symbol("-") && tokens_[at_ + 1].kind == Token::Kind::end))
        return finished(node(Op::tests));
    NodePtr root = TRY(tests());
    if (!at_end()) return unexpected(",");
    return root;
}

Result<NodePtr> Parser::expression() {
    if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
    auto out = disjunction();
    --nesting_;
    return out;
}

Result<NodePtr> Parser::disjunction() {
    NodePtr left = TRY(conjunction());
    while (word("or")) {
        const Place place = token().place;
        ++at_;
        left = TRY(binary(Op::disjunction, place, std::move(left), conjunction()));
    }
    return left;
}

Result<NodePtr> Parser::conjunction() {
    NodePtr left = TRY(comparison());
    while (word("and")) {
        const Place place = token().place;
        ++at_;
        left = TRY(binary(Op::conjunction, place, std::move(left), comparison()));
    }
    return left;
}

std::optional<Op> Parser::comparator(const Token& t) {
    if (t.kind != Token::Kind::symbol) return std::nullopt;
    if (t.text == "=") return Op::equal;
    if (t.text == "!=") return Op::unequal;
    if (t.text == "<") return Op::less;
    if (t.text == "<=") return Op::at_most;
    if (t.text == ">") return Op::greater;
    if (t.text == ">=") return Op::at_least;
    return std::nullopt;
}

Result<NodePtr> Parser::comparison() {
    NodePtr left = TRY(sum());
    while (true) {
        const Place place = token().place;
        if (const auto op = comparator(token())) {
            ++at_;
            left = TRY(binary(*op, place, std::move(left), sum()));
        } else if (take_word("between")) {
            auto out = node(Op::between, place);
            NodePtr low = TRY(sum());
            TRY(expect_word("and"));
            NodePtr high = TRY(sum());
            out->children = {std::move(left), std::move(low), std::move(high)};
            left = TRY(finished(std::move(out)));
        } else if (take_word("in")) {
            auto out = node(Op::in, place);
            const auto outside = locals_.size();
            const bool used_outside = tested_used_;
            out->slot = push_local({"?"});
            NodePtr inside;
            // `in (a, b)` is a list of tests; `in (a..b)` and `in (a+b)*2` are expressions.
            if (symbol("(") && is_list_of_tests()) {
                ++at_;
                inside = TRY(tests());
                TRY(expect_symbol(")"));
            } else {
                auto one = node(Op::tests, place);
                one->children.push_back(TRY(test()));
                inside = TRY(finished(std::move(one)));
            }
            pop_locals(outside);
            tested_used_ = used_outside;
            out->children = {std::move(left), std::move(inside)};
            left = TRY(finished(std::move(out)));
        } else {
            return left;
        }
    }
}

/// Looking from "(": is there a comma, a comparison, or the end of the tests, rather than a range?
bool Parser::is_list_of_tests() const {
    int open = 0;
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
        const Token& t = tokens_[i];
        if (t.kind != Token::Kind::symbol) continue;
        if (t.text == "(" || t.text == "[" || t.text == "{") ++open;
        if (t.text == ")" || t.text == "]" || t.text == "}") --open;
        if (open == 1 && t.text == "..") return false;
        if (open == 0) {
            if (t.text != ")") return false;
            // What follows decides: (a + b) * 2 goes on.
            const Token& next = tokens_[i + 1];
            return !(next.kind == Token::Kind::symbol &&
                     (next.text == "+" || next.text == "-" || next.text == "*" || next.text == "/" ||
                      next.text == "**" || next.text == "." || next.text == "["));
        }
    }
    return false;
}

Result<NodePtr> Parser::sum() {
    NodePtr left = TRY(product());
    while (symbol("+") || symbol("-")) {
        const Place place = token().place;
        const Op op = symbol("+") ? Op::add : Op::subtract;
        ++at_;
        left = TRY(binary(op, place, std::move(left), product()));
    }
    return left;
}

Result<NodePtr> Parser::product() {
    NodePtr left = TRY(exponentiation());
    while (symbol("*") || symbol("/")) {
        const Place place = token().place;
        const Op op = symbol("*") ? Op::multiply : Op::divide;
        ++at_;
        left = TRY(binary(op, place, std::move(left), exponentiation()));
    }
    return left;
}

Result<NodePtr> Parser::exponentiation() {
    NodePtr left = TRY(negation());
    while (symbol("**")) {
        const Place place = token().place;
        ++at_;
        left = TRY(binary(Op::power, place, std::move(left), negation()));
    }
    return left;
}

Result<NodePtr> Parser::negation() {
    if (!symbol("-")) return typed();
    if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
    auto out = node(Op::negate);
    ++at_;
    out->children.push_back(TRY(negation()));
    --nesting_;
    return finished(std::move(out));
}

Result<NodePtr> Parser::typed() {
    NodePtr left = TRY(postfix());
    while (word("instance") && word_after(1, "of")) {
        auto out = node(Op::instance_of);
        at_ += 2;
        out->shapes = {TRY(type())};
        out->children = {std::move(left)};
        left = TRY(finished(std::move(out)));
    }
    return left;
}

Result<NodePtr> Parser::postfix() {
    NodePtr left = TRY(primary());
    while (true) {
        const Place place = token().place;
        if (symbol(".") && tokens_[at_ + 1].kind == Token::Kind::word) {
            ++at_;
            const auto length = std::max(longest_field(), std::size_t{1});
            auto out = node(Op::field, place);
            out->names = {joined_tokens(length)};
            at_ += length;
            out->children = {std::move(left)};
            left = TRY(finished(std::move(out)));
        } else if (symbol("[") && !closes_range()) {
            ++at_;
            const auto outside = locals_.size();
            auto out = node(Op::filter, place);
            const bool in_range = std::exchange(range_end_, false);
            out->slot = push_local({"item"}, true);
            NodePtr condition = TRY(expression());
            pop_locals(outside);
            range_end_ = in_range;
            TRY(expect_symbol("]"));
            out->children = {std::move(left), std::move(condition)};
            left = TRY(finished(std::move(out)));
        } else if (symbol("(")) {
            ++at_;
            left = TRY(arguments(std::move(left), place));
        } else {
            return left;
        }
    }
}

/// `[1..5[`: the bracket ends the range unless something follows that a filter could hold.
bool Parser::closes_range() const {
    if (!range_end_) return false;
    const Token& next = tokens_[at_ + 1];
    if (next.kind == Token::Kind::end) return true;
    if (next.kind == Token::Kind::symbol)
        return next.text == ")" || next.text == "]" || next.text == "," || next.text == "}" ||
               next.text == ".";
    return next.kind == Token::Kind::word &&
           (next.text == "and" || next.text == "or" || next.text == "then" || next.text == "else");
}

Result<NodePtr> Parser::arguments(NodePtr function, Place place) {
    auto out = node(Op::call, place);
    out->children.push_back(std::move(function));
    const bool in_range = std::exchange(range_end_, false);
    if (!symbol(")")) {
        const bool by_name = names_follow();
        do {
            if (by_name) {
                out->names.push_back(joined(TRY(new_name([&] { return symbol(":"); }))));
                TRY(expect_symbol(":"));
            }
            out->children.push_back(TRY(expression()));
        } while (take_symbol(","));
    }
    range_end_ = in_range;
    TRY(expect_symbol(")"));
    return finished(std::move(out));
}

/// Are the arguments given as `name: value`?
bool Parser::names_follow() const {
    if (token().kind != Token::Kind::word) return false;
    for (std::size_t i = at_; i < tokens_.size(); ++i) {
        const Token& t = tokens_[i];
        if (t.kind == Token::Kind::symbol && t.text == ":") return true;
        if (t.kind != Token::Kind::word &&
            !(t.kind == Token::Kind::symbol && (t.text == "-" || t.text == "'")))
            return false;
    }
    return false;
}

Result<Expression> Expression::compile(std::string_view text, const Scope& scope, std::string_view source) {
    Parser parser(TRY(tokens(text, source)), scope, source);
    return Expression(TRY(parser.whole_expression()));
}

Result<Expression> Expression::compile_tests(std::string_view text, const Scope& scope,
                                             std::string_view source) {
    Parser parser(TRY(tokens(text, source)), scope, source);
    return Expression(TRY(parser.whole_tests()));
}

}  // namespace ballast::feel