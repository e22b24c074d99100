// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/frequency_years.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/exact/exact_means.hpp"
#include "host/exact/lattice/lattice_total.hpp"
#include "host/exact/totals/make_year_model.hpp"
#include "host/exact/totals/row_laws.hpp"
#include "host/exact/totals/sliced_total.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

double deviation(double x) { return std::erfc(-x / M_SQRT2) / 2; }

constexpr ScoreRange wide{-8, 8};

template <class Function>
double sum_over(const std::vector<FrequencyNode>& nodes, const Function& f) {
  double sum = 0;
  for (const FrequencyNode& node : nodes) sum += node.weight * f(node.score);
  return sum;
}

TEST(FrequencyNodes, HaveTheMomentsOfANormalScore) {
  for (const std::vector<double>& bends : {std::vector<double>{}, {-0.3}, {0.2, 0.25, 3.1}}) {
    const auto nodes = frequency_nodes(bends, wide, 0.6);
    EXPECT_NEAR(sum_over(nodes, [](double) { return 1.0; }), 1, 1e-14);
    EXPECT_NEAR(sum_over(nodes, [](double z) { return z; }), 0, 1e-12);
    EXPECT_NEAR(sum_over(nodes, [](double z) { return z * z; }), 1, 1e-10);
    EXPECT_NEAR(sum_over(nodes, [](double z) { return z * z * z * z; }), 3, 1e-8);
    const auto effect = [](double z) { return std::exp(0.5 * z - 0.125); };
    EXPECT_NEAR(sum_over(nodes, effect), 1, 1e-11);
  }
}

// E(z - b)+ = phi(b) - b (1 - Phi(b)).
TEST(FrequencyNodes, SumAFunctionThatBendsWhereAPieceEnds) {
  const double bend = 0.77;
  const double exact = std::exp(-bend * bend / 2) / std::sqrt(2 * M_PI) - bend * deviation(-bend);
  const auto above = [&](double z) { return std::max(0.0, z - bend); };
  EXPECT_NEAR(sum_over(frequency_nodes({bend}, wide, 0.6), above), exact, 1e-10);
  EXPECT_GT(std::abs(sum_over(frequency_nodes({}, wide, 0.6), above) - exact), 1e-5);
}

TEST(FrequencyNodes, AscendAndAreNoFartherApartThanTheStep) {
  const auto nodes = frequency_nodes({-9, 0.5, 12}, {}, 0.25);
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    EXPECT_GT(nodes[i].score, nodes[i - 1].score);
    EXPECT_LT(nodes[i].score - nodes[i - 1].score, 0.26);
  }
  EXPECT_LT(nodes.size(), 100u);
}

constexpr double deductible_usd = 30e3;

/// Some 20 persons of two laws at three exposures, of whom many are certain to claim in years of
/// high frequency.
Book book_of(EffectModel effect) {
  made::BookMaker maker({made::table_of(made::lognormal(9000, 2.5, 0.125)),
                         made::table_of(made::pareto(4000, 2.1, 0.75))});
  made::Group group;
  for (int i = 0; i < 5; ++i) {
    group.members.push_back(made::member(0.6));
    group.members.push_back(made::member(1.3, 0, 0.5));
    group.members.push_back(made::member(1.0, 1));
    group.members.push_back(made::member(2.0, 1, 0.75));
  }
  group.thresholds = {made::usd(deductible_usd)};
  group.rows = {made::plain_row(0)};
  group.effect = effect;
  maker.add(std::move(group));
  Book book = maker.book();
  book.mature = {nullptr};
  recentre(book);
  return book;
}

struct Made {
  std::unique_ptr<LawStore> laws;
  YearModel model;
};

Made model_of(const Book& book, double frequency_step = 1) {
  const BasisNumbers bases(book);
  const JobViews views = job_views(book, 0, bases);
  const YearFactors factors(book.effects[0], double{book.jobs[0].group.base_effect});
  Made made{std::make_unique<LawStore>(book, bases, UsesByRung{{0, law_uses(views.specific)}}), {}};
  made.model = make_year_model(views.specific, factors, *made.laws, frequency_step);
  return made;
}

const EffectModel effects[] = {{0.05, 0.4, 0.7, 0.3}, {0.05, 0.4, 0.7, 0.6}, {0.1, 0.6, 0.7, 1}};

TEST(FrequencySlices, WeighTheYearsSoThatTheEffectHasMeanOne) {
  for (const EffectModel& effect : effects) {
    const YearFactors factors(effect, 1);
    const EligibleLaw law(TableLaw(made::table_of(made::pareto(4000, 2.1, 0.75)).data()));
    const FrequencyYears years({{&law, 1, 1, 30}}, factors, deductible_usd);
    double weight = 0, effect_mean = 0, frequency_mean = 0;
    for (const FrequencyNode& node : years.nodes()) {
      const double shared = effect.shared_sigma * effect.shared_sigma;
      const double severity = std::exp(years.log_severity(node.score) + shared / 2);
      weight += node.weight;
      effect_mean += node.weight * severity * years.frequency(node.score);
      frequency_mean += node.weight * years.frequency(node.score);
    }
    EXPECT_NEAR(weight, 1, 1e-13);
    EXPECT_NEAR(effect_mean, 1, 1e-10);
    EXPECT_NEAR(frequency_mean, factors.frequency_mean, 1e-10);
  }
}

