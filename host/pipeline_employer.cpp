// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>

#include "corridor/employer.hpp"
#include "host/employer/book_columns.hpp"
#include "host/employer/study.hpp"
#include "host/employer/threshold_rows.hpp"
#include "host/exact/exact_means.hpp"
#include "host/options/accommodation.hpp"
#include "host/options/attachment_months.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/money.hpp"
#include "host/price/group_facts.hpp"
#include "host/price/price.hpp"
#include "host/price/select_groups.hpp"
#include "host/reduce/reduce.hpp"
#include "host/simulate/simulate.hpp"
#include "host/simulate/year_blocks.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Small enough that a run shows its progress and stops soon.
constexpr std::size_t block_bytes = std::size_t{4} << 20;

/// One group's options under one plan design, with the thresholds that the design and the count of
/// claimants stand on.
struct Contract {
  DesignThresholds design;
  Plan plan;                 ///< quotes with deductibles on plan-paid claims
  double plan_paid_usd = 0;  ///< exact
  std::optional<Plan> measured;
  std::unique_ptr<Backend> backend, measured_backend;
};

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

std::vector<Cents> deductibles_of(const Plan& plan) {
  std::vector<Cents> deductibles;
  for (const QuoteKey& key : plan.quotes) {
    deductibles.push_back(cents_of(key.specific_deductible_usd));
  }
  return deductibles;
}

void measure(const Portfolio& book, const RunOptions& options, Contract& contract) {
  RunOptions thresholds = options;
  thresholds.corridor.clear();
  thresholds.specific_usd = measured_thresholds(contract.design, deductibles_of(contract.plan));
  if (thresholds.specific_usd.empty()) return;
  Portfolio claims = book;
  keep_claims_only(claims);
  contract.measured = pipeline::planned(claims, thresholds);
}

/// Expected claims and attachments after what the members pay.
void take_members_share(const Portfolio& book, Contract& contract) {
  Plan& plan = contract.plan;
  contract.plan_paid_usd = plan.exact.ground_up_usd.at(0);
  if (contract.design.neutral()) return;
  const ThresholdRows rows(*contract.measured->book);
  const auto share = rows.expected_share(contract.design, contract.measured->exact);
  contract.plan_paid_usd -= share.eligible_usd;
  plan.exact.ground_up_usd[0] = contract.plan_paid_usd;
  for (std::vector<ExactRow>& job : plan.exact.rows) {
    for (ExactRow& row : job) {
      row.retained_usd -= share.countable_usd;
      row.mature_retained_usd -= share.mature_countable_usd;
    }
  }
  set_attachments(book, plan);
  for (QuoteKey& key : plan.quotes) {
    if (!std::isfinite(key.specific_deductible_usd)) continue;
    key.specific_deductible_usd =
        usd_of(cents_of(key.specific_deductible_usd) - contract.design.out_of_pocket);
  }
}

Contract make_contract(const Portfolio& book, const RunOptions& options,
                       const DesignThresholds& design) {
  Contract contract;
  contract.design = design;
  Portfolio raised = book;
  raise_contract(raised, design);
  RunOptions on_allowed = options;
  on_allowed.specific_usd = raised_deductibles(options.specific_usd, design);
  contract.plan = pipeline::planned(raised, on_allowed);
  measure(raised, options, contract);
  take_members_share(raised, contract);
  return contract;
}

void open_backends(Contract& contract) {
  RunOptions options = contract.plan.options;
  contract.backend = open_backend(options, contract.plan.book->table_set());
  options.on_message = {};  // said once
  if (contract.measured) {
    contract.measured_backend = open_backend(options, contract.measured->book->table_set());
  }
}

/// What a run tells its caller while it simulates.
class Watch {
 public:
  Watch(const RunOptions& options, std::uint64_t total) : options_(options), total_(total) {}

  void done(std::uint64_t member_years) {
    done_ += member_years;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    if (options_.on_progress) {
      options_.on_progress({"simulate", std::min(done_, total_), total_, elapsed.count()});
    }
    if (options_.should_stop && options_.should_stop()) {
      throw Error(ErrorKind::incomplete, "stopped before the run was complete");
    }
  }

