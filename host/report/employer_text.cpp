// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "host/report/employer_tables.hpp"
#include "host/report/number_text.hpp"
#include "host/report/text_table.hpp"

namespace corridor {
namespace {

/// Options side by side before lines grow too long for a terminal.
constexpr std::size_t options_a_table = 5;

std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  }
  return text;
}

std::string signed_money(double usd) { return (usd > 0 ? "+" : "") + money_text(usd); }

std::string with_error(double usd, double se_usd) {
  return money_text(usd) + (se_usd >= 0.5 ? " (" + money_text(se_usd) + ")" : "");
}

using Cell = std::function<std::string(const EmployerOption&)>;

/// A block of rows with one column an option and what each row means behind them.
class OptionTable {
 public:
  explicit OptionTable(std::span<const EmployerOption> options) : options_(options) {}

  void row(const std::string& name, const Cell& cell, const std::string& meaning = "") {
    std::vector<std::string> cells{name};
    for (const EmployerOption& option : options_) cells.push_back(cell(option));
    cells.push_back(meaning);
    table_.add(std::move(cells));
  }
  void heading(const std::string& text) {
    table_.note("");
    table_.note(text);
  }
  std::string text() const { return table_.text(); }

 private:
  std::span<const EmployerOption> options_;
  TextTable table_;
};

const Percentile& at_level(const YearFigure& figure, double level) {
  return *std::find_if(figure.percentiles.begin(), figure.percentiles.end(),
                       [=](const Percentile& at) { return at.level == level; });
}

bool any(const EmployerStudy& study, const std::function<bool(const EmployerOption&)>& test) {
  return std::any_of(study.options.begin(), study.options.end(), test);
}

Cell money(double EmployerOption::*member) {
  return [=](const EmployerOption& option) { return money_text(option.*member); };
}

Cell chance(double EmployerOption::*member) {
  return [=](const EmployerOption& option) { return percent_text(option.*member); };
}

void add_option_rows(const EmployerStudy& study, OptionTable& table) {
  table.row("specific deductible", money(&EmployerOption::specific_deductible_usd),
            "you pay a person's claims up to here");
  if (any(study, [](const auto& option) { return !std::isnan(option.aggregate_attachment_usd); })) {
    table.row("aggregate attachment", money(&EmployerOption::aggregate_attachment_usd),
              "and all claims below it together up to here");
  }
}

void add_cost_rows(const EmployerStudy& study, OptionTable& table) {
  table.heading("Expected cost of the year");
  table.row("fees", money(&EmployerOption::fees_usd), "administration, network, pharmacy, other");
  table.row("stop-loss premium", money(&EmployerOption::premium_usd),
            any(study, [](const auto& option) { return option.premium_quoted; })
                ? "as quoted, else priced by this run"
                : "priced by this run");
  table.row(
      "claims you keep",
      [](const EmployerOption& option) { return money_text(option.net_claims.mean_usd); },
      "after stop-loss; you fund them as they come");
  table.row(
      "expected cost",
      [](const EmployerOption& option) { return money_text(option.cost.mean_usd); },
      "the average year");
  if (study.employee_months > 0) {
    table.row("  per employee and month", [&](const EmployerOption& option) {
      return money_text(option.cost.mean_usd / study.employee_months, 2);
    });
  }
  table.row(
      "claims before stop-loss",
      [](const EmployerOption& option) { return money_text(option.plan_paid.mean_usd); },
      "what the plan pays");
  table.row("  paid by the specific",
            [](const EmployerOption& option) { return money_text(option.specific.mean_usd); });
  table.row("  paid by the aggregate",
            [](const EmployerOption& option) { return money_text(option.aggregate.mean_usd); });
}

/// With a star where the aggregate's limit is all that lets a year cost more.
std::string maximum_text(const EmployerOption& option) {
  if (std::isfinite(option.maximum_liability_usd)) return money_text(option.maximum_liability_usd);
  return std::isfinite(option.maximum_before_limit_usd)
             ? money_text(option.maximum_before_limit_usd) + " *"
             : "no limit";
}

void add_range_rows(const EmployerStudy& study, OptionTable& table) {
  table.heading("What the year may cost");
  constexpr std::pair<double, const char*> levels[] = {{0.10, "1 year in 10 costs less"},
                                                       {0.25, "1 in 4 less"},
                                                       {0.50, "half of the years less"},
                                                       {0.75, "1 in 4 more"},
                                                       {0.90, "1 in 10 more"},
                                                       {0.95, "1 in 20 more"},
                                                       {0.99, "1 in 100 more"}};
  for (const auto& [level, meaning] : levels) {
    table.row(
        "P" + money_text(level * 100),
        [level = level](const EmployerOption& option) {
          return money_text(at_level(option.cost, level).usd);
        },
        meaning);
  }
  table.row("P99.5", money(&EmployerOption::p995_usd), "1 in 200 more");
  table.row("maximum liability", maximum_text, "no year can cost more, run-out aside");
  table.row("budget at " + percent_text(study.confidence),
            money(&EmployerOption::budget_at_confidence_usd), "enough in so many years");
}

