// Dates that leave out year or month are completed from the dates before them, then from the day of issue;
// without one, from the latest day the text itself names.
#include <tuple>

#include "figures/reader.h"

namespace ballast::figures {
namespace {

using Shape = DateParts::Shape;

/// The day from which the text speaks; month and day may be unknown.
struct Anchor {
    std::optional<int> year, month, day;
};

std::string padded(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

bool looks_ahead(Text text, std::size_t start) {
    const std::size_t n = std::min<std::size_t>(start, 3);
    const Text lead = text.substr(start - n, n);
    return ends_with_one_of(lead,
                            {U"到", U"至", U"力争", U"届时", U"展望", U"—", U"-", U"～", U"到 ", U"至 "});
}

Anchor anchor_of(Text text, const std::vector<Found>& found, std::optional<Date> issued) {
    if (issued) return {issued->year(), issued->month(), issued->day()};
    Anchor full, year, day;
    for (const Found& one : found) {
        const DateParts& d = one.date;
        if (one.mention.kind != Kind::date && one.mention.kind != Kind::year) continue;
        if (d.shape == Shape::day && d.month && d.day) {
            Anchor& latest = d.year ? full : day;
            if (std::tuple(d.year, d.month, d.day) > std::tuple(latest.year, latest.month, latest.day) &&
                (!d.years_away))
                latest = {d.year, d.month, d.day};
        }
        if (d.year && !looks_ahead(text, one.mention.span.start) &&
            one.mention.qualifier != Qualifier::range_high && d.year > year.year)
            year.year = d.year;
    }
    if (full.year && (!year.year || *full.year >= *year.year)) return full;
    return {year.year, day.month, day.day};
}

std::string iso(const DateParts& d) {
    const std::string year = d.year ? std::to_string(*d.year) : "-";
    const auto of_month = [&](int month) { return year + "-" + padded(month); };
    const auto last_day = [&](int month) {
        const auto first = Date::from(d.year.value_or(2001), month, 1);
        return first ? first->last_of_month().day() : 28;
    };
    switch (d.shape) {
        case Shape::none:
            return {};
        case Shape::year:
            return d.year ? year : std::string{};
        case Shape::month:
            return d.month ? of_month(*d.month) : year;
        case Shape::day:
            return d.month && d.day ? of_month(*d.month) + "-" + padded(*d.day)
                   : d.day          ? "---" + padded(*d.day)
                                    : year;
        case Shape::months:
            return of_month(d.from) + "/" + of_month(d.to);
        case Shape::days:
            return of_month(*d.month) + "-" + padded(d.from) + "/" + of_month(*d.month) + "-" +
                   padded(std::min(d.to, last_day(*d.month)));
        case Shape::month_end:
            return of_month(*d.month) + "-" + padded(last_day(*d.month));
        case Shape::year_end:
            return year + "-12-31";
    }
    return {};
}

class Completer {
public:
    Completer(Text text, Anchor anchor) : text_(text), anchor_(anchor) {}

    void complete(Found& one) {
        const std::size_t start = one.mention.span.start;
        const Text gap = text_.substr(seen_, start - seen_);
        if (gap.find(U'\n') != Text::npos)
            year_ = month_ = std::nullopt;
        else if (gap.find(U'。') != Text::npos)
            year_ = std::nullopt;
        seen_ = start;
        DateParts& d = one.date;
        const bool needs_month = d.shape == Shape::day && !d.month;
        if (d.years_away && anchor_.year) d.year = *anchor_.year + *d.years_away;
        if (needs_month) fill_month(d, start);
        if (!d.year && !d.years_away) {
            d.year = year_ ? year_ : anchor_.year;
            if (!year_ && d.year && anchor_.month &&
                ends_with_one_of(lead(start), {U"截至", U"截止", U"截止到", U"截至到"}) &&
                std::max(d.month.value_or(0), d.to) > *anchor_.month && d.shape != Shape::days)
                --*d.year;
        }
        if (d.year) year_ = d.year;
        if (d.month) month_ = d.month;
        one.mention.date = iso(d);
    }

    void relative(Found& one) const {
        if (!anchor_.year || one.step == 0) return;
        std::string& date = one.mention.date;
        if (one.step == 'Y') date = std::to_string(*anchor_.year + one.away);
        if (!anchor_.month) return;
        if (const auto first = Date::from(*anchor_.year, *anchor_.month, 1); first && one.step == 'M')
            date = first->plus_months(one.away).iso().substr(0, 7);
        if (!anchor_.day) return;
        if (const auto day = Date::from(*anchor_.year, *anchor_.month, *anchor_.day); day && one.step == 'D')
            date = day->plus_days(one.away).iso();
    }

private:
    Text lead(std::size_t start) const {
        return text_.substr(start - std::min<std::size_t>(start, 4), std::min<std::size_t>(start, 4));
    }

    // A day of which no month is said was the last such day before the issue, unless it is to come.
    void fill_month(DateParts& d, std::size_t start) {
        if (month_) {
            d.month = month_;
            return;
        }
        d.month = anchor_.month;
        if (!d.month || !anchor_.day || *d.day <= *anchor_.day || lead(start).find(U'将') != Text::npos)
            return;
        d.month = *d.month == 1 ? 12 : *d.month - 1;
        if (*d.month == 12 && anchor_.year && !d.year) d.year = *anchor_.year - 1;
    }

    Text text_;
    Anchor anchor_;
    std::size_t seen_ = 0;
    std::optional<int> year_, month_;
};

}  // namespace

void complete_dates(Text text, std::vector<Found>& found, std::optional<Date> issued) {
    const Anchor anchor = anchor_of(text, found, issued);
    Completer completer(text, anchor);
    for (Found& one : found) {
        if (one.mention.kind == Kind::date || one.mention.kind == Kind::year) completer.complete(one);
        if (one.mention.kind == Kind::reltime) completer.relative(one);
    }
}

}  // namespace ballast::figures
