// Operands: literals, brackets, loops, functions.
#include "feel/parser.h"

namespace ballast::feel {

Result<NodePtr> Parser::primary() {
    const Token& t = token();
    const Place place = t.place;
    switch (t.kind) {
        case Token::Kind::end:
            return unexpected("expression");
        case Token::Kind::number: {
            const auto number = Number::parse(t.text);
            if (!number) return refusal("feel.bad_number", place).with("found", t.text);
            ++at_;
            return literal(*number, place);
        }
        case Token::Kind::string:
            ++at_;
            return literal(Value(tokens_[at_ - 1].text), place);
        case Token::Kind::symbol:
            return bracketed();
        case Token::Kind::word:
            break;
    }
    if (is_reserved(t.text) && !longer_name_starts()) {
        if (take_word("true")) return literal(true, place);
        if (take_word("false")) return literal(false, place);
        if (take_word("null")) return literal(null_because("feel.written_null", {}, place, *source_), place);
        if (take_word("if")) return conditional(place);
        if (take_word("for")) return loop(place);
        if (take_word("some")) return quantified(Op::some, place);
        if (take_word("every")) return quantified(Op::every, place);
        if (take_word("function")) return lambda(place);
        return unexpected("expression");
    }
    return name();
}

Result<NodePtr> Parser::bracketed() {
    const Place place = token().place;
    if (take_symbol("@")) {
        if (token().kind != Token::Kind::string) return unexpected("\"...\"");
        const auto value = temporal_literal(token().text);
        if (!value) return refusal("feel.bad_literal", place).with("found", token().text);
        ++at_;
        return literal(*value, place);
    }
    if (symbol("{")) return context();
    const bool opens = symbol("(") || symbol("[") || symbol("]");
    if (!opens) return unexpected("expression");
    const std::string opening = token().text;
    ++at_;
    const bool in_range = std::exchange(range_end_, false);
    if (opening == "(" && comparator(token())) return half_range(place);
    if (opening == "[" && take_symbol("]")) {
        range_end_ = in_range;
        return finished(node(Op::list, place));
    }
    NodePtr first = TRY(expression());
    if (take_symbol("..")) {
        auto out = node(Op::range, place);
        range_end_ = true;
        NodePtr last = TRY(expression());
        range_end_ = in_range;
        out->low_included = opening == "[";
        if (!symbol("]") && !symbol(")") && !symbol("[")) return unexpected("]");
        out->high_included = symbol("]");
        ++at_;
        out->children = {std::move(first), std::move(last)};
        return finished(std::move(out));
    }
    range_end_ = in_range;
    if (opening == "(") {
        TRY(expect_symbol(")"));
        return first;
    }
    if (opening == "]") return unexpected("..");
    auto out = node(Op::list, place);
    out->children.push_back(std::move(first));
    while (take_symbol(",")) out->children.push_back(TRY(expression()));
    TRY(expect_symbol("]"));
    return finished(std::move(out));
}

/// `(>= 5)`: a range without the other end; `(= 5)`, `(!= 5)`.
Result<NodePtr> Parser::half_range(Place place) {
    auto out = node(Op::half_range, place);
    out->names = {token().text};
    ++at_;
    out->children.push_back(TRY(expression()));
    TRY(expect_symbol(")"));
    return finished(std::move(out));
}

Result<NodePtr> Parser::context() {
    auto out = node(Op::context);
    ++at_;
    const auto outside = locals_.size();
    const bool in_range = std::exchange(range_end_, false);
    while (!symbol("}")) {
        std::vector<std::string> words;
        if (token().kind == Token::Kind::string) {
            out->names.push_back(token().text);
            words = words_of(token().text);
            ++at_;
        } else {
            const auto first = at_;
            words = TRY(new_name([&] { return symbol(":"); }));
            const auto end = std::exchange(at_, first);
            out->names.push_back(joined_tokens(end - first));
            at_ = end;
        }
        TRY(expect_symbol(":"));
        for (std::size_t i = 0; i + 1 < out->names.size(); ++i)
            if (out->names[i] == out->names.back())
                return refusal("feel.syntax", token().place)
                    .with("expected", "name")
                    .with("found", out->names[i]);
        out->children.push_back(TRY(expression()));
        fields_.push_back(words);
        push_local(std::move(words));
        if (!take_symbol(",")) break;
    }
    range_end_ = in_range;
    pop_locals(outside);
    TRY(expect_symbol("}"));
    return finished(std::move(out));
}

Result<NodePtr> Parser::conditional(Place place) {
    auto out = node(Op::conditional, place);
    NodePtr condition = TRY(expression());
    TRY(expect_word("then"));
    NodePtr yes = TRY(expression());
    TRY(expect_word("else"));
    NodePtr no = TRY(expression());
    out->children = {std::move(condition), std::move(yes), std::move(no)};
    return finished(std::move(out));
}

Result<void> Parser::domains(Node& out) {
    do {
        auto words = TRY(new_name([&] { return word("in"); }));
        TRY(expect_word("in"));
        const Place place = token().place;
        NodePtr domain = TRY(expression());
        if (take_symbol("..")) domain = TRY(binary(Op::domain, place, std::move(domain), expression()));
        out.children.push_back(std::move(domain));
        push_local(std::move(words));
    } while (take_symbol(","));
    return {};
}

Result<NodePtr> Parser::loop(Place place) {
    auto out = node(Op::loop, place);
    const auto outside = locals_.size();
    out->slot = push_local({"partial"});
    const bool outer_used = std::exchange(partial_used_, false);
    TRY(domains(*out));
    TRY(expect_word("return"));
    out->children.push_back(TRY(expression()));
    out->flag = partial_used_;
    partial_used_ = partial_used_ || outer_used;
    pop_locals(outside);
    return finished(std::move(out));
}

Result<NodePtr> Parser::quantified(Op op, Place place) {
    auto out = node(op, place);
    const auto outside = locals_.size();
    out->slot = static_cast<int>(outside);
    TRY(domains(*out));
    TRY(expect_word("satisfies"));
    out->children.push_back(TRY(expression()));
    pop_locals(outside);
    return finished(std::move(out));
}

Result<NodePtr> Parser::lambda(Place place) {
    auto out = node(Op::lambda, place);
    const auto outside = locals_.size();
    out->slot = static_cast<int>(outside);
    TRY(expect_symbol("("));
    while (!symbol(")")) {
        auto words = TRY(new_name([&] { return symbol(":") || symbol(",") || symbol(")"); }));
        out->names.push_back(joined(words));
        out->shapes.push_back(take_symbol(":") ? TRY(type()) : ShapePtr());
        push_local(std::move(words));
        if (!take_symbol(",")) break;
    }
    TRY(expect_symbol(")"));
    if (take_word("external")) {
        // The mapping is read, the function is another language's: calling it says so.
        TRY(context());
        out->children.push_back(literal(null_because("feel.external", {}, place, *source_), place));
    } else {
        out->children.push_back(TRY(expression()));
    }
    pop_locals(outside);
    return finished(std::move(out));
}

}  // namespace ballast::feel
