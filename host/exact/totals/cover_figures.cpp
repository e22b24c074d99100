// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/cover_figures.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

constexpr TailAt nothing_above{};

TailAt at(const TotalLaw& law, double amount_usd) {
  return std::isfinite(amount_usd) ? law.at(amount_usd) : nothing_above;
}

TailAt error_at(const TotalLaw& law, double amount_usd) {
  return std::isfinite(amount_usd) ? law.error_at(amount_usd) : nothing_above;
}

/// The finite width of the layer, 0 without a limit: what multiplies E(T - end)+ is then 0 too.
double width_of(const CoverOfTotal& cover) {
  return std::isfinite(cover.limit_usd) ? cover.limit_usd / cover.share : 0;
}

/// E min((T - attachment)+, width)^2 from what lies above both ends.
double square_of(const TailAt& begin, const TailAt& end, double width) {
  return begin.excess_squared - end.excess_squared - 2 * width * end.excess;
}

/// Mean payout of the years above an amount, less what the amount itself pays.
double beyond(const TailAt& amount, const TailAt& end, double share) {
  return share * std::max(0.0, amount.excess - end.excess);
}

}  // namespace

double CoverOfTotal::payout_usd(double total_usd) const {
  return std::min(share * std::max(0.0, total_usd - attachment_usd), limit_usd);
}

void add_amounts(const CoverOfTotal& cover, std::vector<double>& amounts_usd) {
  amounts_usd.push_back(cover.attachment_usd);
  if (std::isfinite(cover.exhaustion_usd())) amounts_usd.push_back(cover.exhaustion_usd());
}

FigureLoss cover_figures(const TotalLaw& law, const CoverOfTotal& cover,
                         const std::vector<double>& levels) {
  const double exhaustion = cover.exhaustion_usd(), width = width_of(cover);
  const TailAt begin = at(law, cover.attachment_usd), end = at(law, exhaustion);
  const TailAt begin_error = error_at(law, cover.attachment_usd);
  const TailAt end_error = error_at(law, exhaustion);
  FigureLoss loss;
  loss.mean_usd = beyond(begin, end, cover.share);
  const double square = cover.share * cover.share * square_of(begin, end, width);
  loss.sd_usd = std::sqrt(std::max(0.0, square - loss.mean_usd * loss.mean_usd));
  loss.probability = std::clamp(begin.probability, 0.0, 1.0);
  const double mean_error = cover.share * (begin_error.excess + end_error.excess);
  const double square_error =
      cover.share * cover.share *
      (begin_error.excess_squared + end_error.excess_squared + 2 * width * end_error.excess);
  double error = mean_error;
  if (loss.sd_usd > 0) {
    error = std::max(error,
                     square_error / (2 * loss.sd_usd) + mean_error * loss.mean_usd / loss.sd_usd);
  }
  for (const double level : levels) {
    const double total = law.quantile(level);
    const double amount = std::max(total, cover.attachment_usd);
    const bool beyond_limit = amount >= exhaustion;
    const double var = cover.payout_usd(total);
    const double shortfall = beyond_limit ? 0 : beyond(at(law, amount), end, cover.share);
    loss.var_usd.push_back(var);
    loss.tvar_95.emplace_back();
    loss.tvar_usd.push_back(var + shortfall / (1 - level));
    if (beyond_limit) continue;
    const double tail_error =
        cover.share * (error_at(law, amount).excess + end_error.excess) / (1 - level);
    const double var_error = var > 0 ? cover.share * law.quantile_error(level) : 0;
    error = std::max({error, var_error, tail_error});
  }
  loss.exact_usd = loss.mean_usd;
  loss.exact_error_usd = error;
  loss.source = FigureSource::exact;
  return loss;
}

}  // namespace corridor
