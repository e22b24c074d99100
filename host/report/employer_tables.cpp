// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/employer_tables.hpp"

#include <cmath>

namespace corridor {
namespace {

/// Columns of one table, each a function of a row.
template <class Row>
class Columns {
 public:
  Columns(std::string name, std::vector<Row> rows) : rows_(std::move(rows)) {
    table_.name = std::move(name);
    table_.rows = rows_.size();
  }

  template <class Value>
  void number(const char* name, const char* units, const char* description, const Value& value) {
    std::vector<double> values;
    for (const Row& row : rows_) values.push_back(value(row));
    table_.columns.push_back({name, units, description, std::move(values)});
  }
  template <class Value>
  void usd(const char* name, const char* description, const Value& value) {
    number(name, "USD", description, value);
  }
  template <class Value>
  void fraction(const char* name, const char* description, const Value& value) {
    number(name, "1", description, value);
  }
  template <class Value>
  void count(const char* name, const char* description, const Value& value) {
    std::vector<std::uint64_t> values;
    for (const Row& row : rows_) values.push_back(value(row));
    table_.columns.push_back({name, "count", description, std::move(values)});
  }
  template <class Value>
  void text(const char* name, const char* description, const Value& value) {
    std::vector<std::string> values;
    for (const Row& row : rows_) values.push_back(value(row));
    table_.columns.push_back({name, "text", description, std::move(values)});
  }

  EmployerTable table() { return std::move(table_); }

