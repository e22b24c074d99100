// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_replay_tables.hpp"

#include <cmath>

#include "host/pipeline_replay_columns.hpp"

namespace corridor::pipeline {
namespace {

using GroupColumns = Columns<GroupOfYear>;

const YearEffect& effect_of(const GroupOfYear& group) { return group.replay.effects.year[0]; }

double frequency_of(const YearEffect& effect) {
  return 1.0 / static_cast<double>(effect.inverse_frequency);
}

void add_terms(GroupColumns& columns) {
  using G = GroupOfYear;
  columns.usd("specific_deductible_usd", "each person's deductible; infinite: no specific cover",
              [](const G& g) { return g.row.terms.deductible; });
  columns.usd("specific_limit_usd", "most that the specific gives per person, as the book has it",
              [](const G& g) { return g.row.terms.SpecificLimit::limit; });
  columns.number("specific_reimbursement", "share of the covered excess that the specific pays",
                 [](const G& g) { return g.row.terms.SpecificReimbursement::share; });
  columns.usd("aggregating_specific_usd", "the employer's pooled retention over the specifics",
              [](const G& g) { return g.row.terms.retention; });
  columns.dollars("aggregate_attachment_usd",
                  "claims above it are the aggregate's; NaN: no aggregate", [](const G& g) {
                    return g.row.attachment_count == 0 ? NAN : usd_of(g.row.terms.attachment);
                  });
  columns.number("aggregate_reimbursement", "share of the excess that the aggregate pays",
                 [](const G& g) { return g.row.terms.AggregateCover::share; });
  columns.usd("aggregate_limit_usd", "most that the aggregate pays",
              [](const G& g) { return g.row.terms.AggregateCover::limit; });
}

void add_specific(GroupColumns& columns) {
  using G = GroupOfYear;
  columns.usd("ground_up_usd", "eligible claims of everybody, each person's cut at the cap",
              [](const G& g) { return g.replay.state.ground_up; });
  columns.usd("run_in_usd", "the part that years before the policy add, before the cap",
              [](const G& g) {
                const GroupView& group = g.job->group;
                return has_run_in(group) ? g.replay.sums[run_in_column(group)] : 0;
              });
  columns.usd("excess_usd", "claims above the group's deductible, person by person",
              [](const G& g) { return g.replay.drawn.excess; });
  columns.usd("laser_band_usd", "the part of the excess below lasers: the employer's",
              [](const G& g) { return g.replay.drawn.laser_band; });
  columns.usd("family_usd", "what families keep above the family deductible: covered",
              [](const G& g) { return g.replay.drawn.family; });
  columns.usd("over_limit_usd", "excess above the specific limit: the employer's",
              [](const G& g) { return g.replay.drawn.excess_over_limit; });
  columns.usd("covered_usd", "excess - laser band + family - over limit",
              [](const G& g) { return g.replay.state.layer; });
  columns.usd("specific_before_asd_usd", "the specific's share of what is covered",
              [](const G& g) { return g.replay.state.specific_before_asd; });
  columns.usd("asd_absorbed_usd", "what the aggregating specific leaves with the employer",
              [](const G& g) { return g.replay.state.asd_absorbed; });
  columns.usd("specific_usd", "paid by the specific",
              [](const G& g) { return g.replay.state.specific; });
}

void add_aggregate(GroupColumns& columns) {
  using G = GroupOfYear;
  columns.usd("below_deductible_usd",
              "claims up to the group's deductible, person by person, on the aggregate's basis",
              [](const G& g) { return g.below_deductible(); });
  columns.usd("family_credit_usd", "what families keep above the family deductible: not counted",
              [](const G& g) { return g.family_credit(); });
  columns.usd("run_in_cut_usd", "run-in claims above the group's run-in limit: not counted",
              [](const G& g) { return g.replay.drawn.countable - g.replay.state.countable; });
  columns.usd("also_counted_usd", "what else counts: bands, absorbed, above the limit, coinsurance",
              [](const G& g) { return g.replay.state.counted - g.replay.state.countable; });
  columns.usd("counted_usd", "claims that count to the aggregate",
              [](const G& g) { return g.replay.state.counted; });
  columns.usd("aggregate_usd", "paid by the aggregate",
              [](const G& g) { return g.replay.state.aggregate; });
}

void add_outcome(GroupColumns& columns) {
  using G = GroupOfYear;
  columns.usd("carrier_usd", "specific + aggregate",
              [](const G& g) { return carrier(g.replay.state); });
  columns.usd("employer_usd", "ground-up claims - specific - aggregate",
              [](const G& g) { return employer(g.replay.state); });
  columns.cents("ground_up_cents", "ground_up_usd in whole cents",
                [](const G& g) { return g.replay.state.ground_up; });
  columns.cents("specific_cents", "specific_usd in whole cents",
                [](const G& g) { return g.replay.state.specific; });
  columns.cents("aggregate_cents", "aggregate_usd in whole cents",
                [](const G& g) { return g.replay.state.aggregate; });
}

struct EffectRow {
  std::uint32_t years_before;
  std::string source;
  double severity, frequency;
};

std::string source_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::book_effect: return "book";
    case Purpose::region_effect: return "region";
    case Purpose::industry_effect: return "industry";
    case Purpose::pandemic: return "pandemic";
    case Purpose::group_effect: return "group, lasting";
    default: return "group, of the year";
  }
}

}  // namespace

