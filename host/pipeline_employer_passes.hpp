// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

#include "host/employer/study.hpp"
#include "host/pipeline_employer_contract.hpp"
#include "host/plan/contract_basis.hpp"

namespace corridor::pipeline {

/// Sub-groups simulated one by one on the group's draws, with everybody else's claims at 0.
class SubgroupRun {
 public:
  SubgroupRun(const Contract& contract, std::vector<SubgroupMembers> subgroups, std::uint32_t years)
      : contract_(contract), subgroups_(std::move(subgroups)), years_(years) {}

  std::uint64_t work() const;  ///< member-years
  void run(Watch& watch);
  void add_costs(std::size_t option, const OptionYears& years, EmployerOption& result) const;

 private:
  double expected_claims_usd() const;
  std::vector<SubgroupYears> simulated_years(Watch& watch) const;

  const Contract& contract_;
  std::vector<SubgroupMembers> subgroups_;
  std::uint32_t years_;
  std::vector<SubgroupFacts> facts_;
  std::vector<std::vector<SubgroupYears>> years_of_;  ///< [sub-group][option]
};

/// The options month by month, on the group's draws.
class MonthsRun {
 public:
  /// `years`  0: no months
  MonthsRun(const Portfolio& book, const Contract& contract, std::uint32_t years);

  std::uint64_t work() const;  ///< member-years
  void run(Watch& watch);
  void add_costs(std::size_t option, EmployerOption& result) const;

 private:
  std::vector<OptionYears> simulated_month(std::size_t month, Watch& watch) const;

  const Portfolio& book_;
  const Contract& contract_;
  std::uint32_t years_;
  std::deque<Basis> store_;
  BasisList bases_;
  std::vector<double> attachment_shares_;         ///< [month]
  std::vector<std::vector<OptionYears>> months_;  ///< [month][option]
};

}  // namespace corridor::pipeline
