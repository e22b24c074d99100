// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "host/exact/lattice/lattice_total.hpp"
#include "tests/exact/lattice/made_group.hpp"
#include "tests/exact/lattice/oracle_total.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

using made::layer;
using made::persons;
using made::years;

constexpr double thousand = 1000, most = 4e6;
const made::Table lognormal_table = made::table_of(made::lognormal(7000, 4, 0.15));
const made::Table pareto_table = made::table_of(made::pareto(12000, 2.2, 0.85));
const TableLaw lognormal_law(lognormal_table.data()), pareto_law(pareto_table.data());

/// Persons of both laws, sizes from 1/2 to 2, none's claims above 4 million.
std::vector<AlikePersons> members(int count, double weight = 1) {
  std::vector<AlikePersons> made;
  for (int i = 0; i < count; ++i) {
    const double size = std::exp(std::log(4.0) * (i + 0.5) / count - std::log(2.0));
    made.push_back(persons(static_cast<std::uint32_t>(i % 2), size, 1, weight));
    made.back().maximum_usd = most;
  }
  return made;
}

YearModel group(double effect_cv, std::vector<AlikePersons> of) {
  return years({&lognormal_law, &pareto_law}, effect_cv, std::move(of));
}

struct Case {
  YearModel model;
  PersonFunction of_members;
  std::vector<PersonFunction> of_personal = {};
  std::vector<double> amounts;
  oracle::Mesh mesh = {2 * thousand, 1u << 14};
  double effect_step = 0.125;
};

/// `scale` what the whole law's figure is. The comparison itself is good to some 1e-5, or 5e-9 of
/// the whole far out, where P is the slope of a lattice's E(T - t)+.
void expect_close(double found, double error, double expected, double tolerance, double scale,
                  const char* what, double amount) {
  const double off = std::abs(found - expected);
  EXPECT_LT(off, tolerance * expected + 5e-9 * scale) << what << " at " << amount;
  EXPECT_LT(off, 2 * error + tolerance / 2 * expected + 5e-9 * scale) << what << " at " << amount;
}

void expect_oracle(const Case& of) {
  LatticeRows rows;
  const auto law =
      lattice_total(of.model, of.of_members, of.of_personal, rows, {of.amounts, {0.9, 0.99}});
  const oracle::OracleTotal oracle(of.model, of.of_members, of.of_personal, of.mesh,
                                   of.effect_step);
  EXPECT_NEAR(law->mean_usd() / oracle.mean(), 1, 1e-6);
  EXPECT_NEAR(law->sd_usd() / oracle.sd(), 1, 2e-6);
  for (const double amount : of.amounts) {
    const TailAt at = law->at(amount), error = law->error_at(amount), expected = oracle.at(amount);
    const double mean = law->mean_usd(), sd = law->sd_usd();
    expect_close(at.probability, error.probability, expected.probability, 1e-4, 1, "P", amount);
    expect_close(at.excess, error.excess, expected.excess, 2e-5, mean, "excess", amount);
    expect_close(at.excess_squared, error.excess_squared, expected.excess_squared, 2e-5, sd * sd,
                 "square", amount);
  }
  const double at_99 = law->quantile(0.99);
  EXPECT_NEAR(law->at(at_99).probability, 0.01, 1e-9);
}

TEST(LatticeOracle, SpecificLayersOfALikeGroup) {
  expect_oracle({group(0, {persons(0, 1.2, 200)}),
                 layer(100 * thousand, 500 * thousand),
                 {},
                 {400 * thousand, 900 * thousand, 1.6e6}});
}

TEST(LatticeOracle, ManySizesAndNoEffect) {
  expect_oracle({group(0, members(250)), layer(250 * thousand), {}, {100 * thousand, 1e6, 3e6}});
}

