// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "host/employer/toml_amount.hpp"

namespace corridor {
namespace {

constexpr NumberRange fraction{0, 1};
constexpr NumberRange pepm{0, pepm_most};

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
  quote.premium = required_yearly_amount(section, "premium");
  section.finish();
  return quote;
}

/// The first quote that fits an option holds: is every option of `later` one of `earlier`?
bool covers(const PremiumQuote& earlier, const PremiumQuote& later) {
  return earlier.specific_deductible_usd == later.specific_deductible_usd &&
         (!earlier.aggregate_corridor || earlier.aggregate_corridor == later.aggregate_corridor);
}

void refuse_covered(const std::vector<PremiumQuote>& premiums,
                    const std::vector<const toml::table*>& quotes, TomlSection& section) {
  for (std::size_t q = 1; q < premiums.size(); ++q) {
    if (*premiums[q].specific_deductible_usd == 0) continue;  // not read: said already
    const auto last = premiums.begin() + static_cast<std::ptrdiff_t>(q);
    const auto earlier = std::find_if(premiums.begin(), last, [&](const PremiumQuote& quote) {
      return covers(quote, premiums[q]);
    });
    if (earlier == last) continue;
    const toml::source_region first =
        quotes[static_cast<std::size_t>(earlier - premiums.begin())]->source();
    section.wrong("quote", quotes[q]->source(),
                  "would never be used: the quote in line " + std::to_string(first.begin.line) +
                      " is for the same deductible and corridor",
                  "Remove one, or put the quote that names its corridor first", "E_DUPLICATE",
                  toml_number(*premiums[q].specific_deductible_usd));
  }
}

std::vector<PremiumQuote> read_stop_loss(TomlSection section, TomlProblems& problems) {
  std::vector<PremiumQuote> premiums;
  if (const auto premium = yearly_amount(section, "premium"))
    premiums.push_back({{}, {}, *premium});
  const std::vector<const toml::table*> quotes = section.tables("quote");
  if (!premiums.empty() && !quotes.empty()) {
    section.wrong("quote", quotes.front()->source(), "stands beside one premium for every option",
                  "Keep either the premium or the quotes");
  }
  for (const toml::table* quote : quotes) {
    premiums.push_back(read_quote({*quote, "stop_loss.quote.", problems}));
  }
  if (premiums.size() == quotes.size()) refuse_covered(premiums, quotes, section);
  section.finish();
  return premiums;
}

LevelFunding read_level_funded(TomlSection section) {
  LevelFunding funding;
  funding.refund_share = section.required("refund_share", fraction);
  funding.fund = yearly_amount(section, "fund");
  section.finish();
  return funding;
}

/// What a design states and never comes to.
void warn_of_idle(const PlanDesign& design, TomlSection& section) {
  const bool above = design.out_of_pocket_maximum_usd > design.member_deductible_usd;
  if (design.coinsurance == 0 && above) {
    section.wrong("out_of_pocket_maximum_usd", section.source("out_of_pocket_maximum_usd"),
                  "acts on nothing: with a coinsurance of 0 a member never pays more than the "
                  "deductible of " +
                      toml_number(design.member_deductible_usd),
                  "Give coinsurance above 0, or leave the maximum out", "W_IDLE",
                  toml_number(design.out_of_pocket_maximum_usd));
  } else if (design.coinsurance > 0 && !above) {
    section.wrong("coinsurance", section.source("coinsurance"),
                  "acts on nothing: the out-of-pocket maximum is reached with the deductible",
                  "Raise out_of_pocket_maximum_usd, or give coinsurance = 0", "W_IDLE",
                  toml_number(design.coinsurance));
  } else if (design.coinsurance == 0 && design.member_deductible_usd == 0) {
    section.wrong("member_deductible_usd", section.source("member_deductible_usd"),
                  "and coinsurance are 0, so the design leaves nothing with members",
                  "Give one of them above 0, or leave [plan_design] out", "W_IDLE", "0");
  }
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
    section.wrong("out_of_pocket_maximum_usd", section.source("out_of_pocket_maximum_usd"),
                  "is below member_deductible_usd, which counts to it",
                  "Give at least " + toml_number(design.member_deductible_usd), "E_RANGE",
                  toml_number(design.out_of_pocket_maximum_usd));
  } else if (design.coinsurance > 0 && !section.has("out_of_pocket_maximum_usd")) {
    section.wrong("out_of_pocket_maximum_usd", section.source(),
                  "is missing, and a member's share of claims needs an end",
                  "Give the most that a member pays in a year, the deductible included",
                  "E_MISSING");
  } else {
    warn_of_idle(design, section);
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

/// Name of the members that no sub-group names.
constexpr const char* rest = "rest";

void check_name(const std::string& name, TomlSection& section) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  const bool blank = name.find_first_not_of(' ') == std::string::npos;
  if (!section.has("name")) {
    section.wrong("name", section.source(), "is missing", "Name the sub-group", "E_MISSING");
  } else if (blank || std::any_of(name.begin(), name.end(), is_control)) {
    section.wrong("name", section.source("name"), "is empty or holds control characters",
                  "Give one line of text, as in name = \"Client A\"");
  } else if (name == rest) {
    section.wrong("name", section.source("name"),
                  "is taken: the members that no sub-group names are called so",
                  "Choose another name", "E_SUBGROUP", name);
  }
}

void refuse_repeated_names(const std::vector<Subgroup>& subgroups,
                           const std::vector<const toml::table*>& tables, TomlProblems& problems) {
  std::map<std::string, toml::source_region> first;
  for (std::size_t s = 0; s < subgroups.size(); ++s) {
    const toml::node* name = tables[s]->get("name");
    if (name == nullptr || subgroups[s].name.empty()) continue;
    const auto [found, is_new] = first.emplace(subgroups[s].name, name->source());
    if (is_new) continue;
    problems.add(
        "subgroup.name", "E_DUPLICATE", name->source(),
        "is the name of the sub-group in line " + std::to_string(found->second.begin.line) + " too",
        "Give each sub-group a name of its own; one sub-group may have several ranges of "
        "rows",
        subgroups[s].name);
  }
}

Subgroup read_subgroup(TomlSection section) {
  Subgroup subgroup;
  subgroup.name = section.text("name");
  check_name(subgroup.name, section);
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
  const std::vector<const toml::table*> tables = root.tables("subgroup");
  for (const toml::table* table : tables) {
    arrangement.subgroups.push_back(read_subgroup({*table, "subgroup.", problems}));
  }
  refuse_repeated_names(arrangement.subgroups, tables, problems);
  const toml::table* table = root.table("subgroups");
  if (table == nullptr) return;
  TomlSection section(*table, "subgroups.", problems);
  arrangement.subgroup_column = section.text("column");
  if (const auto years = section.whole_number("years", {100, 10'000'000})) {
    arrangement.allocation_years = static_cast<std::uint32_t>(*years);
    arrangement.allocation_years_stated = true;
  }
  if (arrangement.subgroup_column.empty() && arrangement.subgroups.empty()) {
    problems.add("subgroups", "W_IDLE", table->source(), "acts on nothing: there is no sub-group",
                 "Give column, or a [[subgroup]] with its rows");
  }
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
    result.budget = required_yearly_amount(section, "");
    section.finish();
  }
  if (const auto* insured = root.table("insured")) {
    TomlSection section(*insured, "insured.", problems);
    result.insured_premium = required_yearly_amount(section, "premium");
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
  result.warnings = problems.warnings();
  return result;
}

}  // namespace

Arrangement parse_arrangement(const std::string& text, const std::string& name) {
  return read(toml_root(text, name), name);
}

Arrangement load_arrangement(const std::string& path) {
  return parse_arrangement(toml_text(path, "arrangement"), path);
}

}  // namespace corridor
