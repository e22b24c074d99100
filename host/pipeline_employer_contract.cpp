// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_employer_contract.hpp"

#include <algorithm>
#include <cmath>

#include "host/employer/book_columns.hpp"
#include "host/employer/threshold_rows.hpp"
#include "host/pipeline_steps.hpp"
#include "host/plan/make_plan.hpp"
#include "host/plan/money.hpp"
#include "host/simulate/simulate.hpp"
#include "host/simulate/year_blocks.hpp"

namespace corridor::pipeline {
namespace {

/// Small enough that a run shows its progress and stops soon.
constexpr std::size_t block_bytes = std::size_t{4} << 20;

void measure(const Portfolio& book, const RunOptions& options, Contract& contract) {
  RunOptions thresholds = options;
  thresholds.corridor.clear();
  thresholds.specific_usd = measured_thresholds(contract.design, deductibles_of(contract.plan));
  if (thresholds.specific_usd.empty()) return;
  Portfolio claims = book;
  keep_claims_only(claims);
  contract.measured = planned(claims, thresholds);
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

/// A part of an attachment; infinite: no aggregate.
Cents part_of(Cents attachment, double part) {
  if (attachment >= unlimited || std::isinf(part)) return unlimited;
  return part == 1 ? attachment : share_of(attachment, part);
}

}  // namespace

std::vector<Cents> deductibles_of(const Plan& plan) {
  std::vector<Cents> deductibles;
  for (const QuoteKey& key : plan.quotes) {
    deductibles.push_back(cents_of(key.specific_deductible_usd));
  }
  return deductibles;
}

Contract make_contract(const Portfolio& book, const RunOptions& options,
                       const DesignThresholds& design) {
  Contract contract;
  contract.design = design;
  Portfolio raised = book;
  raise_contract(raised, design);
  RunOptions on_allowed = options;
  on_allowed.specific_usd = raised_deductibles(options.specific_usd, design);
  contract.plan = planned(raised, on_allowed);
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

std::uint64_t member_years(const Contract& contract, std::uint64_t years) {
  std::uint64_t members = 0;
  for (const Plan* plan : {&contract.plan, contract.measured ? &*contract.measured : nullptr}) {
    if (plan == nullptr) continue;
    for (const GroupJob& job : plan->book->jobs) members += job.group.member_count;
  }
  return members * years;
}

void each_option_year(const Contract& contract, std::uint32_t years, Watch& watch,
                      const OptionVisit& visit, double attachment_part) {
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

}  // namespace corridor::pipeline
