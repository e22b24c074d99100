// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/risk/contributions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numeric>
#include <thread>

#include "host/risk/risk.hpp"
#include "tests/risk/top_years.hpp"

namespace corridor {
namespace {

using risk_cases::Draws;
using testing::ElementsAre;

/// Amounts of every part in every year, and their sums.
struct Book {
  std::vector<std::vector<Cents>> parts;  ///< [part][year]
  std::vector<Cents> total;

  explicit Book(std::vector<std::vector<Cents>> amounts)
      : parts(std::move(amounts)), total(parts.front().size()) {
    for (const std::vector<Cents>& part : parts) {
      for (std::size_t year = 0; year < total.size(); ++year) total[year] += part[year];
    }
  }
};

/// Independent gamma parts of whole shapes: sums of `shape` exponentials of 1000 dollars.
Book gamma_book(Draws& draws, std::size_t years, std::span<const int> shapes) {
  std::vector<std::vector<Cents>> parts(shapes.size(), std::vector<Cents>(years));
  for (std::size_t part = 0; part < shapes.size(); ++part) {
    for (Cents& amount : parts[part]) {
      double product = 1;
      for (int i = 0; i < shapes[part]; ++i) product *= draws.uniform();
      amount = std::llround(-1e5 * std::log(product));
    }
  }
  return Book(std::move(parts));
}

void add_year(TailParts& parts, const Book& book, std::size_t index) {
  const std::uint32_t year = parts.years().years[index];
  for (std::size_t part = 0; part < book.parts.size(); ++part) {
    parts.add(index, part, book.parts[part][year]);
  }
}

TailParts filled(const Book& book, const Level& level, std::vector<PartKeys> groupings = {}) {
  TailParts parts(contribution_years(book.total, level), book.parts.size(), std::move(groupings));
  for (std::size_t i = 0; i < parts.years().years.size(); ++i) add_year(parts, book, i);
  return parts;
}

double sum_usd(const std::vector<Contribution>& contributions) {
  return std::accumulate(contributions.begin(), contributions.end(), 0.0,
                         [](double sum, const Contribution& c) { return sum + c.tvar_usd; });
}

TEST(Contributions, OfPartsToldOneAfterTheOtherHaveTheSameBits) {
  const Book book({{100, 300, 100, 0, 800}, {100, 100, 500, 400, 0}, {7, 0, 50, 100, 3}});
  const Level level = parse_level("0.4");
  const std::vector<Contribution> whole = filled(book, level).parts();
  TailParts parts(contribution_years(book.total, level), 0);
  for (std::size_t part = 0; part < 3; ++part) {
    parts.next_parts(1);
    for (std::size_t i = 0; i < parts.years().years.size(); ++i) {
      parts.add(i, part, book.parts[part][parts.years().years[i]]);
    }
  }
  const std::vector<Contribution> of = parts.parts();
  ASSERT_EQ(of.size(), 3u);
  for (std::size_t part = 0; part < 3; ++part) EXPECT_EQ(of[part].tvar_usd, whole[part].tvar_usd);
}

TEST(Contributions, AreWeightedMeansByHand) {
  // Totals 2, 4, 6, 4, 8: at 0.4 VaR is 4, the tail three years, of which ties weigh one.
  const Book book({{100, 300, 100, 0, 800}, {100, 100, 500, 400, 0}});
  const TailParts parts = filled(book, parse_level("0.4"));
  const std::vector<Contribution> of = parts.parts();
  EXPECT_DOUBLE_EQ(of[0].tvar_usd, (1 + 8 + (3 + 0) / 2.0) / 3);
  EXPECT_DOUBLE_EQ(of[1].tvar_usd, (5 + 0 + (1 + 4) / 2.0) / 3);
  EXPECT_DOUBLE_EQ(of[0].share, of[0].tvar_usd / 6);
  EXPECT_TRUE(std::isnan(of[0].tvar_se_usd));
}

TEST(Contributions, TakeErrorsFromTheirFormula) {
  // 100 years of i dollars; part 0 has 3 dollars more in years above 95, part 1 the rest.
  std::vector<std::vector<Cents>> amounts(2, std::vector<Cents>(100));
  for (int i = 0; i < 100; ++i) {
    amounts[0][static_cast<std::size_t>(i)] = i + 1 > 95 ? 500 : 200;
    amounts[1][static_cast<std::size_t>(i)] = 100 * (i + 1) - (i + 1 > 95 ? 500 : 200);
  }
  const TailParts parts = filled(Book(amounts), parse_level("0.9"));
  // Near VaR (85 to 95) part 0 is 2: (X - 2) in the tail is 3 in five years of 100.
  EXPECT_NEAR(parts.parts()[0].tvar_se_usd, std::sqrt((45 / 100.0 - 0.15 * 0.15) / 100) / 0.1,
              1e-12);
}

TEST(Contributions, CarryTheErrorOfAMeanOverTies) {
  // 70 years of 0, 20 of 10 dollars, 10 of 20: at 0.8 ten years lie above, and ties weigh a half.
  std::vector<std::vector<Cents>> amounts(2, std::vector<Cents>(100));
  for (std::size_t i = 70; i < 100; ++i) {
    const bool is_tie = i < 90;
    amounts[0][i] = is_tie ? (i % 2 == 0 ? 1'000 : 0) : 500;
    amounts[1][i] = (is_tie ? 1'000 : 2'000) - amounts[0][i];
  }
  const std::vector<Contribution> of = filled(Book(amounts), parse_level("0.8")).parts();
  // At VaR part 0 is 5 in the mean, as above it: its error is that of 20 ties of variance 500 / 19.
  EXPECT_DOUBLE_EQ(of[0].tvar_usd, 5);
  EXPECT_NEAR(of[0].tvar_se_usd, 0.5 * std::sqrt(500.0 / 19 / 20), 1e-12);
  EXPECT_DOUBLE_EQ(of[1].tvar_usd, 10);
}

TEST(Contributions, AddUpToTheTailValueAtRisk) {
  Draws draws(5);
  const std::vector<int> shapes{1, 2, 3, 1};
  Book book = gamma_book(draws, 3'001, shapes);
  for (auto& part : book.parts) {
    for (Cents& amount : part) amount -= amount % 50'000;  // ties
  }
  book = Book(book.parts);
  for (const char* level : {"0.5", "0.9", "0.99", "0.9973"}) {
    const double tvar_usd = risk_at(ascending(book.total), parse_level(level)).tvar_usd;
    EXPECT_NEAR(sum_usd(filled(book, parse_level(level)).parts()), tvar_usd, 1e-12 * tvar_usd);
  }
}

TEST(Contributions, HaveTheSameBitsFromTwoThreadsAndInAnyOrder) {
  Draws draws(6);
  const std::vector<int> shapes{1, 2, 3};
  const Book book = gamma_book(draws, 4'000, shapes);
  const PartKeys keys{"state", {"TX", "CA"}, {0, 1, 0}};
  const TailParts once = filled(book, parse_level("0.9"), {keys});
  TailParts twice(contribution_years(book.total, parse_level("0.9")), 3, {keys});
  const auto every_second = [&](std::size_t from) {
    for (std::size_t i = twice.years().years.size(); i-- > 0;) {
      if (i % 2 == from) add_year(twice, book, i);
    }
  };
  std::thread odd(every_second, 1);
  every_second(0);
  odd.join();
  for (std::size_t part = 0; part < 3; ++part) {
    EXPECT_EQ(once.parts()[part].tvar_usd, twice.parts()[part].tvar_usd);
    EXPECT_EQ(once.parts()[part].tvar_se_usd, twice.parts()[part].tvar_se_usd);
  }
  EXPECT_EQ(once.keys(0)[0].tvar_se_usd, twice.keys(0)[0].tvar_se_usd);
}

TEST(Contributions, OfAKeyAreThoseOfItsPartsTogether) {
  Draws draws(8);
  const std::vector<int> shapes{1, 2, 3};
  const Book book = gamma_book(draws, 4'000, shapes);
  const TailParts parts = filled(book, parse_level("0.9"),
                                 {{"state", {"TX", "CA"}, {0, 1, 0}}, {"all", {"all"}, {0, 0, 0}}});
  Book merged({book.parts[0], book.parts[1]});
  for (std::size_t year = 0; year < 4'000; ++year) merged.parts[0][year] += book.parts[2][year];
  merged = Book(merged.parts);
  const std::vector<Contribution> expected = filled(merged, parse_level("0.9")).parts();
  for (std::size_t key = 0; key < 2; ++key) {
    EXPECT_EQ(parts.keys(0)[key].tvar_usd, expected[key].tvar_usd);
    EXPECT_EQ(parts.keys(0)[key].tvar_se_usd, expected[key].tvar_se_usd);
  }
  const RiskFigure whole = risk_at(ascending(book.total), parse_level("0.9"));
  EXPECT_NEAR(parts.keys(1)[0].tvar_usd, whole.tvar_usd, 1e-12 * whole.tvar_usd);
  EXPECT_NEAR(parts.keys(1)[0].tvar_se_usd, whole.tvar_se_usd, 0.01 * whole.tvar_se_usd);
  EXPECT_EQ(parts.keys(1)[0].share, 1);
}

/// Mean and spread of one contribution over replications, and its mean squared standard error.
struct Replicated {
  double sum = 0, squares = 0, variances = 0;

  void add(const Contribution& contribution) {
    sum += contribution.tvar_usd;
    squares += contribution.tvar_usd * contribution.tvar_usd;
    variances += contribution.tvar_se_usd * contribution.tvar_se_usd;
  }
};

TEST(Contributions, OfGammaPartsAreTheirShapesAndErrorsTheirSpread) {
  // Given the total, a part's mean is its shape's share of it: Euler contributions in closed form.
  constexpr int replications = 600;
  constexpr double outside = 0.1, shape = 6;
  const double at = boost::math::gamma_q_inv(shape, outside);
  const double tvar_usd = 1'000 * shape * boost::math::gamma_q(shape + 1, at) / outside;
  const std::vector<int> shapes{1, 2, 3};
  std::vector<Replicated> sums(3);
  Draws draws(9);
  for (int i = 0; i < replications; ++i) {
    const Book book = gamma_book(draws, 3'000, shapes);
    const std::vector<Contribution> of = filled(book, parse_level("0.9")).parts();
    for (std::size_t part = 0; part < 3; ++part) sums[part].add(of[part]);
  }
  for (std::size_t part = 0; part < 3; ++part) {
    const double mean = sums[part].sum / replications;
    const double spread = std::sqrt(sums[part].squares / replications - mean * mean);
    EXPECT_NEAR(mean, tvar_usd * shapes[part] / shape, 4 * spread / std::sqrt(replications));
    EXPECT_NEAR(std::sqrt(sums[part].variances / replications) / spread, 1,
                4 / std::sqrt(2.0 * replications));
  }
}

TEST(ContributionsTable, ListsEachEntryLargestFirst) {
  const std::vector<ContributionRows> entries{
      {"state", "gross", 0.99, {"TX", "CA"}, {10, 20}, {{30, 3, 0.25}, {90, 4, 0.75}}},
      {"group", "gross", 0.99, {"G"}, {30}, {{120, 5, 1}}}};
  const ResultTable table = contributions_table(entries);
  EXPECT_EQ(table.rows, 3u);
  EXPECT_EQ(table.name, "contributions");
  EXPECT_THAT(std::get<std::vector<std::string>>(table.columns[1].values),
              ElementsAre("CA", "TX", "G"));
  EXPECT_THAT(std::get<std::vector<double>>(table.columns[4].values), ElementsAre(20, 10, 30));
  EXPECT_THAT(std::get<std::vector<double>>(table.columns[5].values), ElementsAre(90, 30, 120));
  EXPECT_THAT(std::get<std::vector<double>>(table.columns[6].values), ElementsAre(4, 3, 5));
  EXPECT_THAT(std::get<std::vector<double>>(table.columns[7].values), ElementsAre(0.75, 0.25, 1));
}

}  // namespace
}  // namespace corridor
