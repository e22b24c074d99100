// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// What weighted years of a rare layer gain over plain ones, a year and a second of one core: 300
// members, lognormal claims of sigma 1.8 and mean 9,000 with 12% zeros, a group effect of 0.15 on
// severity; everybody of scale 1, then no two of one scale.
#include <tbb/global_control.h>

#include <cmath>
#include <cstdio>
#include <ctime>
#include <random>

#include "tests/layers/made_layers.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 1'000'000;
const ClaimLayer layers[] = {{1e6, 1e6}, {2e6, 1e6}, {5e6, 5e6}};

Book book_of(double spread) {
  std::mt19937 random(1);
  std::normal_distribution<double> normal(-spread * spread / 2, spread);
  made::BookMaker maker({made::table_of(made::lognormal(9000, std::sqrt(std::expm1(1.8 * 1.8)),
                                                        0.12))});
  made::Group group;
  for (int i = 0; i < 300; ++i) {
    group.members.push_back(made::member(spread > 0 ? std::exp(normal(random)) : 1));
  }
  group.thresholds = {made::usd(1e6), made::usd(2e6)};
  group.rows = {made::plain_row(0)};
  group.effect = {0, 0.15, 0.7, 0};
  maker.add(group);
  return maker.book();
}

template <class Work>
double processor_ns_a_year(const Work& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC * 1e9 / years;
}

double plain_ns_a_year(const Book& book) {
  const auto backend = cpu::make_backend({1, "", 0}, book.table_set());
  const GroupView& view = book.jobs[0].group;
  constexpr std::uint32_t block = 50'000;
  std::vector<Cents> sums(std::size_t{block} * sums_columns(view));
  return processor_ns_a_year([&] {
    for (std::uint32_t first = 0; first < years; first += block) {
      backend->simulate(view, 1, first, block, {sums.data(), block});
    }
  });
}

void compare(const char* members, const Book& book) {
  const double plain_ns = plain_ns_a_year(book);
  const auto exact = exact_layers(book, layers);
  std::printf("%s: a plain year takes %.0f ns\n", members, plain_ns);
  std::printf("%22s %9s %12s %10s %8s %10s %14s\n", "layer", "chance", "mean", "exact", "ns",
              "ratio/year", "ratio/second");
  for (std::size_t l = 0; l < std::size(layers); ++l) {
    WeightedFigures figures;
    const double ns = processor_ns_a_year([&] {
      figures = made::layers_of(book, {layers[l]}, years).groups[0][0];
    });
    const double ratio = figures.variance_ratio();
    std::printf("%10.0f xs %8.0f %8.3f%% %12.1f %10.1f %8.0f %10.1f %14.1f\n", layers[l].limit_usd,
                layers[l].attachment_usd, 100 * figures.probability, figures.mean_usd, exact[0][l],
                ns, ratio, ratio * plain_ns / ns);
  }
}

}  // namespace
}  // namespace corridor

int main() {
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  corridor::compare("everybody of one scale", corridor::book_of(0));
  corridor::compare("no two of one scale", corridor::book_of(0.5));
  return 0;
}
