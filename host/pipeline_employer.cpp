// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "corridor/employer.hpp"
#include "host/employer/book_columns.hpp"
#include "host/employer/study.hpp"
#include "host/exact/exact_losses.hpp"
#include "host/pipeline_employer_passes.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/money.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/price.hpp"
#include "host/select_groups.hpp"
#include "host/reduce/reduce.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

using namespace pipeline;

/// The group's book as the arrangement finds it: network discount taken, bound terms alone.
Portfolio employers_book(const Portfolio& book, const Arrangement& arrangement) {
  Portfolio result = book;
  result.quote_specific_usd.clear();
  result.quote_corridor.clear();
  discount_claims(result, arrangement.network_discount);
  const std::string id = result.groups.text("group_id", 0);
  std::erase_if(result.warnings, [&](const Problem& warning) {
    return !warning.group.empty() && warning.group != id;
  });
  return result;
}

std::vector<OptionYears> simulated(const Contract& contract, Watch& watch) {
  const std::uint32_t years = contract.plan.options.years;
  std::vector<OptionYears> options(contract.plan.quotes.size());
  for (OptionYears& option : options) {
    for (auto* column : {&option.net, &option.specific, &option.aggregate}) column->reserve(years);
  }
  each_option_year(contract, years, watch,
                   [&](std::size_t option, const YearState& state, const Terms& terms,
                       std::uint64_t persons) { options[option].add(state, terms, persons); });
  return options;
}

/// Every amount of every year is kept: exact percentiles need them all.
void check_memory(const RunOptions& options, std::size_t option_count) {
  constexpr std::size_t columns = 8;  // of net, specific and aggregate, with and without design
  const auto bytes = static_cast<double>(option_count) * columns * sizeof(Cents);
  pipeline::require_memory(bytes, options, std::to_string(option_count) + " options",
                           ", or fewer options");
}

/// Tallies of the options as a run of the price command would have left them.
Losses losses_of(const Contract& contract, const std::vector<OptionYears>& options,
                 const PricingBasis& basis) {
  const Plan& plan = contract.plan;
  const ReduceOptions reduction{
      plan.options.years, plan.options.levels,
      functionals_for(plan.options.principles, basis, plan.options.years)};
  std::vector<std::uint64_t> ranks;
  for (const Level& level : plan.options.levels) ranks.push_back(level.rank(plan.options.years));
  std::vector<GroupTally> tallies(plan.book->jobs.size());
  for (std::size_t first = 0, last = 0; first < options.size(); first = last) {
    const QuoteKey& key = plan.quotes[first];
    std::vector<const OptionYears*> corridors;
    for (last = first; last < options.size() && plan.quotes[last].job == key.job &&
                       plan.quotes[last].row == key.row;
         ++last) {
      corridors.push_back(&options[last]);
    }
    tallies[key.job].ground_up = options[first].plan_paid;
    tallies[key.job].rows.push_back(
        row_tally(corridors, key.has_aggregate, ranks, !reduction.functionals.empty()));
  }
  Losses losses{plan.options.levels, {}};
  for (const GroupTally& tally : tallies) losses.jobs.push_back(reduce(tally, reduction));
  return losses;
}

/// A contract through simulation and pricing.
struct Priced {
  std::vector<OptionYears> options;
  Quotes quotes;

  double premium_usd(std::size_t option) const {
    return quotes.number("quoted_premium_usd", option);
  }
};

Priced priced(const Portfolio& book, const Contract& contract, const PricingBasis& basis,
              const ExperienceMeans& experience, Watch& watch) {
  Priced result;
  result.options = simulated(contract, watch);
  Losses losses = losses_of(contract, result.options, basis);
  // Members' shares of a plan design are no terms that the exact laws know.
  const bool exact = contract.design.neutral() && contract.plan.options.method != Method::simulate;
  if (exact) take_exact(exact_losses(contract.plan), losses);
  result.quotes = price(book, contract.plan, losses, basis, experience);
  return result;
}

std::vector<Cents> lasers_of(const Portfolio& book, const DesignThresholds& design) {
  std::vector<Cents> lasers;
  for (std::size_t row = 0; row < book.member_count(); ++row) {
    const double laser = book.members.number("laser_usd", row, NAN);
    if (std::isnan(laser)) continue;
    const Cents amount = cents_of(laser);
    lasers.push_back(amount < unlimited ? amount + design.out_of_pocket : amount);
  }
  return lasers;
}

OptionInput option_input(const Portfolio& book, const Contract& contract, const Priced& priced,
                         std::size_t option) {
  const QuoteKey& key = contract.plan.quotes[option];
  const GroupJob& job = contract.plan.book->jobs[key.job];
  const GridRow& row = job.rows[key.row];
  OptionInput input;
  input.key = key;
  input.has_asd = row.terms.retention > 0 && row.terms.deductible < unlimited;
  input.years = &priced.options[option];
  input.exact = contract.plan.exact.rows[key.job][key.row];
  input.exact_plan_paid_usd = contract.plan_paid_usd;
  input.priced_premium_usd = priced.premium_usd(option);
  const std::vector<Cents> lasers = lasers_of(book, contract.design);
  if (lasers.empty()) input.exact_claimants = input.exact.claimants;
  input.maximum = claims_maximum(
      job, row, key.has_aggregate ? row.attachments[key.attachment] : unlimited, lasers);
  return input;
}