void add_chance_rows(const EmployerStudy& study, OptionTable& table) {
  table.heading("How likely is it that");
  table.row("cost is 10% over expected", chance(&EmployerOption::p_over_expected_10));
  table.row("cost is 25% over expected", chance(&EmployerOption::p_over_expected_25));
  table.row("somebody exceeds the deductible", chance(&EmployerOption::p_any_claimant));
  table.row("  persons a year, on average",
            [](const EmployerOption& option) { return money_text(option.expected_claimants, 2); });
  if (any(study, [](const auto& option) { return !std::isnan(option.p_asd_exhausted); })) {
    table.row("the aggregating specific is used up", chance(&EmployerOption::p_asd_exhausted));
  }
  table.row("the aggregate pays", chance(&EmployerOption::p_aggregate_attaches));
}

template <class Part>
Cell part(std::optional<Part> EmployerOption::*member,
          const std::function<std::string(const Part&)>& text) {
  return [=](const EmployerOption& option) {
    return option.*member ? text(*(option.*member)) : std::string("-");
  };
}

void add_budget_rows(OptionTable& table) {
  const auto row = [&](const std::string& name, double BudgetOutcome::*value, bool is_chance,
                       const std::string& meaning) {
    table.row(name,
              part<BudgetOutcome>(&EmployerOption::budget,
                                  [=](const BudgetOutcome& outcome) {
                                    return is_chance ? percent_text(outcome.*value)
                                                     : money_text(outcome.*value);
                                  }),
              meaning);
  };
  table.heading("Against your budget");
  row("budget", &BudgetOutcome::budget_usd, false, "for fees, premium and claims");
  row("chance of a deficit", &BudgetOutcome::p_over, true, "");
  row("expected surplus", &BudgetOutcome::expected_surplus_usd, false,
      "average over all years, 0 in years of deficit");
  row("expected deficit", &BudgetOutcome::expected_deficit_usd, false, "likewise");
}

void add_insured_rows(OptionTable& table) {
  using Outcome = InsuredOutcome;
  table.heading("Against full insurance");
  table.row("insured premium", part<Outcome>(&EmployerOption::insured, [](const Outcome& outcome) {
              return money_text(outcome.premium_usd);
            }));
  table.row("expected saving",
            part<Outcome>(&EmployerOption::insured,
                          [](const Outcome& outcome) {
                            return with_error(outcome.expected_saving_usd, outcome.saving_se_usd);
                          }),
            "(standard error)");
  table.row("chance that self-funding is cheaper",
            part<Outcome>(&EmployerOption::insured,
                          [](const Outcome& outcome) { return percent_text(outcome.p_cheaper); }));
  table.row("break-even premium, on average", money(&EmployerOption::break_even_mean_usd),
            "insured at this costs the same in the long run");
  table.row("break-even premium, even odds", money(&EmployerOption::break_even_median_usd),
            "cheaper and dearer are equally likely");
}

void add_level_rows(OptionTable& table) {
  using Outcome = LevelFundedOutcome;
  const auto row = [&](const std::string& name,
                       const std::function<std::string(const Outcome&)>& text,
                       const std::string& meaning) {
    table.row(name, part<Outcome>(&EmployerOption::level_funded, text), meaning);
  };
  table.heading("Level funded");
  row(
      "claims fund", [](const Outcome& outcome) { return money_text(outcome.fund_usd); },
      "paid in whatever claims are");
  row(
      "  a month", [](const Outcome& outcome) { return money_text(outcome.fund_monthly_usd); }, "");
  row(
      "chance of a refund", [](const Outcome& outcome) { return percent_text(outcome.p_refund); }, "");
  row(
      "expected refund", [](const Outcome& outcome) { return money_text(outcome.refund.mean_usd); },
      "your share of what claims leave in the fund");
  row(
      "  P10 to P90",
      [](const Outcome& outcome) {
        return money_text(at_level(outcome.refund, 0.10).usd) + " to " +
               money_text(at_level(outcome.refund, 0.90).usd);
      },
      "");
  row(
      "expected cost", [](const Outcome& outcome) { return money_text(outcome.cost.mean_usd); },
      "after the refund");
}

