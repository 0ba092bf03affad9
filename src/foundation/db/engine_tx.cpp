#include "db/engine_tx.h"

#include <algorithm>

#include "base/text.h"
#include "db/dialect.h"

namespace ballast::db {

void check_values(std::span<const Value> values) {
    for (const Value& value : values) {
        const auto* held = std::get_if<std::string>(&value.held());
        if (!held) continue;
        const bool text_has_no_zero_byte = held->find('\0') == std::string::npos;
        const bool text_is_utf8 = text::valid_utf8(*held);
        INVARIANT(text_has_no_zero_byte && text_is_utf8);
    }
}

Result<void> EngineTx::each_row(std::string_view sql, std::span<const Value> values,
                                const std::function<Result<void>(const Row&)>& each) {
    if (lost_) return *lost_;
    check_values(values);
    const auto answer = TRY(remembered(start(sql, values)));
    struct Listed {
        std::vector<Answer*>& open;
        Listed(std::vector<Answer*>& all, Answer* one) : open(all) { open.push_back(one); }
        ~Listed() { open.pop_back(); }
    } listed(open_answers_, answer.get());
    while (const Row* row = TRY(remembered(answer->next()))) {
        TRY(each(*row));
        if (lost_) return *lost_;  // by a statement inside `each`, which kept silent about it
    }
    return {};
}

Result<std::int64_t> EngineTx::run(std::string_view sql, std::span<const Value> values) {
    if (lost_) return *lost_;
    check_values(values);
    return remembered(execute(sql, values));
}

Result<std::unique_ptr<Bulk>> EngineTx::bulk(std::string_view table,
                                             std::span<const std::string_view> columns) {
    INVARIANT(plain_name(table) && !columns.empty() && std::ranges::all_of(columns, plain_name));
    if (lost_) return *lost_;
    auto opened = remembered(open_bulk(table, columns));
    if (opened) ++unfinished_bulks_;
    return opened;
}

Result<std::int64_t> EngineTx::reserve_ids(std::string_view table, std::int64_t n) {
    INVARIANT(plain_name(table) && n > 0);
    if (lost_) return *lost_;
    return remembered(reserve(table, n));
}

Result<void> EngineTx::may_commit() const {
    if (lost_) return *lost_;
    const bool every_bulk_was_finished = unfinished_bulks_ == 0;
    INVARIANT(every_bulk_was_finished);
    return {};
}

Result<void> EngineTx::noted(Result<void> outcome) { return remembered(std::move(outcome)); }

Result<void> EngineTx::hold_open_answers() {
    for (Answer* answer : open_answers_) TRY(answer->hold());
    return {};
}

}  // namespace ballast::db
