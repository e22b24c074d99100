// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "corridor/portfolio.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

using Reals = std::vector<double>;
using Codes = std::vector<std::uint8_t>;
using Counts = std::vector<std::uint32_t>;
constexpr double inf = HUGE_VAL, nan = NAN;

/// A change to a good book that is one fault, and the one message that it may cause.
struct Fault {
  const char* name;
  std::function<void(Draft&)> change;
  std::string code, dataset;
  std::vector<std::string> said = {};  ///< in the message or the fix
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

void set_experience(Draft& draft) {
  draft.set("/experience/group", Counts{0, 2});
  draft.set("/experience/period", std::vector<std::uint16_t>{2024, 2025});
  draft.set("/experience/months", Codes{12, 12});
  draft.set("/experience/employee_months", Counts{9, 9, 9, 9, 9, 9, 9, 9}, {4});
  draft.set("/experience/paid_usd", Reals{5e5, 2e5});
  draft.set("/experience/paid_above_deductible_usd", Reals{1e5, 0});
  draft.set("/experience/deductible_usd", Reals{1e5, inf});
}

std::function<void(Draft&)> experience_without(const std::string& column) {
  return [=](Draft& draft) {
    set_experience(draft);
    draft.datasets.erase("/experience/" + column);
  };
}

template <class T>
std::function<void(Draft&)> put(const std::string& path, std::vector<T> values) {
  return [=](Draft& draft) { draft.set(path, values); };
}

std::function<void(Draft&)> lags(const Reals& small, const Reals& large) {
  return [=](Draft& draft) {
    if (!small.empty()) draft.set("/lag/paid_fraction", small);
    if (!large.empty()) draft.set("/lag/paid_fraction_large", large);
  };
}

std::vector<Fault> experience() {
  return {
      {"NoPaid", experience_without("paid_usd"), "E_MISSING", "/experience/paid_usd"},
      {"NoGroup", experience_without("group"), "E_MISSING", "/experience/group"},
      {"NoPeriod", experience_without("period"), "E_MISSING", "/experience/period"},
      {"NoEmployees", experience_without("employee_months"), "E_MISSING",
       "/experience/employee_months"},
      {"NoDeductible", experience_without("deductible_usd"), "E_MISSING",
       "/experience/deductible_usd"},
      {"NothingAbove", experience_without("paid_above_deductible_usd"), "E_MISSING",
       "/experience/paid_above_deductible_usd"},
      {"NegativePaid",
       [](Draft& draft) {
         set_experience(draft);
         draft.set("/experience/paid_usd", Reals{-1, 2e5});
       },
       "E_NEGATIVE", "/experience/paid_usd"},
      {"BegunLater",
       [](Draft& draft) {
         set_experience(draft);
         draft.set("/experience/period", std::vector<std::uint16_t>{2024, 2027});
       },
       "W_EXPERIENCE",
       "/experience/period",
       {"[1] (group G3)", "2027", "begins in 2026"}},
      {"TwiceTheSameYear",
       [](Draft& draft) {
         set_experience(draft);
         draft.set("/experience/group", Counts{2, 2});
         draft.set("/experience/period", std::vector<std::uint16_t>{2025, 2025});
       },
       "W_EXPERIENCE",
       "/experience/period",
       {"24 months together"}},
      {"LargeClaims",
       put("/large_claims/group", Counts{0, 1}),
       "W_NOT_USED",
       "/large_claims",
       {"change no quote (found 2)"}},
      {"TodaysFactors",
       [](Draft& draft) { draft.set("/groups/current_factor_usd", Reals(12, 500), {4}); },
       "W_NOT_USED", "/groups/current_factor_usd"},
      {"NobodysClaim", put("/large_claims/paid_usd", Reals{5e5}), "E_MISSING",
       "/large_claims/group"},
  };
}

std::vector<Fault> values() {
  const std::string g = "/groups/";
  return {
      {"NegativeLaser",
       put("/members/laser_usd", Reals{nan, -100, nan, nan, nan, nan}),
       "E_NEGATIVE",
       "/members/laser_usd",
       {"from 0 to 1000000000000, or inf, or NaN"}},
      {"NegativeFamily",
       put(g + "specific_family_deductible_usd", Reals{inf, -1, inf}),
       "E_NEGATIVE",
       g + "specific_family_deductible_usd",
       {"from 0 to", "or inf"}},
      {"DeductibleBeyondMoney",
       put(g + "specific_deductible_usd", Reals{1e13, 1e5, 1e5}),
       "E_RANGE",
       g + "specific_deductible_usd",
       {"to 1000000000000"}},
      {"NegativeFactor",
       [](Draft& draft) {
         draft.set("/groups/aggregate_factor_usd",
                   Reals{nan, nan, nan, nan, nan, nan, nan, nan, 400, -1, 700, 900}, {4});
       },
       "E_NEGATIVE",
       g + "aggregate_factor_usd",
       {"value 1 of the row"}},
      {"RateCapBelowZero",
       [](Draft& draft) {
         draft.set("/groups/rate_cap", Reals{-0.1, inf, inf});
         draft.set("/groups/new_or_renewal", Codes{1, 0, 0});
       },
       "E_NOT_POSITIVE",
       g + "rate_cap",
       {"above 0, at most 10, or inf"}},
      {"LongLaws",
       put("/members/distribution", std::vector<std::uint16_t>{0, 7, 0, 0, 7, 0, 0}),
       "E_LENGTH",
       "/members/distribution",
       {"has 7 rows where its table has 6"}},
      {"ShortIds",
       put(g + "group_id", std::vector<std::string>{"G1", "G2"}),
       "E_LENGTH",
       g + "group_id",
       {"has 2 rows where its table has 3"}},
      {"ShortOffsets",
       put(g + "member_offset", std::vector<std::uint64_t>{0, 3, 6}),
       "E_LENGTH",
       g + "member_offset",
       {"one more at the end"}},
      {"QuoteBelowZero", put("/quote/specific_deductible_usd", Reals{1e5, -5}), "E_NOT_POSITIVE",
       "/quote/specific_deductible_usd"},
      {"EmptyQuote",
       put("/quote/aggregate_corridor", Reals{}),
       "E_LENGTH",
       "/quote/aggregate_corridor",
       {"holds nothing"}},
      {"YearOfAnotherAge",
       [](Draft& draft) { draft.set_attribute("/", "policy_year", 26.0); },
       "E_RANGE",
       "/@policy_year",
       {"26 is not a year from 1900 to 2200"}},
      {"HalfAYear",
       [](Draft& draft) { draft.set_attribute("/", "policy_year", 2026.5); },
       "E_RANGE",
       "/@policy_year",
       {"2026.5"}},
      {"SmallLetters",
       put(g + "state", std::vector<std::string>{"tx", "TX", ""}),
       "E_FORMAT",
       g + "state",
       {"Write TX"}},
      {"AnotherAge",
       put(g + "effective", std::vector<std::string>{"0026-01", "", ""}),
       "E_FORMAT",
       g + "effective",
       {"from 1900-01 to 2200-12"}},
      {"IndexInWords",
       [](Draft& draft) { draft.set_attribute("/distributions/silver", "index", "seven"); },
       "E_TYPE",
       "/distributions/silver@index",
       {"'seven' is a text"}},
      {"KindByNumber",
       [](Draft& draft) { draft.set_attribute("/distributions/silver", "kind", 3.0); },
       "E_TYPE",
       "/distributions/silver@kind",
       {"lognormal"}},
      {"MaximumInWords",
       [](Draft& draft) { draft.set_attribute("/distributions/silver", "maximum_usd", "2e7"); },
       "E_TYPE",
       "/distributions/silver@maximum_usd",
       {"'2e7' is a text"}},
      {"CurrencyByNumber",
       [](Draft& draft) { draft.set_attribute("/", "currency", 3.0); },
       "E_TYPE",
       "/@currency",
       {"a number where a text is read"}},
      {"ScaleInDollars",
       put("/members/scale", Reals{1, 8000, 9000, 1, 1, 1}),
       "W_SCALE",
       "/members/scale",
       {"[1] (group G1)", "8000", "2 members outside 0.001 to 1000"}},
      {"TwoTrends",
       [](Draft& draft) {
         draft.set_attribute("/market", "trend", Reals{0.07, 0.08});
       },
       "E_TYPE",
       "/market@trend",
       {"2 numbers where one is read"}},
  };
}

std::vector<Fault> lag_curves() {
  const std::string small = "/lag/paid_fraction", large = "/lag/paid_fraction_large";
  return {
      {"AboveOneInTheMiddle", lags({.3, 1.2, 1}, {}), "E_RANGE", small, {"from 0 to 1"}},
      {"AboveOneAtTheEnd", lags({.3, 1.2}, {}), "E_RANGE", small},
      {"EndsEarly", lags({.3, .9}, {}), "E_RANGE", small, {"0.9", "the last share is 1"}},
      {"Falls", lags({.3, .2, 1}, {}), "E_NOT_ASCENDING", small},
      {"Empty", put(small, Reals{}), "E_LENGTH", small, {"holds nothing"}},
      {"FiveThousandMonths", lags(Reals(5000, 1), {}), "E_TOO_LARGE", small, {"5000", "267"}},
      {"OnlyLarge", lags({}, {.1, .5, 1}), "W_LAG", large, {"Give /lag/paid_fraction too"}},
      {"LargeIsFaster",
       lags({.2, .5, .8, 1}, {.1, .6, .9, 1}),
       "W_LAG",
       large,
       {"month 1", "0.6", "0.5", "usually paid later"}},
      {"LargeIsFarSlower", lags({.5, 1}, {.1, 1}), "W_LAG", large, {"month 0", "0.4"}},
      {"OnlyZeroWeights",
       put("/lag/incurral_weight", Reals(12, 0)),
       "E_SHAPE",
       "/lag/incurral_weight",
       {"all 12 weights are 0"}},
      {"NegativeWeight", put("/lag/incurral_weight", Reals{-12, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}),
       "E_NEGATIVE", "/lag/incurral_weight"},
      {"ElevenWeights",
       put("/lag/incurral_weight", Reals(11, 1)),
       "E_SHAPE",
       "/lag/incurral_weight",
       {"holds 11 weights"}},
  };
}

class OneFault : public testing::TestWithParam<Fault> {};

std::string listed(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) text += problem.text() + "\n";
  return text;
}

