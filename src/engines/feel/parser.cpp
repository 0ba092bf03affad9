#include <algorithm>
#include <array>

#include "feel/ast.h"
#include "feel/lexer.h"

namespace ballast::feel {

namespace {

constexpr int deepest_nesting = 200;
constexpr int deepest_tree = 400;

constexpr std::array reserved{"for",     "return",    "if",    "then",     "else",     "some",
                              "every",   "satisfies", "in",    "and",      "or",       "null",
                              "between", "true",      "false", "function", "instance", "external"};

bool is_reserved(const std::string& word) {
    return std::find(reserved.begin(), reserved.end(), word) != reserved.end();
}

const std::vector<Scope::Name>& builtin_names() {
    static const auto names = [] {
        std::vector<Scope::Name> out;
        for (const Builtin& builtin : builtins())
            out.push_back({std::string(builtin.name), words_of(builtin.name), -1, Type::of(Kind::function)});
        return out;
    }();
    return names;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

/// Recursive descent over the tokens; one function for each level of precedence of DMN 1.5, 10.3.1.2.
class Parser {
public:
    Parser(std::vector<Token> tokens, const Scope& scope, std::string_view source)
        : tokens_(std::move(tokens)), scope_(scope), source_(std::make_shared<const std::string>(source)) {
        for (const auto& field : scope.fields()) fields_.push_back(field.words);
        for (const char* field : {"time offset", "start included", "end included"})
            fields_.push_back(words_of(field));
        for (const auto& words : scope.locals()) push_local(words);
    }

    Result<NodePtr> whole_expression() {
        NodePtr root = TRY(expression());
        if (!at_end()) return unexpected("operator");
        return root;
    }

    Result<NodePtr> whole_tests() {
        push_local({"?"});
        if (at_end() || (symbol("-") && tokens_[at_ + 1].kind == Token::Kind::end))
            return finished(node(Op::tests));
        NodePtr root = TRY(tests());
        if (!at_end()) return unexpected(",");
        return root;
    }

private:
    using NodeDraft = std::shared_ptr<Node>;
    struct Local {
        std::vector<std::string> words;
        int slot;
        bool is_filter = false;  // names not found inside are sought in the item
    };

    // ---- tokens

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
        auto out = node(op, place);
        out->children = {std::move(left), TRY(std::move(right))};
        return finished(std::move(out));
    }
    NodePtr literal(Value value, Place place) const {
        auto out = node(Op::literal, place);
        out->value = std::move(value);
        return out;
    }

    // ---- scope

    int push_local(std::vector<std::string> words, bool is_filter = false) {
        const int slot = static_cast<int>(locals_.size());
        locals_.push_back({std::move(words), slot, is_filter});
        return slot;
    }
    void pop_locals(std::size_t to) { locals_.resize(to); }

    std::size_t matched(const std::vector<std::string>& words) const {
        if (words.empty() || at_ + words.size() >= tokens_.size()) return 0;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const Token& t = tokens_[at_ + i];
            if (t.kind == Token::Kind::string || t.kind == Token::Kind::end || t.text != words[i]) return 0;
        }
        return words.size();
    }
    std::size_t longest_field() const {
        std::size_t best = 0;
        for (const auto& field : fields_) best = std::max(best, matched(field));
        return best;
    }

