// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "corridor/pricing.hpp"
#include "tests/money/example_quotes.hpp"

namespace corridor {
namespace {

std::string page() {
  std::ostringstream text;
  text << std::ifstream(CORRIDOR_RESULTS_PAGE).rdbuf();
  return text.str();
}

bool mentions(const std::string& text, const std::string& what) {
  return text.find(what) != std::string::npos;
}

TEST(ResultsPage, NamesEveryLoadWithItsDefault) {
  const std::string whole = page();
  const std::string text = whole.substr(whole.find("\n### Loads\n"));
  const std::vector<NamedValue> defaults = described(PricingBasis{});
  for (const LoadInfo& load : pricing_loads()) {
    const auto same = [&](const NamedValue& value) {
      return value.name == "specific." + load.name || value.name == load.name;
    };
    const std::string value = std::find_if(defaults.begin(), defaults.end(), same)->value;
    const std::size_t row = text.find("| `" + load.name + "` | ");
    ASSERT_NE(row, std::string::npos) << load.name;
    const std::string line = text.substr(row, text.find('\n', row) - row);
    const double stated = std::stod(line.substr(load.name.size() + 7));
    EXPECT_EQ(stated, std::stod(value)) << line;
  }
}

TEST(ResultsPage, NamesEveryPrincipleWithItsFormula) {
  const std::string text = page();
  for (const PrincipleInfo& principle : premium_principles()) {
    EXPECT_TRUE(mentions(text, "| `" + principle.name + "` | " + principle.formula + " |"))
        << principle.name << ": " << principle.formula;
  }
}

/// "specific_var_99_5_usd" -> "C_var_L_usd", as the page names families of columns.
std::string family(std::string name) {
  if (name.starts_with("specific_before_asd_")) return name;
  for (const std::string cover : {"specific", "aggregate", "total"}) {
    const bool of_quote = name.find("_rate_") != std::string::npos ||
                          name.find("_factor_") != std::string::npos;
    if (name.starts_with(cover + "_") && !name.ends_with("deductible_usd") &&
        !name.ends_with("corridor") && !name.ends_with("attachment_usd") && !of_quote) {
      name.replace(0, cover.size(), "C");
    }
  }
  for (const std::string level : {"_99_5_", "_99_"}) {
    const std::size_t at = name.find(level);
    if (at != std::string::npos) return name.replace(at, level.size(), "_L_");
  }
  if (name.starts_with("premium_")) {
    return name.ends_with("_pepm_usd") ? "premium_P_pepm_usd" : "premium_P_usd";
  }
  return name;
}

TEST(ResultsPage, NamesEveryColumn) {
  const std::string text = page();
  for (const QuoteColumn& column : made_up::example_quotes(1).columns) {
    EXPECT_TRUE(mentions(text, "`" + family(column.name) + "`")) << column.name;
  }
}

}  // namespace
}  // namespace corridor
