#include "feeds/reply.h"

#include <array>

#include "audit/audit.h"
#include "feeds/owners.h"
#include "feeds/stored.h"
#include "table/table.h"

namespace ballast::feeds {
namespace {

using table::Writer;
constexpr auto as_text = Writer::Type::text;
constexpr auto as_number = Writer::Type::number;

/// Which cell of a confirmed row was wrong: what linking had stumbled over.
struct Correction {
    std::string_view reason;
    bool name;  // else the number
};
constexpr std::array corrections{
    Correction{"feeds.name_differs", true},
    Correction{"feeds.no_id", false},
    Correction{"feeds.damaged_id", false},
    Correction{"feeds.id_unknown_name_known", false},
};

std::string bare(std::string_view id) { return std::string(id.substr(id.find('.') + 1)); }

/// A batch's workbook, sheet by sheet.
class Book {
public:
    Book(db::Tx& tx, const crypto::Vault& vault, const Batch& of, const Contract& agreed, bool with_contents,
         Writer& out, words::Language language)
        : tx_(tx),
          vault_(vault),
          of_(of),
          agreed_(agreed),
          with_contents_(with_contents),
          out_(out),
          language_(language) {}

    /// The rows in this state with the sheet's own columns and why; they can be corrected and sent again.
    Result<void> rows(State state, const std::string& sheet) {
        std::vector<Writer::Column> columns{{say("feeds.rejects.batch"), as_text, 8},
                                            {say("feeds.rejects.line"), as_text, 8}};
        if (with_contents_)
            for (const auto& column : agreed_.columns) columns.push_back({column.title, as_text, 16});
        columns.push_back({say("feeds.rejects.reason"), as_text, 60});
        TRY(out_.sheet(sheet, columns));
        return tx_.each_row(
            "SELECT row_number, reason, reason_args, content FROM feeds_row WHERE batch_id = ? AND "
            "state = ? ORDER BY "
            "sheet, row_number, id",
            std::array{db::Value(of_.id), db::Value(name_of(state))},
            [&](const db::Row& row) -> Result<void> {
                std::vector<std::string> cells{number(of_.id.number()), number(row.integer(0))};
                if (with_contents_) {
                    const auto content = TRY(stored::open_content(vault_, row.bytes(3)));
                    cells.insert(cells.end(), content.sent.begin(), content.sent.end());
                }
                cells.push_back(words::say(row.text(1), language_, stored::args(row.text(2))));
                return out_.row(cells);
            });
    }

    /// Counts by state, and under each its reasons: the states make up all rows, the reasons their state.
    Result<void> receipt() {
        const std::array columns{Writer::Column{say("feeds.reply.state"), as_text, 14},
                                 Writer::Column{say("feeds.reply.reason"), as_text, 40},
                                 Writer::Column{say("feeds.reply.rows"), as_number, 10}};
        const auto title =
            words::say("feeds.reply.title", language_,
                       {{"sheet", language_ == words::Language::en ? agreed_.title_en : agreed_.title_zh},
                        {"period", of_.period},
                        {"file", of_.file},
                        {"batch", number(of_.id.number())},
                        {"day", civil_date(of_.received_at).iso()}});
        TRY(out_.sheet(say("feeds.reply.receipt"), columns, title));
        TRY(out_.row({say("feeds.reply.all"), "", number(of_.counts.rows())}));
        const auto reasons = TRY(tx_.all(
            "SELECT state, reason, COUNT(*) FROM feeds_row WHERE batch_id = ? AND reason <> '' GROUP BY "
            "state, "
            "reason ORDER BY 3 DESC, 2",
            {of_.id}, [](const db::Row& row) {
                return Reason{state_named(row.text(0)).value(), std::string(row.text(1)), row.integer(2)};
            }));
        const auto confirmed =
            TRY(tx_.number("SELECT COUNT(*) FROM feeds_decision WHERE batch_id = ? AND undone_at IS NULL AND "
                           "verdict = 'matched'",
                           {of_.id}));
        Counts counts = of_.counts;
        for (const State state : {State::matched, State::candidate, State::unmatched, State::invalid}) {
            const auto name = say("feeds.state." + std::string(name_of(state)));
            TRY(out_.row({name, "", number(counts.of(state))}));
            if (state == State::matched && confirmed > 0)
                TRY(out_.row({name, say("feeds.reply.confirmed"), number(confirmed)}));
            for (const auto& one : reasons)
                if (one.state == state)
                    TRY(out_.row({name, say("feeds.why." + bare(one.reason)), number(one.count)}));
        }
        if (of_.counts.totals_dropped > 0)
            TRY(out_.row({say("feeds.reply.totals"), "", number(of_.counts.totals_dropped)}));
        return {};
    }