Cents GroupOfYear::family_credit() const {
  const GroupView& counts = job->counted != nullptr ? *job->counted : job->group;
  if (!has_families(counts)) return 0;
  const std::uint32_t first = job->counted != nullptr ? sums_columns(job->group) : 0;
  return replay.sums[first + family_column(counts) + row.deductible_threshold];
}

Cents GroupOfYear::below_deductible() const { return replay.drawn.countable + family_credit(); }

ResultTable groups_table(std::string name, std::span<const GroupOfYear> groups) {
  using G = GroupOfYear;
  GroupColumns columns(std::move(name), "the year of each group, a row a group", groups);
  columns.text("group_id", "as in the book", [](const G& g) { return g.id; });
  columns.count("members", "members of the group",
                [](const G& g) { return std::uint64_t{g.job->group.member_count}; });
  columns.number("severity_factor", "the year's factor on the size of claims",
                 [](const G& g) { return static_cast<double>(effect_of(g).severity); });
  columns.number("frequency_factor", "the year's factor on how often claims come",
                 [](const G& g) { return frequency_of(effect_of(g)); });
  add_terms(columns);
  add_specific(columns);
  add_aggregate(columns);
  add_outcome(columns);
  return columns.take();
}

ResultTable totals_table(std::span<const GroupOfYear> groups) {
  struct Totals {
    std::uint64_t groups = 0, members = 0;
    Cents ground_up = 0, specific = 0, aggregate = 0;
  };
  Totals totals{groups.size()};
  for (const GroupOfYear& group : groups) {
    totals.members += group.job->group.member_count;
    totals.ground_up += group.replay.state.ground_up;
    totals.specific += group.replay.state.specific;
    totals.aggregate += group.replay.state.aggregate;
  }
  Columns<Totals> columns("totals", "the year of the book", std::span(&totals, 1));
  columns.count("groups", "groups of the book", [](const Totals& t) { return t.groups; });
  columns.count("members", "members of all groups", [](const Totals& t) { return t.members; });
  columns.usd("ground_up_usd", "eligible claims", [](const Totals& t) { return t.ground_up; });
  columns.usd("specific_usd", "paid by specifics", [](const Totals& t) { return t.specific; });
  columns.usd("aggregate_usd", "paid by aggregates", [](const Totals& t) { return t.aggregate; });
  columns.usd("carrier_usd", "specific + aggregate",
              [](const Totals& t) { return t.specific + t.aggregate; });
  columns.usd("employer_usd", "ground-up claims - specific - aggregate",
              [](const Totals& t) { return t.ground_up - t.specific - t.aggregate; });
  columns.cents("ground_up_cents", "in whole cents", [](const Totals& t) { return t.ground_up; });
  columns.cents("specific_cents", "in whole cents", [](const Totals& t) { return t.specific; });
  columns.cents("aggregate_cents", "in whole cents", [](const Totals& t) { return t.aggregate; });
  return columns.take();
}

ResultTable effects_table(const GroupOfYear& group, std::span<const EffectFactors> factors) {
  const GroupView& view = group.job->group;
  const std::uint32_t prior_years = view.basis != nullptr ? view.basis->prior_years : 0;
  std::vector<EffectRow> rows;
  for (std::uint32_t back = 0; back <= prior_years; ++back) {
    for (const EffectFactors& effect : factors) {
      if (effect.years_before != back) continue;
      rows.push_back({back, source_of(effect.purpose), effect.severity, effect.frequency});
    }
    const auto base = static_cast<double>(view.base_effect);
    if (base != 1) rows.push_back({back, "keeps the mean", base, 1});
    const double level =
        view.basis != nullptr ? static_cast<double>(view.basis->relative_scale[back]) : 1;
    if (level != 1) rows.push_back({back, "level of that year", level, 1});
    const YearEffect& effect = group.replay.effects.year[back];
    rows.push_back({back, "together", static_cast<double>(effect.severity), frequency_of(effect)});
  }
  using R = EffectRow;
  Columns<R> columns("effects", "factors of the year, and their product", std::span<const R>(rows));
  columns.count("years_before", "0: the policy's year; 1: the year before it, ...",
                [](const R& r) { return std::uint64_t{r.years_before}; });
  columns.text("source", "whose effect", [](const R& r) { return r.source; });
  columns.number("severity_factor", "on the size of claims", [](const R& r) { return r.severity; });
  columns.number("frequency_factor", "on how often they come",
                 [](const R& r) { return r.frequency; });
  return columns.take();
}

}  // namespace corridor::pipeline
