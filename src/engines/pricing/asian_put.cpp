#include "pricing/asian_put.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ql/math/distributions/normaldistribution.hpp>
#include <ql/pricingengines/blackformula.hpp>

namespace ballast::pricing {
namespace {

constexpr std::size_t most_fixings = 1'000;

// What is still open: the put pays max(0, strike - weight x (average of the fixings at `times`)). What has
// been fixed already has gone into the strike.
struct Open {
    double strike = 0;
    double weight = 0;
    double discount = 1;
    std::vector<double> times{};  // years from the valuation, ascending; 0 is the futures price itself
};

Result<void> check(const AsianPut& put) {
    const auto positive = [](double value) { return std::isfinite(value) && value > 0; };
    for (const auto& [name, value] : {std::pair{"futures", put.futures}, {"strike", put.strike}})
        if (!positive(value)) return invalid("pricing.not_positive").with("name", name);
    if (!positive(put.volatility) || put.volatility > 5)
        return invalid("pricing.out_of_range").with("name", "volatility");
    if (!std::isfinite(put.rate) || std::abs(put.rate) > 1)
        return invalid("pricing.out_of_range").with("name", "rate");
    if (put.fixings.empty()) return invalid("pricing.no_fixings");
    if (put.fixings.size() > most_fixings)
        return invalid("pricing.too_many_fixings")
            .with("count", std::to_string(put.fixings.size()))
            .with("most", std::to_string(most_fixings));
    const auto not_later = [](const Fixing& a, const Fixing& b) { return a.day >= b.day; };
    if (const auto at = std::ranges::adjacent_find(put.fixings, not_later); at != put.fixings.end())
        return invalid("pricing.fixings_out_of_order").with("date", (at + 1)->day.iso());
    for (const auto& fixing : put.fixings) {
        if (fixing.settled && fixing.day > put.valuation)
            return invalid("pricing.fixing_in_future").with("date", fixing.day.iso());
        if (!fixing.settled && fixing.day < put.valuation)
            return invalid("pricing.fixing_unknown").with("date", fixing.day.iso());
        if (fixing.settled && !positive(*fixing.settled))
            return invalid("pricing.not_positive").with("name", "settled");
    }
    if (put.fixings.back().day < put.valuation)
        return invalid("pricing.already_paid").with("date", put.fixings.back().day.iso());
    return {};
}

Open still_open(const AsianPut& put) {
    const auto count = static_cast<double>(put.fixings.size());
    Open out{.strike = put.strike};
    for (const auto& fixing : put.fixings)
        if (fixing.settled)
            out.strike -= *fixing.settled / count;
        else
            out.times.push_back((fixing.day - put.valuation) / 365.0);
    out.weight = static_cast<double>(out.times.size()) / count;
    out.discount = std::exp(-put.rate * (put.fixings.back().day - put.valuation) / 365.0);
    return out;
}

// The value of max(0, strike - weight x X) for a lognormal X of that mean, which moves in proportion to the
// futures price.
Valuation of_lognormal(const Open& open, double mean, double deviation, double futures) {
    const double forward = open.weight * mean;
    Valuation out{.price = QuantLib::blackFormula(QuantLib::Option::Put, open.strike, forward, deviation,
                                                  open.discount)};
    const double below = deviation > 0 ? QuantLib::CumulativeNormalDistribution()(
                                             std::log(open.strike / forward) / deviation - deviation / 2)
                                       : static_cast<double>(forward < open.strike);
    out.delta = -open.discount * forward / futures * below;
    return out;
}

// A put that can pay nothing more, or that is fixed whole: nothing is left to a model.
std::optional<Valuation> certain(const Open& open) {
    if (open.strike <= 0) return Valuation{};
    if (open.times.empty()) return Valuation{.price = open.discount * open.strike};
    return std::nullopt;
}

// The geometric average: lognormal, of known mean and deviation.
Valuation of_geometric(const Open& open, double futures, double volatility) {
    const auto count = static_cast<double>(open.times.size());
    double common = 0;  // sum over all pairs of the time that both have in common
    for (std::size_t i = 0; i < open.times.size(); ++i)
        common += open.times[i] * (2 * (count - static_cast<double>(i)) - 1);
    const double variance = volatility * volatility * common / (count * count);
    const double mean_time = std::accumulate(open.times.begin(), open.times.end(), 0.0) / count;
    const double mean = futures * std::exp((variance - volatility * volatility * mean_time) / 2);
    return of_lognormal(open, mean, std::sqrt(variance), futures);
}

// Mean of x, the known mean of y taken into account; with its standard error.
class Controlled {
public:
    explicit Controlled(double known_mean_of_y) : known_(known_mean_of_y) {}