 private:
  std::vector<Row> rows_;
  EmployerTable table_;
};

/// A row of any table that belongs to an option.
template <class Item>
struct OfOption {
  std::size_t index;
  const EmployerOption* option;
  Item item;
};

template <class Row>
void add_keys(Columns<Row>& columns) {
  columns.count("option", "row of the options table, from 0",
                [](const Row& row) { return std::uint64_t{row.index}; });
  columns.usd("specific_deductible_usd", "on what the plan pays, infinite for no specific cover",
              [](const Row& row) { return row.option->specific_deductible_usd; });
  columns.fraction("aggregate_corridor", "NaN where the attachment is given otherwise",
                   [](const Row& row) { return row.option->aggregate_corridor; });
}

using OptionRow = OfOption<std::nullptr_t>;

std::vector<OptionRow> option_rows(const EmployerStudy& study) {
  std::vector<OptionRow> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    rows.push_back({i, &study.options[i], nullptr});
  }
  return rows;
}

void add_fixed(Columns<OptionRow>& columns) {
  columns.usd("aggregate_attachment_usd", "NaN without an aggregate",
              [](const OptionRow& row) { return row.option->aggregate_attachment_usd; });
  columns.usd("fees_usd", "for the policy's months, as all amounts",
              [](const OptionRow& row) { return row.option->fees_usd; });
  columns.usd("premium_usd", "stop-loss premium",
              [](const OptionRow& row) { return row.option->premium_usd; });
  columns.text("premium_source", "quoted by the arrangement, or priced by the run",
               [](const OptionRow& row) {
                 return std::string(row.option->premium_quoted ? "quoted" : "priced");
               });
  columns.usd("fixed_usd", "fees and premium",
              [](const OptionRow& row) { return row.option->fixed_usd; });
}

struct MeanColumns {
  const char *mean, *se, *exact, *z, *description;
  MeanCheck EmployerOption::*figure;
};

constexpr MeanColumns mean_columns[] = {
    {"plan_paid_mean_usd", "plan_paid_se_usd", "plan_paid_exact_usd", "plan_paid_z",
     "claims the plan pays, before stop-loss", &EmployerOption::plan_paid},
    {"retained_mean_usd", "retained_se_usd", "retained_exact_usd", "retained_z",
     "claims that count to the aggregate", &EmployerOption::below_deductible},
    {"specific_before_asd_mean_usd", "specific_before_asd_se_usd", "specific_before_asd_exact_usd",
     "specific_before_asd_z", "specific payments before the aggregating specific",
     &EmployerOption::specific_before_asd},
    {"specific_mean_usd", "specific_se_usd", "specific_exact_usd", "specific_z",
     "paid by the specific", &EmployerOption::specific},
    {"aggregate_mean_usd", "aggregate_se_usd", "aggregate_exact_usd", "aggregate_z",
     "paid by the aggregate", &EmployerOption::aggregate},
    {"net_claims_mean_usd", "net_claims_se_usd", "net_claims_exact_usd", "net_claims_z",
     "claims left with the employer", &EmployerOption::net_claims}};

void add_means(Columns<OptionRow>& columns) {
  for (const MeanColumns& at : mean_columns) {
    const auto figure = [&at](const OptionRow& row) -> const MeanCheck& {
      return row.option->*at.figure;
    };
    columns.usd(at.mean, at.description,
                [&](const OptionRow& row) { return figure(row).mean_usd; });
    columns.usd(at.se, "standard error", [&](const OptionRow& row) { return figure(row).se_usd; });
    columns.usd(at.exact, "closed form; NaN where there is none",
                [&](const OptionRow& row) { return figure(row).exact_usd; });
    columns.number(at.z, "1", "(mean - exact) / se",
                   [&](const OptionRow& row) { return figure(row).z; });
  }
}

void add_cost(Columns<OptionRow>& columns) {
  columns.usd("cost_mean_usd", "fixed cost and claims left",
              [](const OptionRow& row) { return row.option->cost.mean_usd; });
  columns.usd("cost_se_usd", "standard error",
              [](const OptionRow& row) { return row.option->cost.se_usd; });
  columns.usd("cost_sd_usd", "of one year",
              [](const OptionRow& row) { return row.option->cost.sd_usd; });
  constexpr std::pair<const char*, std::size_t> shown[] = {
      {"cost_p10_usd", 0}, {"cost_p25_usd", 1}, {"cost_p50_usd", 2}, {"cost_p75_usd", 3},
      {"cost_p90_usd", 4}, {"cost_p95_usd", 5}, {"cost_p99_usd", 6}};
  for (const auto& [name, position] : shown) {
    columns.usd(name, "order statistic of the years", [at = position](const OptionRow& row) {
      return row.option->cost.percentiles.at(at).usd;
    });
  }
  columns.usd("cost_p99_5_usd", "order statistic of the years",
              [](const OptionRow& row) { return row.option->p995_usd; });
  columns.usd("cost_largest_usd", "largest year simulated",
              [](const OptionRow& row) { return row.option->largest_usd; });
  columns.usd("maximum_liability_usd", "infinite where nothing bounds a year",
              [](const OptionRow& row) { return row.option->maximum_liability_usd; });
  columns.usd("maximum_before_limit_usd", "likewise, while the aggregate has not paid its limit",
              [](const OptionRow& row) { return row.option->maximum_before_limit_usd; });
  columns.fraction("p_over_maximum", "years above maximum_before_limit_usd",
                   [](const OptionRow& row) { return row.option->p_over_maximum; });
  columns.text("unlimited_because", "why the maximum is infinite",
               [](const OptionRow& row) { return row.option->unlimited_because; });
}

void add_events(Columns<OptionRow>& columns) {
  columns.fraction("p_cost_over_expected_10", "years above 1.10 of the mean cost",
                   [](const OptionRow& row) { return row.option->p_over_expected_10; });
  columns.fraction("p_cost_over_expected_25", "years above 1.25 of the mean cost",
                   [](const OptionRow& row) { return row.option->p_over_expected_25; });
  columns.fraction("p_aggregate_attaches", "years whose counted claims exceed the attachment",
                   [](const OptionRow& row) { return row.option->p_aggregate_attaches; });
  columns.fraction("p_asd_exhausted", "years that use the aggregating specific up; NaN without one",
                   [](const OptionRow& row) { return row.option->p_asd_exhausted; });
  columns.fraction("p_any_claimant", "years with somebody above the deductible",
                   [](const OptionRow& row) { return row.option->p_any_claimant; });
  columns.number("expected_claimants", "1", "persons above the deductible in a year, mean",
                 [](const OptionRow& row) { return row.option->expected_claimants; });
  columns.number("expected_claimants_exact", "1", "closed form; NaN where somebody has a laser",
                 [](const OptionRow& row) { return row.option->expected_claimants_exact; });
}

/// A number of a part that not every option has.
template <class Part, class Value>
auto of_part(std::optional<Part> EmployerOption::*part, const Value& value) {
  return [=](const OptionRow& row) {
    const std::optional<Part>& found = row.option->*part;
    return found ? value(*found) : std::nan("");
  };
}

void add_comparisons(Columns<OptionRow>& columns) {
  const auto budget = [&](double BudgetOutcome::*member) {
    return of_part(&EmployerOption::budget,
                   [member](const BudgetOutcome& outcome) { return outcome.*member; });
  };
  const auto insured = [&](double InsuredOutcome::*member) {
    return of_part(&EmployerOption::insured,
                   [member](const InsuredOutcome& outcome) { return outcome.*member; });
  };
  columns.usd("budget_at_confidence_usd", "budget that the stated share of years keeps within",
              [](const OptionRow& row) { return row.option->budget_at_confidence_usd; });
  columns.usd("budget_usd", "as given; NaN without one", budget(&BudgetOutcome::budget_usd));
  columns.usd("expected_surplus_usd", "mean of (budget - cost)+",
              budget(&BudgetOutcome::expected_surplus_usd));
  columns.usd("expected_deficit_usd", "mean of (cost - budget)+",
              budget(&BudgetOutcome::expected_deficit_usd));
  columns.fraction("p_over_budget", "years above the budget", budget(&BudgetOutcome::p_over));
  columns.usd("insured_premium_usd", "as given; NaN without one",
              insured(&InsuredOutcome::premium_usd));
  columns.usd("expected_saving_usd", "insured premium less mean cost",
              insured(&InsuredOutcome::expected_saving_usd));
  columns.fraction("p_cheaper_than_insured", "years that cost less than the insured premium",
                   insured(&InsuredOutcome::p_cheaper));
  columns.usd("break_even_mean_usd", "insured premium of equal expected cost",
              [](const OptionRow& row) { return row.option->break_even_mean_usd; });
  columns.usd("break_even_median_usd", "insured premium that half of the years cost less than",
              [](const OptionRow& row) { return row.option->break_even_median_usd; });
}

void add_level_funding(Columns<OptionRow>& columns) {
  const auto part = [&](const auto& value) {
    return of_part(&EmployerOption::level_funded, value);
  };
  using Outcome = LevelFundedOutcome;
  columns.usd("level_fund_usd", "claims fund; NaN where not level funded",
              part([](const Outcome& outcome) { return outcome.fund_usd; }));
  columns.usd("level_fund_monthly_usd", "paid in a month",
              part([](const Outcome& outcome) { return outcome.fund_monthly_usd; }));
  columns.fraction("p_refund", "years with a refund",
                   part([](const Outcome& outcome) { return outcome.p_refund; }));
  columns.usd("refund_mean_usd", "refund of the fund's surplus",
              part([](const Outcome& outcome) { return outcome.refund.mean_usd; }));
  columns.usd("level_cost_mean_usd", "fixed cost, fund and claims beyond it, less the refund",
              part([](const Outcome& outcome) { return outcome.cost.mean_usd; }));
}

EmployerTable options_table(const EmployerStudy& study) {
  Columns<OptionRow> columns("options", option_rows(study));
  columns.text("group_id", "the group", [&](const OptionRow&) { return study.group_id; });
  add_keys(columns);
  add_fixed(columns);
  add_means(columns);
  add_cost(columns);
  add_events(columns);
  add_comparisons(columns);
  add_level_funding(columns);
  columns.text("flags", "codes with ; between", [](const OptionRow& row) {
    std::string text;
    for (const std::string& flag : row.option->flags) text += (text.empty() ? "" : ";") + flag;
    return text;
  });
  return columns.table();
}

struct FigurePercentile {
  std::string figure;
  Percentile at;
};

EmployerTable percentiles_table(const EmployerStudy& study) {
  using Row = OfOption<FigurePercentile>;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    const EmployerOption& option = study.options[i];
    const auto add = [&](const std::string& figure, const YearFigure& years) {
      for (const Percentile& at : years.percentiles) rows.push_back({i, &option, {figure, at}});
    };
    add("cost", option.cost);
    add("net_claims", option.net);
    if (option.level_funded) add("refund", option.level_funded->refund);
    if (option.level_funded) add("level_cost", option.level_funded->cost);
  }
  Columns<Row> columns("percentiles", std::move(rows));
  add_keys(columns);
  columns.text("figure", "cost, net_claims, refund or level_cost",
               [](const Row& row) { return row.item.figure; });
  columns.fraction("level", "share of years at or below",
                   [](const Row& row) { return row.item.at.level; });
  columns.usd("usd", "order statistic of rank ceil(level * years)",
              [](const Row& row) { return row.item.at.usd; });
  columns.usd("low_usd", "order statistic two standard errors of rank below",
              [](const Row& row) { return row.item.at.low_usd; });
  columns.usd("high_usd", "likewise above", [](const Row& row) { return row.item.at.high_usd; });
  return columns.table();
}

