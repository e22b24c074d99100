// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "kernels/book.hpp"

namespace corridor::oracle {

/// A mean of simulated years with its standard error.
struct Estimate {
  double mean = 0;
  double standard_error = 0;
};

/// Years of one job, drawn by the best CPU back end and put through the terms of a row.
class SimulatedYears {
 public:
  SimulatedYears(const Book& book, std::size_t job, std::uint32_t years, std::uint64_t seed = 1);

  std::uint32_t count() const { return years_; }
  /// Year `year` of a row, its terms applied with the attachment given.
  YearState year(const GridRow& row, Cents attachment, std::uint32_t year) const;
  /// Mean of a figure in dollars.
  Estimate mean(const GridRow& row, Cents attachment,
                const std::function<Cents(const YearState&)>& figure) const;
  /// Share of years in which a figure is above 0.
  Estimate probability(const GridRow& row, Cents attachment,
                       const std::function<Cents(const YearState&)>& figure) const;
  /// Order statistic of rank ceil(p * years) of a figure, dollars.
  double percentile(const GridRow& row, Cents attachment, double p,
                    const std::function<Cents(const YearState&)>& figure) const;

 private:
  std::vector<double> figures(const GridRow& row, Cents attachment,
                              const std::function<Cents(const YearState&)>& figure) const;

  GroupView group_;
  std::optional<GroupView> counted_;
  std::uint32_t years_;
  std::vector<Cents> sums_;
};

/// Dollars as whole cents.
Cents cents_of(double usd);

}  // namespace corridor::oracle
