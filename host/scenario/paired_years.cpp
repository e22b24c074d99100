// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/scenario/paired_years.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "host/risk/risk.hpp"

namespace corridor {
namespace {

constexpr double cents_per_dollar = 100;

/// Years of one run with what its figures are made of.
struct Years {
  std::span<const Cents> cents;
  std::vector<Cents> sorted;
  double mean = 0, sd = 0;  ///< cents

  explicit Years(std::span<const Cents> years) : cents(years), sorted(ascending(years)) {
    for (const Cents each : cents) mean += static_cast<double>(each);
    mean /= count();
    double squares = 0;
    for (const Cents each : cents) squares += off_mean(each) * off_mean(each);
    sd = cents.size() < 2 ? 0 : std::sqrt(squares / (count() - 1));
  }

  double count() const { return static_cast<double>(cents.size()); }
  double off_mean(Cents each) const { return static_cast<double>(each) - mean; }
};

/// Standard error in dollars of the change whose yearly influence is stressed(y) - base(y).
template <class Influence>
double paired_error(const Influence& base, const Influence& stressed, std::size_t years) {
  if (years < 2) return std::nan("");
  const auto count = static_cast<double>(years);
  double sum = 0, squares = 0;
  for (std::size_t y = 0; y < years; ++y) sum += stressed(y) - base(y);
  const double mean = sum / count;
  for (std::size_t y = 0; y < years; ++y) {
    const double off = stressed(y) - base(y) - mean;
    squares += off * off;
  }
  return std::sqrt(squares / (count - 1) / count) / cents_per_dollar;
}

/// What a year adds to the mean.
struct MeanInfluence {
  const Years& years;
  double operator()(std::size_t y) const { return static_cast<double>(years.cents[y]); }
};

struct SdInfluence {
  const Years& years;
  double operator()(std::size_t y) const {
    if (years.sd == 0) return 0;
    const double off = years.off_mean(years.cents[y]);
    return off * off / (2 * years.sd);
  }
};

/// Ranks on either side of a quantile that its density is taken from: half as many again as Bofinger's
/// bandwidth, since every one of them counts, and a third of a tail at most, since tails bend.
std::uint64_t reach_of(std::uint64_t years, std::uint64_t rank, double outside) {
  // The normal quantile to 3 digits is enough for a bandwidth: Abramowitz and Stegun, 26.2.22.
  const double t = std::sqrt(-2 * std::log(std::min(outside, 1 - outside)));
  const double z = t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + t * 0.04481));
  const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
  const auto count = static_cast<double>(years);
  const double band =
      std::pow(4.5 * std::pow(density, 4) / std::pow(2 * z * z + 1, 2) / count, 0.2);
  const std::uint64_t most = std::min((years - rank) / 3, rank - 1);
  return std::clamp(static_cast<std::uint64_t>(1.5 * band * count), std::uint64_t{1},
                    std::max(most, std::uint64_t{1}));
}

/// One over the density at a quantile: the slope of the straight line through the order statistics
/// around it. Expects a year beyond the rank.
double sparsity(const std::vector<Cents>& sorted, std::uint64_t rank, double outside) {
  const std::uint64_t reach = reach_of(sorted.size(), rank, outside);
  const auto at = [&](std::uint64_t r) {
    return static_cast<double>(sorted[std::min<std::uint64_t>(r, sorted.size()) - 1]);
  };
  double moment = 0, inertia = 0;
  for (std::uint64_t off = 1; off <= reach; ++off) {
    const auto distance = static_cast<double>(off);
    moment += distance * (at(rank + off) - at(rank > off ? rank - off : 1));
    inertia += 2 * distance * distance;
  }
  return moment / inertia * static_cast<double>(sorted.size());
}

struct VarInfluence {
  std::span<const Cents> cents;
  Cents var;
  double sparsity;
  double operator()(std::size_t y) const { return cents[y] > var ? sparsity : 0; }
};