struct Bin {
  double from_usd, to_usd;
  std::uint64_t years;
};

EmployerTable histogram_table(const EmployerStudy& study) {
  using Row = OfOption<Bin>;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    const Histogram& bins = study.options[i].histogram;
    for (std::size_t bin = 0; bin < bins.counts.size(); ++bin) {
      const bool last = bin + 1 == bins.counts.size();
      rows.push_back(
          {i,
           &study.options[i],
           {bins.edges_usd[bin], last ? HUGE_VAL : bins.edges_usd[bin + 1], bins.counts[bin]}});
    }
  }
  Columns<Row> columns("histogram", std::move(rows));
  add_keys(columns);
  columns.usd("from_usd", "least cost of the bin",
              [](const Row& row) { return row.item.from_usd; });
  columns.usd("to_usd", "end of the bin, not in it; infinite for the last",
              [](const Row& row) { return row.item.to_usd; });
  columns.count("years", "simulated years in it", [](const Row& row) { return row.item.years; });
  return columns.table();
}

EmployerTable claimants_table(const EmployerStudy& study) {
  using Row = OfOption<std::size_t>;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    for (std::size_t k = 0; k < study.options[i].claimant_probability.size(); ++k) {
      rows.push_back({i, &study.options[i], k});
    }
  }
  Columns<Row> columns("claimants", std::move(rows));
  add_keys(columns);
  columns.count("persons", "above the deductible in a year; 10 stands for 10 or more",
                [](const Row& row) { return std::uint64_t{row.item}; });
  columns.fraction("probability", "share of years",
                   [](const Row& row) { return row.option->claimant_probability[row.item]; });
  return columns.table();
}

