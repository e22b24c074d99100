// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/lattice_total.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/exact/lattice/made_group.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

using made::layer;
using made::persons;
using made::years;

constexpr double thousand = 1000;

std::unique_ptr<TotalLaw> total(const YearModel& model, const PersonFunction& of_claims,
                                const TotalDemand& demand) {
  LatticeRows rows;
  return lattice_total(model, of_claims, {}, rows, demand);
}

/// One uniform piece of a law: between two amounts with a probability.
TableLaw uniform_law(double low, double high, double probability) {
  return TableLaw({{high, low, 0, probability}, {0, 0, probability, 1 - probability}});
}

double binomial(int n, int k, double p) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

// A claim of 3,000 with probability p is 2,000 above the deductible: a binomial number of them.
TEST(LatticeTotal, AtomsAddUpToABinomial) {
  const TableLaw law = uniform_law(3 * thousand, 3 * thousand, 0.1);
  const YearModel model = years({&law}, 0, {persons(0, 1, 20)});
  const TotalDemand demand{{0, 2 * thousand, 5 * thousand, 9 * thousand}, {0.5, 0.9, 0.99}};
  const auto of = total(model, layer(thousand, 2 * thousand), demand);
  EXPECT_NEAR(of->mean_usd(), 20 * 0.1 * 2 * thousand, 1e-6);
  EXPECT_NEAR(of->sd_usd(), 2 * thousand * std::sqrt(20 * 0.09), 1e-6);
  for (const double amount : demand.amounts_usd) {
    double probability = 0, excess = 0, square = 0;
    for (int k = 0; k <= 20; ++k) {
      const double above = k * 2 * thousand - amount;
      if (above <= 0) continue;
      probability += binomial(20, k, 0.1);
      excess += binomial(20, k, 0.1) * above;
      square += binomial(20, k, 0.1) * above * above;
    }
    const TailAt at = of->at(amount);
    EXPECT_NEAR(at.probability, probability, 1e-8) << amount;
    EXPECT_NEAR(at.excess / excess, 1, 1e-8) << amount;
    EXPECT_NEAR(at.excess_squared / square, 1, 1e-7) << amount;
  }
  EXPECT_NEAR(of->quantile(0.5), 4 * thousand, 1e-6);
  EXPECT_NEAR(of->quantile(0.9), 8 * thousand, 1e-6);
  EXPECT_NEAR(of->quantile(0.99), 12 * thousand, 1e-6);
}

double uniform_sum_excess(int n, double a) {
  double sum = 0, choose = 1, factorial = 1;
  for (int j = 0; j <= n && n - a - j > 0; ++j) {
    sum += choose * std::pow(n - a - j, n + 1);
    choose *= -(n - j) / (j + 1.0);
  }
  for (int j = 2; j <= n + 1; ++j) factorial *= j;
  return sum / factorial;
}

// Claims even between the deductible and twice as much: a binomial number of even excesses, whose
// sum is Irwin and Hall's.
TEST(LatticeTotal, EvenExcessesAddUpToIrwinAndHallsLaw) {
  constexpr double deductible = 50 * thousand;
  const TableLaw law = uniform_law(deductible, 2 * deductible, 0.3);
  const YearModel model = years({&law}, 0, {persons(0, 1, 6)});
  const TotalDemand demand{{60 * thousand, 100 * thousand, 170 * thousand}, {0.9}};
  const auto of = total(model, layer(deductible), demand);
  for (const double amount : demand.amounts_usd) {
    double excess = 0;
    for (int k = 1; k <= 6; ++k) {
      excess += binomial(6, k, 0.3) * deductible * uniform_sum_excess(k, amount / deductible);
    }
    EXPECT_NEAR(of->at(amount).excess / excess, 1, 1e-6) << amount;
    EXPECT_LT(std::abs(of->at(amount).excess - excess), of->error_at(amount).excess + 1e-6)
        << amount;
  }
}

