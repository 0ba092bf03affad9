#include "feel/names.h"

#include "feel/builtins.h"

namespace ballast::feel {

namespace {

constexpr std::array reserved{"for",     "return",    "if",    "then",     "else",     "some",
                              "every",   "satisfies", "in",    "and",      "or",       "null",
                              "between", "true",      "false", "function", "instance", "external"};
}  // namespace

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

/// The longest name that starts here; of equally long ones the innermost.
Result<NodePtr> Names::name() {
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
    if (filter > 0 && locals_[filter - 1].is_filter) {
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

std::string Names::joined_tokens(std::size_t count) const {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        const Token& t = tokens_[at_ + i];
        if (i > 0 && t.first > tokens_[at_ + i - 1].last) out += ' ';
        out += t.text;
    }
    return out;
}

bool Names::longer_name_starts() const {
    for (const auto& local : locals_)
        if (local.words.size() > 1 && matched(local.words)) return true;
    for (const auto& candidate : scope_.names())
        if (candidate.words.size() > 1 && matched(candidate.words)) return true;
    return false;
}

int Scope::declare(std::string_view name, Type type) {
    const int slot = static_cast<int>(names_.size());
    declare_at(slot, name, type);
    return slot;
}

void Scope::declare_at(int slot, std::string_view name, Type type) {
    names_.push_back({std::string(name), words_of(name), slot, type});
}

void Scope::enter(std::string_view local) { locals_.push_back({words_of(local), false}); }

void Scope::enter_item() { locals_.push_back({{"item"}, true}); }

void Scope::leave(std::size_t count) { locals_.resize(locals_.size() - count); }

Type Scope::type_at(int slot) const {
    for (const Name& name : names_)
        if (name.slot == slot) return name.type;
    return Type::any();
}

std::string Scope::name_at(int slot) const {
    for (const Name& name : names_)
        if (name.slot == slot) return name.name;
    return "";
}

void Scope::know_function(int slot, std::shared_ptr<const Node> lambda) {
    functions_.emplace_back(slot, std::move(lambda));
}

const Node* Scope::function_at(int slot) const {
    for (const auto& [at, lambda] : functions_)
        if (at == slot) return lambda.get();
    return nullptr;
}

void Scope::know_field(std::string_view name) {
    fields_.push_back({std::string(name), words_of(name), -1, {}});
}

void Scope::know_type(std::string_view name, std::shared_ptr<const Shape> shape) {
    types_.emplace_back(words_of(name), std::move(shape));
}

}  // namespace ballast::feel