EmployerTable frontier_table(const EmployerStudy& study) {
  using Row = OfOption<const FrontierPoint*>;
  std::vector<Row> rows;
  for (const FrontierPoint& point : study.frontier) {
    rows.push_back({point.option, &study.options[point.option], &point});
  }
  Columns<Row> columns("frontier", std::move(rows));
  add_keys(columns);
  columns.usd("premium_saved_usd", "against the first option of the corridor",
              [](const Row& row) { return row.item->premium_saved_usd; });
  columns.usd("extra_net_claims_usd", "expected, against the same",
              [](const Row& row) { return row.item->extra_net_usd; });
  columns.usd("extra_net_claims_se_usd", "standard error, year by year on the same draws",
              [](const Row& row) { return row.item->extra_net_se_usd; });
  columns.usd("extra_net_claims_p95_usd", "difference of the two P95",
              [](const Row& row) { return row.item->extra_p95_net_usd; });
  columns.usd("extra_cost_usd", "extra net claims less premium saved",
              [](const Row& row) { return row.item->extra_cost_usd; });
  columns.number("dominated_by", "1", "option no worse in mean and P95 of cost; NaN for none",
                 [](const Row& row) {
                   const auto& by = row.item->dominated_by;
                   return by ? static_cast<double>(*by) : std::nan("");
                 });
  return columns.table();
}

EmployerTable design_table(const EmployerStudy& study) {
  std::vector<OptionRow> rows;
  for (const OptionRow& row : option_rows(study)) {
    if (row.option->design) rows.push_back(row);
  }
  Columns<OptionRow> columns("plan_design", std::move(rows));
  add_keys(columns);
  const auto figure = [](MeanCheck DesignEffect::*of, double MeanCheck::*value) {
    return [=](const OptionRow& row) { return (*row.option->design).*of.*value; };
  };
  using Effect = DesignEffect;
  columns.usd("plan_paid_change_usd", "claims the plan pays, with the design less without",
              figure(&Effect::plan_paid, &MeanCheck::mean_usd));
  columns.usd("plan_paid_change_se_usd", "paired", figure(&Effect::plan_paid, &MeanCheck::se_usd));
  columns.usd("plan_paid_change_exact_usd", "closed form",
              figure(&Effect::plan_paid, &MeanCheck::exact_usd));
  columns.number("plan_paid_change_z", "1", "(mean - exact) / se",
                 figure(&Effect::plan_paid, &MeanCheck::z));
  columns.usd("net_claims_change_usd", "claims left with the employer",
              figure(&Effect::net_claims, &MeanCheck::mean_usd));
  columns.usd("net_claims_change_se_usd", "paired",
              figure(&Effect::net_claims, &MeanCheck::se_usd));
  columns.usd("carrier_change_usd", "stop-loss payments",
              figure(&Effect::carrier, &MeanCheck::mean_usd));
  columns.usd("carrier_change_se_usd", "paired", figure(&Effect::carrier, &MeanCheck::se_usd));
  columns.usd("premium_change_usd", "of priced premiums; NaN where quoted",
              [](const OptionRow& row) { return row.option->design->premium_usd; });
  return columns.table();
}