// Persons of a law with a least claim of 4,000 and a share of 3/4 who claim at all.
TEST(FrequencySlices, EndPiecesWhereEverybodyClaims) {
  const YearFactors factors({0.05, 0.4, 0.7, 0.6}, 1);
  const EligibleLaw law(TableLaw(made::table_of(made::pareto(4000, 2.1, 0.75)).data()));
  const double bend = 0.4 / 2 - std::log(law.law().survival(0)) / (0.4 * 0.6);
  const FrequencyYears years({{&law, 1, 1, 30}}, factors, deductible_usd);
  double least = HUGE_VAL;
  for (const FrequencyNode& node : years.nodes()) {
    least = std::min(least, std::abs(node.score - bend));
  }
  // The nodes of a piece lie closest together at its ends, and none on them.
  EXPECT_GT(least, 1e-3);
  EXPECT_LT(least, 0.1);
}

TEST(FrequencySlices, HaveTheGroundUpMeanOfTheClosedForm) {
  for (const EffectModel& effect : effects) {
    const Book book = book_of(effect);
    const Made made = model_of(book);
    double mean = 0;
    for (const YearSlice& slice : made.model.slices) {
      const double severity = std::exp(slice.log_severity + slice.sigma * slice.sigma / 2);
      for (const AlikePersons& persons : slice.persons) {
        for (const LawShare& share : persons.mixture()) {
          mean += slice.weight * persons.count * severity * persons.scale * share.weight *
                  made.model.laws[share.law]->mean();
        }
      }
    }
    const double exact = exact_means(book).ground_up_usd[0];
    EXPECT_NEAR(mean / exact, 1, 1e-6);
    EXPECT_LE(std::abs(mean / exact - 1), made.model.slice_error.mean + 1e-9);
    EXPECT_LT(made.model.slice_error.excess, 5e-5);
  }
}

std::unique_ptr<TotalLaw> capped_law(const Made& made, const TotalDemand& demand,
                                     LatticeRows& rows) {
  return lattice_total(made.model, {{{0, 1}, {deductible_usd, 0}}}, {}, rows, demand);
}

TEST(FrequencySlices, StateAnErrorThatHalfTheStepIsWithin) {
  const Book book = book_of(effects[1]);
  const Made usual = model_of(book), finer = model_of(book, 0.5);
  EXPECT_GT(finer.model.slices.size(), usual.model.slices.size() * 3 / 2);
  EXPECT_LT(usual.model.slices.size(), 70u);
  LatticeRows rows;
  const TotalDemand demand{{60e3, 120e3, 200e3}, {0.99}};
  const auto alone = capped_law(usual, demand, rows), fine = capped_law(finer, demand, rows);
  const auto law = with_slice_error(capped_law(usual, demand, rows), usual.model.slice_error);
  for (const double amount : demand.amounts_usd) {
    const double change = std::abs(law->at(amount).excess - fine->at(amount).excess);
    EXPECT_LE(change, law->error_at(amount).excess);
    EXPECT_GT(law->error_at(amount).excess, alone->error_at(amount).excess);
  }
  EXPECT_LE(std::abs(law->mean_usd() - fine->mean_usd()), law->mean_error_usd());
  EXPECT_LE(std::abs(law->quantile(0.99) - fine->quantile(0.99)), law->quantile_error(0.99));
  EXPECT_GT(law->quantile_error(0.99), alone->quantile_error(0.99));
}

TEST(FrequencySlices, WithoutAnErrorLeaveTheLawAlone) {
  const Book book = book_of({0.05, 0.4, 0.7, 0});
  const Made made = model_of(book);
  LatticeRows rows;
  auto law = capped_law(made, {{60e3}, {}}, rows);
  const TotalLaw* before = law.get();
  EXPECT_EQ(with_slice_error(std::move(law), made.model.slice_error).get(), before);
  EXPECT_EQ(with_slice_error(nullptr, {1, 1, 1, 1, 1}), nullptr);
}

// A book of groups with frequencies of their own would hold millions of laws.
TEST(FrequencySlices, LeaveNoLawOfTheirOwnWithTheBook) {
  const Book book = book_of(effects[2]);
  const Made usual = model_of(book);
  ASSERT_GT(usual.laws->all().size(), 10u);
  BookLaws laws(book);
  const std::size_t before = laws.kept_laws();
  EXPECT_LT(before, usual.laws->all().size() / 2);
  for (int i = 0; i < 3; ++i) const JobLaws of_job(laws, 0);
  EXPECT_EQ(laws.kept_laws(), before);
}

}  // namespace
}  // namespace corridor
