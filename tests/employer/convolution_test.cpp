// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/employer/figures.hpp"
#include "host/employer/study.hpp"
#include "host/employer/threshold_rows.hpp"
#include "host/simulate/year_blocks.hpp"
#include "tests/exact/made_book.hpp"
#include "tests/oracle/capped_total.hpp"
#include "tests/oracle/laws.hpp"

namespace corridor {
namespace {

using oracle::Aggregate;
using oracle::Lattice;
using oracle::lognormal_table;
using oracle::parts_of;
using oracle::silver_table;

constexpr std::uint32_t members = 60, years = 100'000;
constexpr double deductible_usd = 50e3, fixed_usd = 4'000;

made::Group like_members(const std::vector<Cents>& thresholds) {
  made::Group group;
  group.members.assign(members, made::member(1));
  group.thresholds = thresholds;
  for (std::uint32_t k = 0; k < thresholds.size(); ++k) {
    GridRow row = made::plain_row(k);
    row.terms.deductible = thresholds[k];
    group.rows.push_back(row);
  }
  return group;
}

Book book_of(const std::vector<Bucket>& law, const std::vector<Cents>& thresholds) {
  made::BookMaker maker({law});
  maker.add(like_members(thresholds));
  return maker.book();
}

OptionYears simulated(const Book& book, Cents attachment) {
  OptionYears option;
  const GroupJob& job = book.jobs[0];
  Terms terms = job.rows[0].terms;
  terms.attachment = attachment;
  each_year_block(*cpu::make_backend({}, book.table_set()), job.group, 4, years,
                  [&](std::uint32_t, std::uint32_t count, SumsView sums) {
                    for (std::uint32_t y = 0; y < count; ++y) {
                      option.add(employer_year(job, job.rows[0], attachment, sums, y, {}), terms,
                                 0);
                    }
                  });
  return option;
}

EmployerOption studied(const OptionYears& years_of, const Arrangement& arrangement) {
  OptionInput input;
  input.key.specific_deductible_usd = deductible_usd;
  input.key.aggregate_corridor = input.key.aggregate_attachment_usd = NAN;
  input.years = &years_of;
  input.priced_premium_usd = fixed_usd;
  return study_option(input, arrangement, {});
}

double binomial_error(double p) { return std::sqrt(p * (1 - p) / years); }

// A specific and no aggregate: the cost is the fixed cost and the sum of claims cut at the
// deductible, whose law is a convolution.
TEST(CostOfLikeMembers, HasThePercentilesOfTheConvolution) {
  const std::vector<Bucket> law = silver_table();
  const Book book = book_of(law, {made::usd(deductible_usd)});
  const Aggregate exact({{parts_of(law.data()), 1, members}}, 0, deductible_usd, 25, 1u << 17);
  const OptionYears option_years = simulated(book, unlimited);
  Arrangement arrangement;
  arrangement.budget = YearlyAmount{fixed_usd + 1.1 * exact.mean(), 0};
  arrangement.insured_premium = arrangement.budget;
  const EmployerOption option = studied(option_years, arrangement);

  EXPECT_NEAR(option.cost.mean_usd, fixed_usd + exact.mean(), 4 * option.cost.se_usd);
  EXPECT_NEAR(option.cost.sd_usd / exact.deviation(), 1, 0.02);
  for (const Percentile& at : option.cost.percentiles) {
    const double below = 1 - exact.at(at.usd - fixed_usd).probability;
    EXPECT_NEAR(below, at.level, 4 * binomial_error(at.level)) << at.level;
  }
  const oracle::AggregateFigures over = exact.at(1.1 * exact.mean());
  EXPECT_NEAR(option.budget->p_over, over.probability, 4 * binomial_error(over.probability));
  EXPECT_NEAR(option.budget->expected_deficit_usd, over.payout_usd,
              4 * exact.deviation() / std::sqrt(years));
  EXPECT_NEAR(option.insured->p_cheaper, 1 - over.probability,
              4 * binomial_error(over.probability));
}

// With an aggregate the cost is cut at the attachment: its mean loses the stop-loss premium.
TEST(CostOfLikeMembers, IsCutAtTheAttachment) {
  const std::vector<Bucket> law = silver_table();
  const Book book = book_of(law, {made::usd(deductible_usd)});
  const Aggregate exact({{parts_of(law.data()), 1, members}}, 0, deductible_usd, 25, 1u << 17);
  const double attachment = std::round(1.1 * exact.mean());
  const OptionYears option_years = simulated(book, made::usd(attachment));
  const EmployerOption option = studied(option_years, {});
  const oracle::AggregateFigures over = exact.at(attachment);
  EXPECT_NEAR(option.cost.mean_usd, fixed_usd + exact.mean() - over.payout_usd,
              4 * option.cost.se_usd);
  EXPECT_NEAR(option.p_aggregate_attaches, over.probability, 4 * binomial_error(over.probability));
  EXPECT_EQ(option.largest_usd, fixed_usd + attachment);
}

/// What the plan pays of a law's charges, put on a lattice part by part.
Lattice plan_paid_lattice(const oracle::Parts& law, double step, std::size_t points) {
  // 2,000, then 20% until the member has paid 8,000 at 32,000 of charges.
  const auto pays = [](double x) {
    return x - std::min(x, 2e3) - 0.2 * (std::min(x, 32e3) - std::min(x, 2e3));
  };
  Lattice lattice(step, points);
  for (const oracle::Part& part : law) {
    const double low = std::min(part.low, part.high), high = std::max(part.low, part.high);
    if (high - low < 1e-9) {
      lattice.add_atom(pays(low), part.probability);
      continue;
    }
    const double corners[] = {low, std::clamp(2e3, low, high), std::clamp(32e3, low, high), high};
    for (int piece = 0; piece < 3; ++piece) {
      const double from = corners[piece], to = corners[piece + 1];
      if (to <= from) continue;
      lattice.add_uniform(pays(from), pays(to), part.probability * (to - from) / (high - low));
    }
  }
  return lattice;
}

TEST(CostOfLikeMembers, UnderAPlanDesignMatchesTheConvolutionOfWhatThePlanPays) {
  // A short tail, so that one claim does not leave the lattice.
  const std::vector<Bucket> law = lognormal_table(3'000, 0.9, 0.15);
  const DesignThresholds design = design_thresholds({2'000, 0.2, 8'000, false});
  const Book book = book_of(law, {design.deductible, design.maximum});
  const ThresholdRows thresholds(book);
  const GroupJob& job = book.jobs[0];
  GridRow whole = job.rows[1];  // no deductible reaches it: what the plan pays, uncovered
  std::vector<Cents> paid;
  each_year_block(
      *cpu::make_backend({}, book.table_set()), job.group, 4, years,
      [&](std::uint32_t, std::uint32_t count, SumsView sums) {
        for (std::uint32_t y = 0; y < count; ++y) {
          const SumsView views[] = {sums};
          const MembersShare members_pay = thresholds.members_share(design, views, y);
          paid.push_back(employer_year(job, whole, unlimited, sums, y, members_pay).ground_up);
        }
      });
  const Lattice exact =
      oracle::self_convolved(plan_paid_lattice(parts_of(law.data()), 10, 1u << 18), members);
  const YearFigure figure = year_figure(SortedYears(paid), 0);
  EXPECT_NEAR(figure.mean_usd, exact.mean(), 4 * figure.se_usd);
  EXPECT_NEAR(figure.sd_usd / std::sqrt(exact.variance()), 1, 0.02);
  for (const Percentile& at : figure.percentiles) {
    EXPECT_NEAR(1 - exact.survival(at.usd), at.level, 4 * binomial_error(at.level) + 2e-4)
        << at.level;
  }
}

}  // namespace
}  // namespace corridor