EmployerTable subgroups_table(const EmployerStudy& study) {
  using Row = OfOption<const SubgroupCost*>;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    for (const SubgroupCost& cost : study.options[i].subgroups) {
      rows.push_back({i, &study.options[i], &cost});
    }
  }
  Columns<Row> columns("subgroups", std::move(rows));
  add_keys(columns);
  columns.text("subgroup", "name", [](const Row& row) { return row.item->name; });
  columns.count("members", "of the sub-group", [](const Row& row) { return row.item->members; });
  columns.usd("expected_claims_usd", "plan-paid, closed form",
              [](const Row& row) { return row.item->expected_claims_usd; });
  columns.fraction("expected_share", "of the group's expected claims",
                   [](const Row& row) { return row.item->expected_share; });
  columns.usd("pooled_cost_usd", "mean cost shared by expected claims",
              [](const Row& row) { return row.item->pooled_usd; });
  columns.usd("own_cost_mean_usd", "cost by own claims",
              [](const Row& row) { return row.item->own_cost.mean_usd; });
  columns.usd("own_cost_se_usd", "standard error",
              [](const Row& row) { return row.item->own_cost.se_usd; });
  columns.usd("own_cost_sd_usd", "of one year",
              [](const Row& row) { return row.item->own_cost.sd_usd; });
  columns.usd("own_cost_p50_usd", "order statistic",
              [](const Row& row) { return row.item->own_cost.percentiles.at(2).usd; });
  columns.usd("own_cost_p95_usd", "order statistic",
              [](const Row& row) { return row.item->own_cost.percentiles.at(5).usd; });
  columns.usd("specific_recovery_usd", "part of the specific's payment, mean",
              [](const Row& row) { return row.item->specific_recovery_usd; });
  columns.usd("aggregate_recovery_usd", "part of the aggregate's payment, mean",
              [](const Row& row) { return row.item->aggregate_recovery_usd; });
  return columns.table();
}

EmployerTable months_table(const EmployerStudy& study) {
  using Row = OfOption<const MonthCost*>;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < study.options.size(); ++i) {
    for (const MonthCost& month : study.options[i].months) {
      rows.push_back({i, &study.options[i], &month});
    }
  }
  Columns<Row> columns("months", std::move(rows));
  add_keys(columns);
  columns.count("month", "policy month at whose end the figures stand",
                [](const Row& row) { return std::uint64_t{row.item->month}; });
  columns.usd("fixed_usd", "fees and premium so far",
              [](const Row& row) { return row.item->fixed_usd; });
  columns.usd("plan_paid_mean_usd", "claims paid so far, before stop-loss",
              [](const Row& row) { return row.item->plan_paid_usd; });
  columns.usd("specific_mean_usd", "reimbursed so far by the specific",
              [](const Row& row) { return row.item->specific_usd; });
  columns.usd("advance_mean_usd", "advanced so far by the aggregate",
              [](const Row& row) { return row.item->advance_usd; });
  columns.usd("cost_mean_usd", "fixed cost and net claims so far",
              [](const Row& row) { return row.item->cost.mean_usd; });
  columns.usd("cost_se_usd", "standard error",
              [](const Row& row) { return row.item->cost.se_usd; });
  static constexpr const char* names[] = {"cost_p10_usd", "cost_p25_usd", "cost_p50_usd",
                                          "cost_p75_usd", "cost_p90_usd", "cost_p95_usd",
                                          "cost_p99_usd"};
  for (std::size_t p = 0; p < std::size(names); ++p) {
    columns.usd(names[p], "order statistic",
                [p](const Row& row) { return row.item->cost.percentiles.at(p).usd; });
  }
  return columns.table();
}

}  // namespace

std::vector<EmployerTable> employer_tables(const EmployerStudy& study) {
  std::vector<EmployerTable> tables{options_table(study)};
  for (auto* make : {percentiles_table, histogram_table, claimants_table, frontier_table,
                     design_table, subgroups_table, months_table}) {
    EmployerTable table = make(study);
    if (table.rows > 0) tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace corridor
