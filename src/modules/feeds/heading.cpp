#include "feeds/heading.h"

#include <algorithm>
#include <charconv>

#include "words/words.h"

namespace ballast::feeds {
namespace {

constexpr std::int64_t searched_rows = 20;

std::vector<table::KnownColumn> known_columns(const Contract& contract) {
    std::vector<table::KnownColumn> out;
    for (const auto& column : contract.columns)
        out.push_back({column.title, column.synonyms, column.need != Column::Need::optional});
    // Last, where write_rejects says from which batch a refused row comes.
    out.push_back({words::say("feeds.rejects.batch", words::Language::zh),
                   {words::say("feeds.rejects.batch", words::Language::en)}});
    return out;
}

const Error seen_enough{
    ErrorKind::conflict, "feeds.seen_enough", {}, {}};  // ends a reading early; never leaves this file

Result<std::optional<BatchId>> rejects_of(table::Reader& reader, const Contract& contract,
                                          const Heading& heading) {
    std::optional<BatchId> said;
    const auto column = contract.columns.size();
    if (!heading.header.position(column)) return said;
    auto read = reader.read(heading.sheet, [&](const table::Row& row) -> Result<void> {
        const auto text = heading.header.cell(row, column).text;
        if (row.number <= heading.header.row || text.empty()) return {};
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        if (number > 0) said = BatchId(number);
        return Error(seen_enough);
    });
    if (!read && read.error().id != seen_enough.id) return std::move(read).error();
    return said;
}

/// One contract held against every sheet of the file.
struct Attempt {
    const Contract* contract;
    std::vector<Heading> headings;  // where nothing required is missing
    std::size_t known = 0;          // columns found in the best sheet, whether or not something is missing
    std::optional<Error> wrong;     // with the best sheet, when none will do
    bool named = false;             // its title stands in the file's name
};

Result<std::vector<Attempt>> attempts(table::Reader& reader, const std::string& file,
                                      std::vector<const Contract*> candidates) {
    std::vector<Attempt> out;
    for (const auto* contract : candidates) {
        const bool named =
            std::any_of(contract->titles.begin(), contract->titles.end(),
                        [&](const auto& title) { return file.find(title) != std::string::npos; });
        out.push_back({contract, {}, 0, {}, named});
    }
    const auto sheets = reader.sheets();
    for (std::size_t sheet = 0; sheet < sheets.size(); ++sheet) {
        std::vector<table::HeaderSearch> searches;
        for (const auto& attempt : out)
            searches.emplace_back(known_columns(*attempt.contract), searched_rows);
        auto read = reader.read(sheet, [&](const table::Row& row) -> Result<void> {
            if (row.number > searched_rows) return Error(seen_enough);
            for (auto& search : searches) search.look_at(row);
            return {};
        });
        if (!read && read.error().id != seen_enough.id) return std::move(read).error();
        for (std::size_t i = 0; i < out.size(); ++i) {
            auto header = searches[i].checked(sheets[sheet]);
            const auto known = searches[i].best().known();
            if (header)
                out[i].headings.push_back({sheet, std::move(*header)});
            else if (known >= out[i].known)
                out[i].wrong = std::move(header).error().with("file", file);
            out[i].known = std::max(out[i].known, known);
        }
    }
    return out;
}

bool better(const Attempt& a, const Attempt& b) {
    const auto rank = [](const Attempt& x) { return std::tuple(!x.headings.empty(), x.known, x.named); };
    return rank(a) > rank(b);
}

std::string argument(const Error& error, std::string_view name) {
    for (const auto& [key, value] : error.args)
        if (key == name) return value;
    return "";
}

}  // namespace

Result<Recognised> recognise(table::Reader& reader, const std::string& file, const std::string& feed) {
    std::vector<const Contract*> candidates;
    if (feed.empty())
        for (const auto& one : contracts()) candidates.push_back(&one);
    else
        candidates.push_back(TRY(contract(feed)));
    auto tried = TRY(attempts(reader, file, std::move(candidates)));
    auto& best = *std::min_element(tried.begin(), tried.end(), better);
    if (!best.headings.empty()) {
        const auto origin = TRY(rejects_of(reader, *best.contract, best.headings.front()));
        return Recognised{best.contract, std::move(best.headings), origin};
    }
    INVARIANT(best.wrong);
    if (!feed.empty() || best.wrong->id == "table.doubled_column") return std::move(*best.wrong);
    return invalid("feeds.not_recognised")
        .with("file", file)
        .with("closest", best.contract->title_zh)
        .with("missing", argument(*best.wrong, "columns"));
}

}  // namespace ballast::feeds