struct TvarInfluence {
  std::span<const Cents> cents;
  Cents var;
  double outside;
  double operator()(std::size_t y) const {
    return cents[y] > var ? static_cast<double>(cents[y] - var) / outside : 0;
  }
};

/// Fewer years beyond a quantile carry no standard error of it.
constexpr std::uint64_t years_beyond = 10;

void append_tail(const Years& base, const Years& stressed, const Level& level,
                 std::vector<PairedFigure>& figures) {
  const std::uint64_t rank = level.rank(base.cents.size());
  const double outside = 1 - level.value;
  const RiskFigure from = risk_at(base.sorted, level), to = risk_at(stressed.sorted, level);
  const Cents var_from = base.sorted[rank - 1], var_to = stressed.sorted[rank - 1];
  PairedFigure var{"var_" + level.suffix(), from.var_usd, to.var_usd, std::nan("")};
  PairedFigure tvar{"tvar_" + level.suffix(), from.tvar_usd, to.tvar_usd, std::nan("")};
  if (base.cents.size() - rank >= years_beyond) {
    var.change_se_usd =
        paired_error(VarInfluence{base.cents, var_from, sparsity(base.sorted, rank, outside)},
                     VarInfluence{stressed.cents, var_to, sparsity(stressed.sorted, rank, outside)},
                     base.cents.size());
    tvar.change_se_usd =
        paired_error(TvarInfluence{base.cents, var_from, outside},
                     TvarInfluence{stressed.cents, var_to, outside}, base.cents.size());
  }
  figures.push_back(var);
  figures.push_back(tvar);
}

}  // namespace

std::vector<PairedFigure> paired_figures(std::span<const Cents> base,
                                         std::span<const Cents> stressed,
                                         std::span<const Level> levels) {
  const Years from(base), to(stressed);
  std::vector<PairedFigure> figures{
      {"mean", from.mean / cents_per_dollar, to.mean / cents_per_dollar,
       paired_error(MeanInfluence{from}, MeanInfluence{to}, base.size())},
      {"sd", from.sd / cents_per_dollar, to.sd / cents_per_dollar,
       paired_error(SdInfluence{from}, SdInfluence{to}, base.size())}};
  for (const Level& level : levels) append_tail(from, to, level, figures);
  return figures;
}

double paired_batch_error_usd(std::span<const Cents> base, std::span<const Cents> stressed,
                              std::span<const std::uint32_t> years) {
  constexpr std::size_t batches_least = 10;
  if (years.size() < batches_least) return std::nan("");
  double all_years = 0, change = 0;
  for (std::size_t b = 0; b < years.size(); ++b) {
    all_years += years[b];
    change += static_cast<double>(stressed[b] - base[b]);
  }
  double squares = 0;
  for (std::size_t b = 0; b < years.size(); ++b) {
    const double off = static_cast<double>(stressed[b] - base[b]) - years[b] * change / all_years;
    squares += off * off;
  }
  const auto batches = static_cast<double>(years.size());
  return std::sqrt(squares * batches / (batches - 1)) / all_years / cents_per_dollar;
}

PairedShare paired_share_above(std::span<const Cents> base, double base_usd,
                               std::span<const Cents> stressed, double stressed_usd) {
  const auto above = [](Cents cents, double usd) {
    return static_cast<double>(cents) > usd * cents_per_dollar;
  };
  const auto years = static_cast<double>(base.size());
  double from = 0, to = 0, differ = 0;
  for (std::size_t y = 0; y < base.size(); ++y) {
    const bool in_base = above(base[y], base_usd), in_stressed = above(stressed[y], stressed_usd);
    from += in_base ? 1 : 0;
    to += in_stressed ? 1 : 0;
    differ += in_base != in_stressed ? 1 : 0;
  }
  const double change = (to - from) / years;
  const double variance = differ / years - change * change;
  return {from / years, to / years, std::sqrt(std::max(variance, 0.0) / years)};
}

}  // namespace corridor
