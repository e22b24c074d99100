// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/distribution/claim_law.hpp"
#include "host/distribution/law_problems.hpp"

namespace corridor {

/// Values a number may take.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false, high_open = false;

  constexpr bool contains(double value) const {
    return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
  }
  /// "above 0", "from 0 to 1".
  std::string text() const;
};

inline constexpr Range any_number{};
inline constexpr Range zero_or_more{.low = 0};
inline constexpr Range above_zero{.low = 0, .low_open = true};
inline constexpr Range inside_zero_one{.low = 0, .high = 1, .low_open = true, .high_open = true};

struct AttributeRule {
  std::string_view name;
  Range range = any_number;
  bool array = false;         ///< may hold several values
  std::string_view why = {};  ///< reason for the range, where it is not plain
};

struct ColumnRule {
  std::string_view name;
  Range range = zero_or_more;
  bool blank = false;     ///< NaN may stand where the kind's own check allows it
  bool infinite = false;  ///< the last row may be infinite
};

/// Attributes that together state a law.
using ParameterSet = std::span<const AttributeRule>;

/// One kind of claim law: what a book must hold for it, and how it is made. A file of laws/ defines
/// one, kinds.cpp lists it, and reading and checking follow.
struct LawKind {
  std::string_view name;
  std::span<const ParameterSet> parameters;  ///< ways to state the law, exactly one is given
  ParameterSet optional;                     ///< attributes with a neutral default
  std::span<const ColumnRule> columns;       ///< all required, of equal length
  std::span<const std::string_view> parts;   ///< text attributes that name other laws
  /// Checks what rules cannot say, after they hold; null where they say it all.
  void (*check)(const DistributionSpec&, LawProblems&) = nullptr;
  /// Likewise for laws with parts, after every part was found sound.
  void (*check_parts)(const DistributionSpec&, const std::vector<DistributionSpec>&,
                      LawProblems&) = nullptr;
  /// Expects a spec without errors.
  std::unique_ptr<ClaimLaw> (*make)(const DistributionSpec&,
                                    const std::vector<DistributionSpec>&) = nullptr;
};

std::span<const LawKind* const> law_kinds();

/// The kind of that name, or null.
const LawKind* find_law_kind(std::string_view name);

/// The law of that name, or null.
const DistributionSpec* find_law(const std::vector<DistributionSpec>& all, std::string_view name);

/// The law that a text attribute of `spec` names. Expects it to be sound.
std::unique_ptr<ClaimLaw> part_of(const DistributionSpec& spec, std::string_view part,
                                  const std::vector<DistributionSpec>& all);

/// First value of a numeric attribute, or `neutral` where the spec lacks it.
double number_of(const DistributionSpec& spec, std::string_view name, double neutral = 0);

/// All values of a numeric attribute or column; empty where the spec lacks it.
const std::vector<double>& attribute_of(const DistributionSpec& spec, std::string_view name);
const std::vector<double>& column_of(const DistributionSpec& spec, std::string_view name);

}  // namespace corridor
