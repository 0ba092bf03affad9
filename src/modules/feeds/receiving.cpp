#include "feeds/receiving.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "chinese/chinese.h"
#include "table/header_row.h"

namespace ballast::feeds {
namespace {

constexpr std::array<std::string_view, 17> row_columns{
    "id",           "batch_id",     "sheet",   "row_number", "state",     "reason",
    "reason_args",  "name",         "place",   "id_text",    "id_lookup", "person_id",
    "household_id", "village_code", "row_key", "row_said",   "content"};
constexpr std::array<std::string_view, 4> candidate_columns{"row_id", "rank", "person_id", "household_id"};

constexpr char separator = '\x1f';

std::string_view bytes_of(const crypto::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Name and place tell whom a row means, and the subject holds them when the number does not: 吉克·阿依 and
// 吉克阿依 under one number with one bill are one row sent twice.
bool tells_what(const Column& column) {
    return column.type != Type::name && column.field != "township" && column.field != "village" &&
           column.field != "area";
}

std::string place_of(const CheckedRow& row) {
    std::string place;
    for (const auto* part : {&row.area, &row.township, &row.village})
        if (!part->empty()) place += (place.empty() ? "" : " ") + *part;
    return place;
}

bool is_empty(std::span<const table::Cell* const> cells) {
    for (const auto* cell : cells)
        if (cell->kind == table::Cell::Kind::error ||
            cell->kind == table::Cell::Kind::formula_without_value || !text::trimmed(cell->text).empty())
            return false;
    return true;
}

}  // namespace

Result<void> Receiving::sheet(table::Reader& reader, const Heading& heading, const Progress& progress) {
    TRY(load_decisions());
    std::vector<const table::Cell*> cells(order_.agreed.columns.size());
    sheets_.push_back(reader.sheets()[heading.sheet]);
    return reader.read(heading.sheet, [&](const table::Row& row) -> Result<void> {
        if (row.number <= heading.header.row) return {};
        for (std::size_t c = 0; c < cells.size(); ++c) cells[c] = &heading.header.cell(row, c);
        if (table::is_total_row(row.cells)) {
            ++counts_.totals_dropped;
            return {};
        }
        if (is_empty(cells)) return {};
        take(row, cells);
        if (pending_.size() < piece) return {};
        TRY(flush());
        if (progress && !progress(reader.progress())) return conflict("feeds.stopped");
        return {};
    });
}

Result<void> Receiving::load_decisions() {
    if (said_) return {};
    said_.emplace();
    return database_.read([&](db::Tx& tx) {
        const std::vector<db::Value> values{order_.agreed.department};
        return tx.each_row(
            "SELECT d.row_alike, r.person_id, r.id, d.decided_by FROM "
            "feeds_decision "
            "d JOIN feeds_row r ON r.id = d.row_id JOIN feeds_batch b ON b.id = d.batch_id WHERE d.undone_at "
            "IS NULL AND d.verdict = 'matched' AND d.row_alike IS NOT NULL AND r.person_id IS NOT NULL AND "
            "b.state = 'applied' AND b.department = ? ORDER BY d.id",
            values, [&](const db::Row& row) -> Result<void> {
                const auto alike = row.bytes(0);
                said_->insert_or_assign(
                    std::string(reinterpret_cast<const char*>(alike.data()), alike.size()),
                    Said{row.id<registry::PersonId>(1), row.id<RowId>(2), std::string(row.text(3)), ""});
                return {};
            });
    });
}

Result<void> Receiving::decide(db::Tx& tx, std::int64_t row, const Pending& pending) {
    const Said& said = *pending.said;
    TRY(tx.exec(
        "INSERT INTO feeds_decision (row_id, batch_id, verdict, reason_before, decided_at, decided_by, "
        "carried_from) VALUES (?, ?, 'matched', ?, ?, ?, ?)",
        RowId(row), order_.batch, said.reason, order_.now.ms, said.by, said.row));
    return {};
}

Result<void> Receiving::flush() {
    if (pending_.empty()) return {};
    TRY(database_.write([&](db::Tx& tx) { return written(tx); }));
    pending_.clear();
    return {};
}

Result<void> Receiving::written(db::Tx& tx) {
    const std::int64_t first = TRY(tx.reserve_ids("feeds_row", static_cast<std::int64_t>(pending_.size())));
    auto rows = TRY(tx.bulk("feeds_row", row_columns));
    std::int64_t id = first;
    std::vector<db::Value> values;
    for (const auto& row : pending_) {
        values.assign({db::Value(id++), db::Value(order_.batch)});
        values.insert(values.end(), row.values.begin(), row.values.end());
        TRY(rows->add(values));
    }
    TRY(rows->finish());
    auto candidates = TRY(tx.bulk("feeds_candidate", candidate_columns));
    id = first;
    for (const auto& row : pending_) {
        std::int64_t rank = 0;
        for (const auto* person : row.candidates)
            TRY(candidates->add({id, ++rank, person->person, person->household}));
        ++id;
    }
    TRY(candidates->finish());
    id = first;
    for (const auto& row : pending_) {
        if (row.said) TRY(decide(tx, id, row));
        ++id;
    }
    return {};
}

// Whom and what a row is about. The number alone names the person, so that a corrected name is a correction.
// What no date places in time is about its period: the next month's row is another thing.
std::string Receiving::subject_of(const CheckedRow& row) const {
    std::string subject = order_.agreed.id + separator;
    if (row.id)
        subject += row.id->reveal();
    else
        subject += chinese::normalised_name(row.name) + separator + row.id_text + separator + row.township +
                   separator + row.village + separator + row.area;
    if (order_.agreed.key_has_period || (!row.happened_on && !order_.agreed.lasting))
        subject += separator + order_.period;
    for (const auto column : order_.agreed.row_key) subject += separator + row.values[column];
    return subject;
}

void Receiving::take(const table::Row& row, std::span<const table::Cell* const> cells) {
    stored::Content content;
    for (const auto* cell : cells) content.sent.emplace_back(cell->text);
    const auto checked = check(order_.agreed, cells, order_.today);
    if (!checked) return refuse(row, content, checked.error());
    content.values = checked->values;
    content.values[order_.agreed.id_column()].clear();  // kept in id_text and id_lookup

    const std::string subject = subject_of(*checked);
    std::string said = subject;
    for (std::size_t c = 0; c < content.values.size(); ++c)
        if (tells_what(order_.agreed.columns[c])) said += separator + content.values[c];
    const auto key = vault_.lookup("feeds_row_key", subject);
    const auto all = vault_.lookup("feeds_row_said", said);
    Hash hash;
    static_assert(sizeof hash == 16);
    INVARIANT(all.size() == sizeof hash);
    std::memcpy(hash.data(), all.data(), sizeof hash);
    const Place here{static_cast<std::uint32_t>(sheets_.size() - 1), static_cast<std::uint32_t>(row.number)};
    const auto [first, fresh] = seen_.try_emplace(hash, here);
    if (!fresh) {
        const bool other_sheet = first->second.sheet != here.sheet;
        return refuse(row, content,
                      invalid("feeds.doubled_row")
                          .with("first", (other_sheet ? sheets_[first->second.sheet] + " " : "") +
                                             std::to_string(first->second.row)));
    }

    crypto::Bytes lookup;
    if (checked->id) lookup = vault_.lookup("citizen_id", checked->id->reveal());
    Linked linked = link(*checked, bytes_of(lookup), register_.index, register_.places);
    Pending out;
    if (linked.state == State::candidate) {
        out.candidates = linked.people;
        settle_as_before(*checked, linked, out);
    }
    ++counts_.of(linked.state);
    std::optional<crypto::Bytes> id_text, id_lookup;
    if (!checked->id_text.empty()) id_text = vault_.seal(stored::id_context, checked->id_text);
    if (checked->id) id_lookup = lookup;
    out.values = {row.sheet,          row.number, name_of(linked.state),
                  linked.reason,      "[]",       checked->name,
                  place_of(*checked), id_text,    id_lookup};
    if (linked.state == State::matched) {
        const auto* person = linked.people.front();
        out.values.insert(out.values.end(), {person->person, person->household, person->village});
    } else {
        out.values.insert(out.values.end(), {db::Null{}, db::Null{}, db::Null{}});
    }
    out.values.insert(out.values.end(), {key, all, stored::seal_content(vault_, content)});
    pending_.push_back(std::move(out));
}

// A department sends the same damaged row month by month: what a person has said of it holds, while the
// register still offers that person.
void Receiving::settle_as_before(const CheckedRow& row, Linked& linked, Pending& out) {
    const auto alike =
        stored::row_alike(vault_, order_.agreed.department, row.id_text, row.name, place_of(row));
    const auto found = said_->find(std::string(bytes_of(alike)));
    if (found == said_->end()) return;
    const auto person = std::find_if(linked.people.begin(), linked.people.end(), [&](const Registered* one) {
        return one->person == found->second.person;
    });
    if (person == linked.people.end()) return;
    out.said = found->second;
    out.said->reason = std::exchange(linked.reason, "");
    linked.state = State::matched;
    linked.people = {*person};
    ++carried_;
}

// The name's column may hold a number (swapped columns), so a refused row shows none.
void Receiving::refuse(const table::Row& row, const stored::Content& content, const Error& why) {
    ++counts_.invalid;
    const db::Null none;
    pending_.push_back({{row.sheet, row.number, name_of(State::invalid), why.id, stored::text(why.args), "",
                         "", none, none, none, none, none, none, none, stored::seal_content(vault_, content)},
                        {}});
}

}  // namespace ballast::feeds
