// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "corridor/quotes.hpp"

namespace corridor::made_up {

/// Rows [first, first + count) of made-up results with every kind of value, as the text table wants
/// them: groups of three rows, NaN and infinite figures, flags on some.
inline std::vector<QuoteColumn> part_of_quotes(std::size_t first, std::size_t count) {
  using Texts = std::vector<std::string>;
  const auto made = [&](auto value) {
    std::vector<decltype(value(first))> values;
    for (std::size_t row = first; row < first + count; ++row) values.push_back(value(row));
    return values;
  };
  const auto usd = [&](double scale) {
    return made([=](std::size_t row) { return scale * std::sqrt(static_cast<double>(row + 1)); });
  };
  const auto method = [&](std::size_t every) -> Texts {
    return made(
        [=](std::size_t row) { return std::string(row % every == 0 ? "exact" : "simulated"); });
  };
  return {
      {"group_id", "text", "key", Texts(made([](std::size_t row) {
         return "G\"," + std::string(row % 7, 'x') + std::to_string(row / 3);
       }))},
      {"specific_deductible_usd", "USD", "d", made([](std::size_t row) {
         return row % 3 == 2 ? HUGE_VAL : 1e5 * static_cast<double>(row % 3 + 1);
       })},
      {"aggregate_corridor", "1", "c",
       made([](std::size_t row) { return row % 3 == 1 ? std::nan("") : 1.25; })},
      {"aggregate_attachment_usd", "USD", "a", usd(1e6)},
      {"expected_claims_usd", "USD", "e", usd(8e5)},
      {"years", "count", "years",
       made([](std::size_t row) { return std::uint64_t{1000 + row % 5}; })},
      {"specific_mean_usd", "USD", "m", usd(1e4)},
      {"specific_se_usd", "USD", "s", usd(10)},
      {"specific_method", "text", "how", method(2)},
      {"aggregate_mean_usd", "USD", "m", usd(0.1)},
      {"aggregate_se_usd", "USD", "s", usd(0.01)},
      {"aggregate_method", "text", "how", method(5)},
      {"quoted_premium_usd", "USD", "p", usd(2e4)},
      {"quoted_pepm_usd", "USD", "p", usd(20)},
      {"flags", "text", "flags", Texts(made([](std::size_t row) {
         return std::string(row % 4 == 0   ? "LOW_HITS;NO_EMPLOYEES"
                            : row % 4 == 1 ? "LOW_HITS"
                                           : "");
       }))},
  };
}

/// All rows of some results in memory.
inline std::vector<QuoteColumn> rows_of(const Quotes& quotes) {
  std::vector<QuoteColumn> all;
  each_part(quotes, [&](std::size_t, std::span<const QuoteColumn> part) {
    if (all.empty()) {
      all.assign(part.begin(), part.end());
      return;
    }
    for (std::size_t c = 0; c < part.size(); ++c) {
      std::visit(
          [&](const auto& values) {
            auto& to = std::get<std::decay_t<decltype(values)>>(all[c].values);
            to.insert(to.end(), values.begin(), values.end());
          },
          part[c].values);
    }
  });
  return all;
}

/// Names, units, descriptions and values, numbers to the bit.
inline bool equal_columns(const std::vector<QuoteColumn>& a, const std::vector<QuoteColumn>& b) {
  const auto same = [](const QuoteColumn& one, const QuoteColumn& other) {
    if (one.name != other.name || one.units != other.units) return false;
    if (one.description != other.description) return false;
    const auto* numbers = std::get_if<std::vector<double>>(&one.values);
    const auto* others = std::get_if<std::vector<double>>(&other.values);
    if (numbers == nullptr || others == nullptr) return one.values == other.values;
    return numbers->size() == others->size() &&
           (numbers->empty() ||
            std::memcmp(numbers->data(), others->data(), numbers->size() * sizeof(double)) == 0);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

}  // namespace corridor::made_up
