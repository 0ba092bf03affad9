/// The only door to the time of day. Modules take `Date today` or `Instant now` as an argument; only
/// delivery asks a Clock, once per request.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "base/date.h"

namespace ballast {

/// Milliseconds since 1970-01-01T00:00Z.
struct Instant {
    std::int64_t ms = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};

/// The civil day in Asia/Shanghai (UTC+8) at that instant.
Date civil_date(Instant at);
/// "2026-11-23T17:30:48+08:00", and back (any offset; milliseconds optional).
std::string iso_instant(Instant at);
Result<Instant> parse_instant(std::string_view text);

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    Date today() const { return civil_date(now()); }
};

/// The machine's clock.
const Clock& system_clock();

/// For tests and for demo data: stands still until it is set.
class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at) : at_(at) {}
    explicit FixedClock(Date noon_of);
    Instant now() const override { return at_; }
    void set(Instant at) { at_ = at; }

private:
    Instant at_;
};

}  // namespace ballast
