// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/result_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/money/example_results.hpp"

namespace corridor {
namespace {

using made_up::example_results;

ErrorKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::internal;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Line of a text in which `start` stands first; "" without one.
std::string line_of(const std::string& text, const std::string& start) {
  const std::size_t at = text.find("\n" + start);
  return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
}

TEST(ResultFile, FindsItsTablesByName) {
  const ResultFile results = example_results();
  EXPECT_EQ(results.table("risk").name, "risk");
  EXPECT_EQ(results.find("marginal"), nullptr);
}

TEST(ResultJson, HoldsEveryTableAsObjectsAndNoYears) {
  const auto json = nlohmann::json::parse(render_results(example_results(), "json"));
  EXPECT_EQ(json["schema"], "corridor.tail");
  EXPECT_EQ(json["schema_version"], nlohmann::json({1, 0}));
  EXPECT_EQ(json["tables"].size(), 6u);
  EXPECT_EQ(json["tables"]["risk"].size(), 4u);
  EXPECT_EQ(json["tables"]["risk"][1]["metric"], "gross");
  EXPECT_EQ(json["tables"]["risk"][1]["tvar_usd"], 24'000'000);
  EXPECT_TRUE(json["tables"]["metrics"][2]["z"].is_null());
  EXPECT_EQ(json["tables"]["exceedance"][3]["loss_usd"], "inf");
  EXPECT_EQ(json["gate"]["passed"], true);
  EXPECT_EQ(json["warnings"][0]["code"], "W_NOT_SEALED");
  EXPECT_EQ(json["run"]["years"], 1'000);
  EXPECT_FALSE(json.contains("losses"));
}

TEST(ResultJson, TakesResultsWithoutTables) {
  const auto json = nlohmann::json::parse(render_results(ResultFile{}, "json"));
  EXPECT_TRUE(json["tables"].is_object());
  EXPECT_TRUE(json["tables"].empty());
}

TEST(ResultCsv, IsOneTableWithItsHeader) {
  const std::string text = render_results(example_results(), "csv", "exceedance");
  EXPECT_EQ(text,
            "metric,return_period_years,probability,loss_usd,se_usd\r\n"
            "gross,10,0.1,19200000,20000\r\n"
            "gross,250,0.004,22400000,45000\r\n"
            "net,10,0.1,1.7e+07,15000\r\n"
            "net,250,0.004,inf,\r\n"
            "largest_claim,2.5,0.4,1e+06,\r\n"
            "largest_claim,50,0.02,3e+06,\r\n"
            "largest_claim,,0,1.5e+07,\r\n");
}

TEST(ResultCsv, OfAnUnknownTableNamesThoseThere) {
  try {
    render_results(example_results(), "csv", "marginal");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("metrics, risk, loss_ratio, exceedance, treaties, contributions"),
              std::string::npos)
        << error.what();
  }
}

TEST(ResultHdf5, EqualResultsGiveEqualBytes) {
  EXPECT_EQ(render_results(example_results(), "hdf5"), render_results(example_results(), "hdf5"));
}

TEST(ResultText, SaysWhatWasStudied) {
  EXPECT_TRUE(render_results(example_results(), "text")
                  .starts_with("12 groups, 12,669 members, 1,000 years, seed 1; USD a policy "
                               "year\n"));
}

TEST(ResultText, ShowsErrorsBehindFigures) {
  const std::string text = render_results(example_results(), "text");
  EXPECT_EQ(line_of(text, "ground up"),
            "ground up  94,822,031 (12,345)  3,900,000  94,820,000  0.16  100.0%");
  EXPECT_EQ(line_of(text, "net "),
            "net         15,653,457 (3,211)  1,015,000           -     -   99.8%");
}

TEST(ResultText, ShowsReturnPeriodsDownAndMetricsAcross) {
  const std::string text = render_results(example_results(), "text");
  EXPECT_EQ(line_of(text, "one year in"), "one year in                gross                  net");
  EXPECT_EQ(line_of(text, "250"), "250          22,400,000 (45,000)                 none");
}

TEST(ResultText, ShowsTheSixLongestReturnPeriods) {
  ResultFile results = example_results();
  ResultTable& table = results.tables[3];
  table.rows = 7;
  table.columns = {made_up::texts("metric", made_up::Texts(7, "gross")),
                   made_up::number("return_period_years", {2, 5, 10, 20, 25, 50, 100}),
                   made_up::usd("loss_usd", {1, 2, 3, 4, 5, 6, 7})};
  const std::string text = render_results(results, "text");
  EXPECT_EQ(line_of(text, "2 "), "");
  EXPECT_NE(line_of(text, "5 "), "");
  EXPECT_NE(line_of(text, "100 "), "");
}

TEST(ResultText, ShowsClaimsThatHappened) {
  const std::string text = render_results(example_results(), "text");
  EXPECT_EQ(line_of(text, "claims of a person"),
            "claims of a person above  1,000,000  3,000,000");
  EXPECT_EQ(line_of(text, "chance of a year"), "chance of a year              40.0%       2.0%");
}

TEST(ResultText, ShowsLossRatiosAndTreaties) {
  const std::string text = render_results(example_results(), "text");
  EXPECT_NE(text.find("24,513,244  71.0%  5.6%    80.5%       <0.1%"), std::string::npos)
      << text;
  EXPECT_NE(line_of(text, "top layer").find("20,000 (1,500)    3.1%     60,000           0          3.0%"),
            std::string::npos)
      << text;
}

TEST(ResultText, ShowsTheTenLargestContributionsOfTheFirstKind) {
  const std::string text = render_results(example_results(), "text");
  EXPECT_LT(text.find("G12"), text.find("G11"));
  EXPECT_NE(line_of(text, "G3 "), "");
  EXPECT_EQ(line_of(text, "G2 "), "");
  EXPECT_EQ(text.find("M13"), std::string::npos);
}

TEST(ResultText, ShowsTheCarriersAmountsAndWithoutTreatiesTheirGrossOnly) {
  ResultFile results = example_results();
  ResultTable& risk = results.tables[1];
  risk.columns[0] = made_up::texts("metric", {"ground_up", "gross", "ceded", "net"});
  std::string text = render_results(results, "text");
  text = text.substr(text.find("Bad years"), text.find("Losses over") - text.find("Bad years"));
  EXPECT_EQ(text.find("ground up"), std::string::npos) << text;
  EXPECT_NE(line_of(text, "ceded"), "");
  EXPECT_NE(line_of(text, "net"), "");
  std::erase_if(results.tables, [](const ResultTable& table) { return table.name == "treaties"; });
  text = render_results(results, "text");
  text = text.substr(text.find("Bad years"), text.find("Losses over") - text.find("Bad years"));
  EXPECT_NE(line_of(text, "gross"), "");
  EXPECT_EQ(line_of(text, "net"), "");
}

TEST(ResultText, LeavesOutTablesAndColumnsThatAreNotThere) {
  ResultFile results = example_results();
  results.tables = {made_up::risk_table()};
  results.tables[0].columns.pop_back();
  const std::string text = render_results(results, "text");
  EXPECT_EQ(text.find("economic capital"), std::string::npos);
  EXPECT_EQ(text.find("ground up"), std::string::npos);
  EXPECT_NE(text.find("22,500,000 (50,000)"), std::string::npos) << text;
  EXPECT_FALSE(render_results(ResultFile{}, "text").empty());
}

TEST(ResultText, LeavesOutAColumnWithoutAnyValue) {
  ResultFile results = example_results();
  results.tables.back().columns[4] = made_up::usd("mean_usd", made_up::Numbers(14, made_up::no_number));
  const std::string text = render_results(results, "text");
  EXPECT_EQ(line_of(text, "G12"), "G12  1,800,000 (5,000)  15.4%");
}

TEST(ResultText, LetsNoNameMoveTheCursor) {
  ResultFile results = example_results();
  std::get<std::vector<std::string>>(results.tables.back().columns[1].values)[11] = "a\x1b[2Jb";
  const std::string text = render_results(results, "text");
  EXPECT_NE(text.find("a?[2Jb"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(ResultText, NamesAGateThatFailed) {
  ResultFile results = example_results();
  results.gate.failures = {"gross: z = 9"};
  EXPECT_NE(render_results(results, "text").find("1 DISAGREE"), std::string::npos);
}

class ResultOutput : public testing::Test {
 protected:
  ResultOutput() {
    folder_ = testing::TempDir() + "corridor_result_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  ~ResultOutput() override { std::filesystem::remove_all(folder_); }

  std::string path(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

TEST_F(ResultOutput, IsWrittenInTheFormatOfItsName) {
  const ResultFile results = example_results();
  write_results(results, path("tail.h5"), false);
  write_results(results, path("tail.json"), false);
  write_results(results, path("tail.csv"), false, "risk");
  EXPECT_EQ(contents(path("tail.h5")), render_results(results, "hdf5"));
  EXPECT_EQ(contents(path("tail.json")), render_results(results, "json"));
  EXPECT_EQ(contents(path("tail.csv")), render_results(results, "csv", "risk"));
}

TEST_F(ResultOutput, IsNotReplacedUnlessAsked) {
  std::ofstream(path("tail.h5")) << "mine";
  const ResultFile results = example_results();
  EXPECT_EQ(kind_of([&] { write_results(results, path("tail.h5"), false); }),
            ErrorKind::cannot_create);
  EXPECT_EQ(contents(path("tail.h5")), "mine");
  write_results(results, path("tail.h5"), true);
  EXPECT_EQ(contents(path("tail.h5")), render_results(results, "hdf5"));
}

TEST_F(ResultOutput, OfAnUnknownKindLeavesNothing) {
  const ResultFile results = example_results();
  for (const char* name : {"tail", "tail.txt", "tail.h5.bak", ""}) {
    EXPECT_EQ(kind_of([&] { write_results(results, path(name), false); }), ErrorKind::usage)
        << name;
  }
  EXPECT_EQ(kind_of([&] { write_results(results, path("tail.csv"), false, "none"); }),
            ErrorKind::usage);
  EXPECT_EQ(kind_of([&] { render_results(results, "xml"); }), ErrorKind::usage);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

}  // namespace
}  // namespace corridor
