// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "corridor/treaties.hpp"
#include "host/treaty/apply.hpp"

namespace corridor::made_up {

inline Cents usd(double dollars) { return to_cents(100 * dollars); }

inline Treaty quota_share(std::uint8_t order, double share) {
  Treaty treaty;
  treaty.order = order;
  treaty.share = share;
  return treaty;
}

inline Treaty person_excess(std::uint8_t order, double attachment_usd, double limit_usd,
                            double share = 1) {
  Treaty treaty;
  treaty.kind = TreatyKind::person_excess;
  treaty.order = order;
  treaty.attachment_usd = attachment_usd;
  treaty.limit_usd = limit_usd;
  treaty.share = share;
  return treaty;
}

inline Treaty aggregate(std::uint8_t order, double attachment_ratio, double limit_ratio,
                        double share = 1) {
  Treaty treaty;
  treaty.kind = TreatyKind::book_aggregate;
  treaty.order = order;
  treaty.attachment_ratio = attachment_ratio;
  treaty.limit_ratio = limit_ratio;
  treaty.share = share;
  return treaty;
}

inline Treaty with_corridor(Treaty treaty, double from, double to) {
  treaty.corridor_from_ratio = from;
  treaty.corridor_to_ratio = to;
  return treaty;
}

/// Payouts of one year, one a person, in a treaty's layer.
inline Cents layer_of(const Treaty& treaty, const std::vector<double>& payouts_usd) {
  double sum = 0;
  for (const double payout : payouts_usd) {
    sum += std::fmin(std::fmax(payout - treaty.attachment_usd, 0), treaty.limit_usd);
  }
  return usd(sum);
}

/// One year of persons' payouts under a programme, with an aggregating specific before it.
inline CededYears one_year(const Programme& programme, const std::vector<double>& payouts_usd,
                           double premium_usd = 1e6, double kept_by_employer_usd = 0) {
  double gross = -kept_by_employer_usd;
  for (const double payout : payouts_usd) gross += payout;
  std::vector<std::vector<Cents>> layers;
  for (const Treaty& treaty : programme.treaties) {
    if (treaty.of_persons()) layers.push_back({layer_of(treaty, payouts_usd)});
  }
  return apply_programme(programme, std::vector<Cents>{usd(gross)}, layers, premium_usd);
}

/// /treaties in memory; a column a call.
struct TreatyTable {
  Table table;

  explicit TreatyTable(std::size_t rows) { table.rows = rows; }
  TreatyTable& with(const std::string& column, std::vector<double> values) {
    table.columns.push_back({column, 1, std::move(values)});
    return *this;
  }
  TreatyTable& named(std::vector<std::string> names) {
    table.columns.push_back({"name", 1, std::move(names)});
    return *this;
  }
};

}  // namespace corridor::made_up
