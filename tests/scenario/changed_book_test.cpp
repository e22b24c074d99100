// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "host/distribution/claim_law.hpp"
#include "host/scenario/moved_members.hpp"
#include "host/scenario/scale_bins.hpp"
#include "host/scenario/stressed_book.hpp"
#include "tests/plan/made_up_portfolio.hpp"

namespace corridor {
namespace {

DistributionSpec law(const std::string& name, std::uint16_t index, double mean_usd) {
  DistributionSpec spec;
  spec.name = name;
  spec.index = index;
  spec.kind = "lognormal";
  spec.numbers = {{"mean_usd", {mean_usd}}, {"cv", {3}}, {"p_zero", {.1}}};
  return spec;
}

/// Two groups, members of two laws in turn, scales from a half to 2.
Portfolio book(std::uint64_t first = 40, std::uint64_t second = 60) {
  Portfolio portfolio = made_up::portfolio({first, second});
  portfolio.distributions = {law("silver", 0, 8e3), law("gold", 7, 9e3)};
  portfolio.members.columns.clear();
  std::vector<std::uint16_t> laws;
  std::vector<double> scales;
  for (std::size_t row = 0; row < portfolio.members.rows; ++row) {
    laws.push_back(row % 2 == 0 ? 0 : 7);
    scales.push_back(std::exp2(-1 + 2 * static_cast<double>(row % 13) / 12));
  }
  portfolio.members.columns = {{"distribution", 1, laws}, {"scale", 1, scales}};
  return portfolio;
}

BaseFacts facts(const Portfolio& portfolio) {
  BaseFacts result;
  result.group_cv.assign(portfolio.group_count(), 0.1);
  result.aggregate_attachment_usd.assign(portfolio.group_count(), 1e6);
  return result;
}

Therapy therapy(double frequency_per_million) {
  Therapy result;
  result.name = "a";
  result.frequency_per_million = frequency_per_million;
  return result;
}

/// Expected claims, caps and exposure aside.
double expected_usd(const Portfolio& portfolio) {
  std::map<std::uint16_t, double> mean;
  for (const DistributionSpec& spec : portfolio.distributions) {
    mean[spec.index] = make_law(spec, portfolio.distributions)->mean();
  }
  double sum = 0;
  for (std::size_t row = 0; row < portfolio.members.rows; ++row) {
    sum += mean.at(static_cast<std::uint16_t>(portfolio.members.number("distribution", row, 0))) *
           portfolio.members.number("scale", row, 1) * portfolio.members.number("exposure", row, 1);
  }
  return sum;
}

TEST(StressedBook, IsTheBookWhereNothingIsStressed) {
  const Portfolio base = book();
  Stress stress;
  stress.reprice = true;
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  EXPECT_EQ(stressed.distributions.size(), base.distributions.size());
  for (std::size_t row = 0; row < base.members.rows; ++row) {
    EXPECT_EQ(stressed.members.number("scale", row, 0), base.members.number("scale", row, 0));
    EXPECT_EQ(stressed.members.number("distribution", row, 9),
              base.members.number("distribution", row, 9));
  }
  EXPECT_FALSE(stressed.groups.has("effect_cv"));
}

TEST(StressedBook, ScalesClaimsByTrendAndPandemic) {
  const Portfolio base = book();
  Stress stress;
  stress.trend_shock = 0.04;
  stress.pandemic_severity = 1.5;
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  for (std::size_t row = 0; row < base.members.rows; ++row) {
    EXPECT_DOUBLE_EQ(stressed.members.number("scale", row, 0),
                     1.56 * base.members.number("scale", row, 0));
  }
}

TEST(StressedBook, AddsFrequencyTimesCostWhateverTheScales) {
  Portfolio base = book();
  base.members.columns.push_back({"exposure", 1, std::vector<float>(base.members.rows, 0.5f)});
  Stress stress;
  stress.trend_shock = 0.5;  // the therapy's price does not follow it
  stress.therapies = {therapy(1000)};
  BaseFacts known = facts(base);
  known.therapies = {{{0.25, 1e6}, {0.75, 2e6}}};
  const double before = expected_usd(base);
  const double after = expected_usd(stressed_book(base, stress, known));
  EXPECT_NEAR(after - 1.5 * before, 100 * 0.5 * 1e-3 * 1.75e6, 1e-6 * before);
}

TEST(StressedBook, ComparesSeverityWithDollarsAfterScale) {
  Portfolio base = book(1, 1);
  base.members.columns = {{"distribution", 1, std::vector<std::uint16_t>{0, 0}},
                          {"scale", 1, std::vector<double>{0.5, 2}}};
  Stress stress;
  stress.severity_above_usd = 1e5;
  stress.severity_factor = 1.3;
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  const auto silver = make_law(base.distributions[0], base.distributions);
  const double added = .3 * (.5 * silver->excess(2e5) + 2 * silver->excess(5e4));
  EXPECT_NEAR(expected_usd(stressed) - expected_usd(base), added, 1e-9 * added);
}

TEST(StressedBook, AppliesFrequencyThenSeverityThenTherapies) {
  const Portfolio base = book(1, 1);
  Stress stress;
  stress.pandemic_frequency = 1.2;
  stress.severity_factor = 1.3;
  stress.severity_above_usd = 1e5;
  stress.therapies = {therapy(10)};
  BaseFacts known = facts(base);
  known.therapies = {{{1, 2e6}}};
  const Portfolio stressed = stressed_book(base, stress, known);
  const auto& made = stressed.distributions.back();
  EXPECT_EQ(made.kind, "with_rare");
  const auto named = [&](const std::string& name) {
    for (const DistributionSpec& spec : stressed.distributions) {
      if (spec.name == name) return spec;
    }
    return DistributionSpec{};
  };
  const DistributionSpec severe = named(made.texts.at("base"));
  EXPECT_EQ(severe.kind, "scaled_above");
  EXPECT_EQ(named(severe.texts.at("base")).kind, "frequency_scaled");
}

TEST(StressedBook, GivesMadeLawsTheCapOfTheirBase) {
  Portfolio base = book();
  base.distributions[0].maximum_usd = base.distributions[1].maximum_usd = 40e6;
  Stress stress;
  stress.pandemic_frequency = 0.9;
  for (const DistributionSpec& spec : stressed_book(base, stress, facts(base)).distributions) {
    EXPECT_EQ(spec.maximum_usd, 40e6) << spec.name;
  }
}

TEST(StressedBook, MovesAShareOfALawsMembers) {
  const Portfolio base = book(4000, 6000);
  Stress stress;
  stress.mix = {{"silver", "gold", 0.3, ""}};
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  std::size_t moved = 0;
  for (std::size_t row = 0; row < base.members.rows; ++row) {
    const double before = base.members.number("distribution", row, 0);
    const double after = stressed.members.number("distribution", row, 0);
    if (before == 7) {
      EXPECT_EQ(after, 7);
    }
    moved += before != after;
  }
  EXPECT_NEAR(static_cast<double>(moved), 1500, 4 * std::sqrt(5000 * .3 * .7));
}

TEST(MovedMembers, AreTheSameWhateverElseIsInTheBook) {
  EXPECT_EQ(member_uniform("a>b", "G1", 5), member_uniform("a>b", "G1", 5));
  EXPECT_NE(member_uniform("a>b", "G1", 5), member_uniform("a>b", "G1", 6));
  EXPECT_NE(member_uniform("a>b", "G1", 5), member_uniform("a>b", "G2", 5));
  EXPECT_NE(member_uniform("a>b", "G1", 5), member_uniform("a>c", "G1", 5));
  double sum = 0;
  for (std::uint64_t member = 0; member < 10'000; ++member) sum += member_uniform("x", "G", member);
  EXPECT_NEAR(sum / 10'000, 0.5, 4 * std::sqrt(1.0 / 12 / 10'000));
}

TEST(StressedBook, NamesLawsThatTheBookDoesNotHave) {
  Stress stress;
  stress.file = "stress.toml";
  stress.mix = {{"silvr", "gold", 0.3, "line 2, column 8: "}};
  try {
    stressed_book(book(), stress, facts(book()));
    FAIL() << "accepted";
  } catch (const Error& error) {
    const std::string text = error.problems().front().text();
    EXPECT_NE(text.find("line 2, column 8"), std::string::npos);
    EXPECT_NE(text.find("Did you mean 'silver'?"), std::string::npos);
  }
}

TEST(ScaleBins, HoldQuarterOctavesOfOneLaw) {
  std::size_t members = 0;
  for (const ScaleBin& bin : scale_bins(book())) {
    members += bin.members.size();
    const double low = std::exp2(bin.quarter / 4.0), high = std::exp2((bin.quarter + 1) / 4.0);
    EXPECT_GE(bin.scale, low * (1 - 1e-12));
    EXPECT_LE(bin.scale, high);
  }
  EXPECT_EQ(members, 100u);
  EXPECT_EQ(quarter_octave(1), 0);
  EXPECT_EQ(quarter_octave(std::nextafter(1.0, 0.0)), -1);
  EXPECT_EQ(quarter_octave(1.2), 1);
  EXPECT_EQ(quarter_octave(1.42), 2);
  EXPECT_EQ(quarter_octave(2), 4);
}

TEST(StressedBook, ChangesEffects) {
  Portfolio base = book();
  base.market = {{"book_cv", 0.03}, {"region_cv", 0.05}};
  Stress stress;
  stress.effects.factor = 2;
  stress.effects.region_cv = 0.2;
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  EXPECT_EQ(stressed.market_value("book_cv", 0), 0.06);
  EXPECT_EQ(stressed.market_value("region_cv", 0), 0.2);
  EXPECT_EQ(stressed.market_value("industry_cv", 0), 0);
  EXPECT_EQ(stressed.groups.number("effect_cv", 1, 0), 0.2);
  stress.effects.factor = 25;
  EXPECT_THROW(stressed_book(base, stress, facts(base)), Error);
}

TEST(StressedBook, ChangesTermsOfGroupsWithTheCover) {
  Portfolio base = book();
  made_up::add_group_column(base, "specific_deductible_usd", {50e3, HUGE_VAL});
  Stress stress;
  stress.terms.specific_deductible_factor = 1.1;
  stress.terms.specific_reimbursement = 0.9;
  const Portfolio stressed = stressed_book(base, stress, facts(base));
  EXPECT_DOUBLE_EQ(stressed.groups.number("specific_deductible_usd", 0, 0), 55e3);
  EXPECT_EQ(stressed.groups.number("specific_deductible_usd", 1, 0), HUGE_VAL);
  EXPECT_EQ(stressed.groups.number("specific_reimbursement", 0, 1), 0.9);
  EXPECT_EQ(stressed.groups.number("specific_reimbursement", 1, 1), 1);
}

TEST(StressedBook, KeepsAttachmentsInDollarsUnlessItReprices) {
  Portfolio base = book();
  made_up::add_group_column(base, "aggregate_corridor", {1.25, 1.1});
  made_up::add_group_column(base, "aggregate_minimum_usd", {5e6, 0});
  Stress stress;
  stress.terms.aggregate_attachment_factor = 1.2;
  const Portfolio bound = stressed_book(base, stress, facts(base));
  EXPECT_FALSE(bound.groups.has("aggregate_corridor"));
  EXPECT_FALSE(bound.groups.has("aggregate_minimum_usd"));
  EXPECT_DOUBLE_EQ(bound.groups.number("aggregate_attachment_usd", 0, 0), 1.2e6);
  stress.reprice = true;
  const Portfolio priced = stressed_book(base, stress, facts(base));
  EXPECT_DOUBLE_EQ(priced.groups.number("aggregate_corridor", 0, 0), 1.5);
  EXPECT_DOUBLE_EQ(priced.groups.number("aggregate_minimum_usd", 0, 0), 6e6);
  EXPECT_FALSE(priced.groups.has("aggregate_attachment_usd"));
}

TEST(StressedBook, RefusesALimitThatLeavesNothingToPay) {
  Portfolio base = book();
  made_up::add_group_column(base, "specific_deductible_usd", {50e3, 50e3});
  made_up::add_group_column(base, "specific_limit_usd", {1e6, 80e3});
  made_up::add_group_column(base, "specific_limit_basis", {2, 2});
  Stress stress;
  stress.terms.specific_deductible_usd = 100e3;
  try {
    stressed_book(base, stress, facts(base));
    FAIL() << "accepted";
  } catch (const Error& error) {
    ASSERT_EQ(error.problems().size(), 1u);
    EXPECT_EQ(error.problems().front().group, "G1");
  }
}

}  // namespace
}  // namespace corridor