void add_design_rows(OptionTable& table) {
  using Effect = DesignEffect;
  const auto row = [&](const std::string& name, MeanCheck Effect::*figure,
                       const std::string& meaning) {
    table.row(name,
              part<Effect>(&EmployerOption::design,
                           [=](const Effect& effect) {
                             return with_error((effect.*figure).mean_usd, (effect.*figure).se_usd);
                           }),
              meaning);
  };
  table.heading("What the plan design changes, same draws with and without it");
  row("claims the plan pays", &Effect::plan_paid, "(standard error)");
  row("claims you keep", &Effect::net_claims, "");
  row("stop-loss payments", &Effect::carrier, "");
  table.row("stop-loss premium",
            part<Effect>(&EmployerOption::design,
                         [](const Effect& effect) { return money_text(effect.premium_usd); }),
            "priced; - where quoted");
}

std::string options_text(const EmployerStudy& study, std::span<const EmployerOption> options) {
  OptionTable table(options);
  add_option_rows(study, table);
  add_cost_rows(study, table);
  add_range_rows(study, table);
  add_chance_rows(study, table);
  if (study.arrangement.budget) add_budget_rows(table);
  if (study.arrangement.insured_premium) add_insured_rows(table);
  if (study.arrangement.level_funded) add_level_rows(table);
  if (study.arrangement.plan_design) add_design_rows(table);
  return table.text();
}

std::string option_name(const EmployerOption& option) {
  const std::string deductible = std::isinf(option.specific_deductible_usd)
                                     ? "no specific"
                                     : money_text(option.specific_deductible_usd);
  return std::isnan(option.aggregate_corridor)
             ? deductible
             : deductible + " / " + shortest_text(option.aggregate_corridor);
}

std::string frontier_text(const EmployerStudy& study) {
  if (study.options.size() < 2) return "";
  TextTable table;
  table.add({"Choosing", "premium saved", "claims kept (se)", "P95 kept", "expected cost", "P95",
             "verdict"});
  for (const FrontierPoint& point : study.frontier) {
    const EmployerOption& option = study.options[point.option];
    const std::string verdict =
        point.dominated_by ? "dominated by " + option_name(study.options[*point.dominated_by]) : "";
    table.add({option_name(option), signed_money(point.premium_saved_usd),
               (point.extra_net_usd > 0 ? "+" : "") +
                   with_error(point.extra_net_usd, point.extra_net_se_usd),
               signed_money(point.extra_p95_net_usd), money_text(option.cost.mean_usd),
               money_text(at_level(option.cost, 0.95).usd), verdict});
  }
  return "\nDeductibles compared: the first three columns against the first row\n" + table.text() +
         "An option is dominated when another costs no more on average and at P95.\n";
}

std::string histogram_text(const EmployerOption& option) {
  const Histogram& bins = option.histogram;
  const std::uint64_t most = *std::max_element(bins.counts.begin(), bins.counts.end());
  const double years = [&] {
    double sum = 0;
    for (const std::uint64_t count : bins.counts) sum += static_cast<double>(count);
    return sum;
  }();
  TextTable table;
  for (std::size_t bin = 0; bin < bins.counts.size(); ++bin) {
    const bool last = bin + 1 == bins.counts.size();
    constexpr std::uint64_t width = 40;
    const auto bar = static_cast<std::size_t>((bins.counts[bin] * width + most - 1) / most);
    table.add({"", money_text(bins.edges_usd[bin]) + (last ? " and more" : ""),
               percent_text(static_cast<double>(bins.counts[bin]) / years), std::string(bar, '#')});
  }
  return "\nYears by cost, from\n" + table.text();
}

/// Of the first option alone; files hold every option's.
std::string subgroups_text(const EmployerStudy& study) {
  const EmployerOption& option = study.options.front();
  if (option.subgroups.empty()) return "";
  TextTable table;
  table.add({"Sub-group", "members", "expected claims", "pooled cost", "own cost (se)", "own P95",
             "recoveries", ""});
  SubgroupCost all;
  for (const SubgroupCost& cost : option.subgroups) {
    const double recoveries = cost.specific_recovery_usd + cost.aggregate_recovery_usd;
    table.add({printable(cost.name), count_text(cost.members), money_text(cost.expected_claims_usd),
               money_text(cost.pooled_usd),
               with_error(cost.own_cost.mean_usd, cost.own_cost.se_usd),
               money_text(at_level(cost.own_cost, 0.95).usd), money_text(recoveries), ""});
    all.members += cost.members;
    all.expected_claims_usd += cost.expected_claims_usd;
    all.pooled_usd += cost.pooled_usd;
    all.own_cost.mean_usd += cost.own_cost.mean_usd;
    all.specific_recovery_usd += recoveries;
  }
  table.add({"all", count_text(all.members), money_text(all.expected_claims_usd),
             money_text(all.pooled_usd), money_text(all.own_cost.mean_usd), "",
             money_text(all.specific_recovery_usd), ""});
  const std::uint32_t years = std::min(study.run.years, study.arrangement.allocation_years);
  return "\nThe cost among the sub-groups at deductible " + option_name(option) + ", over " +
         count_text(years) + " years\n" + table.text() +
         "Pooled: the cost shared by expected claims. Own: each one's claims less its recoveries, "
         "fixed cost by members.\n";
}

