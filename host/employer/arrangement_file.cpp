// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>

#include "host/employer/toml_section.hpp"

namespace corridor {
namespace {

constexpr NumberRange fraction{0, 1};
constexpr NumberRange pepm{0, 100'000};

PlanFees read_fees(TomlSection section) {
  PlanFees fees;
  fees.administration_pepm = section.number_or("administration_pepm", 0, pepm);
  fees.network_pepm = section.number_or("network_pepm", 0, pepm);
  fees.pharmacy_pepm = section.number_or("pharmacy_pepm", 0, pepm);
  fees.other_pepm = section.number_or("other_pepm", 0, pepm);
  fees.pharmacy_rebate_pepm = section.number_or("pharmacy_rebate_pepm", 0, {-pepm.most, 0});
  fees.other_usd = section.number_or("other_usd", 0, {});
  section.finish();
  return fees;
}

PremiumQuote read_quote(TomlSection section) {
  PremiumQuote quote;
  quote.specific_deductible_usd = section.required("specific_deductible_usd", {0.01, HUGE_VAL});
  quote.aggregate_corridor = section.number("aggregate_corridor", {0.5, 5});
  quote.premium = section.required_amount("premium");
  section.finish();
  return quote;
}

std::vector<PremiumQuote> read_stop_loss(TomlSection section, TomlProblems& problems) {
  std::vector<PremiumQuote> premiums;
  if (const auto premium = section.amount("premium")) premiums.push_back({{}, {}, *premium});
  const std::vector<const toml::table*> quotes = section.tables("quote");
  if (!premiums.empty() && !quotes.empty()) {
    section.wrong("quote", quotes.front()->source(), "stands beside one premium for every option",
                  "Keep either the premium or the quotes");
  }
  for (const toml::table* quote : quotes) {
    premiums.push_back(read_quote({*quote, "stop_loss.quote.", problems}));
  }
  section.finish();
  return premiums;
}

LevelFunding read_level_funded(TomlSection section) {
  LevelFunding funding;
  funding.refund_share = section.required("refund_share", fraction);
  funding.fund = section.amount("fund");
  section.finish();
  return funding;
}

PlanDesign read_plan_design(TomlSection section) {
  constexpr NumberRange person{0, 1e6};
  PlanDesign design;
  design.member_deductible_usd = section.required("member_deductible_usd", person);
  design.coinsurance = section.required("coinsurance", fraction);
  design.out_of_pocket_maximum_usd =
      section.number_or("out_of_pocket_maximum_usd", design.member_deductible_usd, person);
  design.hsa_qualified = section.flag("hsa_qualified");
  if (design.out_of_pocket_maximum_usd < design.member_deductible_usd) {
    section.wrong("out_of_pocket_maximum_usd", section.source(),
                  "is below member_deductible_usd, which counts to it", "Raise it");
  } else if (design.coinsurance > 0 && !section.has("out_of_pocket_maximum_usd")) {
    section.wrong("out_of_pocket_maximum_usd", section.source(),
                  "is missing, and a member's share of claims needs an end",
                  "Give the most that a member pays in a year, the deductible included");
  }
  section.finish();
  return design;
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> row_range(const toml::node& node) {
  const toml::array* ends = node.as_array();
  if (ends == nullptr || ends->size() != 2) return std::nullopt;
  const auto first = ends->get(0)->value_exact<std::int64_t>();
  const auto last = ends->get(1)->value_exact<std::int64_t>();
  if (!first || !last || *first < 0 || *last < *first) return std::nullopt;
  return std::pair{static_cast<std::uint64_t>(*first), static_cast<std::uint64_t>(*last)};
}

Subgroup read_subgroup(TomlSection section) {
  Subgroup subgroup;
  subgroup.name = section.text("name");
  if (subgroup.name.empty()) {
    section.wrong("name", section.source(), "is missing", "Name the sub-group");
  }
  const toml::node* rows = section.node("rows");
  const toml::array* ranges = rows == nullptr ? nullptr : rows->as_array();
  bool good = ranges != nullptr && !ranges->empty();
  for (std::size_t i = 0; good && i < ranges->size(); ++i) {
    const auto range = row_range(*ranges->get(i));
    good = range.has_value();
    if (good) subgroup.rows.push_back(*range);
  }
  if (!good) {
    section.wrong("rows", rows == nullptr ? section.source() : rows->source(),
                  "is not a list of first and last rows of the group's members, from 0",
                  "Write it as in rows = [[0, 49], [60, 79]]");
  }
  section.finish();
  return subgroup;
}

void read_subgroups(TomlSection& root, TomlProblems& problems, Arrangement& arrangement) {
  for (const toml::table* table : root.tables("subgroup")) {
    arrangement.subgroups.push_back(read_subgroup({*table, "subgroup.", problems}));
  }
  const toml::table* table = root.table("subgroups");
  if (table == nullptr) return;
  TomlSection section(*table, "subgroups.", problems);
  arrangement.subgroup_column = section.text("column");
  arrangement.allocation_years =
      static_cast<std::uint32_t>(section.number_or("years", 10'000, {100, 10'000'000}));
  if (!arrangement.subgroup_column.empty() && !arrangement.subgroups.empty()) {
    section.wrong("column", table->source(), "stands beside [[subgroup]]",
                  "Name sub-groups by a column or by rows, not both");
  }
  section.finish();
}

Arrangement read(const toml::table& table, const std::string& name) {
  TomlProblems problems(name);
  TomlSection root(table, "", problems);
  Arrangement result;
  result.source = name;
  result.employees = root.number("employees", {0.01, 1e8});
  result.confidence = root.number_or("confidence", result.confidence, {0.01, 0.999});
  result.network_discount = root.number_or("network_discount", 0, {0, 0.95});
  if (const auto* fees = root.table("fees")) result.fees = read_fees({*fees, "fees.", problems});
  if (const auto* stop_loss = root.table("stop_loss")) {
    result.premiums = read_stop_loss({*stop_loss, "stop_loss.", problems}, problems);
  }
  if (const auto* budget = root.table("budget")) {
    TomlSection section(*budget, "budget.", problems);
    result.budget = section.required_amount("");
    section.finish();
  }
  if (const auto* insured = root.table("insured")) {
    TomlSection section(*insured, "insured.", problems);
    result.insured_premium = section.required_amount("premium");
    section.finish();
  }
  if (const auto* funding = root.table("level_funded")) {
    result.level_funded = read_level_funded({*funding, "level_funded.", problems});
  }
  if (const auto* design = root.table("plan_design")) {
    result.plan_design = read_plan_design({*design, "plan_design.", problems});
  }
  read_subgroups(root, problems, result);
  root.finish();
  problems.raise();
  return result;
}

std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  return text;
}

}  // namespace

Arrangement parse_arrangement(const std::string& text, const std::string& name) {
  try {
    return read(toml::parse(without_byte_order_mark(text), name), name);
  } catch (const toml::parse_error& error) {
    TomlProblems problems(name);
    problems.add("", "E_TOML", error.source(), std::string(error.description()), "");
    problems.raise();
    throw;
  }
}

Arrangement load_arrangement(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || file.bad()) {
    throw Error(ErrorKind::missing_input,
                "cannot open arrangement '" + path + "'. Check the path and the permissions");
  }
  return parse_arrangement(text.str(), path);
}

}  // namespace corridor
