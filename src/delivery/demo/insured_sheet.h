/// An insured list as an insurer sends it, with people of the made-up register.
#pragma once

#include <functional>

#include "context/context.h"
#include "demo/county.h"

namespace ballast::demo {

/// A household's account, or for whom the register has none, an invented one.
std::string account_of(const registry::Household& home);

/// The village's households with land, a phone and an account of their own, at most a dozen; `units` says what
/// each of them insures, as the sheet writes it. The path of the written file, in the samples.
Result<std::string> write_insured_sheet(const delivery::Context& context, const County& county, AreaCode village,
                                        const std::string& name,
                                        const std::function<std::string(const registry::Household&)>& units);

}  // namespace ballast::demo