// Quantile and TVaR at 99.9% of a Poisson(50) number of exponentials with mean 1, the model of
// Embrechts & Frei (2009), Panjer recursion vs FFT for compound distributions, Math Meth OR 69, by
// its exact series. A billion persons with a chance of 5e-8 each are that to 1e-7.
TEST(LatticeTotal, PoissonNumberOfExponentialsHasItsPublishedPercentile) {
  std::vector<TableLaw::Piece> pieces;
  constexpr int count = 20000;
  const auto integral = [](double s) { return s > 0 ? s - s * std::log(s) : 0; };
  double low = 0;
  for (int i = 0; i < count; ++i) {
    const double high = std::pow(2.0, -40.0 * (count - 1 - i) / (count - 1));
    const double middle = (integral(high) - integral(low)) / (high - low);
    const double bottom = -std::log(high), top = 2 * middle - bottom;
    pieces.push_back({thousand * top, thousand * bottom, low, high - low});
    low = high;
  }
  const TableLaw law(std::move(pieces));
  const YearModel model = years({&law}, 0, {persons(0, 1, 1e9, 5e-8)});
  const auto of = total(model, layer(0), {{}, {0.999}});
  EXPECT_NEAR(of->mean_usd(), 50 * thousand, 1e-3);
  EXPECT_NEAR(of->sd_usd(), 10 * thousand, 0.01);
  const double quantile = of->quantile(0.999);
  EXPECT_NEAR(quantile / thousand, 85.1059553927, 2e-5);
  EXPECT_NEAR((quantile + of->at(quantile).excess / 0.001) / thousand, 88.7966317456, 2e-5);
}

const made::Table table = made::table_of(made::lognormal(7000, 4, 0.15));
const TableLaw lognormal_law(table.data());
const TotalDemand usual{{0, 50 * thousand, 500 * thousand}, {0.5, 0.99}};

void expect_nothing(const TotalLaw& law) {
  EXPECT_EQ(law.mean_usd(), 0);
  EXPECT_EQ(law.sd_usd(), 0);
  EXPECT_EQ(law.quantile(0.99), 0);
  for (const double amount : usual.amounts_usd) {
    EXPECT_EQ(law.at(amount).probability, 0);
    EXPECT_EQ(law.at(amount).excess, 0);
    EXPECT_EQ(law.error_at(amount).excess, 0);
  }
}

TEST(LatticeTotal, NothingPaidIsNothing) {
  const YearModel some = years({&lognormal_law}, 0.2, {persons(0, 1, 30)});
  expect_nothing(*total(some, {}, usual));
  expect_nothing(*total(some, layer(1e14), usual));
  expect_nothing(*total(years({&lognormal_law}, 0.2, {}), layer(100), usual));
  expect_nothing(*total(years({&lognormal_law}, 0.2, {persons(0, 1, 9, 0)}), layer(100), usual));
}

TEST(LatticeTotal, CertainClaimsAloneAreCertain) {
  YearModel model = years({&lognormal_law}, 0.2, {persons(0, 0, 3)});
  model.slices[0].persons[0].certain_usd = 250 * thousand;
  const auto law = total(model, layer(100 * thousand), usual);
  EXPECT_EQ(law->mean_usd(), 450 * thousand);
  EXPECT_EQ(law->sd_usd(), 0);
  EXPECT_EQ(law->quantile(0.5), 450 * thousand);
  EXPECT_EQ(law->at(50 * thousand).probability, 1);
  EXPECT_EQ(law->at(50 * thousand).excess, 400 * thousand);
  EXPECT_EQ(law->at(500 * thousand).probability, 0);
}

TEST(LatticeTotal, ADeductibleBelowEveryClaimIsPaidFromEveryClaim) {
  const TableLaw law = uniform_law(10 * thousand, 30 * thousand, 0.4);
  const auto with = total(years({&law}, 0, {persons(0, 1, 5)}), layer(5 * thousand), usual);
  EXPECT_NEAR(with->mean_usd(), 5 * 0.4 * 15 * thousand, 1e-6);
  EXPECT_NEAR(with->at(0).probability, 1 - std::pow(0.6, 5), 1e-12);
  EXPECT_NEAR(with->at(0).excess, with->mean_usd(), 1e-6);
  EXPECT_EQ(with->quantile(0.05), 0);
}

// A person with hardly any exposure is paid for hardly ever: E(T - t)+ is that of one claim.
TEST(LatticeTotal, ExposureNearNothingLeavesSingleClaims) {
  constexpr double exposure = 1e-4;
  const YearModel model = years({&lognormal_law}, 0, {persons(0, 2, 1, exposure)});
  const auto law = total(model, layer(100 * thousand), usual);
  for (const double amount : usual.amounts_usd) {
    const double claim = (100 * thousand + amount) / 2;
    const double excess = exposure * 2 * lognormal_law.excess(claim);
    EXPECT_NEAR(law->at(amount).excess / excess, 1, 1e-5) << amount;
  }
  EXPECT_EQ(law->quantile(0.99), 0);
}

