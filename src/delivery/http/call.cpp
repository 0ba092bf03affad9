#include "http/call.h"

namespace ballast::http {

Result<Call::Page> Call::page() const {
    const Page page{TRY(query<std::int64_t>("page")).value_or(1),
                    TRY(query<std::int64_t>("size")).value_or(20)};
    // The upper bound keeps the offset far from overflow; no list is that long.
    if (page.number < 1 || page.number > 1'000'000'000)
        return invalid("http.bad_parameter").with("name", "page");
    if (page.size < 1 || page.size > 200) return invalid("http.bad_parameter").with("name", "size");
    return page;
}

}  // namespace ballast::http
