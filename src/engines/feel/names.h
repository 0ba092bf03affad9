/// Names with spaces and symbols, resolved against what is in scope: the longest wins, of equally long ones
/// the innermost.
#pragma once

#include <array>

#include "feel/cursor.h"

namespace ballast::feel {

bool is_reserved(const std::string& word);
std::string joined(const std::vector<std::string>& words);
const std::vector<Scope::Name>& builtin_names();

class Names : public Cursor {
protected:
    Names(std::vector<Token> tokens, const Scope& scope, std::string_view source)
        : Cursor(std::move(tokens), source), scope_(scope) {
        for (const auto& field : scope.fields()) fields_.push_back(field.words);
        for (const char* field : {"time offset", "start included", "end included"})
            fields_.push_back(words_of(field));
        for (const auto& local : scope.locals()) push_local(local.words, local.is_item);
    }

    struct Local {
        std::vector<std::string> words;
        int slot;
        bool is_filter = false;  // names not found inside are sought in the item
    };

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
    Result<NodePtr> name();
    std::string joined_tokens(std::size_t count) const;
    bool longer_name_starts() const;

    template <class Ends>
    Result<std::vector<std::string>> new_name(Ends ends) {
        std::vector<std::string> words;
        while (!at_end() && token().kind != Token::Kind::string && !ends())
            words.push_back(token().text), ++at_;
        if (words.empty()) return unexpected("name");
        return words;
    }

    const Scope& scope_;
    std::vector<std::vector<std::string>> fields_;
    std::vector<Local> locals_;
    bool tested_used_ = false;   // the expression being read speaks of `?`
    bool partial_used_ = false;  // and of `partial`
};

}  // namespace ballast::feel