Enrolment enrolment_of(const Portfolio& book, const Arrangement& arrangement) {
  const GroupFacts facts = group_facts(book).front();
  Enrolment enrolment{facts.employee_months, facts.policy_months};
  if (arrangement.employees) {
    enrolment.employee_months = *arrangement.employees * enrolment.months;
  }
  return enrolment;
}

/// A level-funded option needs a fund; say so once where an option has none.
void warn_of_missing_fund(const EmployerStudy& study, std::vector<Problem>& warnings) {
  const auto& funding = study.arrangement.level_funded;
  if (!funding || funding->fund) return;
  const auto lacks = [](const EmployerOption& option) { return !option.level_funded; };
  if (std::none_of(study.options.begin(), study.options.end(), lacks)) return;
  Problem warning;
  warning.severity = Problem::Severity::warning;
  warning.code = "W_NO_FUND";
  warning.file = study.arrangement.source;
  warning.dataset = "level_funded";
  warning.message =
      "an option without an aggregate has no attachment to fund to, so it is not "
      "studied as level funded";
  warning.fix = "Give fund_usd or fund_pepm";
  warnings.push_back(warning);
}

/// Sub-groups have no more years than the run.
void warn_of_few_years(const Arrangement& arrangement, std::uint32_t years,
                       std::vector<Problem>& warnings) {
  if (!arrangement.allocation_years_stated || arrangement.allocation_years <= years) return;
  Problem warning;
  warning.severity = Problem::Severity::warning;
  warning.code = "W_FEW_YEARS";
  warning.file = arrangement.source;
  warning.dataset = "subgroups.years";
  warning.value = std::to_string(arrangement.allocation_years);
  warning.message = "is more than the run's " + std::to_string(years) +
                    " years, which sub-groups are studied over instead";
  warning.fix = "Give as many --years or more, or lower subgroups.years";
  warnings.push_back(warning);
}

EmployerStudy study_head(const Portfolio& book, const Arrangement& arrangement,
                         const Enrolment& enrolment) {
  EmployerStudy study;
  study.group_id = book.groups.text("group_id", 0);
  study.state = book.groups.text("state", 0);
  study.members = book.member_count();
  study.employee_months = enrolment.employee_months;
  study.months = enrolment.months;
  study.arrangement = arrangement;
  study.confidence = arrangement.confidence;
  return study;
}

}  // namespace

EmployerStudy study_employer(const std::string& path, const std::string& group_id,
                             const Arrangement& arrangement, const RunOptions& options,
                             const PricingBasis& basis) {
  RunAccount account(options);
  const Portfolio whole = pipeline::loaded_group(path, options, group_id, account);
  const Portfolio book = employers_book(whole, arrangement);
  const Enrolment enrolment = enrolment_of(book, arrangement);
  check_enrolment(arrangement, enrolment);
  const PlanDesign design = arrangement.plan_design.value_or(PlanDesign{});
  check_hsa(design, book.policy_year, arrangement.source);
  RunOptions run_options = options;
  run_options.levels = levels_for(options, basis);

  account.next("plan");
  Contract contract = make_contract(book, run_options, design_thresholds(design));
  std::optional<Contract> plain;
  if (arrangement.plan_design) plain = make_contract(book, run_options, {});
  check_premiums(arrangement, contract.plan.quotes);
  check_memory(options, contract.plan.quotes.size());
  const ExperienceMeans experience = 
      pipeline::expected_experience(whole, pipeline::with_tables(whole, options));

  open_backends(contract);
  if (plain) open_backends(*plain);
  account.device(contract.backend->name());
  account.next("simulate");
  SubgroupRun subgroups(contract, subgroup_members(book, arrangement),
                        std::min(options.years, arrangement.allocation_years));
  MonthsRun months(book, contract, std::min(options.years, arrangement.monthly_years));
  const std::uint64_t draws = member_years(contract, options.years) +
                              (plain ? member_years(*plain, options.years) : 0) +
                              subgroups.work() + months.work();
  Watch watch(options, draws);
  const Priced run = priced(book, contract, basis, experience, watch);
  std::optional<Priced> plain_run;
  if (plain) plain_run = priced(book, *plain, basis, experience, watch);
  subgroups.run(watch);
  months.run(watch);
  account.add_draws(draws);

  account.next("study");
  EmployerStudy study = study_head(book, arrangement, enrolment);
  std::vector<OptionInput> inputs;
  for (std::size_t option = 0; option < run.options.size(); ++option) {
    OptionInput input = option_input(book, contract, run, option);
    if (plain) {
      input.plain_years = &plain_run->options[option];
      input.plain_premium_usd = plain_run->premium_usd(option);
      input.plain_plan_paid_usd = plain->plan_paid_usd;
    }
    inputs.push_back(std::move(input));
    study.options.push_back(study_option(inputs.back(), arrangement, enrolment));
    subgroups.add_costs(option, run.options[option], study.options.back());
    months.add_costs(option, study.options.back());
  }
  set_histograms(inputs, study.options);
  study.frontier = frontier(inputs, study.options);
  study.gate = run.quotes.gate;
  study.warnings = run.quotes.warnings;
  study.warnings.insert(study.warnings.end(), arrangement.warnings.begin(),
                        arrangement.warnings.end());
  warn_of_few_years(arrangement, options.years, study.warnings);
  warn_of_missing_fund(study, study.warnings);
  study.run = run.quotes.run;
  account.finish(study.run);
  return study;
}

}  // namespace corridor
