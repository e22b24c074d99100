// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "corridor/error.hpp"
#include "corridor/quotes.hpp"
#include "tests/money/example_quotes.hpp"

namespace corridor {
namespace {

using made_up::example_quotes;

/// A CSV file's cells, read by the rules of RFC 4180.
std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> lines{{""}};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string& cell = lines.back().back();
    if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell += text[i++];
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == ',') {
      lines.back().emplace_back();
    } else if (!quoted && text[i] == '\r') {
      lines.push_back({""});
      ++i;
    } else {
      cell += text[i];
    }
  }
  lines.pop_back();
  return lines;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

ErrorKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::internal;
}

TEST(CsvReport, ReadsBackAsTheSameDoubles) {
  const Quotes quotes = example_quotes();
  const auto lines = parse_csv(render_report(quotes, "csv"));
  ASSERT_EQ(lines.size(), quotes.rows + 1);
  for (std::size_t c = 0; c < quotes.columns.size(); ++c) {
    const QuoteColumn& column = quotes.columns[c];
    EXPECT_EQ(lines[0][c], column.name);
    for (std::size_t row = 0; row < quotes.rows; ++row) {
      const std::string& cell = lines[row + 1].at(c);
      if (column.units == "text") continue;
      const double value = quotes.number(column.name, row);
      if (std::isnan(value)) {
        EXPECT_EQ(cell, "") << column.name;
      } else {
        EXPECT_EQ(std::strtod(cell.c_str(), nullptr), value) << column.name;
      }
    }
  }
}

TEST(CsvReport, EveryLineHasEveryCell) {
  const Quotes quotes = example_quotes();
  for (const auto& line : parse_csv(render_report(quotes, "csv"))) {
    EXPECT_EQ(line.size(), quotes.columns.size());
  }
}

TEST(CsvReport, TextIsQuotedAndNeverAFormula) {
  const std::string text = render_report(example_quotes(), "csv");
  EXPECT_NE(text.find("\r\n\"'=1+1\","), std::string::npos);
  EXPECT_NE(text.find("\r\n\"a \"\"b\"\", c\","), std::string::npos);
  for (const std::string start : {"=", "+", "-", "@", "\t", "\r"}) {
    Quotes quotes = example_quotes(1);
    std::get<std::vector<std::string>>(quotes.columns[0].values)[0] = start + "x";
    EXPECT_NE(render_report(quotes, "csv").find("\r\n\"'" + start + "x\","), std::string::npos);
  }
}

TEST(CsvReport, AByteOrderMarkIsAnOption) {
  ReportOptions options;
  EXPECT_TRUE(render_report(example_quotes(), "csv", options).starts_with("group_id,state,"));
  options.csv_bom = true;
  EXPECT_TRUE(render_report(example_quotes(), "csv", options).starts_with("\xEF\xBB\xBFgroup_id,"));
}

TEST(CsvReport, NumbersAreTheShortestThatReadBack) {
  Quotes quotes = example_quotes(1);
  auto& values = std::get<std::vector<double>>(quotes.columns[3].values);
  values = {0.1, HUGE_VAL};
  const auto lines = parse_csv(render_report(quotes, "csv"));
  EXPECT_EQ(lines[1][3], "0.1");
  EXPECT_EQ(lines[2][3], "inf");
}

TEST(JsonReport, HoldsTheSameRowsAndFacts) {
  const Quotes quotes = example_quotes();
  const auto json = nlohmann::json::parse(render_report(quotes, "json"));
  EXPECT_EQ(json["schema"], "corridor.quotes");
  ASSERT_EQ(json["rows"].size(), quotes.rows);
  for (std::size_t row = 0; row < quotes.rows; ++row) {
    EXPECT_EQ(json["rows"][row].size(), quotes.columns.size());
    EXPECT_EQ(json["rows"][row]["group_id"], quotes.text("group_id", row));
    EXPECT_EQ(json["rows"][row]["total_sd_usd"], quotes.number("total_sd_usd", row));
  }
  EXPECT_EQ(json["rows"][1]["specific_deductible_usd"], "inf");
  EXPECT_TRUE(json["rows"][1]["aggregate_corridor"].is_null());
  EXPECT_EQ(json["rows"][0]["members"], 80);
  EXPECT_EQ(json["gate"]["passed"], true);
  EXPECT_EQ(json["warnings"][0]["code"], "W_NOT_SEALED");
  EXPECT_EQ(json["run"]["timings_s"]["simulate"], 12.25);
  EXPECT_EQ(json["run"]["settings"]["specific.rho"], "1.05");
}

TEST(JsonReport, TakesTextThatIsNoUtf8) {
  Quotes quotes = example_quotes(1);
  std::get<std::vector<std::string>>(quotes.columns[0].values)[0] = "\xff\"\n";
  EXPECT_NO_THROW(nlohmann::json::parse(render_report(quotes, "json")));
}

TEST(TextReport, IsTheGoldenTable) {
  ReportOptions options;
  options.text_groups = 3;
  options.results_path = "quotes.h5";
  const std::string text = render_report(example_quotes(5), "text", options);
  EXPECT_EQ(text, contents(CORRIDOR_GOLDEN "/table.txt")) << text;
}

