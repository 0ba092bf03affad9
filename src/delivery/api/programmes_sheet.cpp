#include "api/programmes_sheet.h"

namespace ballast::api {
namespace {

using namespace programmes;
using As = ListColumn::As;

As as_of(Type type) {
    switch (type) {
        case Type::integer:
        case Type::decimal: return As::number;
        case Type::money: return As::yuan;
        case Type::date: return As::day;
        default: return As::text;
    }
}

std::string read(const Call& call, const Field& field, const std::string& value) {
    if (field.type == Type::truth && !value.empty()) return call.say("api.truth." + value);
    const auto* choice = field.choice(value);
    return choice ? title_of(call, choice->title) : value;
}

}  // namespace

std::vector<ListColumn> register_columns(const Call& call, const Register& of) {
    std::vector<ListColumn> out{{call.say("programmes.column.about"), "/about", As::text, 18}, {"", "/area", As::place}};
    if (!of.states.empty()) out.push_back({call.say("programmes.column.state"), "/state/label", As::text, 12});
    for (const auto& field : of.fields) {
        if (field.sealed) continue;
        auto title = title_of(call, field.title);
        if (!field.unit.empty()) title = call.say("programmes.column.in_unit", {{"title", title}, {"unit", field.unit}});
        out.push_back({std::move(title), "/read/" + field.name, as_of(field.type)});
    }
    out.push_back({call.say("programmes.column.entered_on"), "/entered_on", As::day});
    return out;
}

void read_values(const Call& call, const Register& of, Json& lines) {
    for (auto& line : lines)
        for (const auto& field : of.fields)
            if (!field.sealed) line["read"][field.name] = read(call, field, line["values"].value(field.name, ""));
}

}  // namespace ballast::api
