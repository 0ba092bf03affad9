#include "registry/income.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace ballast::registry {

namespace {
struct Named {
    IncomeItem item;
    std::string_view code;
};
constexpr std::array item_codes{Named{IncomeItem::wage, "I1"},
                                Named{IncomeItem::production, "I2"},
                                Named{IncomeItem::production_expense, "E1"},
                                Named{IncomeItem::property, "I3"},
                                Named{IncomeItem::transfer, "I4"},
                                Named{IncomeItem::compliant_self_paid, "D1"},
                                Named{IncomeItem::insurance_claim, "D2"}};

int days_in(Period period) { return period.last - period.first + 1; }
bool overlap(Period a, Period b) { return a.first <= b.last && b.first <= a.last; }
}  // namespace

std::string_view code_of(IncomeItem item) {
    for (const Named& one : item_codes)
        if (one.item == item) return one.code;
    INVARIANT(false);
    return {};
}

std::optional<IncomeItem> income_item(std::string_view code) {
    for (const Named& one : item_codes)
        if (one.code == code) return one.item;
    return std::nullopt;
}

std::vector<const IncomeLine*> lines_in(std::span<const IncomeLine> lines, Period window) {
    std::vector<const IncomeLine*> inside;
    for (const IncomeLine& line : lines)
        if (window.first <= line.window.first && line.window.last <= window.last) inside.push_back(&line);
    const auto covered = [&](const IncomeLine* line) {
        return std::any_of(inside.begin(), inside.end(), [&](const IncomeLine* other) {
            return other->item == line->item && other->sub == line->sub && other->member == line->member &&
                   overlap(other->window, line->window) && days_in(other->window) > days_in(line->window);
        });
    };
    std::vector<const IncomeLine*> out;
    std::copy_if(inside.begin(), inside.end(), std::back_inserter(out),
                 [&](const IncomeLine* line) { return !covered(line); });
    return out;
}

Result<Income> income_in(std::span<const IncomeLine> lines, Period window, std::int64_t members) {
    if (members < 1) return invalid("registry.no_members");
    Income sum{};
    for (const IncomeLine* line : lines_in(lines, window)) {
        switch (line->item) {
            case IncomeItem::wage:
                sum.wage += line->amount;
                break;
            case IncomeItem::production:
                sum.production += line->amount;
                break;
            case IncomeItem::production_expense:
                sum.production_expense += line->amount;
                break;
            case IncomeItem::property:
                sum.property += line->amount;
                break;
            case IncomeItem::transfer:
                sum.transfer += line->amount;
                break;
            case IncomeItem::compliant_self_paid:
                sum.self_paid += line->amount;
                break;
            case IncomeItem::insurance_claim:
                sum.claims += line->amount;
                break;
        }
    }
    sum.net = sum.wage + sum.production + sum.property + sum.transfer - sum.production_expense;
    sum.deducted = sum.net - sum.self_paid + sum.claims;
    sum.members = members;
    sum.net_per_head = sum.net.divided_by(members);
    sum.deducted_per_head = sum.deducted.divided_by(members);
    return sum;
}

bool known_whole(std::span<const IncomeLine> lines, Period window) {
    for (Date month = window.first; month <= window.last; month = month.plus_months(1))
        if (std::none_of(lines.begin(), lines.end(), [&](const IncomeLine& line) {
                return window.first <= line.window.first && line.window.last <= window.last &&
                       line.window.contains(month);
            }))
            return false;
    return true;
}

std::optional<Period> latest_known_window(std::span<const IncomeLine> lines, Date as_of) {
    std::optional<Period> latest;
    for (const IncomeLine& line : lines) {
        const Period twelve{line.window.last.first_of_month().plus_months(-11), line.window.last};
        if (twelve.last <= as_of && (!latest || twelve.last > latest->last) && known_whole(lines, twelve))
            latest = twelve;
    }
    return latest;
}

bool in_scope(Money deducted_per_head, Money line, Bound bound) {
    return bound == Bound::strict ? deducted_per_head < line : deducted_per_head <= line;
}

}  // namespace ballast::registry