TEST(TextReport, ShowsEveryGroupWhenThereAreFew) {
  const std::string text = render_report(example_quotes(2), "text");
  EXPECT_EQ(text.find("more group"), std::string::npos);
}

TEST(TextReport, ShowsWholeGroupsAsFarAsItsRowsReach) {
  const Quotes quotes = example_quotes(5);
  const std::size_t rows_a_group = quotes.rows / 5;
  ReportOptions options;
  options.text_rows = 2 * rows_a_group + 1;
  EXPECT_NE(render_report(quotes, "text", options).find("3 more groups"), std::string::npos);
  options.text_rows = 0;
  EXPECT_NE(render_report(quotes, "text", options).find("4 more groups"), std::string::npos);
}

TEST(TextReport, HasNoTotalsWhenGroupsDifferInRows) {
  made_up::MadeUpRun run;
  const made_up::Years some(1'000, 5);
  run.add_group("G1", 10, 20);
  run.add_row(1e5, some, some);
  run.add_group("G2", 10, 20);
  run.add_row(1e5, some, some);
  run.add_row(2e5, some, some);
  EXPECT_EQ(render_report(run.priced(), "text").find("all groups"), std::string::npos);
}

TEST(TextReport, NamesAGateThatFailed) {
  Quotes quotes = example_quotes(1);
  quotes.gate.failures = {"group G1: z = 9"};
  EXPECT_NE(render_report(quotes, "text").find("1 DISAGREE"), std::string::npos);
}

TEST(TextReport, LetsNoNameMoveTheCursor) {
  Quotes quotes = example_quotes(1);
  std::get<std::vector<std::string>>(quotes.columns[0].values)[0] = "a\x1b[2Jb\n";
  const std::string text = render_report(quotes, "text");
  EXPECT_NE(text.find("a?[2Jb?"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(Hdf5Report, EqualRunsGiveEqualBytes) {
  EXPECT_EQ(render_report(example_quotes(), "hdf5"), render_report(example_quotes(), "hdf5"));
}

TEST(Hdf5Report, HasRoomForEveryPrincipleAtTheMostLevels) {
  made_up::MadeUpRun run;
  for (int i = 1; i <= 40; ++i) {
    run.plan.options.levels.push_back(parse_level("0.9" + std::to_string(10'000'000 + i * 7)));
  }
  for (const PrincipleInfo& principle : premium_principles()) {
    run.plan.options.principles.push_back(principle.name);
  }
  run.basis.capital_level = run.plan.options.levels[0];
  const made_up::Years some(1'000, 5);
  run.add_group("G1", 10, 20);
  run.add_row(1e5, some, some, some);
  Quotes quotes = run.priced();
  quotes.run.command_line.assign(200'000, 'x');
  EXPECT_GT(render_report(quotes, "hdf5").size(), 10'000u);
}

TEST(Reports, TakeAnEmptyBook) {
  made_up::MadeUpRun run;
  run.years = run.plan.options.years = 10;
  const Quotes quotes = run.priced();
  for (const ReportFormat& format : report_formats()) {
    EXPECT_FALSE(render_report(quotes, format.name).empty()) << format.name;
  }
}

class ReportFile : public testing::Test {
 protected:
  ReportFile() {
    folder_ = testing::TempDir() + "corridor_report_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  ~ReportFile() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(ReportFile, IsWrittenInTheFormatOfItsName) {
  const Quotes quotes = example_quotes();
  for (const ReportFormat& format : report_formats()) {
    const std::string name = path("quotes" + format.extension);
    write_report(quotes, name);
    EXPECT_EQ(contents(name), render_report(quotes, format.name)) << name;
  }
}

TEST_F(ReportFile, IsNotReplacedUnlessAsked) {
  const Quotes quotes = example_quotes();
  std::ofstream(path("quotes.csv")) << "mine";
  EXPECT_EQ(kind_of([&] { check_report_path(path("quotes.csv")); }), ErrorKind::cannot_create);
  EXPECT_EQ(kind_of([&] { write_report(quotes, path("quotes.csv")); }), ErrorKind::cannot_create);
  EXPECT_EQ(contents(path("quotes.csv")), "mine");
  ReportOptions options;
  options.replace = true;
  check_report_path(path("quotes.csv"), options);
  write_report(quotes, path("quotes.csv"), options);
  EXPECT_EQ(contents(path("quotes.csv")), render_report(quotes, "csv"));
}

TEST_F(ReportFile, OfAnUnknownKindIsAUsageError) {
  const Quotes quotes = example_quotes(1);
  for (const char* name : {"quotes", "quotes.xlsx", "quotes.h5.bak", ""}) {
    EXPECT_EQ(kind_of([&] { write_report(quotes, path(name)); }), ErrorKind::usage) << name;
    EXPECT_EQ(kind_of([&] { check_report_path(path(name)); }), ErrorKind::usage) << name;
  }
  EXPECT_EQ(kind_of([&] { render_report(quotes, "xml"); }), ErrorKind::usage);
}

TEST_F(ReportFile, InAFolderThatIsNotThereCannotBeCreated) {
  EXPECT_EQ(kind_of([&] { write_report(example_quotes(1), path("no/quotes.h5")); }),
            ErrorKind::cannot_create);
}

}  // namespace
}  // namespace corridor
