#include "registry/derive.h"

namespace ballast::registry {

using P = PersonField;

void derive(PersonValues& values, Date today) {
    if (values.has(P::id_number)) {
        if (const auto parsed = CitizenId::parse(values[P::id_number], today)) {
            if (!values.has(P::birth)) values[P::birth] = parsed->id.birth_date().iso();
            if (!values.has(P::sex)) values[P::sex].assign(1, parsed->id.sex() == Sex::male ? '1' : '2');
        }
    }
    const std::string& certificate = values[P::disability_certificate];
    if (certificate.size() >= 20) {
        if (!values.has(P::disability_class)) values[P::disability_class] = certificate.substr(18, 1);
        if (!values.has(P::disability_grade)) values[P::disability_grade] = certificate.substr(19, 1);
    }
}

}  // namespace ballast::registry
