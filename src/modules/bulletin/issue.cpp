#include "bulletin/issue.h"

#include <algorithm>
#include <array>

namespace ballast::bulletin {
namespace {

template <class Enum, std::size_t n>
std::optional<Enum> named(const std::array<std::string_view, n>& names, std::string_view name) {
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return std::nullopt;
    return static_cast<Enum>(at - names.begin());
}

constexpr std::array<std::string_view, 7> state_names{"collecting", "editing",   "checked", "reviewing",
                                                      "approved",   "published", "archived"};
constexpr std::array<std::string_view, 4> kind_names{"news", "commentary", "notice", "data"};

}  // namespace

std::string_view name_of(State state) { return state_names.at(static_cast<std::size_t>(state)); }
std::optional<State> state_named(std::string_view name) { return named<State>(state_names, name); }
std::string_view name_of(ArticleKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }
std::optional<ArticleKind> article_kind_named(std::string_view name) {
    return named<ArticleKind>(kind_names, name);
}

std::string Article::body() const {
    std::string out;
    for (const auto& paragraph : paragraphs) out += (out.empty() ? "" : "\n") + paragraph;
    return out;
}

const Column* Edition::column(std::string_view code) const {
    const auto at = std::ranges::find(columns, code, &Column::code);
    return at == columns.end() ? nullptr : &*at;
}

std::string printed_headline(const Article& article) {
    return article.place.empty() ? article.headline : article.place + " | " + article.headline;
}

}  // namespace ballast::bulletin
