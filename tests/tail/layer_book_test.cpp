// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/layer_book.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/tail/book_years.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr Cents usd = 100;

TEST(LayerBook, ClosedFormsOfLayersAreWhatTheYearsPay) {
  constexpr std::uint32_t years = 200'000;
  const PersonLayer layers[]{{0, 50'000 * usd, 0},
                             {50'000 * usd, 250'000 * usd, 0},
                             {300'000 * usd, unlimited, 0}};
  const made_up::BoundBook book = made_up::heavy_book();
  const auto backend = cpu::make_backend({}, book.plan.book->table_set());
  const std::vector<TailGroup> groups = book.groups(layers);
  const BookYears run = book_years(groups, 3, *backend, 5, years);
  const ExactMeans exact = exact_means(*layer_book(*book.plan.book, groups));
  for (std::size_t l = 0; l < 3; ++l) {
    double expected = 0, sum = 0, squares = 0;
    for (const std::vector<ExactRow>& rows : exact.rows) {
      expected += rows[l].specific_before_asd_usd;
    }
    for (const Cents cents : run.layers[l]) {
      const double amount = static_cast<double>(cents) / 100;
      sum += amount;
      squares += amount * amount;
    }
    const double mean = sum / years;
    const double se = std::sqrt((squares / years - mean * mean) / years);
    EXPECT_GT(expected, 20 * se) << l;
    EXPECT_NEAR(mean, expected, 4 * se) << l;
  }
}

}  // namespace
}  // namespace corridor