// One person's claims, capped, by summing closed forms over a thousandth of the effect's score.
TEST(LatticeTotal, OneMembersLawIsThatOfTheClaimUnderTheEffect) {
  constexpr double cap = 100 * thousand;
  const YearModel model = years({&lognormal_law}, 0.3, {persons(0, 1)});
  const YearSlice& slice = model.slices[0];
  const TotalDemand demand{{10 * thousand, 30 * thousand, 60 * thousand}, {0.9}};
  const auto law = total(model, layer(0, cap), demand);
  for (const double amount : demand.amounts_usd) {
    double probability = 0, excess = 0, whole = 0;
    for (int i = -8000; i <= 8000; ++i) {
      const double z = i / 1000.0, weight = std::exp(-z * z / 2);
      const double severity = std::exp(slice.log_severity + slice.sigma * z);
      whole += weight;
      probability += weight * lognormal_law.survival(amount / severity);
      excess += weight * severity *
                (lognormal_law.excess(amount / severity) - lognormal_law.excess(cap / severity));
    }
    const TailAt at = law->at(amount), error = law->error_at(amount);
    EXPECT_NEAR(at.probability / (probability / whole), 1, 3e-4) << amount;
    EXPECT_NEAR(at.excess / (excess / whole), 1, 2e-5) << amount;
    EXPECT_LT(std::abs(at.probability - probability / whole), 2 * error.probability) << amount;
    EXPECT_LT(std::abs(at.excess - excess / whole), 5 * error.excess) << amount;
  }
}

// Claims of one amount: everybody's jump at one severity, which no node sees in passing. The
// reference sums binomial numbers of them over a thousandth of the effect's score.
TEST(LatticeTotal, ClaimsOfOneAmountUnderAnEffectStateWhatTheyAreOff) {
  const TableLaw law = uniform_law(150 * thousand, 150 * thousand, 0.05);
  const YearModel model = years({&law}, 0.2, {persons(0, 1, 30)});
  const YearSlice& slice = model.slices[0];
  const TotalDemand demand{{40 * thousand, 150 * thousand, 300 * thousand}, {0.9}};
  const auto found = total(model, layer(100 * thousand), demand);
  for (const double amount : demand.amounts_usd) {
    double excess = 0, whole = 0;
    for (int i = -8000; i <= 8000; ++i) {
      const double z = i / 1000.0, weight = std::exp(-z * z / 2);
      const double claim = 150 * thousand * std::exp(slice.log_severity + slice.sigma * z);
      whole += weight;
      for (int k = 1; k <= 15; ++k) {
        const double paid = k * std::max(0.0, claim - 100 * thousand);
        excess += weight * binomial(30, k, 0.05) * std::max(0.0, paid - amount);
      }
    }
    const double off = std::abs(found->at(amount).excess - excess / whole);
    EXPECT_LT(off, 3e-3 * excess / whole) << amount;
    EXPECT_LT(off, 2 * found->error_at(amount).excess) << amount;
  }
}

// Claims end where the lattice has long ended, with hardly an effect to widen what is looked at.
TEST(LatticeTotal, AMaximumFarBeyondTheLatticeKeepsMeanAndSpread) {
  std::vector<AlikePersons> all;
  for (int i = 0; i < 80; ++i) {
    all.push_back(persons(0, 0.5 + 0.02 * i));
    all.back().maximum_usd = 5000 * thousand;
  }
  const auto law = total(years({&lognormal_law}, 0.02, all), layer(50 * thousand), {{}, {0.5}});
  const TailAt whole = law->at(0);
  EXPECT_NEAR(whole.excess / law->mean_usd(), 1, 1e-9);
  const double sd = std::sqrt(whole.excess_squared - whole.excess * whole.excess);
  EXPECT_NEAR(sd / law->sd_usd(), 1, 1e-6);
}

