// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/lane/basis.hpp"
#include "kernels/lane/cents.hpp"
#include "kernels/lane/counter.hpp"
#include "kernels/lane/table.hpp"

namespace corridor {

/// One covered person of the main loop; 16 bytes, so a book is 16 bytes a member.
struct alignas(16) Member {
  float scale = 0;             ///< multiplies the law; 0 for a person the personal loop draws
  std::uint32_t table = 0;     ///< index of the law's table
  float inverse_exposure = 1;  ///< 1 / share of the year covered
  std::uint32_t unused = 0;
};

/// A person with an own contract term (a laser, a family's deductible) or an own cap: drawn again
/// by the same counters in a second loop, with own thresholds.
struct PersonalMember {
  std::uint32_t member = 0;   ///< index in the group
  Member terms{};             ///< with the true scale
  Cents maximum = unlimited;  ///< cap on this person's annual claims
  std::uint32_t family = 0;   ///< neighbours with one number above 0 are a family
  /// Known claims of the years before the policy that it will pay, in cents, instead of drawn ones;
  /// below 0: none known.
  Cents known_run_in = -1;
};

/// A year effect, drawn by one table: the group's, the book's, a region's, an industry's, lognormal
/// all of them, or a pandemic.
struct Effect {
  Purpose purpose = Purpose::group_effect;
  StreamKey key{};
  const Bucket* severity = nullptr;           ///< table of the factor on claim size, or none
  const Bucket* inverse_frequency = nullptr;  ///< table of 1 / factor on claim frequency, or none
};

inline constexpr int effects_max = 8;
inline constexpr int thresholds_max = 32;

/// All that a lane needs to know of a group. Borrows every array; plain data for both processors.
struct GroupView {
  const Bucket* tables = nullptr;   ///< [table][bucket_count]
  const Member* members = nullptr;  ///< [member_count]
  std::uint32_t member_count = 0;
  StreamKey key{};

  const PersonalMember* personal = nullptr;    ///< [personal_count], families side by side
  const Cents* personal_thresholds = nullptr;  ///< [personal_count][threshold_count]
  std::uint32_t personal_count = 0;

  const Cents* thresholds = nullptr;  ///< [threshold_count], ascending
  std::uint32_t threshold_count = 0;  ///< 1 to thresholds_max
  Cents maximum = unlimited;          ///< cap on the annual claims of everybody in `members`

  Effect effects[effects_max]{};
  std::uint32_t effect_count = 0;
  float base_effect = 1;  ///< first factor of the year's effect; 1 unless means were re-centred
  bool thinned = false;   ///< some exposure below 1 or some effect on frequency

  const Basis* basis = nullptr;  ///< none: claims incurred in the year, paid whenever
  Cents family_deductible =
      unlimited;  ///< of the families among `personal`; never below a threshold
};

/// Stop-loss sums of one group, column-major: column c of year y is data[c * stride + y].
/// Column 0 is eligible claims S; 1 + k the excess E_k of everybody over threshold k. Then, only
/// where the group has them: the bands (persons with own terms: the part of E_k below their own
/// threshold), the families (what their members keep below their thresholds k, over the family
/// deductible), and one column of run-in claims, the part of S that years before the policy add.
struct SumsView {
  Cents* data = nullptr;
  std::uint64_t stride = 0;
};

CORRIDOR_HD bool has_bands(const GroupView& group) { return group.personal_count > 0; }
CORRIDOR_HD bool has_families(const GroupView& group) {
  return group.personal_count > 0 && group.family_deductible < unlimited;
}
CORRIDOR_HD bool has_run_in(const GroupView& group) {
  return group.basis != nullptr && group.basis->prior_years > 0;
}
CORRIDOR_HD std::uint32_t band_column(const GroupView& group) { return 1 + group.threshold_count; }
CORRIDOR_HD std::uint32_t family_column(const GroupView& group) {
  return band_column(group) + group.threshold_count;
}
CORRIDOR_HD std::uint32_t run_in_column(const GroupView& group) {
  return 1 + group.threshold_count * (1u + has_bands(group) + has_families(group));
}
CORRIDOR_HD std::uint32_t sums_columns(const GroupView& group) {
  return run_in_column(group) + has_run_in(group);
}

}  // namespace corridor
