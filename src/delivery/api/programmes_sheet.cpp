#include "api/programmes_sheet.h"

#include "table/table.h"

namespace ballast::api {
namespace {

using namespace programmes;

table::Writer::Type type_of(Type type) {
    using To = table::Writer::Type;
    switch (type) {
        case Type::integer:
        case Type::decimal: return To::number;
        case Type::money: return To::money;
        case Type::date: return To::date;
        default: return To::text;
    }
}

/// As people read it: a choice by its label, truth as a word.
std::string read(const Call& call, const Field& field, const std::string& value) {
    if (field.type == Type::truth && !value.empty()) return call.say("programmes.truth." + value);
    const auto* choice = field.choice(value);
    return choice ? title_of(call, choice->title) : value;
}

}  // namespace

Result<std::int64_t> write_rows(const Call& call, const Register& of, const std::function<Result<Json>()>& next,
                                const std::string& path) {
    auto writer = TRY(table::Writer::create(path, table::Format::xlsx));
    std::vector<table::Writer::Column> columns{{call.say("programmes.column.about"), table::Writer::Type::text, 18},
                                               {call.say("programmes.column.area"), table::Writer::Type::text, 14}};
    if (!of.states.empty()) columns.push_back({call.say("programmes.column.state"), table::Writer::Type::text, 12});
    std::vector<const Field*> open;
    for (const auto& field : of.fields)
        if (!field.sealed) open.push_back(&field);
    for (const auto* field : open) {
        auto title = title_of(call, field->title);
        if (!field->unit.empty())
            title = call.say("programmes.column.in_unit", {{"title", title}, {"unit", field->unit}});
        columns.push_back({std::move(title), type_of(field->type), 14});
    }
    columns.push_back({call.say("programmes.column.entered_on"), table::Writer::Type::date, 12});
    TRY(writer->sheet(call.say("programmes.column.sheet"), columns, title_of(call, of.title)));
    std::int64_t written = 0;
    for (Json lines = TRY(next()); !lines.empty(); lines = TRY(next()))
        for (const auto& line : lines) {
            std::vector<std::string> cells{line["about"].get<std::string>(), line["area"]["name"].get<std::string>()};
            if (!of.states.empty())
                cells.push_back(line["state"].is_null() ? "" : line["state"]["label"].get<std::string>());
            for (const auto* field : open) cells.push_back(read(call, *field, line["values"].value(field->name, "")));
            cells.push_back(line["entered_on"].get<std::string>());
            TRY(writer->row(cells));
            ++written;
        }
    TRY(writer->finish());
    return written;
}

}  // namespace ballast::api