TEST(LatticeTotal, SharedRowsGiveWhatFreshOnesGive) {
  std::vector<AlikePersons> all;
  for (int i = 0; i < 80; ++i) all.push_back(persons(0, 0.5 + 0.02 * i));
  const YearModel model = years({&lognormal_law}, 0.2, all);
  LatticeRows shared;
  for (const double deductible : {50 * thousand, 100 * thousand, 50 * thousand}) {
    const PersonFunction paid = layer(deductible);
    const auto warm = lattice_total(model, paid, {}, shared, usual);
    const auto fresh = total(model, paid, usual);
    EXPECT_EQ(warm->quantile(0.99), fresh->quantile(0.99));
    EXPECT_EQ(warm->at(500 * thousand).excess, fresh->at(500 * thousand).excess);
  }
}

/// Rows that stand for claims of another size than asked: spectrum, mean and all.
LatticeRow row_of_larger_claims(const RowKind& kind, double scale, RealTransform& transform) {
  return row_of(kind, 1.15 * scale, transform);
}

/// Rows whose masses alone are of claims of another size.
LatticeRow row_of_larger_masses(const RowKind& kind, double scale, RealTransform& transform) {
  LatticeRow row = row_of(kind, scale, transform);
  row.spectrum = row_of(kind, 1.15 * scale, transform).spectrum;
  return row;
}

// Both looks at a law are wrong alike, so that their difference says nothing.
TEST(LatticeTotal, WrongRowsShowInTheStatedErrors) {
  std::vector<AlikePersons> all;
  for (int i = 0; i < 80; ++i) all.push_back(persons(0, 0.5 + 0.02 * i));
  const YearModel model = years({&lognormal_law}, 0.2, all);
  const PersonFunction paid = layer(0, 100 * thousand);
  const TotalDemand demand{{500 * thousand, 700 * thousand}, {0.9, 0.99}};
  const auto right = total(model, paid, demand);
  for (const RowMaker& make : {RowMaker(row_of_larger_claims), RowMaker(row_of_larger_masses)}) {
    LatticeRows wrong(std::size_t{1} << 30, make);
    const auto law = lattice_total(model, paid, {}, wrong, demand);
    for (const double amount : demand.amounts_usd) {
      const double off = std::abs(law->at(amount).excess - right->at(amount).excess);
      EXPECT_GT(off, 0.05 * right->at(amount).excess) << amount;
      EXPECT_GT(law->error_at(amount).excess, off / 2) << amount;
      EXPECT_LT(right->error_at(amount).excess, off / 1000) << amount;
    }
    for (const double level : demand.levels) {
      const double off = std::abs(law->quantile(level) - right->quantile(level));
      EXPECT_GT(law->quantile_error(level), off / 2) << level;
      EXPECT_LT(right->quantile_error(level), off / 300) << level;
    }
  }
}

// Tables that fall out of memory are made again.
TEST(LatticeTotal, LittleMemoryChangesNothing) {
  std::vector<AlikePersons> all;
  for (int i = 0; i < 80; ++i) all.push_back(persons(0, 0.5 + 0.02 * i));
  const YearModel model = years({&lognormal_law}, 0.2, all);
  LatticeRows little(1), usual_memory;
  for (const double deductible : {50 * thousand, 70 * thousand, 50 * thousand}) {
    const PersonFunction paid = layer(deductible);
    EXPECT_EQ(lattice_total(model, paid, {}, little, usual)->quantile(0.99),
              lattice_total(model, paid, {}, usual_memory, usual)->quantile(0.99));
  }
}

TEST(LatticeRows, ForgetTheTablesUsedLongestAgoBeyondTheirMemory) {
  constexpr std::size_t points = 256, of_table = 3 * (points + 16) * sizeof(double);
  LatticeRows rows(4 * of_table);
  const auto ask = [&](double from) {
    RowKind kind;
    kind.mixture.push_back({&lognormal_law, 1});
    kind.paid.lines = {{from, 1}};
    kind.points = points;
    const auto found = rows.table(kind);
    found->rows(0, 2);
    return found;
  };
  const auto held = ask(1);
  for (int i = 2; i < 50; ++i) {
    ask(i);
    EXPECT_LE(rows.bytes(), 5 * of_table);  // the newest comes on top
  }
  EXPECT_EQ(rows.bytes(), 5 * of_table);
  EXPECT_EQ(ask(1), held);  // what is in use stays
  const std::size_t before = rows.bytes();
  ask(49);
  EXPECT_EQ(rows.bytes(), before);  // there still
  ask(2);
  EXPECT_GT(rows.bytes(), before - of_table);
}

}  // namespace
}  // namespace corridor
