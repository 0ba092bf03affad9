/// How a row's contents lie in the database: sealed JSON. Only for this module's own sources.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/crypto.h"

namespace ballast::feeds::stored {

inline constexpr std::string_view id_context = "feeds_row.id_text";

struct Content {
    std::vector<std::string> sent;    // by column of the contract, the cells' texts
    std::vector<std::string> values;  // canonical; empty for invalid rows
};
crypto::Bytes seal_content(const crypto::Vault& vault, const Content& content);
Result<Content> open_content(const crypto::Vault& vault, std::span<const std::uint8_t> sealed);

/// The same for rows of one sender that are written alike: number as sent, name after normalising, place.
crypto::Bytes row_alike(const crypto::Vault& vault, std::string_view department, std::string_view id_text,
                        std::string_view name, std::string_view place);

using Args = std::vector<std::pair<std::string, std::string>>;
std::string text(const Args& args);
Args args(std::string_view stored);
std::string text(const Error& error);
Error error(std::string_view stored);

}  // namespace ballast::feeds::stored