    Result<void> corrected() {
        const std::array columns{Writer::Column{say("feeds.reply.sheet"), as_text, 20},
                                 Writer::Column{say("feeds.rejects.line"), as_text, 8},
                                 Writer::Column{say("feeds.reply.column"), as_text, 16},
                                 Writer::Column{say("feeds.reply.advice"), as_text, 60}};
        TRY(out_.sheet(say("feeds.reply.corrections"), columns));
        return tx_.each_row(
            "SELECT r.sheet, r.row_number, d.reason_before FROM feeds_decision d JOIN feeds_row r ON r.id = "
            "d.row_id WHERE d.batch_id = ? AND d.undone_at IS NULL AND d.verdict = 'matched' ORDER BY "
            "r.sheet, "
            "r.row_number",
            std::array{db::Value(of_.id)}, [&](const db::Row& row) -> Result<void> {
                for (const auto& one : corrections)
                    if (one.reason == row.text(2))
                        return out_.row(
                            {std::string(row.text(0)), number(row.integer(1)),
                             agreed_.columns[one.name ? agreed_.name_column() : agreed_.id_column()].title,
                             say("feeds.correct." + bare(one.reason))});
                return {};
            });
    }

private:
    std::string say(std::string_view id) const { return words::say(id, language_); }
    static std::string number(std::int64_t n) { return std::to_string(n); }

    db::Tx& tx_;
    const crypto::Vault& vault_;
    const Batch& of_;
    const Contract& agreed_;
    const bool with_contents_;
    Writer& out_;
    const words::Language language_;
};

/// Opens the batch and its workbook, fills and records it. Nothing is left at `path` when anything fails.
template <class Fill>
Result<Counts> write_book(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                          BatchId id, const std::string& path, words::Language language, Instant now,
                          const char* action, Fill fill) {
    auto writer = TRY(Writer::create(path, table::Format::xlsx));
    const Batch of = TRY(database.read([&](db::Tx& tx) -> Result<Batch> {
        Batch found = TRY(batch(tx, actor, id));
        if (found.state != Batch::State::applied) return not_found("feeds.no_reply");
        const Contract& agreed = *TRY(contract(found.feed));
        Book book(tx, vault, found, agreed, shows_owners(actor, agreed), *writer, language);
        TRY(fill(found, agreed, book));
        return found;
    }));
    TRY(database.write([&](db::Tx& tx) {
        return audit::record(tx, vault, actor,
                             {action, "batch:" + std::to_string(id.number()), of.county, "", "{}"}, now);
    }));
    TRY(writer->finish());
    return of.counts;
}

}  // namespace

Result<std::int64_t> write_rejects(db::Database& database, const crypto::Vault& vault,
                                   const auth::Actor& actor, BatchId id, const std::string& path,
                                   words::Language language, Instant now) {
    const auto counts =
        TRY(write_book(database, vault, actor, id, path, language, now, "feeds.rejects",
                       [](const Batch& of, const Contract& agreed, Book& book) -> Result<void> {
                           if (of.counts.invalid == 0) return not_found("feeds.no_rejects");
                           return book.rows(State::invalid, agreed.titles.front());
                       }));
    return counts.invalid;
}

Result<Counts> write_reply(db::Database& database, const crypto::Vault& vault, const auth::Actor& actor,
                           BatchId id, const std::string& path, words::Language language, Instant now) {
    return write_book(
        database, vault, actor, id, path, language, now, "feeds.reply",
        [&](const Batch& of, const Contract&, Book& book) -> Result<void> {
            TRY(book.receipt());
            Counts counts = of.counts;
            for (const State state : {State::invalid, State::unmatched, State::candidate})
                if (counts.of(state) > 0)
                    TRY(book.rows(state, words::say("feeds.state." + std::string(name_of(state)), language)));
            if (of.decided > 0) TRY(book.corrected());
            return {};
        });
}

}  // namespace ballast::feeds
