// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/capped_total.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "host/exact/capped/certain_total.hpp"
#include "host/exact/capped/inversion.hpp"
#include "host/exact/capped/slice_law.hpp"

namespace corridor {
namespace {

class CappedTotal final : public TotalLaw {
 public:
  void add(double weight, SliceLaw law) { slices_.push_back({weight, std::move(law)}); }

  double mean_usd() const override {
    return sum_of([](const SliceLaw& law) { return law.mean_usd(); });
  }
  double mean_error_usd() const override {
    return sum_of([](const SliceLaw& law) { return law.mean_error_usd(); });
  }
  double sd_usd() const override {
    const double mean = mean_usd();
    const double square = sum_of([](const SliceLaw& law) { return law.square_usd(); });
    return std::sqrt(std::max(0.0, square - mean * mean));
  }
  double sd_error_usd() const override {
    const double mean = mean_usd();  // second moments bend more than means
    return mean > 0 ? 4 * mean_error_usd() / mean * sd_usd() : 0;
  }

  TailAt at(double amount_usd) const override {
    TailAt sum{};
    for (const Slice& slice : slices_) sum = sum + slice.weight * slice.law.at(amount_usd);
    return sum;
  }
  TailAt error_at(double amount_usd) const override {
    TailAt sum{};
    for (const Slice& slice : slices_) sum = sum + slice.weight * slice.law.error_at(amount_usd);
    return sum;
  }

  double quantile(double level) const override;
  double quantile_error(double level) const override;

  /// Whether truncation leaves the demand's answers good to 1e-6 of them, or to 1e-11 of the mean.
  bool answers(const TotalDemand& demand) const;

 private:
  TailAt truncation_at(double amount_usd) const;

  struct Slice {
    double weight;
    SliceLaw law;
  };

  template <typename Of>
  double sum_of(Of of) const {
    double sum = 0;
    for (const Slice& slice : slices_) sum += slice.weight * of(slice.law);
    return sum;
  }
  double density(double amount_usd) const {
    const double half = 1e-4 * sd_usd();
    return (at(amount_usd - half).probability - at(amount_usd + half).probability) / (2 * half);
  }

  std::vector<Slice> slices_;
};

double CappedTotal::quantile(double level) const {
  double low = 0, high = 0;
  for (const Slice& slice : slices_) high = std::max(high, slice.law.largest_usd());
  double amount = std::clamp(mean_usd() + 2 * sd_usd(), low, high);
  for (int i = 0; i < 100 && high - low > 1e-12 * high; ++i) {
    const double off = at(amount).probability - (1 - level);
    (off > 0 ? low : high) = amount;
    const double slope = density(amount);
    const double step = slope > 0 ? off / slope : 0;
    const double next = amount + step;
    const bool inside = slope > 0 && next > low && next < high;
    if (inside && std::abs(step) < 1e-11 * high) return next;
    amount = inside ? next : (low + high) / 2;
  }
  return amount;
}

double CappedTotal::quantile_error(double level) const {
  const double amount = quantile(level), slope = density(amount);
  const double error = error_at(amount).probability;
  return slope > 0 ? error / slope + 1e-11 * amount : sd_usd();
}

TailAt CappedTotal::truncation_at(double amount_usd) const {
  TailAt sum{};
  for (const Slice& slice : slices_) {
    sum = sum + slice.weight * slice.law.truncation_at(amount_usd);
  }
  return sum;
}

bool CappedTotal::answers(const TotalDemand& demand) const {
  constexpr double wanted = 1e-6;
  for (const double level : demand.levels) {
    if (truncation_at(quantile(level)).probability > wanted * (1 - level)) return false;
  }
  const double floor_usd = 1e-11 * mean_usd();
  for (const double amount : demand.amounts_usd) {
    const double excess = std::abs(at(amount).excess);
    if (truncation_at(amount).excess > wanted * excess + floor_usd) return false;
  }
  return true;
}

/// What all years' totals are, where nothing varies.
std::optional<double> certain_usd(const YearModel& model, const CapOfPersons& cap) {
  double first = 0;
  for (std::size_t s = 0; s < model.slices.size(); ++s) {
    double sum = 0;
    for (const AlikePersons& persons : model.slices[s].persons) {
      const CappedPerson person = capped_person(persons, cap);
      if (person.limit_usd > 0 && persons.count > 0) return std::nullopt;
      sum += persons.count * person.certain_usd;
    }
    if (s > 0 && sum != first) return std::nullopt;
    first = sum;
  }
  return first;
}

}  // namespace

std::unique_ptr<TotalLaw> capped_total(const YearModel& model, const CapOfPersons& cap,
                                       const MomentTables& tables, const TotalDemand& demand) {
  if (const auto certain = certain_usd(model, cap)) return std::make_unique<CertainTotal>(*certain);
  auto total = std::make_unique<CappedTotal>();
  for (const YearSlice& slice : model.slices) {
    auto law = SliceLaw::make(model, slice, cap, tables);
    if (!law) return nullptr;
    total->add(slice.weight, std::move(*law));
  }
  if (!total->answers(demand)) return nullptr;
  return total;
}

}  // namespace corridor
