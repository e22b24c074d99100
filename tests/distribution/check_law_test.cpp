// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/distribution/law_kind.hpp"
#include "tests/distribution/laws.hpp"
#include "tests/distribution/published_laws.hpp"

namespace corridor {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double blank = std::numeric_limits<double>::quiet_NaN();

/// "code dataset[row]" of every error and warning.
std::vector<std::string> found(const DistributionSpec& spec,
                               std::vector<DistributionSpec> others = {}) {
  others.push_back(spec);
  std::vector<std::string> places;
  for (const Problem& problem : check_law(spec, others)) {
    EXPECT_FALSE(problem.message.empty());
    EXPECT_FALSE(problem.fix.empty());
    const std::string row = problem.row ? "[" + std::to_string(*problem.row) + "]" : "";
    places.push_back(problem.code + " " + problem.dataset + row);
  }
  return places;
}

template <class... Places>
auto are(Places... places) {
  return testing::UnorderedElementsAre(places...);
}

DistributionSpec lognormal() { return law_of("lognormal", {{"mu", {7.4}}, {"sigma", {1.7}}}); }

Numbers buckets() {
  return {{"upper_usd", {0, 100, 500, infinite}},
          {"probability", {.5, .3, .2, 0}},
          {"mean_usd", {0, 40, 200, blank}}};
}

DistributionSpec continuance(const std::string& column, std::vector<double> values,
                             const Numbers& tail = {}) {
  Numbers columns = buckets();
  columns[column] = std::move(values);
  return table_of("continuance", columns, tail);
}

TEST(CheckLaw, SoundLawsHaveNoProblems) {
  EXPECT_THAT(found(lognormal()), are());
  EXPECT_THAT(found(table_of("continuance", buckets())), are());
  for (std::size_t tier = 0; tier < 4; ++tier) EXPECT_THAT(found(cms_2026_law(tier)), are());
  EXPECT_THAT(found(cms_2026_law(silver, sample_tail())), are());
}

TEST(CheckLaw, UnknownKindNamesTheKnownOnes) {
  const DistributionSpec spec = law_of("loggamma", {});
  EXPECT_THAT(found(spec), are("E_UNKNOWN_KIND /distributions/law@kind"));
  const Problem problem = check_law(spec, {spec}).front();
  for (const LawKind* kind : law_kinds()) {
    EXPECT_NE(problem.fix.find(kind->name), std::string::npos) << kind->name;
  }
}

TEST(CheckLaw, CapBelowFifteenMillionIsAnError) {
  DistributionSpec spec = lognormal();
  for (const double maximum : {14.99e6, -1.0, blank, infinite}) {
    spec.maximum_usd = maximum;
    EXPECT_THAT(found(spec), are("E_MAXIMUM /distributions/law@maximum_usd")) << maximum;
  }
  spec.maximum_usd = 15e6;
  EXPECT_THAT(found(spec), are());
}

TEST(CheckLaw, EveryProblemOfALawIsReported) {
  DistributionSpec spec = law_of("lognormal", {{"mu", {blank}}, {"p_zero", {1.5}}, {"extra", {1}}});
  spec.maximum_usd = 1e6;
  EXPECT_THAT(found(spec),
              are("E_MAXIMUM /distributions/law@maximum_usd", "E_NOT_FINITE /distributions/law@mu",
                  "E_MISSING /distributions/law@sigma", "E_OUT_OF_RANGE /distributions/law@p_zero",
                  "W_UNKNOWN /distributions/law@extra"));
}

TEST(CheckLaw, EveryKindNamesWhatItLacks) {
  for (const LawKind* kind : law_kinds()) {
    std::vector<std::string> expected;
    if (!kind->parameters.empty()) {
      for (const AttributeRule& rule : kind->parameters.front()) {
        expected.push_back("E_MISSING /distributions/law@" + std::string(rule.name));
      }
    }
    for (const ColumnRule& rule : kind->columns) {
      expected.push_back("E_MISSING /distributions/law/" + std::string(rule.name));
    }
    for (const std::string_view part : kind->parts) {
      expected.push_back("E_MISSING /distributions/law@" + std::string(part));
    }
    EXPECT_FALSE(expected.empty());
    EXPECT_THAT(found(law_of(std::string(kind->name), {})),
                testing::UnorderedElementsAreArray(expected))
        << kind->name;
  }
}

TEST(CheckLaw, ParametersOutsideTheirRangeAreNamed) {
  const struct {
    const char* kind;
    Numbers numbers;
    const char* attribute;
  } cases[] = {
      {"lognormal", {{"mu", {7}}, {"sigma", {0}}}, "sigma"},
      {"lognormal", {{"mean_usd", {-1}}, {"cv", {1}}}, "mean_usd"},
      {"gamma", {{"shape", {-2}}, {"scale_usd", {1e3}}}, "shape"},
      {"weibull", {{"shape", {.01}}, {"scale_usd", {1e3}}}, "shape"},
      {"pareto", {{"alpha", {1}}, {"threshold_usd", {1e3}}}, "alpha"},
      {"pareto", {{"alpha", {2}}, {"threshold_usd", {0}}}, "threshold_usd"},
      {"generalized_pareto", {{"xi", {1}}, {"sigma_usd", {1e3}}, {"threshold_usd", {0}}}, "xi"},
      {"generalized_pareto",
       {{"xi", {.3}}, {"sigma_usd", {0}}, {"threshold_usd", {0}}},
       "sigma_usd"},
      {"gamma", {{"shape", {2}}, {"scale_usd", {1e3}}, {"p_zero", {1}}}, "p_zero"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(found(law_of(c.kind, c.numbers)),
                are("E_OUT_OF_RANGE /distributions/law@" + std::string(c.attribute)));
  }
}

TEST(CheckLaw, LawStatedInTwoWaysIsAnError) {
  EXPECT_THAT(
      found(law_of("lognormal", {{"mu", {7}}, {"sigma", {1}}, {"mean_usd", {1}}, {"cv", {1}}})),
      are("E_TWO_WAYS /distributions/law"));
}

TEST(CheckLaw, AttributeWithSeveralValuesIsAnError) {
  EXPECT_THAT(found(law_of("lognormal", {{"mu", {7, 8}}, {"sigma", {1}}})),
              are("E_LENGTH /distributions/law@mu"));
}

TEST(CheckLaw, MeanBeyondABillionIsAnError) {
  EXPECT_THAT(found(law_of("lognormal", {{"mu", {7}}, {"sigma", {9}}})),
              are("E_MEAN /distributions/law"));
}

TEST(CheckContinuance, CellsAreNamedWithTheirRow) {
  EXPECT_THAT(found(continuance("probability", {.5, -.3, .2, blank})),
              are("E_NEGATIVE /distributions/law/probability[1]",
                  "E_NOT_FINITE /distributions/law/probability[3]"));
  EXPECT_THAT(found(continuance("upper_usd", {0, infinite, 500, infinite})),
              are("E_NOT_FINITE /distributions/law/upper_usd[1]"));
  EXPECT_THAT(found(continuance("probability", {.5, .5})),
              are("E_LENGTH /distributions/law/probability"));
  EXPECT_THAT(found(continuance("upper_usd", {})),
              testing::Contains("E_EMPTY /distributions/law/upper_usd"));
}

TEST(CheckContinuance, ProbabilitiesMustAddUpToOne) {
  EXPECT_THAT(found(continuance("probability", {.5, .3, .2 + 9e-10, 0})), are());
  EXPECT_THAT(found(continuance("probability", {.5, .3, .2 + 2e-9, 0})),
              are("E_SUM /distributions/law/probability"));
}

TEST(CheckContinuance, ProbabilitiesWithinABillionthAreRescaled) {
  const auto law = law_from(continuance("probability", {.5, .3, .2 + 9e-10, 0}));
  EXPECT_NEAR(law->survival(0), (.5 + 9e-10) / (1 + 9e-10), 1e-16);
  EXPECT_NEAR(law->quantile_integral(0, 1), law->mean(), 1e-12);
}

TEST(CheckContinuance, BucketsMustAscendFromZero) {
  EXPECT_THAT(found(continuance("upper_usd", {0, 500, 500, infinite})),
              testing::Contains("E_ORDER /distributions/law/upper_usd[2]"));
  EXPECT_THAT(found(continuance("upper_usd", {1, 100, 500, infinite})),
              are("E_ZERO_BUCKET /distributions/law/upper_usd[0]"));
}

TEST(CheckContinuance, MeanMustLieInItsBucket) {
  EXPECT_THAT(found(continuance("mean_usd", {0, 100.00009, 99.99991, blank})), are());
  EXPECT_THAT(found(continuance("mean_usd", {0, 100.01, 99, blank})),
              are("E_BUCKET_MEAN /distributions/law/mean_usd[1]",
                  "E_BUCKET_MEAN /distributions/law/mean_usd[2]"));
}

TEST(CheckContinuance, BlankMeanNeedsAnEmptyBucket) {
  EXPECT_THAT(found(continuance("mean_usd", {0, blank, 200, blank})),
              are("E_BLANK_MEAN /distributions/law/mean_usd[1]"));
}

TEST(CheckContinuance, UnlimitedBucketNeedsATail) {
  Numbers columns = buckets();
  columns["probability"] = {.5, .3, .1, .1};
  columns["mean_usd"] = {0, 40, 200, 900};
  EXPECT_THAT(found(table_of("continuance", columns)),
              are("E_UNLIMITED_BUCKET /distributions/law/upper_usd[3]"));
  const Numbers tail = {{"tail_from_usd", {500}}, {"tail_alpha", {2}}};
  EXPECT_THAT(found(table_of("continuance", columns, tail)), are());
  EXPECT_NEAR(law_from(table_of("continuance", columns, tail))->survival(1000), .025, 1e-15);
}

TEST(CheckContinuance, TailMustBeWholeAscendingAndNotEmpty) {
  const auto with = [](const Numbers& tail) {
    return found(table_of("continuance", buckets(), tail));
  };
  EXPECT_THAT(with({{"tail_from_usd", {100}}}), are("E_LENGTH /distributions/law@tail_alpha"));
  EXPECT_THAT(with({{"tail_alpha", {2}}}), are("E_LENGTH /distributions/law@tail_alpha"));
  EXPECT_THAT(with({{"tail_from_usd", {100, 100}}, {"tail_alpha", {2, 3}}}),
              are("E_ORDER /distributions/law@tail_from_usd"));
  EXPECT_THAT(with({{"tail_from_usd", {100, 900}}, {"tail_alpha", {2, 1}}}),
              are("E_INFINITE_MEAN /distributions/law@tail_alpha"));
  EXPECT_THAT(with({{"tail_from_usd", {100, 900}}, {"tail_alpha", {.5, 1.5}}}), are());
  EXPECT_THAT(with({{"tail_from_usd", {500}}, {"tail_alpha", {2}}}),
              are("E_NO_TAIL /distributions/law@tail_from_usd"));
  EXPECT_THAT(with({{"tail_from_usd", {900}}, {"tail_alpha", {2}}}),
              are("E_NO_TAIL /distributions/law@tail_from_usd"));
}

TEST(CheckExcessCurve, ThresholdsRunFromZeroToInfinity) {
  const auto with = [](std::vector<double> threshold, std::vector<double> value) {
    return found(table_of("excess_curve", {{"threshold_usd", std::move(threshold)},
                                           {"limited_expected_value_usd", std::move(value)}}));
  };
  EXPECT_THAT(with({0, 100, 200, infinite}, {0, 80, 120, 150}), are());
  EXPECT_THAT(with({0, 100, 200, 300}, {0, 80, 120, 150}),
              are("E_THRESHOLDS /distributions/law/threshold_usd"));
  EXPECT_THAT(with({50, 100, 200, infinite}, {0, 80, 120, 150}),
              are("E_THRESHOLDS /distributions/law/threshold_usd"));
  EXPECT_THAT(with({0, 200, 100, infinite}, {0, 80, 120, 150}),
              are("E_ORDER /distributions/law/threshold_usd[2]"));
  EXPECT_THAT(with({0, 100, 200, infinite}, {5, 80, 120, 110}),
              are("E_OUT_OF_RANGE /distributions/law/limited_expected_value_usd[0]",
                  "E_ORDER /distributions/law/limited_expected_value_usd[3]"));
  EXPECT_THAT(with({0, 100, 200, infinite}, {0, 101, 120, 150}),
              are("E_OUT_OF_RANGE /distributions/law/limited_expected_value_usd[1]"));
  EXPECT_THAT(with({0, 100, 200, infinite}, {0, 80, 80, 90}),
              are("E_NOT_CONCAVE /distributions/law/limited_expected_value_usd[3]"));
  EXPECT_THAT(with({0, 100, 200, 300, infinite}, {0, 50, 60, 110, 150}),
              are("E_NOT_CONCAVE /distributions/law/limited_expected_value_usd[2]"));
}

TEST(CheckEmpirical, WeightsMustNotAllBeZero) {
  EXPECT_THAT(found(table_of("empirical", {{"amount_usd", {1, 2}}, {"weight", {0, 0}}})),
              are("E_NO_WEIGHT /distributions/law/weight"));
  EXPECT_THAT(found(table_of("empirical", {{"amount_usd", {1, -2}}, {"weight", {1, 1}}})),
              are("E_NEGATIVE /distributions/law/amount_usd[1]"));
}

TEST(CheckEmpirical, LongColumnsOfTheSameFaultAreCounted) {
  const std::vector<double> bad(1000, -1.0), good(1000, 1.0);
  const std::vector<std::string> places =
      found(table_of("empirical", {{"amount_usd", bad}, {"weight", good}}));
  EXPECT_EQ(places.size(), 20u);
  const DistributionSpec spec = table_of("empirical", {{"amount_usd", bad}, {"weight", good}});
  EXPECT_NE(check_law(spec, {spec}).back().message.find("981 rows"), std::string::npos);
}

TEST(CheckSpliced, PartsMustExistAndNotLeadBack) {
  const DistributionSpec body = named(lognormal(), "body"), tail = named(lognormal(), "tail");
  EXPECT_THAT(found(spliced_of("body", "tail", 1e5, .01), {body, tail}), are());
  EXPECT_THAT(found(spliced_of("body", "nobody", 1e5, .01), {body, tail}),
              are("E_UNKNOWN_NAME /distributions/law@tail"));
  EXPECT_THAT(found(spliced_of("law", "tail", 1e5, .01), {body, tail}),
              are("E_CYCLE /distributions/law@body"));
  const DistributionSpec back = named(spliced_of("law", "tail", 1e5, .01), "back");
  EXPECT_THAT(found(spliced_of("back", "tail", 1e5, .01), {tail, back}),
              are("E_PART /distributions/law@body"));
}

TEST(CheckSpliced, BrokenPartIsNamedWhereItIsUsed) {
  DistributionSpec broken = named(lognormal(), "broken");
  broken.numbers["sigma"] = {-1};
  EXPECT_THAT(found(spliced_of("broken", "broken", 1e5, .01), {broken}),
              are("E_PART /distributions/law@body", "E_PART /distributions/law@tail"));
}

TEST(CheckSpliced, EndlessChainsAreRefused) {
  std::vector<DistributionSpec> chain{named(lognormal(), "0")};
  for (int i = 1; i < 40; ++i) {
    const std::string before = std::to_string(i - 1);
    chain.push_back(named(spliced_of(before, before, 1e5, .01), std::to_string(i)));
  }
  EXPECT_TRUE(check_law(chain[3], chain).empty());
  EXPECT_FALSE(check_law(chain[39], chain).empty());
  EXPECT_THROW(make_law(chain[39], chain), Error);
}

TEST(CheckSpliced, PartsMustReachTheSplice) {
  const DistributionSpec body = named(lognormal(), "body");
  const DistributionSpec far =
      named(law_of("pareto", {{"alpha", {2}}, {"threshold_usd", {1e6}}}), "far");
  const DistributionSpec near = named(
      law_of("generalized_pareto", {{"xi", {-.5}}, {"sigma_usd", {1e3}}, {"threshold_usd", {0}}}),
      "near");
  EXPECT_THAT(found(spliced_of("far", "body", 1e5, .01), {body, far}),
              are("E_EMPTY_BODY /distributions/law@from_usd"));
  EXPECT_THAT(found(spliced_of("body", "near", 1e5, .01), {body, near}),
              are("E_EMPTY_TAIL /distributions/law@from_usd"));
}

TEST(MakeLaw, ThrowsWithEveryErrorAndNoWarning) {
  DistributionSpec spec = law_of("pareto", {{"alpha", {.9}}, {"extra", {1}}});
  try {
    make_law(spec, {spec});
    FAIL() << "a law with errors was made";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_EQ(error.problems().size(), 2u);
  }
}

}  // namespace
}  // namespace corridor
