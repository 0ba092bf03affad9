#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "table/test_files.h"

namespace ballast::table {
namespace {

std::map<std::string, std::set<std::string>> sentences(const std::string& language) {
    const auto text = bytes_of(BALLAST_SOURCE_DIR "/words/table." + language + ".json");
    const std::regex line("\"(table\\.[a-z_]+)\": \"(.*)\""), place("\\{[a-z]+\\}");
    std::map<std::string, std::set<std::string>> found;
    for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at) {
        const std::string sentence = (*at)[2];
        auto& places = found[(*at)[1]];
        for (std::sregex_iterator in(sentence.begin(), sentence.end(), place); in != end; ++in)
            places.insert(in->str());
    }
    return found;
}

TEST(Words, OfBothLanguagesHaveTheSameSentencesAndPlaces) {
    EXPECT_EQ(sentences("zh").size(), 20u);
    EXPECT_EQ(sentences("zh"), sentences("en"));
}

}  // namespace
}  // namespace ballast::table
