// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/layers/layer_years.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

#include "corridor/error.hpp"
#include "tests/exact/integrate.hpp"
#include "tests/layers/made_layers.hpp"
#include "tests/tail/made_up_book.hpp"

namespace corridor {
namespace {

constexpr double no_limit = HUGE_VAL;

const std::vector<ClaimLayer>& many_layers() {
  static const std::vector<ClaimLayer> layers{
      {20e3, 50e3}, {250e3, 250e3}, {1e6, 1e6}, {3e6, 5e6}, {600e3, no_limit}};
  return layers;
}

const std::vector<EffectModel>& many_effects() {
  static const std::vector<EffectModel> effects{
      {0, 0, 0.7, 0}, {0, 0.15, 0.7, 0}, {0.3, 0.2, 0.7, 0}, {0.05, 0.4, 0.7, 1},
      {0.1, 0.5, 0.7, 0.4}};
  return effects;
}

Book book_of(const std::vector<made::Group>& groups) {
  made::BookMaker maker(made::heavy_laws());
  for (const made::Group& group : groups) maker.add(group);
  return maker.book();
}

void expect_mean(const WeightedFigures& figures, double exact_usd, const std::string& what) {
  EXPECT_GT(exact_usd, 0) << what;
  EXPECT_NEAR(figures.mean_usd, exact_usd, 4 * figures.se_usd + 1e-6 * exact_usd) << what;
}

TEST(LayerYears, AverageToTheClosedFormInManyGroups) {
  std::vector<made::Group> groups;
  for (unsigned g = 0; g < 10; ++g) {
    groups.push_back(made::heavy_group(20 + 37 * g, g, many_effects()[g % 5]));
  }
  const Book book = book_of(groups);
  const auto exact = exact_layers(book, many_layers());
  const made::DrawnLayers drawn = made::layers_of(book, many_layers(), 10'000);
  for (std::size_t l = 0; l < many_layers().size(); ++l) {
    double all = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      expect_mean(drawn.groups[g][l], exact[g][l],
                  "group " + std::to_string(g) + ", layer " + std::to_string(l));
      all += exact[g][l];
    }
    expect_mean(drawn.book[l], all, "all, layer " + std::to_string(l));
  }
}

TEST(LayerYears, OnAContractBasisAverageToTheClosedForm) {
  Portfolio portfolio = made_up::heavy_portfolio();
  for (Column& column : portfolio.groups.columns) {
    if (column.name == "run_in_months") column.values = std::vector<double>{0, 0, 0};
    if (column.name == "run_out_months") column.values = std::vector<double>{0, 3, 0};
  }
  made_up::add_group_column(portfolio, "effect_frequency_share", {0.5, 0, 0});
  made_up::BoundBook bound(portfolio, compile_tables(portfolio, required_effects(portfolio)));
  const Book& book = *bound.plan.book;
  ASSERT_NE(book.jobs[0].group.basis, nullptr);
  const auto exact = exact_layers(book, many_layers());
  const made::DrawnLayers drawn = made::layers_of(book, many_layers(), 40'000);
  for (std::size_t g = 0; g < 3; ++g) {
    for (std::size_t l = 0; l < many_layers().size(); ++l) {
      expect_mean(drawn.groups[g][l], exact[g][l],
                  std::to_string(g) + " " + std::to_string(l));
    }
  }
}

/// One person at exposure 0.6 and scale 2, no effects: everything is in closed form.
class OnePerson {
 public:
  OnePerson() : law(made::heavy_laws()[0].data()) {
    made::Group group;
    group.members = {made::member(2, 0, 0.6)};
    group.rows = {made::plain_row(0)};
    book = book_of({group});
  }

  double chance(double usd) const { return exposure * law.survival(usd / 2); }
  double square(double usd) const { return exposure * 4 * law.excess_squared(usd / 2); }
  double excess(double usd) const { return exposure * 2 * law.excess(usd / 2); }

  TableLaw law;
  Book book;
  static constexpr double exposure = 1 / double{1 / 0.6f};
};

TEST(LayerYears, OfOnePersonAreInClosedForm) {
  const OnePerson one;
  const double a = 400e3, l = 900e3, chance = one.chance(a);
  Level level;
  level.value = 1 - chance / 3;
  const WeightedFigures drawn = made::layers_of(one.book, {{a, l}}, 40'000, {level}).groups[0][0];
  EXPECT_NEAR(drawn.probability / chance, 1, 1e-6);
  EXPECT_NEAR(drawn.largest_weight / chance, 1, 1e-6);
  EXPECT_LT(drawn.probability_se, 1e-9 * chance);
  EXPECT_EQ(drawn.hits, 40'000u);
  EXPECT_NEAR(drawn.effective_years, 40'000, 1e-3);
  const double mean = one.excess(a) - one.excess(a + l);
  expect_mean(drawn, mean, "mean");
  // (min((x - a)+, l))^2 = (x - a)+^2 - (x - a - l)+^2 - 2 l (x - a - l)+
  const double square = one.square(a) - one.square(a + l) - 2 * l * one.excess(a + l);
  EXPECT_NEAR(drawn.sd_usd, std::sqrt(square - mean * mean), 4 * drawn.sd_se_usd);
  EXPECT_LT(drawn.sd_se_usd, 0.01 * drawn.sd_usd);
  const double var = 2 * one.law.quantile(chance / 3 / OnePerson::exposure) - a;
  ASSERT_GT(var, 0);
  ASSERT_LT(var, l);
  EXPECT_NEAR(drawn.tails[0].var_usd, var, 4 * drawn.tails[0].var_se_usd);
  const double tvar = var + (one.excess(a + var) - one.excess(a + l)) / (chance / 3);
  EXPECT_NEAR(drawn.tails[0].tvar_usd, tvar, 4 * drawn.tails[0].tvar_se_usd);
  EXPECT_LT(drawn.tails[0].tvar_se_usd, 0.02 * tvar);
  // Plain years have the variance square - mean^2, these chance * square - mean^2.
  const double ratio = (square - mean * mean) / (chance * square - mean * mean);
  EXPECT_NEAR(drawn.variance_ratio() / ratio, 1, 0.03);
}

TEST(LayerYears, ProbabilitiesAgreeWithAQuadratureOverTheEffect) {
  const double sigma = 0.35;
  const made::Group group = made::heavy_group(60, 3, {0, sigma, 0});
  const Book book = book_of({group});
  const std::vector<ClaimLayer> layers{{50e3, 50e3}, {300e3, 1e6}, {2e6, 1e6}};
  const made::DrawnLayers drawn = made::layers_of(book, layers, 40'000);
  ClaimLaws laws(book);
  const std::vector<PersonClass> classes = person_classes(book.jobs[0].group, laws);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const double exact = brute::over_normal(
        [&](double z) {
          const YearFactor year{std::exp(sigma * z - sigma * sigma / 2), 1};
          double none = 1;
          for (const PersonClass& one : classes) {
            none *= std::pow(1 - one.chance_above(layers[l].attachment_usd, year), one.count);
          }
          return 1 - none;
        },
        1.0 / 64);
    const WeightedFigures& figures = drawn.groups[0][l];
    EXPECT_NEAR(figures.probability, exact, 4 * figures.probability_se) << l;
    EXPECT_LT(figures.probability_se, 0.02 * exact) << l;
  }
}

TEST(LayerYears, WideCellsCostSpreadAndNoBias) {
  const made::Group group = made::heavy_group(50, 4, {0.1, 0.4, 0});
  const Book book = book_of({group});
  const ClaimLayer layer{300e3, 500e3};
  const double exact = exact_layers(book, std::span(&layer, 1))[0][0];
  ClaimLaws laws(book);
  const GroupView& view = book.jobs[0].group;
  const auto classes = person_classes(view, laws);
  const auto factors = factors_of_years(view, 11, 50'000);
  const EffectCells fine(factors, classes.size()), wide(factors, classes.size(), 1);
  EXPECT_LT(wide.size() * 20, fine.size());
  const auto figures = [&](const EffectCells& cells) {
    return weighted_figures(layer_years({classes, factors, &cells, view.key, 11}, layer), {});
  };
  expect_mean(figures(fine), exact, "fine");
  expect_mean(figures(wide), exact, "wide");
  EXPECT_GT(figures(wide).se_usd, figures(fine).se_usd);
  EXPECT_LT(figures(wide).hits, 50'000u);
}

TEST(EffectCells, BoundEveryYearFromClosely) {
  const Book book = book_of({made::heavy_group(5, 4, {0.3, 0.4, 0.7, 0.5})});
  const auto factors = factors_of_years(book.jobs[0].group, 5, 20'000);
  const EffectCells cells(factors, 5);
  for (std::size_t y = 0; y < factors.size(); ++y) {
    const YearFactor bound = cells.bound(cells.cell_of(y));
    ASSERT_GE(bound.severity, factors[y].severity);
    ASSERT_GE(bound.frequency, factors[y].frequency);
    ASSERT_LT(bound.severity, 1.006 * factors[y].severity);
    ASSERT_LT(bound.frequency, 1.006 * factors[y].frequency);
  }
}

TEST(LayerYears, WeighFromNothingToOne) {
  const Book book = book_of({made::heavy_group(400, 5, {0.2, 0.3, 0})});
  ClaimLaws laws(book);
  const GroupView& view = book.jobs[0].group;
  const auto classes = person_classes(view, laws);
  const auto factors = factors_of_years(view, 3, 5000);
  const EffectCells cells(factors, classes.size());
  for (const ClaimLayer& layer : {ClaimLayer{1, 1e3}, {100e3, 1e6}, {2e6, no_limit}}) {
    const WeightedYears years = layer_years({classes, factors, &cells, view.key, 3}, layer);
    for (std::size_t y = 0; y < years.size(); ++y) {
      ASSERT_GT(years.weight[y], 0);
      ASSERT_LE(years.weight[y], 1);
      ASSERT_GE(years.loss_usd[y], 0);
      ASSERT_LE(years.loss_usd[y], 400 * layer.limit_usd);
    }
  }
}

TEST(LayerYears, AboveEverybodysCapHaveNoWeightAndNoLoss) {
  const Book book = book_of({made::heavy_group(30, 5, {0.2, 0.3, 0})});
  const WeightedFigures figures = made::layers_of(book, {{4e6, 1e6}}, 1000).groups[0][0];
  EXPECT_EQ(figures.mean_usd, 0);
  EXPECT_EQ(figures.hits, 0u);
  EXPECT_EQ(figures.largest_weight, 0);
}

TEST(LayerYears, HaveTheSameBitsOnAnyNumberOfThreads) {
  const Book book = book_of({made::heavy_group(80, 1, {0.1, 0.2, 0}),
                             made::heavy_group(50, 2, {0.1, 0.3, 0})});
  const std::vector<Level> levels{parse_level("0.99")};
  const auto run = [&] { return made::layers_of(book, many_layers(), 5000, levels); };
  const made::DrawnLayers many = run();
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const made::DrawnLayers single = run();
  for (std::size_t l = 0; l < many_layers().size(); ++l) {
    EXPECT_EQ(many.book[l].mean_usd, single.book[l].mean_usd);
    EXPECT_EQ(many.book[l].sd_usd, single.book[l].sd_usd);
    EXPECT_EQ(many.book[l].tails[0].tvar_usd, single.book[l].tails[0].tvar_usd);
    EXPECT_EQ(many.groups[1][l].se_usd, single.groups[1][l].se_usd);
  }
}

TEST(LayerYears, DoNotDependOnTheOtherLayersAsked) {
  const Book book = book_of({made::heavy_group(80, 1, {0.1, 0.2, 0})});
  const made::DrawnLayers many = made::layers_of(book, many_layers(), 3000);
  const made::DrawnLayers alone = made::layers_of(book, {many_layers()[2]}, 3000);
  EXPECT_EQ(many.groups[0][2].mean_usd, alone.groups[0][0].mean_usd);
  // One group is the whole book.
  EXPECT_NEAR(alone.book[0].mean_usd, alone.groups[0][0].mean_usd, 1e-9 * alone.book[0].mean_usd);
}

TEST(LayerYears, AreTheSameAGroupAtATime) {
  const Book book = book_of({made::heavy_group(80, 1, {0.1, 0.2, 0}), made::heavy_group(30, 2, {}),
                             made::heavy_group(50, 3, {0, 0.1, 0})});
  const std::vector<Level> levels{parse_level("0.99")};
  const made::DrawnLayers whole = made::layers_of(book, many_layers(), 2000, levels);
  const made::DrawnLayers pieces = made::layers_of(book, many_layers(), 2000, levels, 7, 1);
  for (std::size_t l = 0; l < many_layers().size(); ++l) {
    EXPECT_EQ(pieces.groups[2][l].mean_usd, whole.groups[2][l].mean_usd) << l;
    EXPECT_EQ(pieces.book[l].mean_usd, whole.book[l].mean_usd) << l;
    EXPECT_EQ(pieces.book[l].se_usd, whole.book[l].se_usd) << l;
    EXPECT_EQ(pieces.book[l].tails[0].tvar_usd, whole.book[l].tails[0].tvar_usd) << l;
  }
}

TEST(LayerYears, AStudyThatIsStoppedThrows) {
  const Book book = book_of({made::heavy_group(10, 1, {}), made::heavy_group(10, 2, {})});
  const std::vector<std::size_t> jobs{0, 1};
  const std::vector<ClaimLayer> layers{{1e6, 1e6}};
  std::size_t seen = 0;
  const auto stop = [&](std::size_t done) { return (seen = done) > 1; };
  EXPECT_THROW(BookLayers(layers, {}, 1, 100).add(book, jobs, stop), Error);
  EXPECT_EQ(seen, 1u);
}

TEST(Hazard, IsTheLogarithmOnBothSidesOfTheSeries) {
  for (const double p : {1e-12, 1e-5, 0.99e-4, 1.01e-4, 0.3, 0.999}) {
    EXPECT_NEAR(hazard_of(p) / -std::log1p(-p), 1, 1e-14) << p;
  }
  EXPECT_EQ(hazard_of(0), 0);
  EXPECT_EQ(hazard_of(1), 64);
}

}  // namespace
}  // namespace corridor
