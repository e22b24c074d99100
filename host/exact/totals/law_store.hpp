// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "host/exact/eligible_law.hpp"
#include "host/exact/law_use.hpp"
#include "host/exact/sigma_rung.hpp"
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

using UsesByRung = std::map<double, std::vector<LawUse>>;

/// The laws of a book's persons for exact totals, each made once and staying where it is.
class LawStore {
 public:
  /// `uses`  of every view asked for, by the sigma_rung of its group's yearly effects
  LawStore(const Book& book, const BasisNumbers& bases, const UsesByRung& uses);

  /// Of one year's claims. Expects a basis without years before the policy.
  const EligibleLaw& of_year(LawKey key) const { return *years_.at(key); }
  bool has_run_in(LawKey key) const { return run_in_keys_.contains(key); }

  /// Of all years of a basis with prior years, by ratio node and node of exposure.
  struct RunIn {
    const RatioNodes* ratios;
    std::size_t degree;                                      ///< of the polynomial in the exposure
    std::vector<std::vector<std::unique_ptr<TableLaw>>> at;  ///< [ratio][exposure node]
  };
  const RunIn& of_years(LawKey key, double yearly_sigma) const {
    return run_in_.at({key, sigma_rung(yearly_sigma)});
  }
  /// Null where no law reaches over so many years.
  const RatioNodes* ratios(std::uint32_t years, double yearly_sigma) const {
    const auto found = ratios_.find({years, sigma_rung(yearly_sigma)});
    return found == ratios_.end() ? nullptr : &found->second;
  }

  /// For weights that many groups have: of a pandemic's years, but not of a group's own frequencies.
  CutLaws& cut() { return cut_; }

  /// Every law made so far, in the order of their making within each kind.
  std::vector<const TableLaw*> all() const;

 private:
  void make_run_in(const Book& book, const BasisNumbers& bases, const std::vector<LawUse>& uses,
                   double rung);

  std::map<LawKey, std::unique_ptr<EligibleLaw>> years_;
  std::set<LawKey> run_in_keys_;
  std::map<std::pair<std::uint32_t, double>, RatioNodes> ratios_;  ///< by years and rung
  std::map<std::pair<LawKey, double>, RunIn> run_in_;              ///< by key and rung
  CutLaws cut_;
};

/// The part of a law of one year that a weight above 1 leaves.
TableLaw cut_law(const EligibleLaw& law, double weight);

}  // namespace corridor
