/// How a person's name stands in a public notice. Source: domain specification 7.4 [S1, S34]. The other masks
/// belong to their types: CitizenId, Phone, BankCard.
#pragma once

#include <string>
#include <string_view>

namespace ballast {

/// Two characters keep the first, three and more the first and the last: 张三 is 张*, 欧阳建国 is 欧**国. A
/// name of one character is hidden whole.
std::string masked_name(std::string_view name);

}  // namespace ballast
