// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "host/risk/table_builder.hpp"
#include "host/scenario/scenario_tables.hpp"

namespace corridor {
namespace {

double gross(const GroupFigures& figures) { return figures.specific_usd + figures.aggregate_usd; }

double loss_ratio(const GroupFigures& figures) {
  return figures.premium_usd > 0 ? gross(figures) / figures.premium_usd : std::nan("");
}

using Builder = TableBuilder<PairedGroup>;

/// A column for either run.
template <class Value>
void both(Builder& table, const std::string& name, const std::string& units,
          const std::string& description, const Value& value) {
  table.number(("base_" + name).c_str(), units.c_str(), (description + " as the book is").c_str(),
               [&](const PairedGroup& group) { return value(group.base); });
  table.number(("stressed_" + name).c_str(), units.c_str(),
               (description + " under the stress").c_str(),
               [&](const PairedGroup& group) { return value(group.stressed); });
}

}  // namespace

ResultTable paired_group_table(std::span<const PairedGroup> groups) {
  Builder table("groups", "every group's expected year in both runs", groups);
  table.text("group_id", "the book's", [](const PairedGroup& group) { return group.group_id; });
  both(table, "specific_deductible_usd", "USD", "specific deductible",
       [](const GroupFigures& f) { return f.specific_deductible_usd; });
  both(table, "aggregate_attachment_usd", "USD", "aggregate attachment",
       [](const GroupFigures& f) { return f.aggregate_attachment_usd; });
  both(table, "specific_usd", "USD", "expected specific payout",
       [](const GroupFigures& f) { return f.specific_usd; });
  both(table, "aggregate_usd", "USD", "expected aggregate payout",
       [](const GroupFigures& f) { return f.aggregate_usd; });
  table.usd("change_usd", "change of both covers together",
            [](const PairedGroup& group) { return gross(group.stressed) - gross(group.base); });
  table.usd("change_se_usd",
            "its standard error, from batches of paired years; 0 where both runs are exact",
            [](const PairedGroup& group) { return group.change_se_usd; });
  both(table, "premium_usd", "USD", "premium of both covers",
       [](const GroupFigures& f) { return f.premium_usd; });
  both(table, "loss_ratio", "1", "expected payouts over the premium", loss_ratio);
  table.text("method", "exact, or simulated where a cover has no exact law in either run",
             [](const PairedGroup& group) {
               return std::string(group.base.exact && group.stressed.exact ? "exact" : "simulated");
             });
  return table.take();
}

}  // namespace corridor
