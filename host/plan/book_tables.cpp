// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/book_tables.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/claim_range.hpp"
#include "host/digest.hpp"
#include "host/plan/effects.hpp"
#include "host/plan/table_range.hpp"

namespace corridor {
namespace {

/// Least product of the factors that the effects of a year put on claims.
double least_effect(const Portfolio& portfolio, std::size_t group, const ClaimTables& tables) {
  double least = 1;
  for (const EffectDraw& draw : group_effect_draws(portfolio, group, {})) {
    if (const Bucket* table = effect_table(tables, tables.buckets, draw.severity)) {
      least *= least_value(table);
    }
  }
  return least;
}

}  // namespace

void TableTerms::add(const Portfolio& slice) {
  for (const EffectLaw& law : required_effects(slice)) effects_.insert(law);
  BasisList list(slice, bases_);
  for (std::size_t group = 0; group < slice.group_count(); ++group) {
    const Windows specific = specific_windows(slice, group);
    for (const Windows& windows : {specific, aggregate_windows(slice, group), mature(specific)}) {
      if (windows_.insert(windows).second) list.of(windows);
    }
  }
}

double TableTerms::least_share() const {
  double share = 1;
  for (const Basis& basis : bases_) share = std::min(share, paid_share_range(&basis).rung);
  return share;
}

LawFactors::LawFactors(const ClaimTables& tables)
    : tables_(tables), least_(tables.first_effect, HUGE_VAL) {}

void LawFactors::add(const Portfolio& slice) {
  using Laws = std::vector<std::uint16_t>;
  const auto& laws = std::get<Laws>(slice.members.find("distribution")->values);
  const auto& scales = std::get<std::vector<double>>(slice.members.find("scale")->values);
  for (std::size_t group = 0; group < slice.group_count(); ++group) {
    const double effect = least_effect(slice, group, tables_);
    for (std::size_t row = slice.member_offset[group]; row < slice.member_offset[group + 1];
         ++row) {
      const auto scale = static_cast<float>(scales[row]);  // as kernels hold it
      double& law = least_[tables_.table_of.at(laws[row])];
      if (scale > 0) law = std::min(law, effect * static_cast<double>(scale));
    }
  }
}

std::vector<double> LawFactors::rungs() const {
  std::vector<double> rungs;
  for (const double factor : least_) rungs.push_back(factor_rung(factor));
  return rungs;
}

BookTables book_tables(ClaimTables tables, std::vector<double> least_factor, double least_share) {
  auto buckets = std::make_shared<std::vector<Bucket>>(std::move(tables.buckets));
  tables.buckets.clear();
  for (std::size_t law = 0; law < tables.first_effect; ++law) {
    flatten_above(ceiling_usd(tables.maximum_usd[law], least_factor[law] * least_share),
                  buckets->data() + law * bucket_count);
  }
  std::string digest = sha256_hex(std::as_bytes(std::span(*buckets)));
  return {std::move(tables), std::move(buckets), std::move(least_factor), std::move(digest)};
}

BookTables book_tables(const Portfolio& portfolio, ClaimTables tables) {
  TableTerms terms;
  terms.add(portfolio);
  tables.effects = terms.effects();
  LawFactors factors(tables);
  factors.add(portfolio);
  return book_tables(std::move(tables), factors.rungs(), terms.least_share());
}

const Bucket* effect_table(const ClaimTables& tables, const std::vector<Bucket>& buckets,
                           const EffectLaw& law) {
  if (law.neutral()) return nullptr;
  const auto found = std::lower_bound(tables.effects.begin(), tables.effects.end(), law);
  const auto index = static_cast<std::size_t>(found - tables.effects.begin());
  const std::size_t at = (tables.first_effect + index) * bucket_count;
  if (at + bucket_count > buckets.size()) {
    throw Error(ErrorKind::internal, "an effect of the book has no table (a bug in corridor)");
  }
  return buckets.data() + at;
}

}  // namespace corridor
