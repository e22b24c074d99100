// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/without_group.hpp"

namespace corridor {
namespace {

void take_off(const std::vector<Cents>& amounts, std::vector<Cents>& from) {
  for (std::size_t year = 0; year < from.size(); ++year) from[year] -= amounts[year];
}

}  // namespace

// The largest claim of the others is not known; nobody asks for it.
BookYears without_group(const BookYears& book, const TailGroup& group, Backend& backend,
                        std::uint64_t seed, const YearsProgress& progress) {
  BookYears alone = no_years(book.years(), 1, book.layers.size());
  add_years({&group, 1}, 0, backend, seed, 0, alone, progress);
  BookYears rest = book;
  take_off(alone.ground_up, rest.ground_up);
  take_off(alone.specific, rest.specific);
  take_off(alone.aggregate, rest.aggregate);
  for (std::size_t l = 0; l < rest.layers.size(); ++l) take_off(alone.layers[l], rest.layers[l]);
  return rest;
}

}  // namespace corridor
