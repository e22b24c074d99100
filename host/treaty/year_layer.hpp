// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/treaties.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {

/// Cents of an amount; amounts that cents cannot hold never bind.
Cents treaty_cents(double usd);

/// The dollars of a year that a treaty covers, of its layer's losses or of the year's total: those
/// from attachment to top but for a corridor.
struct YearLayer {
  Cents attachment = 0, top = unlimited;
  Cents kept_from = 0, kept_to = 0;  ///< corridor; empty where they are equal

  /// What of a year's losses is covered, before the treaty's share.
  Cents covered(Cents loss) const;

  /// The most that covered() gives, or `unlimited`.
  Cents width() const;
};

/// `subject_premium_usd`  what quota shares of lower order left of the premium; counts where the
///                        treaty is in points of it
YearLayer year_layer(const Treaty& treaty, double subject_premium_usd);

}  // namespace corridor
