// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/year_model.hpp"

#include <gtest/gtest.h>

#include "host/exact/exact_means.hpp"
#include "host/exact/totals/make_year_model.hpp"
#include "host/plan/contract_basis.hpp"
#include "tests/exact/made_book.hpp"

namespace corridor {
namespace {

constexpr double deductible_usd = 60e3;

made::Group mixed_group(EffectModel effect) {
  made::Group group;
  group.members = {made::member(1), made::member(0.7), made::member(0.7), made::member(2.2, 1, 0.5),
                   made::member(1.4, 1)};
  group.thresholds = {made::usd(deductible_usd)};
  group.rows = {made::plain_row(0)};
  group.effect = effect;
  group.yearly = effect.frequency_share == 0;
  return group;
}

Book book_of(made::Group group) {
  made::BookMaker maker({made::table_of(made::lognormal(9000, 2.5, 0.1)),
                         made::table_of(made::pareto(4000, 2.1, 0.8))});
  maker.add(std::move(group));
  Book book = maker.book();
  book.mature = {nullptr};
  return book;
}

YearModel model_of(const Book& book, std::unique_ptr<LawStore>& laws) {
  const BasisNumbers bases(book);
  const JobViews views = job_views(book, 0, bases);
  const YearFactors factors(book.effects[0], double{book.jobs[0].group.base_effect});
  laws = std::make_unique<LawStore>(book, bases, UsesByRung{{sigma_rung(factors.yearly_sigma),
                                                            law_uses(views.specific)}});
  return make_year_model(views.specific, factors, *laws);
}

/// Calls visit(slice, severity, weight) over every slice and a fine grid of its severity.
template <class Visit>
void each_severity(const YearModel& model, const Visit& visit) {
  constexpr double step = 0.05;
  for (const YearSlice& slice : model.slices) {
    for (int n = -180; n <= 180; ++n) {
      const double score = n * step;
      const double weight = step * std::exp(-score * score / 2) / std::sqrt(2 * M_PI);
      visit(slice, std::exp(slice.log_severity + slice.sigma * score), slice.weight * weight);
    }
  }
}

/// Expected excess of everybody over the deductible.
double excess_of(const YearModel& model) {
  double sum = 0;
  each_severity(model, [&](const YearSlice& slice, double severity, double weight) {
    for (const AlikePersons& persons : slice.persons) {
      const double scale = severity * persons.scale;
      const double left = deductible_usd - persons.certain_usd;
      for (const LawShare& share : persons.mixture()) {
        sum += weight * persons.count * share.weight * scale *
               model.laws[share.law]->excess(left / scale);
      }
    }
  });
  return sum;
}

void expect_mean_of_closed_form(Book& book, double tolerance) {
  recentre(book);
  std::unique_ptr<LawStore> laws;
  const YearModel model = model_of(book, laws);
  double whole = 0;
  for (const YearSlice& slice : model.slices) whole += slice.weight;
  EXPECT_NEAR(whole, 1, 1e-12);
  const double exact = exact_means(book).rows[0][0].specific_before_asd_usd;
  EXPECT_NEAR(excess_of(model) / exact, 1, tolerance);
}

TEST(YearModel, WithoutEffectsHasTheMeansOfTheClosedForm) {
  Book book = book_of(mixed_group({}));
  expect_mean_of_closed_form(book, 1e-10);
}

TEST(YearModel, WithEffectsOnSeverityHasTheMeansOfTheClosedForm) {
  Book book = book_of(mixed_group({0.1, 0.3, 0.7, 0}));
  expect_mean_of_closed_form(book, 1e-8);
}

// Some people are certain to claim in years of high frequency.
TEST(YearModel, WithEffectsOnFrequencyHasTheMeansOfTheClosedForm) {
  for (const double share : {0.3, 0.7, 1.0}) {
    Book book = book_of(mixed_group({0.1, 0.6, 0.7, share}));
    expect_mean_of_closed_form(book, 2e-6);
  }
}

// A member of the second law and full exposure is certain to claim in a pandemic of 1.6.
TEST(YearModel, WithAPandemicHasTheMeansOfTheClosedForm) {
  Book severity = book_of(mixed_group({0.1, 0.3, 0.7, 0, 0.05, 1.6}));
  expect_mean_of_closed_form(severity, 1e-7);
  Book frequency = book_of(mixed_group({0.1, 0.6, 0.7, 0.3, 0.05, 1.6}));
  expect_mean_of_closed_form(frequency, 2e-6);
  Book deferral = book_of(mixed_group({0, 0, 0.7, 0, 0.4, 0.7}));
  expect_mean_of_closed_form(deferral, 1e-10);
}

TEST(YearModel, HasTheYearsOfAPandemicApart) {
  const Book book = book_of(mixed_group({0.1, 0.3, 0.7, 0, 0.05, 1.6}));
  std::unique_ptr<LawStore> laws;
  const YearModel model = model_of(book, laws);
  ASSERT_EQ(model.slices.size(), 2u);
  EXPECT_NEAR(model.slices[0].weight, 0.95, 1e-15);
  EXPECT_NEAR(model.slices[1].weight, 0.05, 1e-15);
  EXPECT_EQ(model.slices[0].sigma, model.slices[1].sigma);
}

TEST(YearModel, OfContractsWithPriorYearsHasTheMeansOfTheClosedForm) {
  const struct {
    Windows windows;
    double tolerance;
  } contracts[] = {
      {{3, 0, 12, HUGE_VAL}, 2e-6}, {{12, 0, 12, HUGE_VAL}, 2e-6}, {{24, 0, 12, HUGE_VAL}, 1e-5}};
  for (const auto& contract : contracts) {
    for (const double sigma : {0.0, 0.2, 0.5}) {
      Book book = book_of(mixed_group({0.05, sigma, 0.7, 0}));
      book.bases.push_back(*make_basis(contract.windows, lag_of({}), {0.08, 0.18}));
      book.jobs[0].group.basis = &book.bases.back();
      expect_mean_of_closed_form(book, contract.tolerance);
    }
  }
}

TEST(YearModel, KeepsPersonsWithOwnTermsApart) {
  made::Group group = mixed_group({});
  group.members[1].scale = 0;
  group.personal = {{1, made::member(0.7), {made::usd(100e3)}, made::usd(500e3)}};
  const Book book = book_of(group);
  std::unique_ptr<LawStore> laws;
  const YearModel model = model_of(book, laws);
  const AlikePersons& last = model.slices.front().persons.back();
  EXPECT_EQ(last.personal, 0u);
  EXPECT_EQ(last.maximum_usd, 500e3);
  EXPECT_FLOAT_EQ(static_cast<float>(last.scale), 0.7f);
}

/// E of the product of powers of the first two years' deviations.
double moment(const RatioNodes& nodes, double sigma, int first, int second) {
  const std::vector<double> weights = nodes.weights(sigma);
  double sum = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    sum += weights[n] * std::pow(nodes.at(n)[0], first) * std::pow(nodes.at(n)[1], second);
  }
  return sum;
}

// Deviations from the mean of n independent normal years: variance v = s^2 (1 - 1/n), covariance
// c = -s^2/n, and fourth moments by Isserlis' theorem.
TEST(RatioNodes, HaveEveryMomentUpToTheFifthOfIndependentYearsAboutTheirMean) {
  for (const std::uint32_t years : {2u, 3u, 4u}) {
    const RatioNodes nodes(years, 0.3);
    for (const double sigma : {0.0, 0.1, 0.25, 0.3}) {
      const double v = sigma * sigma * (1 - 1.0 / years), c = -sigma * sigma / years;
      EXPECT_NEAR(moment(nodes, sigma, 0, 0), 1, 1e-12);
      EXPECT_NEAR(moment(nodes, sigma, 2, 0), v, 1e-12);
      EXPECT_NEAR(moment(nodes, sigma, 1, 1), c, 1e-12);
      EXPECT_NEAR(moment(nodes, sigma, 4, 0), 3 * v * v, 1e-12);
      EXPECT_NEAR(moment(nodes, sigma, 3, 1), 3 * v * c, 1e-12);
      EXPECT_NEAR(moment(nodes, sigma, 2, 2), v * v + 2 * c * c, 1e-12);
      for (const auto& [a, b] : {std::pair{1, 0}, {3, 0}, {2, 1}, {5, 0}, {3, 2}}) {
        EXPECT_NEAR(moment(nodes, sigma, a, b), 0, 1e-12);
      }
    }
  }
}

}  // namespace
}  // namespace corridor
