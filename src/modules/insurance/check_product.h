/// What contradicts itself in a product whose every key reads well: stages that overlap or leave a day out,
/// two rates for one day, a window outside of the cover.
#pragma once

#include "insurance/product.h"

namespace ballast::insurance {

struct Fault {
    std::string part;  // the table of the file; "" the file itself
    std::string key;
    Error what;  // invalid; file, line and key are added where the file is known
};
/// The first one; nothing when there is none. "insurance.pack_value" {expected} of a value that cannot be;
/// "insurance.rate_twice" {area, date}; "insurance.stage_days" {day, count}: a day of the cover lies in no stage
/// or in several; "insurance.window_outside_cover" {first, last}; "insurance.sales_reach_window" {first, last}:
/// who is paid for the whole window could buy when it has begun.
std::optional<Fault> fault_of(const Product& product);

/// What is wrong with the products of a folder: the first fault of every file, and what contradicts between
/// files. For whoever writes a pack; load_book ends at the first.
std::vector<Error> check_products(const std::filesystem::path& folder);

}  // namespace ballast::insurance
