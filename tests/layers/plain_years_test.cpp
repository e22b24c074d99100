// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/layers/made_layers.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t plain_count = 2'000'000, weighted_count = 50'000;
const ClaimLayer layer{250e3, 400e3};

/// Yearly losses of the layer as the lane draws them, dollars.
class PlainYears {
 public:
  explicit PlainYears(const Book& book) : together(plain_count), book_(book) {
    backend_ = cpu::make_backend({}, book.table_set());
    for (const GroupJob& job : book.jobs) add(job.group);
  }

  std::vector<std::vector<double>> groups;
  std::vector<double> together;

 private:
  /// Thresholds of these groups are the layer's ends.
  void add(const GroupView& view) {
    constexpr std::uint32_t block = 100'000;
    std::vector<Cents> sums(std::size_t{block} * sums_columns(view));
    std::vector<double>& losses = groups.emplace_back();
    for (std::uint32_t first = 0; first < plain_count; first += block) {
      backend_->simulate(view, 99, first, block, {sums.data(), block});
      for (std::uint32_t y = 0; y < block; ++y) {
        losses.push_back(static_cast<double>(sums[block + y] - sums[2 * block + y]) / 100);
        together[first + y] += losses.back();
      }
    }
  }

  const Book& book_;
  std::unique_ptr<Backend> backend_;
};

struct PlainFigures {
  double mean = 0, sd = 0, sd_se = 0, probability = 0, probability_se = 0;
  std::vector<double> sorted;

  explicit PlainFigures(std::vector<double> losses) : sorted(std::move(losses)) {
    std::sort(sorted.begin(), sorted.end());
    const auto n = static_cast<double>(sorted.size());
    double fourth = 0, variance = 0;
    for (const double loss : sorted) {
      mean += loss / n;
      probability += loss > 0 ? 1 / n : 0;
    }
    for (const double loss : sorted) {
      variance += (loss - mean) * (loss - mean) / n;
      fourth += std::pow(loss - mean, 4) / n;
    }
    sd = std::sqrt(variance);
    sd_se = std::sqrt((fourth - variance * variance) / n) / (2 * sd);
    probability_se = std::sqrt(probability * (1 - probability) / n);
  }

  double at(double tail) const {
    const auto n = static_cast<double>(sorted.size());
    const double rank = std::clamp(std::ceil((1 - tail) * n), 1.0, n);
    return sorted[static_cast<std::size_t>(rank) - 1];
  }
  double var_se(double tail) const {
    const double off = std::sqrt(tail * (1 - tail) / static_cast<double>(sorted.size()));
    return (at(tail - off) - at(tail + off)) / 2;
  }
  /// TVaR and the error of its influence function.
  std::pair<double, double> tvar(double tail) const {
    const double var = at(tail), n = static_cast<double>(sorted.size());
    double sum = 0, squares = 0;
    for (const double loss : sorted) {
      sum += std::max(loss - var, 0.0);
      squares += std::pow(std::max(loss - var, 0.0), 2);
    }
    const double mean_above = sum / n;
    return {var + mean_above / tail,
            std::sqrt((squares / n - mean_above * mean_above) / n) / tail};
  }
};

/// Four standard errors of the difference of two independent figures.
double four(double a, double b) { return 4 * std::hypot(a, b); }

void expect_alike(const WeightedFigures& weighted, const PlainFigures& plain,
                  const std::vector<Level>& levels) {
  EXPECT_NEAR(weighted.mean_usd, plain.mean,
              four(weighted.se_usd, plain.sd / std::sqrt(plain_count)));
  EXPECT_NEAR(weighted.sd_usd, plain.sd, four(weighted.sd_se_usd, plain.sd_se));
  EXPECT_NEAR(weighted.probability, plain.probability,
              four(weighted.probability_se, plain.probability_se));
  // The same error as the plain years say they have.
  EXPECT_NEAR(weighted.plain_se_usd() * std::sqrt(weighted_count), plain.sd,
              four(weighted.sd_se_usd, plain.sd_se));
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double tail = 1 - levels[l].value;
    const WeightedTail& figures = weighted.tails[l];
    EXPECT_NEAR(figures.var_usd, plain.at(tail), four(figures.var_se_usd, plain.var_se(tail)) + 1)
        << levels[l].text;
    const auto [tvar, tvar_se] = plain.tvar(tail);
    EXPECT_NEAR(figures.tvar_usd, tvar, four(figures.tvar_se_usd, tvar_se)) << levels[l].text;
    EXPECT_LT(figures.tvar_se_usd, 0.05 * tvar) << levels[l].text;
  }
}

/// Two groups under a wide effect of the book: their years hang together.
TEST(LayerYears, AgreeWithTwoMillionPlainYearsInEveryFigure) {
  made::BookMaker maker({made::heavy_laws()[0], made::heavy_laws()[1]});
  for (const std::size_t members : {12, 30}) {
    made::Group group;
    for (std::size_t i = 0; i < members; ++i) {
      group.members.push_back(made::member(1 + 0.1 * static_cast<double>(i % 7),
                                           static_cast<std::uint32_t>(i % 2),
                                           i % 5 == 0 ? 0.5 : 1));
    }
    group.thresholds = {made::usd(layer.attachment_usd),
                        made::usd(layer.attachment_usd + layer.limit_usd)};
    group.rows = {made::plain_row(0)};
    group.effect = {0.5, 0.3, 0.7, members == 12 ? 0.5 : 0.0};
    maker.add(group);
  }
  const Book book = maker.book();
  const PlainYears plain(book);
  const std::vector<Level> levels{parse_level("0.95"), parse_level("0.99"), parse_level("0.999")};
  const made::DrawnLayers weighted = made::layers_of(book, {layer}, weighted_count, levels);
  for (std::size_t g = 0; g < 2; ++g) {
    expect_alike(weighted.groups[g][0], PlainFigures(plain.groups[g]), levels);
  }
  expect_alike(weighted.book[0], PlainFigures(plain.together), levels);
}

}  // namespace
}  // namespace corridor
