// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/treaty_figures.hpp"

#include <cmath>

#include "host/treaty/subject.hpp"
#include "host/treaty/year_layer.hpp"
#include "kernels/lane/tally.hpp"

namespace corridor {
namespace {

double usd(double cents) { return cents / 100; }

void add_statistics(std::span<const Cents> yearly, TreatyFigures& figures) {
  CellTally tally;
  for (const Cents amount : yearly) tally.add(amount);
  const double years = static_cast<double>(yearly.size());
  const double mean =
      (static_cast<double>(tally.sum.high) * 0x1p64 + static_cast<double>(tally.sum.low)) / years;
  double squares = 0;
  for (const Cents amount : yearly) {
    const double from_mean = static_cast<double>(amount) - mean;
    squares += from_mean * from_mean;
  }
  figures.years = yearly.size();
  figures.hits = tally.hits;
  figures.ceded_mean_usd = usd(mean);
  figures.ceded_sd_usd = yearly.size() > 1 ? usd(std::sqrt(squares / (years - 1))) : std::nan("");
  figures.ceded_se_usd = figures.ceded_sd_usd / std::sqrt(years);
}

double line_usd(const Treaty& treaty, double subject_premium_usd) {
  if (treaty.kind == TreatyKind::quota_share) return std::nan("");
  Cents width = year_layer(treaty, subject_premium_usd).width();
  if (treaty.of_persons() && width == unlimited) width = treaty_cents(treaty.limit_usd);
  return width < unlimited ? usd(static_cast<double>(width)) * treaty.share : std::nan("");
}

double premium_of(const Treaty& treaty, const TreatyFigures& figures) {
  if (!std::isnan(treaty.premium_usd)) return treaty.premium_usd;
  if (treaty.kind == TreatyKind::quota_share) return treaty.share * figures.subject_premium_usd;
  return figures.premiums_usd.empty() ? std::nan("") : figures.premiums_usd.front();
}

}  // namespace

std::vector<TreatyFigures> treaty_figures(const Programme& programme, const CededYears& ceded,
                                          double premium_usd, const PremiumsOf& premiums_of) {
  const std::vector<double> parts = parts_left(programme);
  std::vector<TreatyFigures> all;
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    const Treaty& treaty = programme.treaties[t];
    TreatyFigures figures;
    add_statistics(ceded.ceded[t], figures);
    figures.subject_premium_usd = parts[t] * premium_usd;
    figures.line_usd = line_usd(treaty, figures.subject_premium_usd);
    if (premiums_of) figures.premiums_usd = premiums_of(ceded.ceded[t]);
    figures.premium_usd = premium_of(treaty, figures);
    figures.commission_usd = treaty.commission * figures.premium_usd;
    all.push_back(std::move(figures));
  }
  return all;
}

}  // namespace corridor
