#include "employment/fit.h"

#include <algorithm>
#include <numeric>

namespace ballast::employment {

std::int64_t Fit::told() const { return std::accumulate(points.begin(), points.end(), std::int64_t{0}); }

Reach distance(AreaCode village, const Vacancy& vacancy) {
    if (vacancy.away) return *vacancy.away;
    if (vacancy.area == village) return Reach::village;
    return vacancy.area.at(AreaLevel::township) == village.at(AreaLevel::township) ? Reach::township
                                                                                   : Reach::county;
}

namespace {

std::vector<Bar> bars(const Seeker& seeker, const Vacancy& vacancy, const Terms& terms, Reach far,
                      bool able) {
    std::vector<Bar> out;
    if (vacancy.skilled && !able) out.push_back(Bar::skill);
    // A public-welfare post is for people of its own place.
    if (far > seeker.reach || (vacancy.welfare && !vacancy.area.contains(seeker.village)))
        out.push_back(Bar::distance);
    if (seeker.home_daily && far >= Reach::province) out.push_back(Bar::home_daily);
    const auto from =
        vacancy.age_from.value_or(vacancy.welfare ? terms.public_age_from : terms.labour_age_from);
    const auto to = vacancy.age_to.value_or(vacancy.welfare ? terms.public_age_to : 200);
    if (seeker.age < from || seeker.age >= to) out.push_back(Bar::age);
    if (vacancy.welfare && seeker.public_full) out.push_back(Bar::public_holder);
    return out;
}

}  // namespace

Fit fit(const Seeker& seeker, const Vacancy& vacancy, const Terms& terms) {
    const Reach far = distance(seeker.village, vacancy);
    const bool able = std::ranges::find(seeker.skills, vacancy.trade) != seeker.skills.end();
    Fit out;
    out.bars = bars(seeker, vacancy, terms, far, able);
    out.too_heavy = vacancy.load > seeker.bears;
    const auto short_of = std::max<std::int64_t>(0, (seeker.wage - vacancy.wage).fen());
    const bool wanted = seeker.wanted_trade.empty() || seeker.wanted_trade == vacancy.trade;
    const bool just_bears = vacancy.load == seeker.bears && vacancy.load != Load::light;
    out.points = {terms.distance.at(static_cast<std::size_t>(far)), (short_of + 9'999) / 10'000 * terms.wage,
                  wanted ? 0 : terms.trade, seeker.skills.empty() || able ? 0 : terms.skill,
                  seeker.care_at_home && far >= Reach::county ? terms.family : 0};
    out.strain = just_bears ? terms.load : 0;
    return out;
}

std::string points_text(const Fit& fit) {
    std::string out;
    for (std::size_t i = 0; i < point_names.size(); ++i) {
        if (fit.points[i] == 0) continue;
        if (!out.empty()) out += ' ';
        out += point_names[i];
        out += '=';
        out += std::to_string(fit.points[i]);
    }
    return out;
}

}  // namespace ballast::employment
