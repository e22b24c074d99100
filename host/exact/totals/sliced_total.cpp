// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/sliced_total.hpp"

#include <utility>

namespace corridor {
namespace {

class SlicedTotal final : public TotalLaw {
 public:
  SlicedTotal(std::unique_ptr<TotalLaw> law, const SliceError& error)
      : law_(std::move(law)), error_(error) {}

  double mean_usd() const override { return law_->mean_usd(); }
  double sd_usd() const override { return law_->sd_usd(); }
  TailAt at(double amount_usd) const override { return law_->at(amount_usd); }
  TailAt error_at(double amount_usd) const override {
    const TailAt tail = law_->at(amount_usd), of_law = law_->error_at(amount_usd);
    return {of_law.probability + error_.probability * tail.probability,
            of_law.excess + error_.excess * tail.excess,
            of_law.excess_squared + error_.excess_squared * tail.excess_squared};
  }
  double quantile(double level) const override { return law_->quantile(level); }
  /// The density taken as that of an exponential tail.
  double quantile_error(double level) const override {
    const TailAt tail = law_->at(law_->quantile(level));
    const double beyond = tail.probability > 0 ? tail.excess / tail.probability : 0;
    return law_->quantile_error(level) + error_.probability * beyond;
  }
  double mean_error_usd() const override {
    return law_->mean_error_usd() + error_.mean * law_->mean_usd();
  }
  double sd_error_usd() const override { return law_->sd_error_usd() + error_.sd * law_->sd_usd(); }

 private:
  std::unique_ptr<TotalLaw> law_;
  SliceError error_;
};

}  // namespace

std::unique_ptr<TotalLaw> with_slice_error(std::unique_ptr<TotalLaw> law, const SliceError& error) {
  const double sum =
      error.mean + error.sd + error.probability + error.excess + error.excess_squared;
  if (!law || sum == 0) return law;
  return std::make_unique<SlicedTotal>(std::move(law), error);
}

}  // namespace corridor
