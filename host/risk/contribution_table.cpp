// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "host/risk/contributions.hpp"
#include "host/risk/table_builder.hpp"

namespace corridor {
namespace {

struct Row {
  const ContributionRows* entry;
  std::size_t key;

  const Contribution& contribution() const { return entry->contributions[key]; }
};

void add_rows(const ContributionRows& entry, std::vector<Row>& rows) {
  const std::size_t from = rows.size();
  for (std::size_t key = 0; key < entry.keys.size(); ++key) rows.push_back({&entry, key});
  std::stable_sort(rows.begin() + static_cast<std::ptrdiff_t>(from), rows.end(),
                   [](const Row& a, const Row& b) {
                     return a.contribution().tvar_usd > b.contribution().tvar_usd;
                   });
}

}  // namespace

ResultTable contributions_table(std::span<const ContributionRows> entries) {
  std::vector<Row> rows;
  for (const ContributionRows& entry : entries) add_rows(entry, rows);
  TableBuilder<Row> table("contributions", "What parts of the book add to its TVaR", rows);
  table.text("by", "what the parts are", [](const Row& row) { return row.entry->by; });
  table.text("key", "which part", [](const Row& row) { return row.entry->keys[row.key]; });
  table.text("metric", "yearly amount", [](const Row& row) { return row.entry->metric; });
  table.number("level", "1", "of the TVaR", [](const Row& row) { return row.entry->level; });
  table.usd("mean_usd", "mean of all years",
            [](const Row& row) { return row.entry->mean_usd[row.key]; });
  table.usd("tvar_usd", "contribution: mean in the years that make the TVaR",
            [](const Row& row) { return row.contribution().tvar_usd; });
  table.usd("tvar_se_usd", "its standard error; NaN with fewer than ten years in the tail",
            [](const Row& row) { return row.contribution().tvar_se_usd; });
  table.number("share", "1", "of the TVaR",
               [](const Row& row) { return row.contribution().share; });
  return table.take();
}

}  // namespace corridor