TEST_P(OneFault, IsOneMessage) {
  Draft draft = Draft::full();
  GetParam().change(draft);
  std::vector<Problem> problems = validate_portfolio(draft.write(test_path("fault.h5")));
  std::erase_if(problems, [](const Problem& problem) { return problem.code == "W_UNSEALED"; });
  ASSERT_EQ(problems.size(), 1u) << listed(problems);
  EXPECT_EQ(problems[0].code, GetParam().code) << listed(problems);
  EXPECT_EQ(problems[0].dataset, GetParam().dataset) << listed(problems);
  EXPECT_FALSE(problems[0].fix.empty());
  for (const std::string& part : GetParam().said) {
    EXPECT_THAT(problems[0].text(), testing::HasSubstr(part));
  }
}

std::string fault_name(const testing::TestParamInfo<Fault>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Experience, OneFault, testing::ValuesIn(experience()), fault_name);
INSTANTIATE_TEST_SUITE_P(Values, OneFault, testing::ValuesIn(values()), fault_name);
INSTANTIATE_TEST_SUITE_P(LagCurves, OneFault, testing::ValuesIn(lag_curves()), fault_name);

TEST(Experience, AndLagsInOrderAreNotRemarkedOn) {
  Draft draft = Draft::full();
  set_experience(draft);
  lags({.2, .6, 1}, {.1, .5, 1})(draft);
  const std::vector<Problem> problems = validate_portfolio(draft.write(test_path("sound.h5")));
  ASSERT_EQ(problems.size(), 1u) << listed(problems);
  EXPECT_EQ(problems[0].code, "W_UNSEALED");
}

}  // namespace
}  // namespace corridor::tests
