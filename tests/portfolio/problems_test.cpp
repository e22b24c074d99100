// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <functional>
#include <limits>

#include "corridor/portfolio.hpp"
#include "host/portfolio/codes.hpp"
#include "host/portfolio/schema.hpp"
#include "kernels/lane/terms/terms.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor::tests {
namespace {

using Reals = std::vector<double>;
using Codes = std::vector<std::uint8_t>;
using Texts = std::vector<std::string>;
constexpr double inf = HUGE_VAL, nan = NAN;

/// What one change to a good book must be reported as.
struct Case {
  const char* name;
  std::function<void(Draft&)> change;
  std::string code, dataset;
  std::optional<std::uint64_t> row = {};
  std::string group = "", value = "";
};

void PrintTo(const Case& checked, std::ostream* out) { *out << checked.name; }

std::function<void(Draft&)> drop(const std::string& path) {
  return [=](Draft& draft) { draft.datasets.erase(path); };
}
std::function<void(Draft&)> drop_attribute(const std::string& owner, const std::string& name) {
  return [=](Draft& draft) { draft.attributes.erase({owner, name}); };
}
template <class T>
std::function<void(Draft&)> put(const std::string& path, std::vector<T> values,
                                std::vector<std::uint64_t> row_shape = {}) {
  return [=](Draft& draft) { draft.set(path, values, row_shape); };
}
std::function<void(Draft&)> attribute(const std::string& owner, const std::string& name,
                                      DraftAttribute value) {
  return [=](Draft& draft) { draft.set_attribute(owner, name, value); };
}
Reals six(double odd) { return {1, 1, odd, 1, 1, 1}; }

const std::vector<std::uint64_t> tiers = {4};

std::vector<Case> presence_and_shape() {
  return {
      {"NoGroupIds", drop("/groups/group_id"), "E_MISSING", "/groups/group_id"},
      {"NoOffsets", drop("/groups/member_offset"), "E_MISSING", "/groups/member_offset"},
      {"NoScale", drop("/members/scale"), "E_MISSING", "/members/scale"},
      {"NoDistribution", drop("/members/distribution"), "E_MISSING", "/members/distribution"},
      {"NoSchema", drop_attribute("/", "schema"), "E_MISSING", "/@schema"},
      {"NoVersion", drop_attribute("/", "schema_version"), "E_MISSING", "/@schema_version"},
      {"NoKind", drop_attribute("/distributions/silver", "kind"), "E_MISSING",
       "/distributions/silver@kind"},
      {"NoIndex", drop_attribute("/distributions/silver", "index"), "E_MISSING",
       "/distributions/silver@index"},
      {"OtherSchema",
       attribute("/", "schema", "corridor.quotes"),
       "E_SCHEMA",
       "/@schema",
       {},
       "",
       "corridor.quotes"},
      {"LaterVersion",
       attribute("/", "schema_version", Reals{2, 0}),
       "E_SCHEMA",
       "/@schema_version",
       {},
       "",
       "2"},
      {"Euros", attribute("/", "currency", "EUR"), "E_CURRENCY", "/@currency", {}, "", "EUR"},
      {"NotAYear", attribute("/", "policy_year", 26.0), "E_RANGE", "/@policy_year", {}, "", "26"},
      {"YearAsText",
       attribute("/", "policy_year", "2026"),
       "E_RANGE",
       "/@policy_year",
       {},
       "",
       "2026"},
      {"ShortColumn",
       put("/members/scale", Reals{1, 2}),
       "E_LENGTH",
       "/members/scale",
       {},
       "",
       "2"},
      {"LongColumn",
       put("/groups/effect_cv", Reals{0, 0, 0, 0}),
       "E_LENGTH",
       "/groups/effect_cv",
       {},
       "",
       "4"},
      {"ShortOffsets",
       put("/groups/member_offset", std::vector<std::uint64_t>{0, 3, 6}),
       "E_LENGTH",
       "/groups/member_offset",
       {},
       "",
       "3"},
      {"FloatForDouble",
       put("/members/scale", std::vector<float>(6, 1)),
       "E_TYPE",
       "/members/scale",
       {},
       "",
       "float32"},
      {"SignedForUnsigned",
       put("/members/distribution", std::vector<std::int64_t>(6, 7)),
       "E_TYPE",
       "/members/distribution",
       {},
       "",
       "int64"},
      {"NumbersForText",
       put("/groups/group_id", Reals{1, 2, 3}),
       "E_TYPE",
       "/groups/group_id",
       {},
       "",
       "float64"},
      {"TextTooLong",
       put("/groups/group_id", Texts{std::string(33, 'x'), "b", "c"}),
       "E_TYPE",
       "/groups/group_id",
       {},
       "",
       "S33"},
      {"TableForColumn",
       put("/members/scale", Reals(12, 1), {2}),
       "E_SHAPE",
       "/members/scale",
       {},
       "",
       "(6, 2)"},
      {"ColumnForTiers",
       put("/groups/employees", std::vector<std::uint32_t>{1, 2, 3}),
       "E_SHAPE",
       "/groups/employees",
       {},
       "",
       "(3)"},
      {"FiveTiers",
       put("/groups/employees", std::vector<std::uint32_t>(15, 1), {5}),
       "E_SHAPE",
       "/groups/employees",
       {},
       "",
       "(3, 5)"},
      {"NoGroups",
       [](Draft& draft) {
         draft.set("/groups/group_id", Texts{});
         draft.set("/groups/member_offset", std::vector<std::uint64_t>{0});
       },
       "E_MISSING",
       "/groups",
       {},
       "",
       "0"},
  };
}

std::vector<Case> structure() {
  using Offsets = std::vector<std::uint64_t>;
  const std::string offset = "/groups/member_offset", id = "/groups/group_id";
  return {
      {"OffsetNotFromZero", put(offset, Offsets{1, 3, 4, 6}), "E_OFFSET", offset, 0, "G1", "1"},
      {"OffsetsFall", put(offset, Offsets{0, 4, 3, 6}), "E_OFFSET", offset, 2, "G3", "3"},
      {"OffsetsEndEarly", put(offset, Offsets{0, 3, 4, 5}), "E_OFFSET", offset, 3, "", "5"},
      {"OffsetsEndLate", put(offset, Offsets{0, 3, 4, UINT64_MAX}), "E_OFFSET", offset, 3, "",
       "18446744073709551615"},
      {"EmptyGroup", put(offset, Offsets{0, 3, 3, 6}), "E_GROUP_SIZE", offset, 1, "G2", "0"},
      {"HugeGroup", put(offset, Offsets{0, 3, 100'000'000, 6}), "E_GROUP_SIZE", offset, 1, "G2",
       "99999997"},
      {"DuplicateId", put(id, Texts{"A", "B", "A"}), "E_DUPLICATE", id, 2, "A", "A"},
      {"EmptyId", put(id, Texts{"A", "", "C"}), "E_FORMAT", id, 1, "", ""},
      {"ControlCharacter", put(id, Texts{"A", "B\n", "C"}), "E_FORMAT", id, 1, "B\n", "B\\x0a"},
      {"NotAscii", put(id, Texts{"A", "\xc3\xa9", "C"}), "E_FORMAT", id, 1, "\xc3\xa9",
       "\\xc3\\xa9"},
      {"ZeroByteInside",
       [id](Draft& draft) {
         draft.datasets[id] = {Texts{"A", std::string("B\0C", 3), "C"}, {}, 32};
       },
       "E_FORMAT", id, 1, std::string("B\0C", 3), "B\\x00C"},
      {"StateInWords", put("/groups/state", Texts{"oh", "TX", ""}), "E_FORMAT", "/groups/state", 0,
       "G1", "oh"},
      {"ZipWithLetters", put("/groups/zip3", Texts{"44A", "", ""}), "E_FORMAT", "/groups/zip3", 0,
       "G1", "44A"},
      {"NoSuchMonth", put("/groups/effective", Texts{"", "", "2026-13"}), "E_FORMAT",
       "/groups/effective", 2, "G3", "2026-13"},
  };
}

std::vector<Case> values() {
  const std::string scale = "/members/scale", exposure = "/members/exposure";
  const std::string laser = "/members/laser_usd", cv = "/groups/effect_cv";
  return {
      {"ScaleNegative", put(scale, six(-3)), "E_NOT_POSITIVE", scale, 2, "G1", "-3"},
      {"ScaleZero", put(scale, six(0)), "E_NOT_POSITIVE", scale, 2, "G1", "0"},
      {"ScaleMinusZero", put(scale, six(-0.0)), "E_NOT_POSITIVE", scale, 2, "G1", "-0"},
      {"ScaleDenormal", put(scale, six(5e-324)), "E_RANGE", scale, 2, "G1", "5e-324"},
      {"ScaleHuge", put(scale, six(1e300)), "E_RANGE", scale, 2, "G1", "1e+300"},
      {"ScaleNaN", put(scale, six(nan)), "E_NOT_FINITE", scale, 2, "G1", "NaN"},
      {"ScaleInfinite", put(scale, six(inf)), "E_NOT_FINITE", scale, 2, "G1", "inf"},
      {"ScaleMinusInfinite", put(scale, six(-inf)), "E_NOT_FINITE", scale, 2, "G1", "-inf"},
      {"ExposureZero", put(exposure, std::vector<float>{1, 1, 1, 0, 1, 1}), "E_NOT_POSITIVE",
       exposure, 3, "G2", "0"},
      {"ExposureAboveOne", put(exposure, std::vector<float>{1, 1, 1, 1, 1.5f, 1}), "E_RANGE",
       exposure, 4, "G3", "1.5"},
      {"ExposureNaN",
       put(exposure, std::vector<float>{std::numeric_limits<float>::quiet_NaN(), 1, 1, 1, 1, 1}),
       "E_NOT_FINITE", exposure, 0, "G1", "NaN"},
      {"LaserNegative", put(laser, Reals{nan, nan, nan, -1, nan, nan}), "E_NEGATIVE", laser, 3,
       "G2", "-1"},
      {"LaserBelowDeductible", put(laser, Reals{nan, nan, nan, nan, 200e3, nan}), "E_LASER", laser,
       4, "G3", "200000"},
      {"NoSuchLaw", put("/members/distribution", std::vector<std::uint16_t>{7, 7, 7, 7, 7, 3}),
       "E_REFERENCE", "/members/distribution", 5, "G3", "3"},
      {"TierFour", put("/members/tier", Codes{0, 1, 2, 3, 4, 0}), "E_RANGE", "/members/tier", 4,
       "G3", "4"},
      {"EffectNegative", put(cv, Reals{-0.1, 0, 0}), "E_NEGATIVE", cv, 0, "G1", "-0.1"},
      {"EffectInfinite", put(cv, Reals{0, inf, 0}), "E_NOT_FINITE", cv, 1, "G2", "inf"},
      {"MarketNegative",
       attribute("/market", "book_cv", -0.5),
       "E_NEGATIVE",
       "/market@book_cv",
       {},
       "",
       "-0.5"},
      {"MarketNaN",
       attribute("/market", "trend", nan),
       "E_NOT_FINITE",
       "/market@trend",
       {},
       "",
       "NaN"},
      {"MarketText", attribute("/market", "trend", "7%"), "E_TYPE", "/market@trend", {}, "", "7%"},
      {"IndexTooLarge",
       attribute("/distributions/silver", "index", 65'536.0),
       "E_RANGE",
       "/distributions/silver@index",
       {},
       "",
       "65536"},
      {"IndexNotWhole",
       attribute("/distributions/silver", "index", 0.5),
       "E_RANGE",
       "/distributions/silver@index",
       {},
       "",
       "0.5"},
      {"IndexTwice",
       attribute("/distributions/table", "index", 7.0),
       "E_DUPLICATE",
       "/distributions/table@index",
       {},
       "",
       "7"},
  };
}

std::vector<Case> terms() {
  const std::string g = "/groups/";
  return {
      {"DeductibleNegative", put(g + "specific_deductible_usd", Reals{-5, 1e5, 1e5}), "E_NEGATIVE",
       g + "specific_deductible_usd", 0, "G1", "-5"},
      {"DeductibleNaN", put(g + "specific_deductible_usd", Reals{1e5, nan, 1e5}), "E_NOT_FINITE",
       g + "specific_deductible_usd", 1, "G2", "NaN"},
      {"DeductibleBeyondMoney", put(g + "specific_deductible_usd", Reals{1e5, 1e5, 1e13}),
       "E_RANGE", g + "specific_deductible_usd", 2, "G3", "10000000000000"},
      {"ShareAboveOne", put(g + "specific_reimbursement", Reals{1, 1.1, 1}), "E_RANGE",
       g + "specific_reimbursement", 1, "G2", "1.1"},
      {"ShareZero", put(g + "specific_reimbursement", Reals{1, 0, 1}), "E_NOT_POSITIVE",
       g + "specific_reimbursement", 1, "G2", "0"},
      {"UnknownLimitBasis", put(g + "specific_limit_basis", Codes{0, 3, 0}), "E_RANGE",
       g + "specific_limit_basis", 1, "G2", "3"},
      {"LimitZero", put(g + "specific_limit_usd", Reals{0, inf, inf}), "E_NOT_POSITIVE",
       g + "specific_limit_usd", 0, "G1", "0"},
      {"LimitBelowDeductible",
       [](Draft& draft) {
         draft.set("/groups/specific_limit_usd", Reals{1e6, 100e3, 1e6});
         draft.set("/groups/specific_limit_basis", Codes{0, 2, 0});
       },
       "E_LIMIT", g + "specific_limit_usd", 1, "G2", "100000"},
      {"CorridorZero", put(g + "aggregate_corridor", Reals{0, inf, inf}), "E_NOT_POSITIVE",
       g + "aggregate_corridor", 0, "G1", "0"},
      {"CorridorAsPercent", put(g + "aggregate_corridor", Reals{125, inf, inf}), "E_RANGE",
       g + "aggregate_corridor", 0, "G1", "125"},
      {"CorridorAsMargin", put(g + "aggregate_corridor", Reals{0.25, inf, inf}), "W_LOW_CORRIDOR",
       g + "aggregate_corridor", 0, "G1", "0.25"},
      {"CorridorAndAmount", put(g + "aggregate_corridor", Reals{inf, 1.25, inf}), "E_TWO_WAYS",
       g + "aggregate_attachment_usd", 1, "G2", "500000"},
      {"CorridorAndFactors", put(g + "aggregate_corridor", Reals{inf, inf, 1.25}), "E_TWO_WAYS",
       g + "aggregate_factor_usd", 2, "G3"},
      {"AmountAndFactors", put(g + "aggregate_attachment_usd", Reals{nan, nan, 1e6}), "E_TWO_WAYS",
       g + "aggregate_attachment_usd", 2, "G3", "1000000"},
      {"SomeFactors",
       put(g + "aggregate_factor_usd",
           Reals{nan, nan, nan, nan, nan, nan, nan, nan, 400, nan, 700, 900}, tiers),
       "E_FACTOR_MISSING", g + "aggregate_factor_usd", 2, "G3", "3"},
      {"FactorNegative",
       put(g + "aggregate_factor_usd",
           Reals{nan, nan, nan, nan, nan, nan, nan, nan, 400, 300, -1, 900}, tiers),
       "E_NEGATIVE", g + "aggregate_factor_usd", 2, "G3", "-1"},
      {"FactorsWithoutEmployees",
       put(g + "employees", std::vector<std::uint32_t>{1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}, tiers),
       "E_NO_EMPLOYEES", g + "aggregate_factor_usd", 2, "G3", "0"},
      {"TwoEnrolments", put(g + "employees_monthly", std::vector<std::uint32_t>(144, 1), {12, 4}),
       "E_TWO_WAYS", g + "employees_monthly"},
      {"WindowsWithoutEnd", put(g + "run_in_months", Codes{0, 255, 0}), "E_RANGE",
       g + "run_in_months", 1, "G2", "255"},
      {"QuoteFalls", put("/quote/specific_deductible_usd", Reals{1e5, 5e4}), "E_NOT_ASCENDING",
       "/quote/specific_deductible_usd", 1, "", "50000"},
      {"RelativityZero", put("/quote/specific_relativity", Reals{1, 2, 0, 3}), "E_NOT_POSITIVE",
       "/quote/specific_relativity", 2, "", "0"},
      {"RelativityOfThreeTiers",
       put("/quote/factor_relativity", Reals{1, 2, 3}),
       "E_SHAPE",
       "/quote/factor_relativity",
       {},
       "",
       "3"},
      {"CredibilityAsPercent", put(g + "credibility", Reals{75, nan, nan}), "E_RANGE",
       g + "credibility", 0, "G1", "75"},
      {"QuoteTwice", put("/quote/aggregate_corridor", Reals{1.1, 1.1}), "E_NOT_ASCENDING",
       "/quote/aggregate_corridor", 1, "", "1.1"},
      {"QuoteZero", put("/quote/aggregate_corridor", Reals{0, 1.1}), "E_NOT_POSITIVE",
       "/quote/aggregate_corridor", 0, "", "0"},
  };
}

std::vector<Case> other_tables() {
  return {
      {"LagFalls", put("/lag/paid_fraction", Reals{0.5, 0.4, 1}), "E_NOT_ASCENDING",
       "/lag/paid_fraction", 1, "", "0.4"},
      {"LagEndsEarly", put("/lag/paid_fraction_large", Reals{0.5, 0.9}), "E_RANGE",
       "/lag/paid_fraction_large", 1, "", "0.9"},
      {"LagAboveOne", put("/lag/paid_fraction", Reals{0.5, 1.5}), "E_RANGE", "/lag/paid_fraction",
       1, "", "1.5"},
      {"ElevenMonths",
       put("/lag/incurral_weight", Reals(11, 1)),
       "E_SHAPE",
       "/lag/incurral_weight",
       {},
       "",
       "11"},
      {"NoWeight",
       put("/lag/incurral_weight", Reals(12, 0)),
       "E_SHAPE",
       "/lag/incurral_weight",
       {},
       "",
       "12"},
      {"TreatyShareZero", put("/treaties/share", Reals{0}), "E_NOT_POSITIVE", "/treaties/share", 0,
       "", "0"},
      {"TreatyOfNoKind", put("/treaties/kind", Codes{4}), "E_RANGE", "/treaties/kind", 0, "", "4"},
      {"TreatyCommission", put("/treaties/commission", Reals{1.1}), "E_RANGE",
       "/treaties/commission", 0, "", "1.1"},
      {"TreatyWithoutWidth", put("/treaties/annual_limit_usd", Reals{0}), "E_NOT_POSITIVE",
       "/treaties/annual_limit_usd", 0, "", "0"},
      {"TreatyRatioZero", put("/treaties/attachment_ratio", Reals{nan, 0}), "E_NOT_POSITIVE",
       "/treaties/attachment_ratio", 1, "", "0"},
      {"TreatyName", put("/treaties/name", Texts{"", " x"}), "E_FORMAT", "/treaties/name", 1,
       "", " x"},
      {"ExperienceAboveWhatIsPaid",
       [](Draft& draft) {
         draft.set("/experience/group", std::vector<std::uint32_t>{0, 1});
         draft.set("/experience/paid_usd", Reals{5e5, 2e5});
         draft.set("/experience/paid_above_deductible_usd", Reals{1e5, 3e5});
         draft.set("/experience/deductible_usd", Reals{1e5, 1e5});
       },
       "E_RANGE", "/experience/paid_above_deductible_usd", 1, "", "300000"},
      {"ExperienceAboveNoDeductible",
       [](Draft& draft) {
         draft.set("/experience/group", std::vector<std::uint32_t>{0});
         draft.set("/experience/paid_usd", Reals{5e5});
         draft.set("/experience/paid_above_deductible_usd", Reals{1e5});
         draft.set("/experience/deductible_usd", Reals{inf});
       },
       "E_RANGE", "/experience/paid_above_deductible_usd", 0, "", "100000"},
      {"ExperienceOfNobody", put("/experience/group", std::vector<std::uint32_t>{0, 3}),
       "E_REFERENCE", "/experience/group", 1, "", "3"},
      {"ClaimNegative", put("/large_claims/paid_usd", Reals{-1}), "E_NEGATIVE",
       "/large_claims/paid_usd", 0, "", "-1"},
      {"UnknownColumn", put("/members/colour", Codes(6, 1)), "W_UNKNOWN", "/members/colour"},
      {"UnknownTable", put("/colours/red", Codes(6, 1)), "W_UNKNOWN", "/colours"},
      {"UnknownAttribute", attribute("/market", "colour", 1.0), "W_UNKNOWN", "/market@colour"},
      {"PersonalData", put("/members/birth_date", Codes(6, 1)), "W_PERSONAL_DATA",
       "/members/birth_date"},
  };
}

class Reading : public testing::TestWithParam<Case> {};

MATCHER_P(IsReport, expected, "") {
  const Problem& found = arg;
  return found.code == expected.code && found.dataset == expected.dataset &&
         found.row == expected.row && found.group == expected.group &&
         found.value == expected.value && !found.message.empty() && !found.fix.empty();
}

std::string listed(const std::vector<Problem>& problems) {
  std::string text;
  for (const Problem& problem : problems) {
    text += problem.text() + " {" + problem.group + "} '" + problem.value + "'\n";
  }
  return text;
}

TEST_P(Reading, NamesWhatIsWrongAndWhere) {
  Draft draft = Draft::full();
  GetParam().change(draft);
  const std::string path = draft.write(test_path("wrong.h5"));
  const std::vector<Problem> problems = validate_portfolio(path);
  EXPECT_THAT(problems, testing::Contains(IsReport(GetParam()))) << listed(problems);
  for (const Problem& problem : problems) EXPECT_EQ(problem.file, path);
  const std::string told = told_by_loading(path);
  EXPECT_EQ(told.ends_with("exit 65"), GetParam().code.front() != 'W') << told;
  const InProcess here;
  EXPECT_EQ(told_by_opening(path), told);
}

std::string case_name(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Shape, Reading, testing::ValuesIn(presence_and_shape()), case_name);
INSTANTIATE_TEST_SUITE_P(Structure, Reading, testing::ValuesIn(structure()), case_name);
INSTANTIATE_TEST_SUITE_P(Values, Reading, testing::ValuesIn(values()), case_name);
INSTANTIATE_TEST_SUITE_P(Terms, Reading, testing::ValuesIn(terms()), case_name);
INSTANTIATE_TEST_SUITE_P(OtherTables, Reading, testing::ValuesIn(other_tables()), case_name);

TEST(Problems, AGoodBookHasOnlyTheWarningThatItIsNotSealed) {
  const std::vector<Problem> problems =
      validate_portfolio(Draft::full().write(test_path("good.h5")));
  ASSERT_EQ(problems.size(), 1u) << listed(problems);
  EXPECT_EQ(problems[0].code, "W_UNSEALED");
}

TEST(Problems, ReadAsASentence) {
  Draft draft = Draft::least();
  draft.set("/members/scale", six(-3));
  const std::string path = draft.write(test_path("sentence.h5"));
  EXPECT_EQ(validate_portfolio(path)[0].text(),
            path +
                ":/members/scale[2] (group G1): -3 is not above 0 (multiplies the claim law). "
                "Give a number from 1e-09 to 1000000000 [E_NOT_POSITIVE]");
}

TEST(Problems, ManyOfOneColumnAreListedInPartAndCounted) {
  Draft draft = Draft::least();
  const std::size_t members = 100'000;
  draft.set("/groups/member_offset", std::vector<std::uint64_t>{0, 3, 4, members});
  draft.set("/members/distribution", std::vector<std::uint16_t>(members, 3));
  draft.set("/members/scale", Reals(members, -1));
  const std::vector<Problem> problems = validate_portfolio(draft.write(test_path("many.h5")));
  for (const std::string dataset : {"/members/scale", "/members/distribution"}) {
    const auto is_of = [&](const Problem& problem) { return problem.dataset == dataset; };
    EXPECT_EQ(std::count_if(problems.begin(), problems.end(), is_of), 51);
    const auto last = std::find_if(problems.rbegin(), problems.rend(), is_of);
    EXPECT_EQ(last->code, "W_MORE");
    EXPECT_EQ(last->value, "99950");
  }
}

TEST(Problems, OfManyKindsComeTogether) {
  Draft draft = Draft::full();
  draft.datasets.erase("/groups/member_offset");
  draft.set("/members/scale", six(nan));
  draft.set("/groups/state", Texts{"x", "TX", ""});
  draft.set_attribute("/", "currency", "EUR");
  draft.set("/groups/run_in_limit_person_usd", Reals{-1, HUGE_VAL, HUGE_VAL});
  std::vector<std::string> codes;
  for (const Problem& problem : validate_portfolio(draft.write(test_path("kinds.h5")))) {
    codes.push_back(problem.code);
  }
  EXPECT_THAT(codes, testing::IsSupersetOf({"E_MISSING", "E_NOT_FINITE", "E_FORMAT", "E_CURRENCY",
                                            "E_NEGATIVE", "W_UNSEALED"}));
}

TEST(Problems, AFamilyDeductibleNeedsFamiliesAndIsNotBelowAPersons) {
  for (const bool families : {false, true}) {
    Draft draft = Draft::full();
    if (!families) draft.datasets.erase("/members/family");
    draft.set("/groups/specific_family_deductible_usd", Reals{HUGE_VAL, 1, HUGE_VAL});
    const std::vector<Problem> problems = validate_portfolio(draft.write(test_path("family.h5")));
    const Case expected{
        "", {}, "E_FAMILY", "/groups/specific_family_deductible_usd", 1, "G2", "1"};
    EXPECT_THAT(problems, testing::Contains(IsReport(expected))) << listed(problems);
  }
}

/// Whatever terms the list holds, each of their columns is read and its range checked.
struct TermColumn {
  template <class Term>
  void operator()(const AmountField<Term>& field) const {
    real(field.spec);
  }
  template <class Term>
  void operator()(const RatioField<Term>& field) const {
    real(field.spec);
  }
  template <class Term>
  void operator()(const CodeField<Term>& field) const {
    const auto bad = static_cast<std::uint8_t>(255);
    expect_refused(field.spec, Codes{bad, bad, bad});
  }
  static void real(const FieldSpec& spec) { expect_refused(spec, Reals{-1, -1, -1}); }
  static void expect_refused(const FieldSpec& spec, h5::Values values) {
    Draft draft = Draft::least();
    const std::string path = std::string("/groups/") + spec.column;
    draft.datasets[path] = {std::move(values), {}, 0};
    const std::vector<Problem> problems = validate_portfolio(draft.write(test_path("term.h5")));
    const auto found = std::find_if(problems.begin(), problems.end(), [&](const Problem& problem) {
      return problem.dataset == path && problem.row == 0u;
    });
    ASSERT_NE(found, problems.end()) << spec.column << "\n" << listed(problems);
    EXPECT_EQ(found->severity, Problem::Severity::error);
  }
};

TEST(Terms, EveryColumnOfEveryTermIsReadAndItsRangeChecked) { Terms::each_field(TermColumn{}); }

std::string description() {
  std::ifstream file(CORRIDOR_DATA_README);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(FormatsDescription, HasEveryProblemCode) {
  const std::string text = description();
  for (const ProblemCode& code : problem_codes) {
    EXPECT_NE(text.find("`" + std::string(code.code) + "`"), std::string::npos) << code.code;
  }
}

TEST(FormatsDescription, HasEveryColumnAndAttribute) {
  const std::string text = description();
  const auto has = [&](const std::string& name) {
    return text.find("`" + name + "`") != std::string::npos;
  };
  for (const TableRule& table : book_schema()) {
    for (const ColumnRule& column : table.columns) EXPECT_TRUE(has(column.name)) << column.name;
    for (const AttributeRule& rule : table.attributes) EXPECT_TRUE(has(rule.name)) << rule.name;
  }
}

}  // namespace
}  // namespace corridor::tests
