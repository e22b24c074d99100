// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_employer_passes.hpp"

#include <limits>

#include "host/employer/book_columns.hpp"
#include "host/employer/threshold_rows.hpp"
#include "host/exact/exact_means.hpp"
#include "host/options/accommodation.hpp"
#include "host/options/attachment_months.hpp"

namespace corridor::pipeline {
namespace {

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

}  // namespace

std::uint64_t SubgroupRun::work() const {
  return subgroups_.size() * member_years(contract_, years_);
}

void SubgroupRun::run(Watch& watch) {
  for (SubgroupMembers& members : subgroups_) {
    const OnlyMembers only(*contract_.plan.book, members.rows);
    std::optional<OnlyMembers> only_measured;
    if (contract_.measured) only_measured.emplace(*contract_.measured->book, members.rows);
    const double expected = expected_claims_usd();
    facts_.push_back({std::move(members), expected});
    years_of_.push_back(simulated_years(watch));
  }
}

void SubgroupRun::add_costs(std::size_t option, const OptionYears& years,
                            EmployerOption& result) const {
  if (facts_.empty()) return;
  std::vector<SubgroupYears> subgroups;
  for (const auto& of_subgroup : years_of_) subgroups.push_back(of_subgroup[option]);
  result.subgroups = subgroup_costs(result, years, facts_, subgroups);
}

double SubgroupRun::expected_claims_usd() const {
  const double eligible = exact_means(*contract_.plan.book).ground_up_usd.at(0);
  if (contract_.design.neutral()) return eligible;
  const Book& measured = *contract_.measured->book;
  const ThresholdRows rows(measured);
  return eligible - rows.expected_share(contract_.design, exact_means(measured)).eligible_usd;
}

std::vector<SubgroupYears> SubgroupRun::simulated_years(Watch& watch) const {
  std::vector<SubgroupYears> options(contract_.plan.quotes.size());
  each_option_year(contract_, years_, watch,
                   [&](std::size_t option, const YearState& state, const Terms&, std::uint64_t) {
                     options[option].plan_paid.push_back(state.ground_up);
                     options[option].specific_before_asd.push_back(state.specific_before_asd);
                     options[option].counted.push_back(state.counted);
                   });
  return options;
}

MonthsRun::MonthsRun(const Portfolio& book, const Contract& contract, std::uint32_t years)
    : book_(book), contract_(contract), years_(years), bases_(book, store_) {
  if (years_ > 0) attachment_shares_ = attachment_months(book, 0);
}

std::uint64_t MonthsRun::work() const {
  return attachment_shares_.size() * member_years(contract_, years_);
}

void MonthsRun::run(Watch& watch) {
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

void MonthsRun::add_costs(std::size_t option, EmployerOption& result) const {
  for (std::size_t m = 0; m < months_.size(); ++m) {
    const double part = static_cast<double>(m + 1) / static_cast<double>(attachment_shares_.size());
    result.months.push_back(month_cost(months_[m][option], m + 1, result.fixed_usd * part));
  }
}

std::vector<OptionYears> MonthsRun::simulated_month(std::size_t month, Watch& watch) const {
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

}  // namespace corridor::pipeline
