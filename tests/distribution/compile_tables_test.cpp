// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstring>

#include "host/distribution/compile.hpp"
#include "tests/distribution/laws.hpp"
#include "tests/distribution/table_figures.hpp"

namespace corridor {
namespace {

DistributionSpec heavy(std::uint16_t index, const std::string& name) {
  DistributionSpec spec =
      named(law_of("pareto", {{"alpha", {1.5}}, {"threshold_usd", {1e4}}}), name);
  spec.index = index;
  return spec;
}

Portfolio book(std::vector<DistributionSpec> laws, std::vector<std::uint16_t> law_of_member,
               std::vector<double> scale) {
  Portfolio portfolio;
  portfolio.path = "book.h5";
  portfolio.distributions = std::move(laws);
  portfolio.members.rows = scale.size();
  portfolio.members.columns.push_back({"distribution", 1, std::move(law_of_member)});
  portfolio.members.columns.push_back({"scale", 1, std::move(scale)});
  return portfolio;
}

const Bucket* table(const ClaimTables& tables, std::size_t number) {
  return tables.buckets.data() + number * bucket_count;
}

bool same(const Bucket* table, const std::vector<Bucket>& expected) {
  return std::memcmp(table, expected.data(), expected.size() * sizeof(Bucket)) == 0;
}

TEST(CompileTables, LawsComeInTheBooksOrderAndEffectsAfter) {
  DistributionSpec light = named(law_of("lognormal", {{"mean_usd", {7e3}}, {"cv", {1}}}), "light");
  light.index = 3;
  const Portfolio portfolio = book({heavy(7, "heavy"), light}, {7, 3, 3}, {1, 1, 1});
  const std::vector<EffectLaw> effects{{-.005, .1, false}, {.005, .1, true}};
  const ClaimTables tables = compile_tables(portfolio, effects);
  ASSERT_EQ(tables.buckets.size(), 4u * bucket_count);
  EXPECT_EQ(tables.table_of.at(7), 0u);
  EXPECT_EQ(tables.table_of.at(3), 1u);
  EXPECT_EQ(tables.maximum_usd, (std::vector<double>{25e6, 25e6}));
  EXPECT_EQ(tables.first_effect, 2u);
  EXPECT_TRUE(same(table(tables, 1), compile_table(*law_from(light), 25e6)));
  EXPECT_TRUE(same(table(tables, 2), compile_effect(effects[0])));
  EXPECT_TRUE(same(table(tables, 3), compile_effect(effects[1])));
}

TEST(CompileTables, FarTailIsCappedForTheRungBelowTheLawsScales) {
  const DistributionSpec a = heavy(0, "a"), b = heavy(1, "b"), c = heavy(2, "c");
  const ClaimTables tables = compile_tables(book({a, b, c}, {0, 1, 1, 0}, {1.5, .005, 2, 3}), {});
  EXPECT_TRUE(same(table(tables, 0), compile_table(*law_from(a), 25e6 * 64)));
  EXPECT_TRUE(same(table(tables, 1), compile_table(*law_from(b), 25e6 * 4096)));
  EXPECT_TRUE(same(table(tables, 2), compile_table(*law_from(c), 25e6 * 64))) << "no member";
}

TEST(CompileTables, WarnsWhereTheCapTakesMuchOfTheMean) {
  DistributionSpec light = named(law_of("lognormal", {{"mean_usd", {7e3}}, {"cv", {2}}}), "light");
  light.index = 1;
  const ClaimTables tables = compile_tables(book({heavy(0, "heavy"), light}, {0, 1}, {1, 1}), {});
  ASSERT_EQ(tables.warnings.size(), 1u);
  EXPECT_EQ(tables.warnings[0].severity, Problem::Severity::warning);
  EXPECT_EQ(tables.warnings[0].code, "W_CAP");
  EXPECT_EQ(tables.warnings[0].dataset, "/distributions/heavy@maximum_usd");
  // P(X > 25e6) * 25e6 / (alpha - 1) = 2500^-1.5 * 5e7 = 400 of a mean of 30,000.
  EXPECT_NE(tables.warnings[0].message.find("removes 400 of 30000"), std::string::npos)
      << tables.warnings[0].message;
}

TEST(CompileTables, LawWithErrorsIsRefused) {
  DistributionSpec broken = heavy(0, "broken");
  broken.numbers["alpha"] = {.5};
  EXPECT_THROW(compile_tables(book({broken}, {0}, {1}), {}), Error);
}

TEST(CompileTables, SameBookGivesTheSameBits) {
  const Portfolio portfolio = book({heavy(0, "a")}, {0}, {1});
  const ClaimTables once = compile_tables(portfolio, {{-.02, .2, false}});
  const ClaimTables again = compile_tables(portfolio, {{-.02, .2, false}});
  EXPECT_TRUE(same(once.buckets.data(), again.buckets));
}

}  // namespace
}  // namespace corridor
