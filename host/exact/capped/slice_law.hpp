// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "host/exact/capped/band_spectrum.hpp"
#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// Law of a capped total in the years of one slice, as Fourier series of bands of severities.
class SliceLaw {
 public:
  /// Nothing where frequencies beyond those tabled would matter.
  static std::optional<SliceLaw> make(const YearModel& model, const YearSlice& slice,
                                      const CapOfPersons& cap, const MomentTables& tables);

  double mean_usd() const { return mean_usd_; }
  double mean_error_usd() const;
  double square_usd() const { return square_usd_; }  ///< E A^2
  TailAt at(double amount_usd) const;
  TailAt error_at(double amount_usd) const;
  /// The part of error_at that no finer setting would mend.
  TailAt truncation_at(double amount_usd) const;
  double largest_usd() const;  ///< nothing but 1e-13 lies above

 private:
  struct Parts {
    TailAt even, odd, interpolation;
  };
  Parts parts(double amount_usd) const;
  double amount_in_units(double amount_usd) const { return amount_usd / unit_usd_ - certain_; }
  std::vector<SeverityNode> nodes_of(const CappedPersons& persons, const YearSlice& slice);
  void check_mean(const YearModel& model, const YearSlice& slice, const CapOfPersons& cap,
                  const MomentTables& tables, const SeverityNode& node);

  double unit_usd_ = 1, certain_ = 0, node_ratio_ = 1, bend_error_ = 0;
  double mean_usd_ = 0, square_usd_ = 0, table_error_usd_ = 0;
  std::vector<BandSpectrum> bands_;
};

}  // namespace corridor
