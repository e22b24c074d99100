// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/cents.hpp"

namespace corridor {

enum class Unit : std::uint8_t { usd, fraction, code };

/// A column of the book's /groups that a term reads: its name, its range and what no value means.
/// Reading, checking, explaining and the echo in the results all walk these.
struct FieldSpec {
  const char* column;
  const char* description;
  Unit unit;
  double neutral;      ///< value of a book without the column
  double least, most;  ///< inclusive; the neutral value is allowed beside them
};

/// Dollars in the book, cents in the lane.
template <class Term>
struct AmountField {
  FieldSpec spec;
  Cents Term::*value;
};

/// A fraction or a factor, the same in the book and in the lane.
template <class Term>
struct RatioField {
  FieldSpec spec;
  double Term::*value;
};

/// A small whole number: a switch, a choice or a set of bits.
template <class Term>
struct CodeField {
  FieldSpec spec;
  std::uint8_t Term::*value;
};

}  // namespace corridor
