// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "corridor/result_file.hpp"

namespace corridor::made_up {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

inline QuoteColumn usd(const std::string& name, Numbers values) {
  return {name, "USD", "made up", std::move(values)};
}
inline QuoteColumn number(const std::string& name, Numbers values) {
  return {name, "1", "made up", std::move(values)};
}
inline QuoteColumn texts(const std::string& name, Texts values) {
  return {name, "text", "made up", std::move(values)};
}

inline ResultTable metrics_table() {
  return {"metrics",
          "mean and spread of a year",
          3,
          {texts("metric", {"ground_up", "gross", "net"}),
           usd("mean_usd", {94'822'031, 17'392'730, 15'653'457}),
           usd("se_usd", {12'345, 4'321, 3'210.6}),
           usd("sd_usd", {3'900'000, 1'366'432, 1'015'000}),
           usd("exact_usd", {94'820'000, 17'390'000, no_number}),
           number("z", {0.16, 0.63, no_number}),
           {"hits", "count", "made up", std::vector<std::uint64_t>{1000, 1000, 998}},
           number("probability", {1, 1, 0.998})}};
}

inline ResultTable risk_table() {
  return {"risk",
          "bad years",
          4,
          {texts("metric", {"gross", "gross", "net", "net"}),
           number("level", {0.99, 0.995, 0.99, 0.995}),
           usd("var_usd", {21'000'000, 22'000'000, 18'000'000, 19'000'000}),
           usd("var_se_usd", {30'000, 40'000, 20'000, 30'000}),
           usd("tvar_usd", {22'500'000, 24'000'000, 19'100'000, 20'200'000}),
           usd("tvar_se_usd", {50'000, 70'000, 40'000, 60'000}),
           usd("economic_capital_usd", {3'607'270, 4'607'270, 2'346'543, no_number})}};
}

/// Two return periods of two metrics, then three amounts of a person's claims.
inline ResultTable exceedance_table() {
  return {"exceedance",
          "losses by return period",
          7,
          {texts("metric", {"gross", "gross", "net", "net", "largest_claim", "largest_claim",
                            "largest_claim"}),
           number("return_period_years", {10, 250, 10, 250, 2.5, 50, no_number}),
           number("probability", {0.1, 0.004, 0.1, 0.004, 0.4, 0.02, 0}),
           usd("loss_usd", {19'200'000, 22'400'000, 17'000'000, HUGE_VAL, 1e6, 3e6, 15e6}),
           usd("se_usd", {20'000, 45'000, 15'000, no_number, no_number, no_number, no_number})}};
}

inline ResultTable loss_ratio_table() {
  return {"loss_ratio",
          "losses over premium",
          1,
          {texts("metric", {"gross"}), usd("premium_usd", {24'513'244}), number("mean", {0.7095}),
           number("sd", {0.0557}), number("quantile_95", {0.805}), number("quantile_99", {no_number}),
           number("probability_above_1", {0.0001})}};
}

inline ResultTable treaties_table() {
  return {"treaties",
          "what treaties take",
          2,
          {texts("treaty", {"1 quota share", "top layer"}), texts("kind", {"quota share", "book aggregate"}),
           usd("ceded_mean_usd", {1'739'273, 20'000}), usd("ceded_se_usd", {432, 1'500}),
           number("ceded_probability", {1, 0.031}), usd("premium_usd", {2'451'324, 60'000}),
           usd("commission_usd", {490'265, 0}), number("rate_on_line", {no_number, 0.03})}};
}

/// Twelve groups, the largest last, and two persons.
inline ResultTable contributions_table() {
  ResultTable table{"contributions", "who makes the tail", 14, {}};
  Texts by, key, metric;
  Numbers level, mean, tvar, se, share;
  for (int i = 1; i <= 14; ++i) {
    const bool group = i <= 12;
    by.push_back(group ? "group" : "member");
    key.push_back((group ? "G" : "M") + std::to_string(i));
    metric.push_back("net");
    level.push_back(0.99);
    mean.push_back(100'000.0 * i);
    tvar.push_back(150'000.0 * i);
    se.push_back(5'000);
    share.push_back(i / 78.0);
  }
  table.columns = {texts("by", by),      texts("key", key),     texts("metric", metric),
                   number("level", level), usd("mean_usd", mean), usd("tvar_usd", tvar),
                   usd("tvar_se_usd", se), number("share", share)};
  return table;
}

/// A study of 1,000 years of a made-up book.
inline ResultFile example_results() {
  ResultFile results;
  results.schema = "corridor.tail";
  results.tables = {metrics_table(),    risk_table(),     loss_ratio_table(),
                    exceedance_table(), treaties_table(), contributions_table()};
  YearSeries gross{"gross", "paid by the covers", {}}, net{"net", "after treaties", {}};
  for (std::int64_t year = 0; year < 1'000; ++year) {
    gross.cents.push_back(year * 7'919 * 101 % 1'000'003);
    net.cents.push_back(gross.cents.back() - 1'234);
  }
  results.losses = {gross, net};
  results.gate.checked = 2;
  results.gate.z_limit = 4.06;
  results.gate.largest_z = 0.63;
  results.run.years = 1'000;
  results.run.seed = 1;
  results.run.version = "0.1.0";
  results.run.command_line = "corridor tail book.h5 -o tail.h5";
  results.run.settings = {{"groups", "12"}, {"members", "12669"}};
  Problem warning;
  warning.severity = Problem::Severity::warning;
  warning.code = "W_NOT_SEALED";
  warning.message = "the book is not sealed";
  results.warnings.push_back(warning);
  return results;
}

}  // namespace corridor::made_up
