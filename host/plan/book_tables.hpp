// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/claim_tables.hpp"
#include "host/plan/contract_basis.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// Tables as every plan of a book, or of some of its groups, takes them. What a table is depends
/// on the whole book, so that a group has the same bits in every slice.
struct BookTables {
  ClaimTables claims;  ///< what the tables are; their buckets have moved below
  std::shared_ptr<const std::vector<Bucket>> buckets;
  std::vector<double> least_factor;  ///< [law table] rung below its members' factors
  std::string digest;                ///< SHA-256 of the buckets' bits, hex

  TableSet table_set() const {
    return {buckets->data(), static_cast<std::uint32_t>(buckets->size() / bucket_count)};
  }
};

/// What groups' terms ask of their book's tables. Slices of a book add up.
class TableTerms {
 public:
  /// Expects no window_problems.
  void add(const Portfolio& slice);

  /// Every distinct law of the effects, ascending: what the distribution stage must compile.
  std::vector<EffectLaw> effects() const { return {effects_.begin(), effects_.end()}; }
  /// The least rung of a share of a claim that a contract basis takes.
  double least_share() const;

 private:
  std::set<EffectLaw> effects_;
  std::set<Windows> windows_;
  std::deque<Basis> bases_;
};

/// Least factors of each law's members, scale times the effects of a year. Slices add up.
class LawFactors {
 public:
  /// Borrows the tables.
  explicit LawFactors(const ClaimTables& tables);

  void add(const Portfolio& slice);
  /// [law table] a rung below them.
  std::vector<double> rungs() const;

 private:
  const ClaimTables& tables_;
  std::vector<double> least_;
};

/// Flattens the buckets of each law that lie above its cap whatever the scale, the year and the
/// basis: the cap cuts every such claim to the same cents, and smaller numbers keep the sums exact.
BookTables book_tables(ClaimTables tables, std::vector<double> least_factor, double least_share);

/// The same of a whole book.
BookTables book_tables(const Portfolio& portfolio, ClaimTables tables);

/// The table of an effect's law, nullptr for a neutral one.
///
/// throws  Error{internal} where `tables` lack it
const Bucket* effect_table(const ClaimTables& tables, const std::vector<Bucket>& buckets,
                           const EffectLaw& law);

}  // namespace corridor