    /// The longest name that starts here; of equally long ones the innermost.
    Result<NodePtr> name() {
        const Place place = token().place;
        std::size_t best = 0;
        NodeDraft found;
        std::size_t declared_at = 0;  // how many locals lie outside of it
        for (std::size_t i = locals_.size(); i-- > 0;) {
            const auto length = matched(locals_[i].words);
            if (length <= best) continue;
            best = length;
            found = node(Op::local, place);
            found->slot = locals_[i].slot;
            declared_at = i + 1;
        }
        for (const auto& candidate : scope_.names()) {
            const auto length = matched(candidate.words);
            if (length <= best) continue;
            best = length;
            found = node(Op::global, place);
            found->slot = candidate.slot;
            declared_at = 0;
        }
        for (const auto& candidate : builtin_names()) {
            const auto length = matched(candidate.words);
            if (length <= best) continue;
            best = length;
            found = node(Op::literal, place);
            Function function;
            function.builtin = find_builtin(candidate.name);
            found->value = Value(std::move(function));
            declared_at = 0;
        }
        if (found) found->names = {joined_tokens(best)};
        if (found && found->op == Op::local && found->names[0] == "?") tested_used_ = true;
        if (found && found->op == Op::local && found->names[0] == "partial") partial_used_ = true;

        // Inside a filter an entry of the item hides what lies outside.
        std::size_t filter = locals_.size();
        while (filter > declared_at && !locals_[filter - 1].is_filter) --filter;
        if (filter > declared_at && !(found && found->op == Op::local && declared_at == filter)) {
            const auto length = std::max({best, longest_field(), std::size_t{1}});
            auto out = node(Op::item_field, place);
            out->slot = locals_[filter - 1].slot;
            out->names = {joined_tokens(length)};
            if (found && best == length) out->children = {found};
            at_ += length;
            return finished(std::move(out));
        }
        if (!found) {
            std::string text = token().text;
            for (std::size_t i = 1;
                 tokens_[at_ + i].kind == Token::Kind::word && !is_reserved(tokens_[at_ + i].text); ++i)
                text += " " + tokens_[at_ + i].text;
            return refusal("feel.unknown_name", place).with("name", text);
        }
        at_ += best;
        return finished(std::move(found));
    }

    std::string joined_tokens(std::size_t count) const {
        std::string out;
        for (std::size_t i = 0; i < count; ++i) {
            const Token& t = tokens_[at_ + i];
            if (i > 0 && t.first > tokens_[at_ + i - 1].last) out += ' ';
            out += t.text;
        }
        return out;
    }

    /// The words of a name being defined, up to a sign that ends it.
    template <class Ends>
    Result<std::vector<std::string>> new_name(Ends ends) {
        std::vector<std::string> words;
        while (!at_end() && token().kind != Token::Kind::string && !ends())
            words.push_back(token().text), ++at_;
        if (words.empty()) return unexpected("name");
        return words;
    }

    // ---- grammar

    Result<NodePtr> expression() {
        if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
        auto out = disjunction();
        --nesting_;
        return out;
    }

    Result<NodePtr> disjunction() {
        NodePtr left = TRY(conjunction());
        while (word("or")) {
            const Place place = token().place;
            ++at_;
            left = TRY(binary(Op::disjunction, place, std::move(left), conjunction()));
        }
        return left;
    }

    Result<NodePtr> conjunction() {
        NodePtr left = TRY(comparison());
        while (word("and")) {
            const Place place = token().place;
            ++at_;
            left = TRY(binary(Op::conjunction, place, std::move(left), comparison()));
        }
        return left;
    }

    static std::optional<Op> comparator(const Token& t) {
        if (t.kind != Token::Kind::symbol) return std::nullopt;
        if (t.text == "=") return Op::equal;
        if (t.text == "!=") return Op::unequal;
        if (t.text == "<") return Op::less;
        if (t.text == "<=") return Op::at_most;
        if (t.text == ">") return Op::greater;
        if (t.text == ">=") return Op::at_least;
        return std::nullopt;
    }

