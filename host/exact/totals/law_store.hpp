// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "host/exact/eligible_law.hpp"
#include "host/exact/law_use.hpp"
#include "host/exact/totals/ratio_nodes.hpp"

namespace corridor {

/// What is left of laws of one year where a weight above 1 asks for more claims than people have:
/// P(X > x) = min(1, weight * P0(X > x)) month by month. Made when first asked for, staying where
/// they are. Any thread may ask.
class CutLaws {
 public:
  const TableLaw& of(const EligibleLaw& law, LawKey key, double weight);
  std::vector<const TableLaw*> all() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<LawKey, double>, std::unique_ptr<TableLaw>> laws_;
};

/// The laws of a book's persons for exact totals, each made once and staying where it is.
class LawStore {
 public:
  /// `uses`         of every view asked for
  /// `yearly_sigma` largest log-deviation of single years' effects among groups with run-in
  LawStore(const Book& book, const BasisNumbers& bases, const std::vector<LawUse>& uses,
           double yearly_sigma);

  /// Of one year's claims. Expects a basis without years before the policy.
  const EligibleLaw& of_year(LawKey key) const { return *years_.at(key); }
  bool has_run_in(LawKey key) const { return run_in_.contains(key); }

  /// Of all years of a basis with prior years, by ratio node and node of exposure.
  struct RunIn {
    const RatioNodes* ratios;
    std::size_t degree;                                      ///< of the polynomial in the exposure
    std::vector<std::vector<std::unique_ptr<TableLaw>>> at;  ///< [ratio][exposure node]
  };
  const RunIn& of_years(LawKey key) const { return run_in_.at(key); }
  /// Null where no law reaches over so many years.
  const RatioNodes* ratios(std::uint32_t years) const {
    const auto found = ratios_.find(years);
    return found == ratios_.end() ? nullptr : &found->second;
  }

  /// For weights that many groups have: of a pandemic's years, but not of a group's own frequencies.
  CutLaws& cut() { return cut_; }

  /// Every law made so far, in the order of their making within each kind.
  std::vector<const TableLaw*> all() const;

 private:
  void make_run_in(const Book& book, const BasisNumbers& bases, const std::vector<LawUse>& uses,
                   double yearly_sigma);

  std::map<LawKey, std::unique_ptr<EligibleLaw>> years_;
  std::map<std::uint32_t, RatioNodes> ratios_;  ///< by years
  std::map<LawKey, RunIn> run_in_;
  CutLaws cut_;
};

/// The part of a law of one year that a weight above 1 leaves.
TableLaw cut_law(const EligibleLaw& law, double weight);

}  // namespace corridor
