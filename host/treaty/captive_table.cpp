// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/treaty/result_columns.hpp"
#include "host/treaty/treaty_table.hpp"
#include "host/treaty/year_layer.hpp"
#include "kernels/lane/tally.hpp"

namespace corridor {
namespace {

/// What a captive's years leave of its funds or lack.
class CaptiveYears {
 public:
  CaptiveYears(std::vector<Cents> losses, Cents funds) : losses_(std::move(losses)), funds_(funds) {
    std::sort(losses_.begin(), losses_.end());
    for (const Cents loss : losses_) {
      dividend_.add(excess_over(funds_, loss));
      call_.add(excess_over(loss, funds_));
    }
  }

  double dividend_mean_usd() const { return mean_usd(dividend_); }
  double call_mean_usd() const { return mean_usd(call_); }
  double dividend_probability() const { return static_cast<double>(dividend_.hits) / years(); }
  double call_probability() const { return static_cast<double>(call_.hits) / years(); }

  /// Order statistics of rank ceil(level * years). Dividends fall as losses rise.
  double dividend_usd(const Level& level) const {
    const std::uint64_t rank = level.rank(losses_.size());
    return usd(excess_over(funds_, losses_[losses_.size() - rank]));
  }
  double call_usd(const Level& level) const {
    return usd(excess_over(losses_[level.rank(losses_.size()) - 1], funds_));
  }

 private:
  static double usd(Cents cents) { return static_cast<double>(cents) / 100; }
  double years() const { return static_cast<double>(losses_.size()); }
  double mean_usd(const CellTally& tally) const {
    const Sum128& sum = tally.sum;
    return (static_cast<double>(sum.high) * 0x1p64 + static_cast<double>(sum.low)) / years() / 100;
  }

  std::vector<Cents> losses_;  ///< ascending
  Cents funds_;
  CellTally dividend_, call_;
};

/// One row: a captive treaty with its figures and, where its premium is known, its years.
struct CaptiveRow {
  const Treaty* treaty;
  const TreatyFigures* figures;
  std::vector<CaptiveYears> years;  ///< one, or none without funds to compare losses with
};

std::vector<CaptiveRow> captive_rows(const Programme& programme,
                                     std::span<const TreatyFigures> figures,
                                     const CededYears& ceded) {
  std::vector<CaptiveRow> rows;
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    if (programme.treaties[t].kind != TreatyKind::captive) continue;
    CaptiveRow row{&programme.treaties[t], &figures[t], {}};
    const double funds = figures[t].funds_usd();
    if (std::isfinite(funds)) row.years.emplace_back(ceded.ceded[t], treaty_cents(funds));
    rows.push_back(std::move(row));
  }
  return rows;
}

void add_funds(std::span<const CaptiveRow> rows, ResultColumns& table) {
  const auto usd = [&](const char* name, const char* description, auto value) {
    table.add(name, "USD", description,
              [&](std::size_t row) -> double { return value(*rows[row].figures); });
  };
  using Of = const TreatyFigures&;
  table.add("treaty", "text", "name", [&](std::size_t row) { return rows[row].treaty->name; });
  table.add("captive", "count", "number of the captive",
            [&](std::size_t row) { return std::uint64_t{rows[row].treaty->captive}; });
  usd("premium_usd", "what members pay in", [](Of f) { return f.premium_usd; });
  usd("funds_usd", "of it after the commission", [](Of f) { return f.funds_usd(); });
  usd("losses_mean_usd", "expected losses", [](Of f) { return f.ceded_mean_usd; });
  usd("losses_se_usd", "standard error of the mean", [](Of f) { return f.ceded_se_usd; });
}

void add_years(std::span<const CaptiveRow> rows, std::span<const Level> levels,
               ResultColumns& table) {
  const auto add = [&](std::string name, const char* units, const char* description, auto value) {
    table.add(std::move(name), units, description, [&](std::size_t row) -> double {
      return rows[row].years.empty() ? std::nan("") : value(rows[row].years.front());
    });
  };
  using Years = const CaptiveYears&;
  add("dividend_mean_usd", "USD", "expected dividend: funds that losses leave",
      [](Years y) { return y.dividend_mean_usd(); });
  add("dividend_probability", "1", "share of years with a dividend",
      [](Years y) { return y.dividend_probability(); });
  add("call_mean_usd", "USD", "expected call: losses above the funds",
      [](Years y) { return y.call_mean_usd(); });
  add("call_probability", "1", "share of years with a call",
      [](Years y) { return y.call_probability(); });
  for (const Level& level : levels) {
    add("dividend_" + level.suffix() + "_usd", "USD", "quantile of the dividend",
        [&](Years y) { return y.dividend_usd(level); });
    add("call_" + level.suffix() + "_usd", "USD", "quantile of the call",
        [&](Years y) { return y.call_usd(level); });
  }
}

}  // namespace

ResultTable captive_table(const Programme& programme, std::span<const TreatyFigures> figures,
                          const CededYears& ceded, std::span<const Level> levels) {
  const std::vector<CaptiveRow> rows = captive_rows(programme, figures, ceded);
  ResultColumns table("captives", "what members of each captive pay in, get back, are called for",
                      rows.size());
  add_funds(rows, table);
  add_years(rows, levels, table);
  return table.take();
}

}  // namespace corridor
