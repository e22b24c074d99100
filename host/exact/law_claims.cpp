// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/law_claims.hpp"

#include <algorithm>
#include <vector>

#include "host/claim_range.hpp"

namespace corridor {

TableLaw law_claims(const Book& book, std::uint32_t table, const Basis* basis) {
  const Bucket* buckets = book.tables->data() + table * std::size_t{bucket_count};
  if (table >= book.least_factor.size()) return TableLaw(buckets);
  const double rung = book.least_factor[table] * paid_share_range(basis).rung;
  std::vector<Bucket> own(buckets, buckets + bucket_count);
  flatten_above(ceiling_usd(book.maximum_usd[table], rung), own.data());
  return TableLaw(own.data());
}

}  // namespace corridor
