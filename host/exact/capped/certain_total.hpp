// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "host/exact/totals/total_law.hpp"

namespace corridor {

/// A total that is the same amount in every year.
class CertainTotal final : public TotalLaw {
 public:
  explicit CertainTotal(double amount_usd) : amount_usd_(amount_usd) {}

  double mean_usd() const override { return amount_usd_; }
  double sd_usd() const override { return 0; }
  TailAt at(double amount_usd) const override {
    const double excess = std::max(0.0, amount_usd_ - amount_usd);
    return {amount_usd_ > amount_usd ? 1.0 : 0.0, excess, excess * excess};
  }
  TailAt error_at(double) const override { return {}; }
  double quantile(double) const override { return amount_usd_; }
  double quantile_error(double) const override { return 0; }
  double mean_error_usd() const override { return 0; }
  double sd_error_usd() const override { return 0; }

 private:
  double amount_usd_;
};

}  // namespace corridor
