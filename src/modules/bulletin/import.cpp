#include "bulletin/import.h"

#include <algorithm>

#include "base/text.h"
#include "bulletin/archive.h"
#include "bulletin/places.h"
#include "bulletin/recorded.h"
#include "bulletin/store.h"

namespace ballast::bulletin {
namespace {

using auth::Right;

Result<std::string> column_named(db::Tx& tx, const std::string& name, std::vector<Column>& known,
                                 Imported& out) {
    if (name.empty()) return std::string();
    const auto found = std::ranges::find(known, name, &Column::name);
    if (found != known.end()) return found->code;
    Column added{"column" + std::to_string(known.size() + 1), name, 0, true};
    for (const auto& one : known) added.position = std::max(added.position, one.position);
    ++added.position;
    TRY(tx.exec("INSERT INTO bulletin_column (code, name, position, active) VALUES (?, ?, ?, 1)", added.code,
                added.name, added.position));
    known.push_back(added);
    out.new_columns.push_back(name);
    return added.code;
}

Result<void> check_lengths(const Draft& draft) {
    for (const auto& [column, article] : draft.articles) {
        std::size_t length = 0;
        for (const auto& paragraph : article.paragraphs) length += text::length(paragraph);
        if (length > longest_article)
            return invalid("bulletin.article_too_long")
                .with("length", std::to_string(length))
                .with("most", std::to_string(longest_article));
        for (const auto* line : {&article.headline, &article.place, &column})
            if (text::length(*line) > longest_line)
                return invalid("bulletin.line_too_long")
                    .with("field", "headline")
                    .with("most", std::to_string(longest_line));
    }
    return {};
}

Result<Issue> issue_for(db::Tx& tx, const Desk& desk, const ImportOrder& order, const Draft& draft,
                        const Reading& reading, const std::string& name) {
    if (order.into) return editable_issue(tx, desk, *order.into);
    TRY(auth::require(desk.actor, Right::bulletin_edit));
    if (!desk.actor.scope(Right::bulletin_edit).contains(order.area))
        return not_found("areas.unknown").with("code", order.area.digits());
    Issue issue;
    issue.area = order.area;
    issue.masthead = draft.masthead;
    issue.number = draft.number;
    issue.date = draft.date;
    issue.date_inferred = draft.date_inferred;
    issue.imprint = draft.imprint;
    issue.contents = draft.contents;
    issue.source_name = name;
    issue.account = desk.actor.account;
    issue.at = desk.now;
    issue.id = TRY(store::insert(tx, issue, reading.text, order.key));
    return issue;
}

}  // namespace

Result<Imported> import_reading(db::Tx& tx, const Desk& desk, const ImportOrder& order,
                                const Reading& reading, const std::string& name) {
    const Draft draft = draft_of(reading, desk.today);
    if (draft.articles.empty()) return invalid("bulletin.nothing_found").with("name", name);
    TRY(check_lengths(draft));
    Imported out;
    if (!order.key.empty() && !order.into)
        if (auto before = TRY(store::of_key(tx, desk.actor.account, order.key))) {
            out.issue = std::move(*before);
            for (const auto& one : TRY(store::articles(tx, out.issue.id))) out.articles.push_back(one.id);
            return out;
        }
    out.issue = TRY(issue_for(tx, desk, order, draft, reading, name));
    out.joined = draft.joined;
    out.notes = reading.notes;
    auto known = TRY(store::columns(tx));
    for (const auto& [column, drafted] : draft.articles) {
        Article article = drafted;
        article.issue = out.issue.id;
        // Offsets count the text that is kept with the issue; of a further file none is kept.
        if (order.into) article.pieces.clear();
        article.column = TRY(column_named(tx, column, known, out));
        auto meaning = TRY(meaning_of(tx, desk.division, out.issue.area, article.place));
        if (meaning.by.empty() && !article.place.empty()) out.unknown_places.push_back(article.place);
        article.area = meaning.area;
        article.organisation = std::move(meaning.organisation);
        if (article.source_name.empty()) article.source_name = name;
        article.account = desk.actor.account;
        article.at = desk.now;
        article.id = TRY(store::insert(tx, article));
        out.articles.push_back(article.id);
        for (const auto& like : TRY(duplicates(tx, desk.actor, article.id)))
            out.duplicates.push_back({article.id, like.article, like.percent});
    }
    TRY(store::had_a_hand(tx, desk.actor, out.issue.id));
    TRY(recorded(tx, desk, out.issue, "import", {reading.format}));
    out.contents = contents_differences(TRY(store::edition(tx, out.issue)));
    return out;
}

}  // namespace ballast::bulletin
