/// The tokens of one text with a place in them, and how nodes and refusals are made there.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feel/ast.h"
#include "feel/lexer.h"

namespace ballast::feel {

class Cursor {
protected:
    Cursor(std::vector<Token> tokens, std::string_view source)
        : tokens_(std::move(tokens)), source_(std::make_shared<const std::string>(source)) {}

    using NodeDraft = std::shared_ptr<Node>;
    static constexpr int deepest_nesting = 200;
    static constexpr int deepest_tree = 400;

    const Token& token() const { return tokens_[at_]; }
    bool at_end() const { return token().kind == Token::Kind::end; }
    bool symbol(std::string_view text) const {
        return token().kind == Token::Kind::symbol && token().text == text;
    }
    bool symbol_after(std::size_t ahead, std::string_view text) const {
        return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].kind == Token::Kind::symbol &&
               tokens_[at_ + ahead].text == text;
    }
    bool word(std::string_view text) const {
        return token().kind == Token::Kind::word && token().text == text;
    }
    bool word_after(std::size_t ahead, std::string_view text) const {
        return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].kind == Token::Kind::word &&
               tokens_[at_ + ahead].text == text;
    }
    bool take_symbol(std::string_view text) { return symbol(text) ? (++at_, true) : false; }
    bool take_word(std::string_view text) { return word(text) ? (++at_, true) : false; }

    Error refusal(std::string id, Place place) const {
        return invalid(std::move(id))
            .with("source", *source_)
            .with("line", std::to_string(place.line))
            .with("column", std::to_string(place.column));
    }
    Error unexpected(std::string expected) const {
        return refusal("feel.syntax", token().place)
            .with("expected", std::move(expected))
            .with("found", at_end() ? "" : token().text);
    }
    Result<void> expect_symbol(std::string_view text) {
        if (!take_symbol(text)) return unexpected(std::string(text));
        return {};
    }
    Result<void> expect_word(std::string_view text) {
        if (!take_word(text)) return unexpected(std::string(text));
        return {};
    }

    // ---- nodes

    NodeDraft node(Op op) const { return node(op, token().place); }
    NodeDraft node(Op op, Place place) const {
        auto out = std::make_shared<Node>();
        out->op = op;
        out->place = place;
        out->source = source_;
        return out;
    }
    Result<NodePtr> finished(NodeDraft draft) const {
        int deepest = 0;
        for (const auto& child : draft->children) deepest = std::max(deepest, child->depth);
        draft->depth = deepest + 1;
        if (draft->depth > deepest_tree) return refusal("feel.too_deep", draft->place);
        return NodePtr(std::move(draft));
    }
    Result<NodePtr> binary(Op op, Place place, NodePtr left, Result<NodePtr> right) const {
        // Not TRY inside the braces: compilers forget what a list holds already when it is left half-way.
        NodePtr other = TRY(std::move(right));
        auto out = node(op, place);
        out->children = {std::move(left), std::move(other)};
        return finished(std::move(out));
    }
    NodePtr literal(Value value, Place place) const {
        auto out = node(Op::literal, place);
        out->value = std::move(value);
        return out;
    }

    std::vector<Token> tokens_;
    std::shared_ptr<const std::string> source_;
    std::size_t at_ = 0;
    int nesting_ = 0;
};

}  // namespace ballast::feel