    Result<NodePtr> comparison() {
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
    bool is_list_of_tests() const {
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

    Result<NodePtr> sum() {
        NodePtr left = TRY(product());
        while (symbol("+") || symbol("-")) {
            const Place place = token().place;
            const Op op = symbol("+") ? Op::add : Op::subtract;
            ++at_;
            left = TRY(binary(op, place, std::move(left), product()));
        }
        return left;
    }

    Result<NodePtr> product() {
        NodePtr left = TRY(exponentiation());
        while (symbol("*") || symbol("/")) {
            const Place place = token().place;
            const Op op = symbol("*") ? Op::multiply : Op::divide;
            ++at_;
            left = TRY(binary(op, place, std::move(left), exponentiation()));
        }
        return left;
    }

    Result<NodePtr> exponentiation() {
        NodePtr left = TRY(negation());
        while (symbol("**")) {
            const Place place = token().place;
            ++at_;
            left = TRY(binary(Op::power, place, std::move(left), negation()));
        }
        return left;
    }

    Result<NodePtr> negation() {
        if (!symbol("-")) return typed();
        if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
        auto out = node(Op::negate);
        ++at_;
        out->children.push_back(TRY(negation()));
        --nesting_;
        return finished(std::move(out));
    }

    Result<NodePtr> typed() {
        NodePtr left = TRY(postfix());
        while (word("instance") && word_after(1, "of")) {
            auto out = node(Op::instance_of);
            at_ += 2;
            out->names = {TRY(type_name())};
            out->children = {std::move(left)};
            left = TRY(finished(std::move(out)));
        }
        return left;
    }

    Result<std::string> type_name() {
        static const std::array<std::vector<std::string>, 3> long_names{
            {{"days", "and", "time", "duration"},
             {"years", "and", "months", "duration"},
             {"date", "and", "time"}}};
        for (const auto& words : long_names)
            if (matched(words)) {
                at_ += words.size();
                return joined(words);
            }
        if (token().kind != Token::Kind::word) return unexpected("type");
        std::string out = token().text;
        ++at_;
        while (symbol(".") && tokens_[at_ + 1].kind == Token::Kind::word) {
            out += "." + tokens_[at_ + 1].text;
            at_ += 2;
        }
        if (take_symbol("<")) {
            out += "<";
            while (!symbol(">")) {
                if (++nesting_ > deepest_nesting) return refusal("feel.too_deep", token().place);
                if (out == "context<" || out.back() == ',') {
                    if (out.starts_with("context<")) {
                        out += joined(TRY(new_name([&] { return symbol(":"); }))) + ":";
                        TRY(expect_symbol(":"));
                    }
                }
                out += TRY(type_name());
                --nesting_;
                if (!take_symbol(",")) break;
                out += ",";
            }
            TRY(expect_symbol(">"));
            out += ">";
            if (take_symbol("->")) out += "->" + TRY(type_name());
        }
        return out;
    }

    Result<NodePtr> postfix() {
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
    bool closes_range() const {
        if (!range_end_) return false;
        const Token& next = tokens_[at_ + 1];
        if (next.kind == Token::Kind::end) return true;
        if (next.kind == Token::Kind::symbol)
            return next.text == ")" || next.text == "]" || next.text == "," || next.text == "}" ||
                   next.text == ".";
        return next.kind == Token::Kind::word &&
               (next.text == "and" || next.text == "or" || next.text == "then" || next.text == "else");
    }

    Result<NodePtr> arguments(NodePtr function, Place place) {
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
    bool names_follow() const {
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

    Result<NodePtr> primary() {
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
            if (take_word("null"))
                return literal(null_because("feel.written_null", {}, place, *source_), place);
            if (take_word("if")) return conditional(place);
            if (take_word("for")) return loop(place);
            if (take_word("some")) return quantified(Op::some, place);
            if (take_word("every")) return quantified(Op::every, place);
            if (take_word("function")) return lambda(place);
            return unexpected("expression");
        }
        return name();
    }

    bool longer_name_starts() const {
        for (const auto& local : locals_)
            if (local.words.size() > 1 && matched(local.words)) return true;
        for (const auto& candidate : scope_.names())
            if (candidate.words.size() > 1 && matched(candidate.words)) return true;
        return false;
    }

    Result<NodePtr> bracketed() {
        const Place place = token().place;
        if (take_symbol("@")) {
            if (token().kind != Token::Kind::string) return unexpected("\"...\"");
            const auto date = Date::parse(token().text);
            if (!date) return refusal("feel.bad_literal", place).with("found", token().text);
            ++at_;
            return literal(*date, place);
        }
        if (symbol("{")) return context();
        const bool opens = symbol("(") || symbol("[") || symbol("]");
        if (!opens) return unexpected("expression");
        const std::string opening = token().text;
        ++at_;
        const bool in_range = std::exchange(range_end_, false);
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

    Result<NodePtr> context() {
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

    Result<NodePtr> conditional(Place place) {
        auto out = node(Op::conditional, place);
        NodePtr condition = TRY(expression());
        TRY(expect_word("then"));
        NodePtr yes = TRY(expression());
        TRY(expect_word("else"));
        NodePtr no = TRY(expression());
        out->children = {std::move(condition), std::move(yes), std::move(no)};
        return finished(std::move(out));
    }

    Result<void> domains(Node& out) {
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

    Result<NodePtr> loop(Place place) {
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

    Result<NodePtr> quantified(Op op, Place place) {
        auto out = node(op, place);
        const auto outside = locals_.size();
        out->slot = static_cast<int>(outside);
        TRY(domains(*out));
        TRY(expect_word("satisfies"));
        out->children.push_back(TRY(expression()));
        pop_locals(outside);
        return finished(std::move(out));
    }

    Result<NodePtr> lambda(Place place) {
        auto out = node(Op::lambda, place);
        const auto outside = locals_.size();
        out->slot = static_cast<int>(outside);
        TRY(expect_symbol("("));
        while (!symbol(")")) {
            auto words = TRY(new_name([&] { return symbol(":") || symbol(",") || symbol(")"); }));
            out->names.push_back(joined(words));
            if (take_symbol(":")) TRY(type_name());
            push_local(std::move(words));
            if (!take_symbol(",")) break;
        }
        TRY(expect_symbol(")"));
        if (word("external")) return unexpected("expression");
        out->children.push_back(TRY(expression()));
        pop_locals(outside);
        return finished(std::move(out));
    }

    // ---- unary tests; the tested value is the innermost local

    Result<NodePtr> tests() {
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

    bool not_covers_all() const {
        int open = 0;
        for (std::size_t i = at_ + 1; i < tokens_.size(); ++i) {
            if (tokens_[i].kind != Token::Kind::symbol) continue;
            if (tokens_[i].text == "(") ++open;
            if (tokens_[i].text == ")" && --open == 0)
                return tokens_[i + 1].kind == Token::Kind::end || tokens_[i + 1].text == ")";
        }
        return false;
    }

    Result<NodePtr> test() {
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

    std::vector<Token> tokens_;
    const Scope& scope_;
    std::shared_ptr<const std::string> source_;
    std::vector<std::vector<std::string>> fields_;
    std::vector<Local> locals_;
    std::size_t at_ = 0;
    int nesting_ = 0;
    bool tested_used_ = false;   // the expression being read speaks of `?`
    bool partial_used_ = false;  // and of `partial`
    bool range_end_ = false;     // reading the upper end of a range, which `[` may close
};

}  // namespace

int Scope::declare(std::string_view name, Type type) {
    const int slot = static_cast<int>(names_.size());
    declare_at(slot, name, type);
    return slot;
}

void Scope::declare_at(int slot, std::string_view name, Type type) {
    names_.push_back({std::string(name), words_of(name), slot, type});
}

void Scope::enter(std::string_view local) { locals_.push_back(words_of(local)); }

void Scope::leave(std::size_t count) { locals_.resize(locals_.size() - count); }

Type Scope::type_at(int slot) const {
    for (const Name& name : names_)
        if (name.slot == slot) return name.type;
    return Type::any();
}

void Scope::know_field(std::string_view name) {
    fields_.push_back({std::string(name), words_of(name), -1, {}});
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
