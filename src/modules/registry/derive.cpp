#include "registry/derive.h"

#include <algorithm>

#include "areas/areas.h"

namespace ballast::registry {

using P = PersonField;

namespace {

constexpr std::string_view converted = "1", unknown_area = "2";

bool noted(const PersonValues& values, std::string_view code) {
    return values[P::id_note].find(code) != std::string::npos;
}

void note(PersonValues& values, bool from_15, bool unknown) {
    auto& held = values[P::id_note];
    held = from_15 ? converted : "";
    if (unknown) held += (from_15 ? "," : "") + std::string(unknown_area);
}

}  // namespace

void note_number(PersonValues& values, std::string_view before, std::string_view written, Date today) {
    const auto parsed = CitizenId::parse(written, today);
    const bool from_15 =
        parsed && std::ranges::find(parsed->notes, CitizenId::Note::converted_from_15) != parsed->notes.end();
    const bool again = values[P::id_number] == before && noted(values, converted);
    note(values, from_15 || again, false);
}

void derive(PersonValues& values, Date today) {
    if (values.has(P::id_number)) {
        if (const auto parsed = CitizenId::parse(values[P::id_number], today)) {
            if (!values.has(P::birth)) values[P::birth] = parsed->id.birth_date().iso();
            if (!values.has(P::sex)) values[P::sex].assign(1, parsed->id.sex() == Sex::male ? '1' : '2');
            note(values, noted(values, converted),
                 !areas::Division::shipped().county_code(parsed->id.address_code()));
        }
    }
    const std::string& certificate = values[P::disability_certificate];
    if (certificate.size() >= 20) {
        if (!values.has(P::disability_class)) values[P::disability_class] = certificate.substr(18, 1);
        if (!values.has(P::disability_grade)) values[P::disability_grade] = certificate.substr(19, 1);
    }
}

}  // namespace ballast::registry
