// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numeric>

#include "host/employer/figures.hpp"
#include "host/employer/liability.hpp"
#include "host/employer/option_years.hpp"
#include "host/employer/plan_design.hpp"
#include "host/employer/threshold_rows.hpp"
#include "host/simulate/year_blocks.hpp"
#include "tests/oracle/mixed_book.hpp"

namespace corridor {
namespace {

using oracle::lognormal_table;
using oracle::silver_table;

constexpr std::uint32_t years = 4'000;

/// A group with two lasers, rows at ascending deductibles, an aggregating specific and an
/// aggregate.
struct Case {
  std::vector<double> deductibles_usd{20e3, 50e3, 90e3, 140e3};
  std::vector<Cents> lasers{made::usd(120e3), made::usd(150e3)};
  Cents attachment = made::usd(600e3);
  DesignThresholds design{};

  made::Group group() const {
    made::Group group;
    for (std::uint32_t i = 0; i < 80; ++i) {
      group.members.push_back(made::member(0.6 + 0.02 * i, i % 2));
    }
    for (const double usd : deductibles_usd) {
      group.thresholds.push_back(made::usd(usd) + design.out_of_pocket);
    }
    group.thresholds.erase(group.thresholds.begin());  // the default one
    for (std::size_t p = 0; p < lasers.size(); ++p) {
      const auto member = static_cast<std::uint32_t>(7 + 20 * p);
      std::vector<Cents> own;
      for (const Cents threshold : group.thresholds) {
        own.push_back(larger(threshold, lasers[p] + design.out_of_pocket));
      }
      Member known = group.members[member];
      known.scale *= 5;
      group.personal.push_back({member, known, own, unlimited});
      group.members[member].scale = 0;
    }
    for (std::uint32_t k = 0; k < deductibles_usd.size(); ++k) {
      GridRow row = made::plain_row(k);
      row.terms.deductible = group.thresholds[k];
      row.terms.retention = made::usd(75e3);
      group.rows.push_back(row);
    }
    group.effect.group_sigma = 0.15;
    return group;
  }
};

/// The same persons with plain thresholds as rows.
made::Group measured_group(const Case& of, const std::vector<double>& thresholds_usd) {
  made::Group group = of.group();
  group.thresholds.clear();
  group.rows.clear();
  for (auto& person : group.personal) person.thresholds.clear();
  for (const double usd : thresholds_usd) {
    const Cents threshold = made::usd(usd);
    for (std::size_t p = 0; p < group.personal.size(); ++p) {
      group.personal[p].thresholds.push_back(
          larger(threshold, of.lasers[p] + of.design.out_of_pocket));
    }
    GridRow row = made::plain_row(static_cast<std::uint32_t>(group.thresholds.size()));
    row.terms.deductible = threshold;
    group.thresholds.push_back(threshold);
    group.rows.push_back(row);
  }
  return group;
}

Book book_of(made::Group group) {
  made::BookMaker maker({silver_table(), lognormal_table(9000, 2.5, 0.2)});
  maker.add(std::move(group));
  return maker.book();
}

using Visit = std::function<void(std::size_t row, const YearState& state, std::uint64_t persons)>;

/// Every year of every row, after the members' share.
void each_year(const Case& of, const Visit& visit) {
  const Book book = book_of(of.group());
  std::vector<Cents> deductibles;
  for (const double usd : of.deductibles_usd) {
    deductibles.push_back(made::usd(usd) + of.design.out_of_pocket);
  }
  const Book measured = book_of(measured_group(of, measured_thresholds(of.design, deductibles)));
  const ThresholdRows thresholds(measured);
  const auto backend = cpu::make_backend({}, book.table_set());
  const auto other = cpu::make_backend({}, measured.table_set());
  const PlacedJob jobs[] = {{backend.get(), &book.jobs[0]}, {other.get(), &measured.jobs[0]}};
  each_year_block(jobs, 9, years, [&](std::uint32_t, std::uint32_t count, auto sums) {
    for (std::uint32_t y = 0; y < count; ++y) {
      const MembersShare members = thresholds.members_share(of.design, sums.subspan(1), y);
      for (std::size_t row = 0; row < book.jobs[0].row_count; ++row) {
        visit(
            row,
            employer_year(book.jobs[0], book.jobs[0].rows[row], of.attachment, sums[0], y, members),
            thresholds.persons_above(deductibles[row], sums.subspan(1), y));
      }
    }
  });
}

Case with_design() {
  Case of;
  of.design = design_thresholds({2'000, 0.2, 8'000, false});
  return of;
}

void expect_money_goes_somewhere(const Case& of) {
  const Book book = book_of(of.group());
  std::size_t visited = 0;
  std::vector<Cents> lasers = of.lasers;
  for (Cents& laser : lasers) laser += of.design.out_of_pocket;
  each_year(of, [&](std::size_t row, const YearState& state, std::uint64_t) {
    ++visited;
    ASSERT_EQ(employer(state) + state.specific + state.aggregate, state.ground_up);
    ASSERT_GE(employer(state), 0);
    ASSERT_GE(state.ground_up, state.excess);
    const ClaimsMaximum maximum =
        claims_maximum(book.jobs[0], book.jobs[0].rows[row], of.attachment, lasers);
    ASSERT_LE(static_cast<double>(employer(state)) / 100, maximum.usd);
  });
  EXPECT_EQ(visited, years * of.deductibles_usd.size());
}

TEST(EmployersYear, CarrierAndEmployerPayWhatThePlanPaysAndNeverMoreThanTheMaximum) {
  expect_money_goes_somewhere({});
  expect_money_goes_somewhere(with_design());
}

TEST(EmployersYear, ReachesTheMaximumWhereClaimsAreLargeEnough) {
  Case of;
  of.attachment = made::usd(300e3);
  const Book book = book_of(of.group());
  double closest = 0;
  each_year(of, [&](std::size_t row, const YearState& state, std::uint64_t) {
    const ClaimsMaximum maximum =
        claims_maximum(book.jobs[0], book.jobs[0].rows[row], of.attachment, of.lasers);
    closest = std::max(closest, static_cast<double>(employer(state)) / 100 / maximum.usd);
  });
  EXPECT_EQ(closest, 1);
}

/// Mean payments of the carrier by row, without an aggregating specific that would bend them.
std::vector<double> carrier_means(Case of) {
  std::vector<double> means(of.deductibles_usd.size());
  of.lasers.clear();
  each_year(of, [&](std::size_t row, const YearState& state, std::uint64_t) {
    means[row] += static_cast<double>(state.specific_before_asd) / 100 / years;
  });
  return means;
}

TEST(SpecificPayments, FallAndAreConvexInTheDeductible) {
  for (const Case& of : {Case{}, with_design()}) {
    const std::vector<double> means = carrier_means(of);
    const auto slope = [&](std::size_t k) {
      return (means[k + 1] - means[k]) / (of.deductibles_usd[k + 1] - of.deductibles_usd[k]);
    };
    for (std::size_t k = 0; k + 1 < means.size(); ++k) EXPECT_LT(slope(k), 0);
    for (std::size_t k = 0; k + 2 < means.size(); ++k) EXPECT_LT(slope(k), slope(k + 1));
  }
}

TEST(Claimants, AreThereExactlyWhereTheSpecificHasAnExcess) {
  Case of;
  of.lasers.clear();
  std::uint64_t with = 0;
  each_year(of, [&](std::size_t, const YearState& state, std::uint64_t persons) {
    ASSERT_EQ(persons > 0, state.excess > 0);
    ASSERT_LE(persons, 80u);
    with += persons > 0 ? 1 : 0;
  });
  EXPECT_GT(with, 400u);
}

TEST(PlanDesignYear, ThatPaysEverythingChangesNothing) {
  Case neutral;
  neutral.design = design_thresholds({0, 0, 0, false});
  std::vector<Cents> plain, designed;
  each_year({}, [&](std::size_t, const YearState& state, std::uint64_t) {
    plain.push_back(employer(state));
  });
  each_year(neutral, [&](std::size_t, const YearState& state, std::uint64_t) {
    designed.push_back(employer(state));
  });
  EXPECT_EQ(plain, designed);
}

TEST(PlanDesignYear, CostsThePlanLessAndLeavesTheSpecificPartlyAsItWas) {
  std::vector<Cents> plain, designed;
  each_year({}, [&](std::size_t row, const YearState& state, std::uint64_t) {
    if (row == 1) plain.push_back(state.ground_up);
  });
  each_year(with_design(), [&](std::size_t row, const YearState& state, std::uint64_t) {
    if (row == 1) designed.push_back(state.ground_up);
  });
  for (std::size_t y = 0; y < plain.size(); ++y) {
    ASSERT_LT(designed[y], plain[y]);
    ASSERT_GE(designed[y], plain[y] - 80 * made::usd(8'000));
  }
}

}  // namespace
}  // namespace corridor
