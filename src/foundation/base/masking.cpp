#include "base/masking.h"

#include "base/text.h"

namespace ballast {

std::string masked_name(std::string_view name) {
    std::u32string characters = text::code_points(text::trimmed(name));
    const std::size_t size = characters.size();
    const std::size_t hidden_from = size == 1 ? 0 : 1;
    const std::size_t hidden_to = size <= 2 ? size : size - 1;
    for (std::size_t i = hidden_from; i < hidden_to; ++i) characters[i] = U'*';
    return text::utf8(characters);
}

}  // namespace ballast