TEST(LatticeOracle, ManySizesWithAnEffect) {
  expect_oracle({group(0.2, members(60)),
                 layer(50 * thousand),
                 {},
                 {200 * thousand, 1e6, 2e6},
                 {2 * thousand, 1u << 14},
                 0.5});
}

TEST(LatticeOracle, AWideEffect) {
  expect_oracle({group(1, members(8)),
                 layer(50 * thousand),
                 {},
                 {200 * thousand, 1e6, 2e6},
                 {2 * thousand, 1u << 14},
                 0.2});
}

TEST(LatticeOracle, FewMembersOverAHighDeductible) {
  expect_oracle({group(0.2, members(12)),
                 layer(250 * thousand),
                 {},
                 {100 * thousand, 1e6, 2e6},
                 {2 * thousand, 1u << 14},
                 0.125});
}

TEST(LatticeOracle, PartialExposuresAndCoinsurance) {
  std::vector<AlikePersons> all = members(30);
  for (std::size_t i = 0; i < all.size(); i += 3) {
    all[i].shares[0].weight = 0.05 + 0.03 * static_cast<double>(i);
  }
  expect_oracle({group(0.2, all),
                 layer(50 * thousand, 1e6, 0.8),
                 {},
                 {200 * thousand, 600 * thousand},
                 {2 * thousand, 1u << 14},
                 0.5});
}

// So many that powers of rows stand for them, some with claims above the deductible too often.
TEST(LatticeOracle, ManyPartialExposures) {
  std::vector<AlikePersons> all = members(40);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].shares[0].weight = 0.05 + 0.023 * static_cast<double>(i);
  }
  all[30].scale = 6;
  expect_oracle({group(0.2, all),
                 layer(50 * thousand),
                 {},
                 {200 * thousand, 600 * thousand},
                 {2 * thousand, 1u << 14},
                 0.5});
}

TEST(LatticeOracle, LasersCertainClaimsAndCaps) {
  std::vector<AlikePersons> all = members(12);
  all[0].personal = 0;
  all[3].personal = 1;
  all[5].certain_usd = 80 * thousand;
  all[5].maximum_usd = 300 * thousand;
  all[7].certain_usd = 20 * thousand;
  expect_oracle({group(0.2, all),
                 layer(50 * thousand),
                 {layer(400 * thousand), layer(20 * thousand, 100 * thousand)},
                 {150 * thousand, 500 * thousand, 2e6},
                 {2 * thousand, 1u << 13}});
}

TEST(LatticeOracle, TwoSlicesAndMixturesOfLaws) {
  YearModel model = group(0.2, members(6));
  YearSlice other = model.slices[0];
  model.slices[0].weight = 0.3;
  other.weight = 0.7;
  other.log_severity -= 0.1;
  for (AlikePersons& of : other.persons) {
    of.shares[0].weight = 0.7;
    of.shares[1] = {1 - of.shares[0].law, 0.4};  // more than the whole: off the law's mass at 0
    of.share_count = 2;
  }
  model.slices.push_back(other);
  expect_oracle({model, layer(50 * thousand), {}, {100 * thousand, 1e6}});
}

TEST(LatticeOracle, CappedTotalsOfSmallGroups) {
  const PersonFunction capped = layer(0, 100 * thousand);
  expect_oracle(
      {group(0.3, members(10)), capped, {}, {100 * thousand, 250 * thousand}, {200, 1u << 13}});
  expect_oracle({group(0.2, members(25)),
                 capped,
                 {},
                 {200 * thousand, 400 * thousand},
                 {400, 1u << 13},
                 0.5});
}

TEST(LatticeOracle, CountedClaimsWithSharesAndOverTheLimit) {
  const PersonFunction counted{{{0, 1}, {50 * thousand, 0.1}, {550 * thousand, 1}}};
  expect_oracle({group(0.2, members(10)),
                 counted,
                 {},
                 {100 * thousand, 300 * thousand, 1e6},
                 {400, 1u << 15}});
}

}  // namespace
}  // namespace corridor