    void add(double x, double y) {
        ++n_;
        const double dx = x - mean_x_, dy = y - mean_y_;
        mean_x_ += dx / n_;
        mean_y_ += dy / n_;
        xx_ += dx * (x - mean_x_);
        yy_ += dy * (y - mean_y_);
        xy_ += dx * (y - mean_y_);
    }
    double mean() const { return mean_x_ - slope() * (mean_y_ - known_); }
    double standard_error() const { return std::sqrt(std::max(0.0, xx_ - slope() * xy_) / (n_ - 2) / n_); }

private:
    double slope() const { return yy_ > 0 ? xy_ / yy_ : 0; }

    double known_;
    double n_ = 0, mean_x_ = 0, mean_y_ = 0, xx_ = 0, yy_ = 0, xy_ = 0;
};

// Strictly between 0 and 1, so that its normal quantile is finite.
double inside(Rng& rng) { return (static_cast<double>(rng.next() >> 12U) + 0.5) * 0x1p-52; }

// The arithmetic and the geometric average of one path.
struct Averages {
    double arithmetic;
    double geometric;
};

class Paths {
public:
    Paths(const Open& open, double futures, double volatility)
        : futures_(futures), count_(static_cast<double>(open.times.size())) {
        double before = 0;
        for (const double time : open.times) {
            const double step = time - before;
            drift_.push_back(-volatility * volatility * step / 2);
            deviation_.push_back(volatility * std::sqrt(step));
            before = time;
        }
    }

    Averages draw(Rng& rng) const {
        double log = 0, sum = 0, logs = 0;
        for (std::size_t i = 0; i < drift_.size(); ++i) {
            log += drift_[i];
            if (deviation_[i] > 0) log += deviation_[i] * quantile_(inside(rng));
            logs += log;
            sum += std::exp(log);
        }
        return {futures_ * sum / count_, futures_ * std::exp(logs / count_)};
    }

private:
    double futures_;
    double count_;
    std::vector<double> drift_;
    std::vector<double> deviation_;
    QuantLib::InverseCumulativeNormal quantile_;
};

}  // namespace

Result<Valuation> two_moment(const AsianPut& put) {
    TRY(check(put));
    const Open open = still_open(put);
    if (const auto known = certain(open)) return *known;
    // E[A^2] / E[A]^2 is the mean over all pairs of exp(volatility^2 x the time they have in common).
    const auto count = static_cast<double>(open.times.size());
    double second = 0;
    for (std::size_t i = 0; i < open.times.size(); ++i)
        second += std::expm1(put.volatility * put.volatility * open.times[i]) *
                  (2 * (count - static_cast<double>(i)) - 1);
    return of_lognormal(open, put.futures, std::sqrt(std::log1p(second / (count * count))), put.futures);
}

Result<Valuation> monte_carlo(const AsianPut& put, std::int64_t samples, Rng& rng) {
    TRY(check(put));
    if (samples < fewest_samples || samples > most_samples)
        return invalid("pricing.out_of_range").with("name", "samples");
    const Open open = still_open(put);
    if (const auto known = certain(open)) return *known;

    const Valuation geometric = of_geometric(open, put.futures, put.volatility);
    const Paths paths(open, put.futures, put.volatility);
    Controlled price(geometric.price), delta(geometric.delta);
    const auto pays = [&](double average) {
        return open.discount * std::max(0.0, open.strike - open.weight * average);
    };
    const auto moves = [&](double average) {
        return open.strike > open.weight * average ? -open.discount * open.weight * average / put.futures
                                                   : 0.0;
    };
    for (std::int64_t i = 0; i < samples; ++i) {
        const Averages path = paths.draw(rng);
        price.add(pays(path.arithmetic), pays(path.geometric));
        delta.add(moves(path.arithmetic), moves(path.geometric));
    }
    return Valuation{.price = price.mean(), .standard_error = price.standard_error(), .delta = delta.mean()};
}

}  // namespace ballast::pricing
