/// Identifiers that cannot be mixed up. `struct PersonTag; using PersonId = Id<PersonTag>;`
/// Positive; given by the database, never reused.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace ballast {

template <class Tag>
class Id {
public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : number_(number) {}
    constexpr std::int64_t number() const { return number_; }
    constexpr explicit operator bool() const { return number_ > 0; }
    friend constexpr auto operator<=>(Id, Id) = default;

private:
    std::int64_t number_ = 0;
};

}  // namespace ballast

template <class Tag>
struct std::hash<ballast::Id<Tag>> {
    std::size_t operator()(ballast::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.number());
    }
};
