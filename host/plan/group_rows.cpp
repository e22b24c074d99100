// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/group_rows.hpp"

#include <algorithm>
#include <set>

namespace corridor {
namespace {

std::vector<Threshold> row_thresholds(const Terms& terms, Cents deductible, bool personal) {
  const auto labelled = [&](Cents amount, bool is_limit) {
    return personal ? Threshold{amount, deductible, is_limit} : Threshold{amount, 0, false};
  };
  std::vector<Threshold> needed{labelled(deductible, false)};
  if (terms.SpecificLimit::limit < unlimited && deductible < unlimited) {
    const Cents upper =
        terms.threshold(deductible, terms.SpecificReimbursement::share);
    needed.push_back(labelled(upper, true));
  }
  return needed;
}

std::uint32_t index_of(const std::vector<Threshold>& thresholds, const Threshold& wanted) {
  const auto found = std::lower_bound(thresholds.begin(), thresholds.end(), wanted);
  return static_cast<std::uint32_t>(found - thresholds.begin());
}

GroupPass make_pass(const Terms& terms, const std::vector<Cents>& deductibles, bool personal,
                    const std::set<Threshold>& needed) {
  GroupPass pass;
  pass.thresholds.assign(needed.begin(), needed.end());
  for (const Cents deductible : deductibles) {
    const std::vector<Threshold> own = row_thresholds(terms, deductible, personal);
    GridRow row;
    row.terms = terms;
    row.terms.deductible = deductible;
    row.deductible_threshold = index_of(pass.thresholds, own[0]);
    if (own.size() > 1) row.limit_threshold = index_of(pass.thresholds, own[1]);
    pass.rows.push_back(row);
  }
  return pass;
}

}  // namespace

std::vector<GroupPass> group_passes(const Terms& terms, const std::vector<Cents>& deductibles,
                                    bool personal) {
  std::vector<GroupPass> passes;
  std::set<Threshold> needed;
  std::vector<Cents> taken;
  for (const Cents deductible : deductibles) {
    const std::vector<Threshold> more = row_thresholds(terms, deductible, personal);
    std::set<Threshold> grown = needed;
    grown.insert(more.begin(), more.end());
    if (grown.size() > thresholds_max) {
      passes.push_back(make_pass(terms, taken, personal, needed));
      taken.clear();
      grown = {more.begin(), more.end()};
    }
    needed = std::move(grown);
    taken.push_back(deductible);
  }
  passes.push_back(make_pass(terms, taken, personal, needed));
  return passes;
}

Cents own_threshold(const Threshold& threshold, Cents own_deductible, const Terms& terms) {
  const Cents deductible = larger(threshold.deductible, own_deductible);
  if (!threshold.is_limit) return deductible;
  return terms.threshold(deductible, terms.SpecificReimbursement::share);
}

}  // namespace corridor