 private:
  const RunOptions& options_;
  std::uint64_t done_ = 0, total_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::uint64_t member_years(const Contract& contract, std::uint64_t years) {
  std::uint64_t members = 0;
  for (const Plan* plan : {&contract.plan, contract.measured ? &*contract.measured : nullptr}) {
    if (plan == nullptr) continue;
    for (const GroupJob& job : plan->book->jobs) members += job.group.member_count;
  }
  return members * years;
}

std::vector<PlacedJob> placed_jobs(const Contract& contract) {
  std::vector<PlacedJob> jobs;
  for (const GroupJob& job : contract.plan.book->jobs) {
    jobs.push_back({contract.backend.get(), &job});
  }
  if (!contract.measured) return jobs;
  for (const GroupJob& job : contract.measured->book->jobs) {
    jobs.push_back({contract.measured_backend.get(), &job});
  }
  return jobs;
}

using OptionVisit = std::function<void(std::size_t option, const YearState& state,
                                       const Terms& terms, std::uint64_t persons_above)>;

/// A part of an attachment; infinite: no aggregate.
Cents part_of(Cents attachment, double part) {
  if (attachment >= unlimited || std::isinf(part)) return unlimited;
  return part == 1 ? attachment : share_of(attachment, part);
}

/// Years 0 to years - 1 of every option, the options of a year together. `attachment_part` of the
/// annual attachments is in force.
void each_option_year(const Contract& contract, std::uint32_t years, Watch& watch,
                      const OptionVisit& visit, double attachment_part = 1) {
  const Book& book = *contract.plan.book;
  std::optional<ThresholdRows> rows;
  if (contract.measured) rows.emplace(*contract.measured->book);
  const std::vector<Cents> deductibles = deductibles_of(contract.plan);
  const auto one_year = [&](std::span<const SumsView> sums, std::uint64_t year) {
    const std::span<const SumsView> measured = sums.subspan(book.jobs.size());
    const MembersShare members =
        rows ? rows->members_share(contract.design, measured, year) : MembersShare{};
    for (std::size_t option = 0; option < deductibles.size(); ++option) {
      const QuoteKey& key = contract.plan.quotes[option];
      const GroupJob& job = book.jobs[key.job];
      const GridRow& row = job.rows[key.row];
      Terms terms = row.terms;
      terms.attachment =
          key.has_aggregate ? part_of(row.attachments[key.attachment], attachment_part) : unlimited;
      const bool covered = deductibles[option] < unlimited;
      visit(option, employer_year(job, row, terms.attachment, sums[key.job], year, members), terms,
            covered ? rows->persons_above(row.terms.deductible, measured, year) : 0);
    }
  };
  each_year_block(
      placed_jobs(contract), contract.plan.options.seed, years,
      [&](std::uint32_t, std::uint32_t count, std::span<const SumsView> sums) {
        for (std::uint32_t year = 0; year < count; ++year) one_year(sums, year);
        watch.done(member_years(contract, count));
      },
      block_bytes);
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
  const auto bytes = static_cast<double>(options.years) * static_cast<double>(option_count) *
                     columns * sizeof(Cents);
  double limit = static_cast<double>(options.memory_limit_bytes);
  if (limit == 0) {
    limit = 0.5 * static_cast<double>(sysconf(_SC_PHYS_PAGES)) *
            static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  if (bytes <= limit) return;
  const auto fitting = static_cast<std::uint64_t>(limit / bytes * options.years);
  throw Error(ErrorKind::usage,
              "every year of " + std::to_string(option_count) + " options needs " +
                  std::to_string(static_cast<std::uint64_t>(bytes / 1e9) + 1) +
                  " GB. Simulate at most " + std::to_string(fitting) + " years, or fewer options");
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
  Losses losses{plan.options.years, plan.options.levels, {}};
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
  result.quotes =
      price(book, contract.plan, losses_of(contract, result.options, basis), basis, experience);
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

/// Sub-groups simulated one by one on the group's draws, with everybody else's claims at 0.
class SubgroupRun {
 public:
  SubgroupRun(const Contract& contract, std::vector<SubgroupMembers> subgroups, std::uint32_t years)
      : contract_(contract), subgroups_(std::move(subgroups)), years_(years) {}

  std::uint64_t work() const { return subgroups_.size() * member_years(contract_, years_); }

  void run(Watch& watch) {
    for (SubgroupMembers& members : subgroups_) {
      const OnlyMembers only(*contract_.plan.book, members.rows);
      std::optional<OnlyMembers> only_measured;
      if (contract_.measured) only_measured.emplace(*contract_.measured->book, members.rows);
      const double expected = expected_claims_usd();
      facts_.push_back({std::move(members), expected});
      years_of_.push_back(simulated_years(watch));
    }
  }

  void add_costs(std::size_t option, const OptionYears& years, EmployerOption& result) const {
    if (facts_.empty()) return;
    std::vector<SubgroupYears> subgroups;
    for (const auto& of_subgroup : years_of_) subgroups.push_back(of_subgroup[option]);
    result.subgroups = subgroup_costs(result, years, facts_, subgroups);
  }

 private:
  double expected_claims_usd() const {
    const double eligible = exact_means(*contract_.plan.book).ground_up_usd.at(0);
    if (contract_.design.neutral()) return eligible;
    const Book& measured = *contract_.measured->book;
    const ThresholdRows rows(measured);
    return eligible - rows.expected_share(contract_.design, exact_means(measured)).eligible_usd;
  }

  std::vector<SubgroupYears> simulated_years(Watch& watch) const {
    std::vector<SubgroupYears> options(contract_.plan.quotes.size());
    each_option_year(contract_, years_, watch,
                     [&](std::size_t option, const YearState& state, const Terms&, std::uint64_t) {
                       options[option].plan_paid.push_back(state.ground_up);
                       options[option].specific_before_asd.push_back(state.specific_before_asd);
                       options[option].counted.push_back(state.counted);
                     });
    return options;
  }

  const Contract& contract_;
  std::vector<SubgroupMembers> subgroups_;
  std::uint32_t years_;
  std::vector<SubgroupFacts> facts_;
  std::vector<std::vector<SubgroupYears>> years_of_;  ///< [sub-group][option]
};

/// The windows of a book's only group cut at a month's end, for as long as this lives.
class PaidSoFar {
 public:
  PaidSoFar(Book& book, const Basis* specific, const Basis* aggregate) : book_(book) {
    for (GroupJob& job : book_.jobs) replace(job.group, specific);
    for (GroupView& counted : book_.counted) replace(counted, aggregate);
  }
  ~PaidSoFar() {
    std::size_t next = 0;
    for (GroupJob& job : book_.jobs) job.group.basis = whole_[next++];
    for (GroupView& counted : book_.counted) counted.basis = whole_[next++];
  }
  PaidSoFar(const PaidSoFar&) = delete;
  PaidSoFar& operator=(const PaidSoFar&) = delete;

 private:
  void replace(GroupView& view, const Basis* basis) {
    whole_.push_back(view.basis);
    view.basis = basis;
  }

  Book& book_;
  std::vector<const Basis*> whole_;
};

/// The options month by month, on the group's draws.
class MonthsRun {
 public:
  MonthsRun(const Portfolio& book, const Contract& contract, std::uint32_t years)
      : book_(book), contract_(contract), years_(years), bases_(book, store_) {
    if (years_ > 0) attachment_shares_ = attachment_months(book, 0);
  }

  std::uint64_t work() const { return attachment_shares_.size() * member_years(contract_, years_); }

  void run(Watch& watch) {
    for (std::size_t month = 1; month <= attachment_shares_.size(); ++month) {
      const auto through = static_cast<int>(month);
      const Basis* specific = bases_.of(paid_through(specific_windows(book_, 0), through));
      const Basis* aggregate = bases_.of(paid_through(aggregate_windows(book_, 0), through));
      const PaidSoFar cut(*contract_.plan.book, specific, aggregate);
      std::optional<PaidSoFar> measured;
      if (contract_.measured) measured.emplace(*contract_.measured->book, specific, aggregate);
      months_.push_back(simulated_month(month, watch));
    }
  }

  void add_costs(std::size_t option, EmployerOption& result) const {
    for (std::size_t m = 0; m < months_.size(); ++m) {
      const double part =
          static_cast<double>(m + 1) / static_cast<double>(attachment_shares_.size());
      result.months.push_back(month_cost(months_[m][option], m + 1, result.fixed_usd * part));
    }
  }

 private:
  std::vector<OptionYears> simulated_month(std::size_t month, Watch& watch) const {
    const double part = has_accommodation(book_, 0) ? accumulated(attachment_shares_, month)
                                                    : std::numeric_limits<double>::infinity();
    std::vector<OptionYears> options(contract_.plan.quotes.size());
    each_option_year(
        contract_, years_, watch,
        [&](std::size_t option, const YearState& state, const Terms& terms, std::uint64_t persons) {
          options[option].add(state, terms, persons);
        },
        part);
    return options;
  }

  const Portfolio& book_;
  const Contract& contract_;
  std::uint32_t years_;
  std::deque<Basis> store_;
  BasisList bases_;
  std::vector<double> attachment_shares_;         ///< [month]; empty where no months are asked for
  std::vector<std::vector<OptionYears>> months_;  ///< [month][option]
};

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
  const std::string started_at = pipeline::now();
  const Portfolio whole = select_group(pipeline::loaded(path, options), group_id);
  const Portfolio book = employers_book(whole, arrangement);
  const Enrolment enrolment = enrolment_of(book, arrangement);
  check_enrolment(arrangement, enrolment);
  const PlanDesign design = arrangement.plan_design.value_or(PlanDesign{});
  check_hsa(design, book.policy_year, arrangement.source);
  RunOptions run_options = options;
  run_options.levels = levels_for(options, basis);

  Contract contract = make_contract(book, run_options, design_thresholds(design));
  std::optional<Contract> plain;
  if (arrangement.plan_design) plain = make_contract(book, run_options, {});
  check_premiums(arrangement, contract.plan.quotes);
  check_memory(options, contract.plan.quotes.size());
  const ExperienceMeans experience = pipeline::expected_experience(whole, options);

  open_backends(contract);
  if (plain) open_backends(*plain);
  SubgroupRun subgroups(contract, subgroup_members(book, arrangement),
                        std::min(options.years, arrangement.allocation_years));
  MonthsRun months(book, contract, std::min(options.years, arrangement.monthly_years));
  Watch watch(options, member_years(contract, options.years) +
                           (plain ? member_years(*plain, options.years) : 0) + subgroups.work() +
                           months.work());
  const Priced run = priced(book, contract, basis, experience, watch);
  std::optional<Priced> plain_run;
  if (plain) plain_run = priced(book, *plain, basis, experience, watch);
  subgroups.run(watch);
  months.run(watch);

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
  warn_of_missing_fund(study, study.warnings);
  study.run = run.quotes.run;
  study.run.device = contract.backend->name();
  pipeline::add_origin(started_at, study.run);
  return study;
}

}  // namespace corridor