/// Of the first option alone; files hold every option's.
std::string months_text(const EmployerStudy& study) {
  const EmployerOption& option = study.options.front();
  if (option.months.empty()) return "";
  TextTable table;
  table.add({"So far, by month", "fees and premium", "claims paid", "reimbursed", "advanced",
             "cost", "P50", "P90", "P95", "P99"});
  const auto add = [&](const std::string& name, double fixed, double paid, double specific,
                       double aggregate, const YearFigure& cost) {
    table.add({name, money_text(fixed), money_text(paid), money_text(specific),
               money_text(aggregate), money_text(cost.mean_usd),
               money_text(at_level(cost, 0.50).usd), money_text(at_level(cost, 0.90).usd),
               money_text(at_level(cost, 0.95).usd), money_text(at_level(cost, 0.99).usd)});
  };
  for (const MonthCost& month : option.months) {
    add(std::to_string(month.month), month.fixed_usd, month.plan_paid_usd, month.specific_usd,
        month.advance_usd, month.cost);
  }
  add("settled", option.fixed_usd, option.plan_paid.mean_usd, option.specific.mean_usd,
      option.aggregate.mean_usd, option.cost);
  const std::uint32_t years = std::min(study.run.years, study.arrangement.monthly_years);
  return "\nThe year month by month at deductible " + option_name(option) + ", over " +
         count_text(years) + " years\n" + table.text() +
         "Claims as they are paid; settled: after the run-out, with the aggregate's payment.\n";
}

std::string heading(const EmployerStudy& study) {
  std::string text = "Group " + printable(study.group_id);
  if (!study.state.empty()) text += " (" + printable(study.state) + ")";
  text += ": " + count_text(study.members) + " members";
  if (study.employee_months > 0) {
    text += ", " + money_text(study.employee_months / study.months) + " employees";
  }
  return text + ", " + shortest_text(study.months) + " months; " + count_text(study.run.years) +
         " years simulated, seed " + std::to_string(study.run.seed) + "; USD\n\n";
}

/// Why some option has no maximum, each reason once.
std::string limit_notes(const EmployerStudy& study) {
  std::string text;
  std::vector<std::string> said;
  double over = 0;
  bool starred = false;
  for (const EmployerOption& option : study.options) {
    const bool limited =
        std::isinf(option.maximum_liability_usd) && std::isfinite(option.maximum_before_limit_usd);
    starred = starred || limited;
    if (limited) over = std::max(over, option.p_over_maximum);
    const std::string& why = option.unlimited_because;
    if (limited || why.empty() || std::find(said.begin(), said.end(), why) != said.end()) continue;
    text += "No limit to the year's cost: " + why + ".\n";
    said.push_back(why);
  }
  if (!starred) return text;
  return text + "* A year can cost more once the aggregate has paid its limit: " +
         (over > 0 ? percent_text(over) + " of the years do.\n" : "no simulated year does.\n");
}

std::string notes(const EmployerStudy& study) {
  std::string text = "\n" + limit_notes(study);
  if (study.arrangement.network_discount > 0) {
    text += "A discount of " + percent_text(study.arrangement.network_discount) +
            " is taken off the book's claims.\n";
  }
  if (study.arrangement.plan_design) {
    text +=
        "Claims of the book are taken as allowed charges; the plan pays them less the members' "
        "share.\n";
  }
  const auto two_places = [](double z) { return money_text(z, 2); };
  return text + "Closed forms: " + count_text(study.gate.checked) +
         " means compared, largest |z| " + two_places(study.gate.largest_z) + ", limit " +
         two_places(study.gate.z_limit) + ": " +
         (study.gate.passed() ? "agreed" : count_text(study.gate.failures.size()) + " DISAGREE") +
         "\n";
}

}  // namespace

std::string employer_text(const EmployerStudy& study, const ReportOptions&) {
  std::string text = heading(study);
  const std::span<const EmployerOption> options = study.options;
  for (std::size_t first = 0; first < options.size(); first += options_a_table) {
    if (first > 0) text += "\n";
    const std::size_t count = std::min(options_a_table, options.size() - first);
    text += options_text(study, options.subspan(first, count));
  }
  text += frontier_text(study);
  if (options.size() == 1) text += histogram_text(options.front());
  text += subgroups_text(study);
  text += months_text(study);
  return text + notes(study);
}

}  // namespace corridor
