// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "host/tail/book_years.hpp"
#include "host/treaty/apply.hpp"

namespace corridor {

/// What one group adds to a year before treaties.
struct GroupPayout {
  Cents gross = 0;
  std::vector<Cents> layers;  ///< [layer of the run]
};

/// Shares a year's net payouts out to the groups: a treaty takes from each in proportion to what it
/// covers of the group, its layer or what earlier treaties left. Groups come in one order, each
/// once; their nets add up to the book's to the cent.
class NetOfYear {
 public:
  /// `ceded` of `programme` applied to `book`; `year` one of its years
  NetOfYear(const Programme& programme, const CededYears& ceded, const BookYears& book,
            std::uint32_t year);

  /// Net payouts of the next group.
  Cents next(const GroupPayout& payout);

 private:
  struct Part {
    bool of_persons = false;
    std::size_t layer = 0;  ///< of the run, where of persons
    double share = 0;       ///< ceded part of what the treaty covers
  };

  std::vector<Part> treaties_;
  double exact_ = 0;   ///< net of the groups so far, before rounding
  Cents rounded_ = 0;  ///< and after
};

}  // namespace corridor
