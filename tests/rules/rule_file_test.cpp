// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "host/rules/rule_columns.hpp"
#include "host/rules/state_rules.hpp"
#include "tests/rules/made_up_rules.hpp"

namespace corridor {
namespace {

using made_up::Cells;
using made_up::rule_text;
using testing::AllOf;
using testing::HasSubstr;

std::string refusal(const std::string& text) {
  try {
    parse_rules(text, "my.csv");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  ADD_FAILURE() << "not refused:\n" << text;
  return "";
}

std::string refusal_of(Cells row) { return refusal(rule_text({std::move(row)})); }

TEST(RuleFile, ARowThatIsAddedIsARule) {
  const RuleBook book = parse_rules(rule_text({{{"state", "OR"},
                                                {"specific_usd", "12345"},
                                                {"size_lo", "2"},
                                                {"effective_from", "2027-01"},
                                                {"effect", "file_only"}}}),
                                    "my.csv");
  ASSERT_EQ(book.rules.size(), 1u);
  const Rule& rule = book.rules[0];
  EXPECT_EQ(book.name, "my.csv");
  EXPECT_EQ(rule.state, "OR");
  EXPECT_EQ(rule.specific_usd, 12345);
  EXPECT_EQ(rule.size_lo, 2);
  EXPECT_FALSE(rule.size_hi);
  EXPECT_TRUE(std::isnan(rule.aggregate_of_expected));
  EXPECT_EQ(rule.effective_from, "2027-01");
  EXPECT_EQ(rule.effect, RuleEffect::file_only);
  EXPECT_EQ(rule.line, 2u);
}

TEST(RuleFile, CommentsQuotesAndWindowsLinesAreRead) {
  std::string text =
      "\xEF\xBB\xBF# a remark, with a comma\n" +
      rule_text(
          {{{"specific_usd", "20000"}, {"text", "\"One, \"\"two\"\"\nthree.\""}, {"note", "plain"}},
           {{"specific_usd", "30000"}}});
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\r\n");
  }
  const RuleBook book = parse_rules(text, "my.csv");
  ASSERT_EQ(book.rules.size(), 2u);
  EXPECT_EQ(book.rules[0].text, "One, \"two\"\r\nthree.");
  EXPECT_EQ(book.rules[0].note, "plain");
  EXPECT_EQ(book.rules[0].line, 3u);
  EXPECT_EQ(book.rules[1].line, 5u) << "the quoted line break counts";
}

TEST(RuleFile, EveryBadCellIsNamedWithItsLineAndColumn) {
  const std::string said = refusal(rule_text({{{"specific_usd", "20k"}, {"status", "binding"}},
                                              {{"specific_usd", "20000"}, {"status", "maybe"}}}));
  EXPECT_THAT(said, AllOf(HasSubstr("my.csv:specific_usd: line 2: '20k' is not a number"),
                          HasSubstr("my.csv:status: line 3: 'maybe' is not one of binding, ")));
}

TEST(RuleFile, APercentageIsRefusedWithItsFraction) {
  EXPECT_THAT(refusal_of({{"aggregate_of_expected", "120"}}),
              AllOf(HasSubstr("aggregate_of_expected: line 2"), HasSubstr("write 1.20")));
}

TEST(RuleFile, NumbersThatAreNoneAreRefused) {
  for (const char* text : {"nan", "inf", "-20000", "0", "1e400", "20,000", " 20000", "20000 "}) {
    EXPECT_THAT(refusal_of({{"specific_usd", std::string("\"") + text + "\""}}),
                HasSubstr("my.csv:specific_usd: line 2"))
        << text;
  }
}

TEST(RuleFile, MonthsAndDatesHaveTheirForm) {
  for (const char* text : {"2026", "2026-13", "2026-00", "July 2026", "2026-7"}) {
    EXPECT_THAT(refusal_of({{"specific_usd", "1"}, {"effective_from", text}}),
                HasSubstr("my.csv:effective_from: line 2"))
        << text;
  }
  EXPECT_THAT(refusal_of({{"specific_usd", "1"}, {"verified_on", "yesterday"}}),
              HasSubstr("my.csv:verified_on: line 2"));
  EXPECT_NO_THROW(
      parse_rules(rule_text({{{"specific_usd", "1"}, {"verified_on", "2026-11-24"}}}), "my.csv"));
}

TEST(RuleFile, EveryRequiredCellIsThere) {
  for (const char* column :
       {"state", "applies_to", "status", "citation", "source", "recorded_on", "text"}) {
    EXPECT_THAT(refusal_of({{"specific_usd", "1"}, {column, ""}}),
                HasSubstr(std::string("my.csv:") + column + ": line 2: the cell is empty"));
  }
}

struct Contradictory {
  const char* column;
  Cells row;
};

class Contradiction : public testing::TestWithParam<Contradictory> {};

TEST_P(Contradiction, IsNamedWithItsColumn) {
  EXPECT_THAT(refusal_of(GetParam().row),
              HasSubstr(std::string("my.csv:") + GetParam().column + ": line 2: "));
}

INSTANTIATE_TEST_SUITE_P(
    Each, Contradiction,
    testing::Values(
        Contradictory{"state", {{"state", "Ohio"}, {"specific_usd", "1"}}},
        Contradictory{"size_hi", {{"size_lo", "51"}, {"size_hi", "50"}, {"specific_usd", "1"}}},
        Contradictory{
            "effective_to",
            {{"effective_from", "2026-02"}, {"effective_to", "2026-01"}, {"specific_usd", "1"}}},
        Contradictory{"laser_multiple", {{"laser_rule", "max_multiple"}}},
        Contradictory{"laser_multiple", {{"laser_rule", "none"}, {"laser_multiple", "3"}}},
        Contradictory{"specific_cap_usd", {{"specific_cap_usd", "1"}}},
        Contradictory{"specific_usd", {{"specific_usd", "1"}, {"specific_of_expected", "0.05"}}},
        Contradictory{"direction", {{"direction", "max"}, {"aggregate_floor_usd", "1"}}},
        Contradictory{"text", {{"expected_basis", "net"}}}));

TEST(RuleFile, UnknownRepeatedAndMissingColumnsAreNamed) {
  EXPECT_THAT(refusal("state,stat\nZZ,1\n"),
              AllOf(HasSubstr("my.csv:stat: line 1: there is no such column"),
                    HasSubstr("Did you mean state?"),
                    HasSubstr("my.csv:citation: line 1: the column is missing")));
  EXPECT_THAT(refusal("state,state\n"),
              HasSubstr("my.csv:state: line 1: the column is there twice"));
}

TEST(RuleFile, RowsOfAnotherLengthAreNamed) {
  std::string text = rule_text({{{"specific_usd", "20000"}}});
  text += "one,two\n";
  EXPECT_THAT(refusal(text), HasSubstr("line 3: the row has 2 cells where the header has 8"));
}

TEST(RuleFile, BrokenTextIsAnErrorAndNothingElse) {
  EXPECT_THAT(refusal(""), HasSubstr("no header"));
  EXPECT_THAT(refusal("# only a remark\n\n"), HasSubstr("no header"));
  EXPECT_THAT(refusal("state,\"text\nZZ,1\n"), HasSubstr("line 1: a quote opens and never closes"));
  EXPECT_THAT(refusal(std::string("\0\xff\n", 3)), HasSubstr("no such column"));
}

// Any file at all is either rules or one error; sanitizers watch the rest.
TEST(RuleFile, DamagedInAnyPlaceIsReadOrRefused) {
  const std::string whole(state_rules_text);
  std::size_t refused = 0;
  for (std::size_t at = 0; at < whole.size(); at += 101) {
    for (const char damage : {'"', ',', '\n', '\0', '\x80'}) {
      std::string text = whole;
      text[at] = damage;
      try {
        parse_rules(text, "damaged.csv");
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_data);
        EXPECT_FALSE(error.problems().empty());
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 100u);
}

TEST(RulesPage, NamesEveryColumnAndItsWords) {
  std::ostringstream page;
  page << std::ifstream(CORRIDOR_RULES_PAGE).rdbuf();
  for (const RuleColumn& column : rule_columns()) {
    EXPECT_THAT(page.str(), HasSubstr("`" + column.name + (column.required ? "`*" : "`")));
  }
  for (const RuleOutcome outcome : {RuleOutcome::violates, RuleOutcome::unknown, RuleOutcome::stale,
                                    RuleOutcome::ok, RuleOutcome::not_applicable}) {
    EXPECT_THAT(page.str(), HasSubstr("| `" + std::string(name_of(outcome)) + "` |"));
  }
}

TEST(RuleFile, AHeaderAloneIsRefused) {
  EXPECT_THAT(refusal("state,applies_to,status,citation,source,recorded_on,text\n"),
              AllOf(HasSubstr("line 1: the file has a header and no rules"),
                    HasSubstr("leave --rules out")));
}

TEST(RuleFile, AStateInSmallLettersIsToldItsCapitals) {
  EXPECT_THAT(refusal_of({{"state", "tx"}, {"specific_usd", "1"}}),
              HasSubstr("'tx' is not a state's two capital letters. Write TX"));
  EXPECT_THAT(refusal_of({{"state", "Texas"}, {"specific_usd", "1"}}), HasSubstr("as in TX"));
}

TEST(RuleFile, DatesAreOfTheCalendar) {
  for (const char* date : {"2025-02-30", "2025-02-29", "2026-04-31", "2026-01-00", "2026-01-32",
                           "2026-13-01", "2026-1-01", "2026-01-1", "2026/01/01"}) {
    EXPECT_THAT(refusal_of({{"specific_usd", "1"}, {"verified_on", date}}),
                HasSubstr(std::string("'") + date + "' is not a date of the calendar"));
  }
  for (const char* date : {"2024-02-29", "2026-12-31", "2026-01"}) {
    EXPECT_NO_THROW(
        parse_rules(rule_text({{{"specific_usd", "1"}, {"verified_on", date}}}), "my.csv"))
        << date;
  }
}

TEST(RuleFile, ARuleThatIsThereTwiceIsNamedWithBothLines) {
  EXPECT_THAT(refusal(rule_text({{{"specific_usd", "20000"}, {"text", "One."}},
                                 {{"specific_usd", "20000"}, {"text", "Again."}}})),
              HasSubstr("line 3: 'ZZ': line 2 has a rule for the same policies"));
  EXPECT_NO_THROW(parse_rules(
      rule_text({{{"specific_usd", "20000"}, {"effective_from", ""}, {"effective_to", "2025-12"}},
                 {{"specific_usd", "20000"}, {"effective_from", "2026-01"}, {"effective_to", ""}}}),
      "my.csv"));
}

TEST(RuleFile, NumbersOutsideTheirRangeAreToldIt) {
  const std::pair<const char*, std::pair<const char*, const char*>> wrong[] = {
      {"specific_usd", {"-1", "dollars from 0.01 to 1000000000000"}},
      {"aggregate_of_expected", {"120", "from 0.001 to 5. For 120 percent write 1.20"}},
      {"size_lo", {"50.5", "a whole number from 1 to 10000000"}},
      {"run_out_min_months", {"255", "a whole number from 1 to 254"}},
      {"aggregate_share_min", {"90", "from 0.01 to 1. For 90 percent write 0.9"}},
  };
  for (const auto& [column, cell] : wrong) {
    EXPECT_THAT(refusal_of({{"prohibited", "1"}, {column, cell.first}}), HasSubstr(cell.second));
  }
}

TEST(RuleFile, IsReadFromDisk) {
  const auto path = std::filesystem::path(testing::TempDir()) / "corridor_rule_file_test.csv";
  std::ofstream(path) << rule_text({{{"specific_usd", "20000"}}});
  EXPECT_EQ(load_rules(path).rules.size(), 1u);
  std::ofstream(path, std::ios::trunc).close();
  EXPECT_THROW(load_rules(path), Error);
  std::filesystem::remove(path);
}

TEST(RuleFile, AMissingFileOrAFolderIsNamed) {
  for (const std::string& path : {std::string("no-such-rules.csv"), testing::TempDir()}) {
    try {
      load_rules(path);
      FAIL() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::missing_input);
      EXPECT_THAT(error.what(), HasSubstr(path));
    }
  }
}

}  // namespace
}  // namespace corridor
