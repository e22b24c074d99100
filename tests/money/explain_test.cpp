// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/explain.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "corridor/error.hpp"
#include "host/select_groups.hpp"
#include "tests/money/made_up_run.hpp"

namespace corridor {
namespace {

using made_up::MadeUpRun;
using made_up::Years;
using Kind = ExplainLine::Kind;

Years repeat(const Years& pattern) {
  Years amounts(1'000);
  for (std::size_t year = 0; year < amounts.size(); ++year) {
    amounts[year] = pattern[year % pattern.size()];
  }
  return amounts;
}

/// Amounts that leave odd cents everywhere, a renewal under a cap.
MadeUpRun one_group() {
  MadeUpRun run;
  run.plan.options.principles = {"standard_deviation", "expected_value"};
  run.plan.options.explain_group = "G1";
  run.basis.specific.fixed_usd_pepm = 1.37;
  run.basis.specific.mgu_fee = 0.03;
  run.attachment_usd = 750'000.13;
  run.add_group("G1", 0, 90);
  run.set("employees", std::vector<std::uint32_t>{31, 7, 0, 13}, 4);
  run.set("new_or_renewal", std::vector<std::uint8_t>{1});
  run.set("rate_cap", std::vector<double>{0.1});
  run.set("current_rate_usd", std::vector<double>{200.11, 400.07, 350, 550.03}, 4);
  run.add_row(100'000, repeat({50'000'011, 70'000'007}), repeat({0, 20'000'033, 0, 60'000'077}),
              repeat({0, 10'000'031}));
  run.add_row(HUGE_VAL, repeat({50'000'011}), repeat({0}));
  run.plan.exact.ground_up_usd[0] = 800'000.339;
  return run;
}

const ExplainSection& section(const ExplainedOption& option, const std::string& title) {
  const auto found =
      std::find_if(option.sections.begin(), option.sections.end(),
                   [&](const ExplainSection& each) { return each.title.starts_with(title); });
  if (found == option.sections.end()) throw std::runtime_error("no section " + title);
  return *found;
}

const ExplainLine& line(const ExplainSection& section, const std::string& label) {
  const auto found = std::find_if(section.lines.rbegin(), section.lines.rend(),
                                  [&](const ExplainLine& each) { return each.label == label; });
  if (found == section.lines.rend()) throw std::runtime_error("no line " + label);
  return *found;
}

TEST(Explanation, IsMadeWhereItIsAskedForAlone) {
  MadeUpRun run = one_group();
  EXPECT_TRUE(run.priced().explanation);
  run.plan.options.explain_group = "";
  EXPECT_FALSE(run.priced().explanation);
}

TEST(Explanation, EveryTotalIsTheSumOfTheTermsAboveIt) {
  const Explanation explanation = *one_group().priced().explanation;
  ASSERT_EQ(explanation.options.size(), 2u);
  std::size_t totals = 0;
  for (const ExplainedOption& option : explanation.options) {
    for (const ExplainSection& part : option.sections) {
      double sum = 0;
      for (const ExplainLine& step : part.lines) {
        if (step.kind == Kind::term) sum += step.amount;
        if (step.kind != Kind::total) continue;
        EXPECT_NEAR(step.amount, sum, 1e-9 * std::abs(sum)) << part.title << ", " << step.label;
        ++totals;
      }
    }
  }
  EXPECT_GT(totals, 15u);
}

TEST(Explanation, EndsAtTheFiguresOfTheResults) {
  const Quotes quotes = one_group().priced();
  const ExplainedOption& option = quotes.explanation->options[0];
  const auto expect = [&](const char* title, const char* label, const char* column) {
    const double usd = quotes.number(column, 0);
    EXPECT_NEAR(line(section(option, title), label).amount, usd, 1e-9 * usd) << title;
  };
  expect("Specific: expected payout", "specific payout", "specific_mean_usd");
  expect("Aggregate: attachment", "attachment", "aggregate_attachment_usd");
  expect("Specific: manual", "manual premium", "manual_specific_premium_usd");
  expect("Aggregate: manual", "manual premium", "manual_aggregate_premium_usd");
  expect("Renewal", "quoted specific premium", "quoted_specific_premium_usd");
  expect("Quoted premium", "quoted premium", "quoted_premium_usd");
  expect("Quoted premium", "per employee and month", "quoted_pepm_usd");
  expect("Specific rates", "quoted specific premium", "quoted_specific_premium_usd");
  expect("Aggregate factors", "attachment", "aggregate_attachment_usd");
  expect("Employer's maximum", "maximum cost", "maximum_cost_usd");
  EXPECT_EQ(option.flags, std::vector<std::string>{"RATE_CAPPED"});
}

TEST(Explanation, ShowsEachLoadInDollars) {
  const Quotes quotes = one_group().priced();
  const ExplainSection& part = section(quotes.explanation->options[0], "Specific: manual");
  const double premium = quotes.number("manual_specific_premium_usd", 0);
  EXPECT_DOUBLE_EQ(line(part, "commission").amount, 0.1 * premium);
  EXPECT_DOUBLE_EQ(line(part, "MGU fee").amount, 0.03 * premium);
  EXPECT_DOUBLE_EQ(line(part, "fixed cost").amount, 1.37 * 51 * 12);
  EXPECT_DOUBLE_EQ(line(part, "risk load").amount, 0.05 * quotes.number("specific_sd_usd", 0));
  EXPECT_THROW(line(part, "fronting"), std::runtime_error);
}

std::size_t count(const ExplainSection& section, const std::string& label) {
  return static_cast<std::size_t>(
      std::count_if(section.lines.begin(), section.lines.end(),
                    [&](const ExplainLine& each) { return each.label == label; }));
}

TEST(Explanation, CountsLasersBeyondTheTenLowestAndPersonsWithoutCover) {
  MadeUpRun run = one_group();
  std::vector<double> lasers(90, NAN);
  for (std::size_t person = 0; person < 13; ++person) {
    lasers[person] = 300'000 - 10'000 * static_cast<double>(person);
  }
  lasers[13] = lasers[14] = HUGE_VAL;
  run.portfolio.members.rows = 90;
  run.portfolio.members.columns = {{"laser_usd", 1, lasers}};
  const Quotes quotes = run.priced();
  const ExplainSection& part = section(quotes.explanation->options[0], "Contract");
  EXPECT_EQ(count(part, "laser"), 10u);
  EXPECT_EQ(line(part, "laser").amount, 270'000);  // the tenth from below
  EXPECT_EQ(line(part, "further lasers").amount, 3);
  EXPECT_EQ(line(part, "excluded from the specific").amount, 2);
}

TEST(Explanation, SaysWhatAnAttachmentWithoutACorridorStandsOn) {
  MadeUpRun run = one_group();
  run.plan.quotes[0].aggregate_corridor = NAN;
  const auto basis_of = [](const MadeUpRun& each) {
    const Quotes quotes = each.priced();
    return line(section(quotes.explanation->options[0], "Aggregate: attachment"), "attachment");
  };
  const auto noted = [](const MadeUpRun& each) {
    const Quotes quotes = each.priced();
    const ExplainSection& part =
        section(quotes.explanation->options[0], "Aggregate: attachment");
    return part.lines.at(1).formula + "; " + line(part, "largest minimum").formula;
  };
  EXPECT_EQ(basis_of(run).amount, 750'000.13);
  EXPECT_EQ(noted(run), "stated in the book as an amount; none");
  run.set("aggregate_factor_usd", std::vector<double>{600, 1'200, 1'100, 1'500}, 4);
  run.plan.quotes[0].aggregate_minimum_usd = 700'000;
  EXPECT_EQ(noted(run), "from the book's monthly factors; below the quoted attachment");
  run.plan.quotes[0].aggregate_minimum_usd = 750'000.13;
  EXPECT_EQ(noted(run), "from the book's monthly factors; it holds");
}

TEST(Explanation, OfAContractThatCountsMoreTakesTheClosedFormWhole) {
  MadeUpRun run = one_group();
  run.set("aggregate_counts", std::vector<std::uint8_t>{1});
  run.plan.exact.rows[0][0].specific_before_asd_usd = 200'000.25;
  const Quotes quotes = run.priced();
  const ExplainSection& part = section(quotes.explanation->options[0], "Specific: expected");
  EXPECT_EQ(part.lines.at(3).kind, Kind::term);
  EXPECT_EQ(line(part, "before aggregating specific").amount, 200'000.25);
  EXPECT_EQ(count(part, "below the deductible"), 0u);
}

double number_in(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c != ','; });
  return std::stod(digits);
}

TEST(ExplanationText, HasCentsThatAddUp) {
  std::istringstream text(render_explanation(*one_group().priced().explanation, "text"));
  std::string row;
  double sum = 0;
  std::size_t totals = 0;
  while (std::getline(text, row)) {
    if (row.empty() || row[0] != ' ') sum = 0;  // a section's title
    if (!row.starts_with("  ") || row[2] == ' ') continue;
    const double amount = number_in(row.substr(34, 16));
    if (row[2] == '+') sum += amount;
    if (row[2] == '-') sum -= amount;
    if (row[2] != '=') continue;
    EXPECT_NEAR(sum, amount, 1e-6) << row;
    ++totals;
  }
  EXPECT_GT(totals, 15u);
}

TEST(ExplanationText, SaysUnlimitedAndStaysWithinAHundredColumns) {
  const std::string text = render_explanation(*one_group().priced().explanation, "text");
  EXPECT_NE(text.find("maximum liability                    unlimited"), std::string::npos) << text;
  std::istringstream lines(text);
  std::string row;
  while (std::getline(lines, row)) EXPECT_LE(row.size(), 100u) << row;
}

TEST(ExplanationJson, HoldsTheSameLines) {
  const Explanation explanation = *one_group().priced().explanation;
  const auto json = nlohmann::json::parse(render_explanation(explanation, "json"));
  EXPECT_EQ(json["group_id"], "G1");
  ASSERT_EQ(json["options"].size(), 2u);
  EXPECT_EQ(json["options"][1]["specific_deductible_usd"], "inf");
  const auto& sections = json["options"][0]["sections"];
  ASSERT_EQ(sections.size(), explanation.options[0].sections.size());
  for (std::size_t s = 0; s < sections.size(); ++s) {
    const ExplainSection& part = explanation.options[0].sections[s];
    EXPECT_EQ(sections[s]["title"], part.title);
    ASSERT_EQ(sections[s]["lines"].size(), part.lines.size());
    const auto& last = sections[s]["lines"].back();
    EXPECT_EQ(last["label"], part.lines.back().label);
    if (std::isfinite(part.lines.back().amount)) {
      EXPECT_EQ(last["amount"], part.lines.back().amount);
    }
  }
  EXPECT_THROW(render_explanation(explanation, "xml"), Error);
}

/// Three groups of 1, 2 and 3 members with experience of the first and the last.
Portfolio three_groups() {
  Portfolio book;
  book.groups.rows = 3;
  book.groups.columns = {
      {"group_id", 1, std::vector<std::string>{"ALPHA", "BETA", "GAMMA"}},
      {"employees", 4, std::vector<std::uint32_t>{1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 7}}};
  book.member_offset = {0, 1, 3, 6};
  book.members.rows = 6;
  book.members.columns = {{"scale", 1, std::vector<double>{1, 2, 3, 4, 5, 6}}};
  book.experience.rows = 2;
  book.experience.columns = {{"group", 1, std::vector<std::uint32_t>{2, 0}},
                             {"paid_usd", 1, std::vector<double>{300, 100}}};
  return book;
}

TEST(OneGroup, IsCutOutWithItsMembersAndExperience) {
  const Portfolio book = select_group(three_groups(), "GAMMA");
  EXPECT_EQ(book.groups.text("group_id", 0), "GAMMA");
  EXPECT_EQ(book.groups.number("employees", 0, 0, 3), 7);
  EXPECT_EQ(book.member_offset, (std::vector<std::uint64_t>{0, 3}));
  EXPECT_EQ(book.members.number("scale", 2, 0), 6);
  ASSERT_EQ(book.experience.rows, 1u);
  EXPECT_EQ(book.experience.number("group", 0, 9), 0);
  EXPECT_EQ(book.experience.number("paid_usd", 0, 0), 300);
}

TEST(OneGroup, ThatIsNotThereNamesTheNearest) {
  try {
    select_group(three_groups(), "GAMA");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("Did you mean 'GAMMA'?"), std::string::npos);
  }
}

}  // namespace
}  // namespace corridor
