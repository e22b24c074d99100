// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/row_partial.hpp"

#include <algorithm>

namespace corridor::cpu {

bool has_neutral_terms(const GroupJob& job, const GridRow& row) {
  if (job.counted != nullptr || has_families(job.group)) return false;
  Terms neutral;
  neutral.deductible = row.terms.deductible;
  static_cast<AggregateCover&>(neutral) = row.terms;
  bool same = row.limit_threshold == GridRow::no_limit;
  Terms::each_field(
      [&](const auto& field) { same = same && row.terms.*field.value == neutral.*field.value; });
  return same;
}

void RowPartial::reset(const GroupJob& job, const GridRow& row) {
  neutral_terms_ = has_neutral_terms(job, row);
  counted_ = specific_before_asd_ = {};
  figures_.assign(1 + 2 * std::size_t{row.attachment_count}, {});
  if (kept_.size() < figures_.size()) kept_.resize(figures_.size());
  for (std::size_t f = 0; f < figures_.size(); ++f) figures_[f].kept = kept_[f].data.get();
  keeps_ = false;
}

void RowPartial::keep_above(std::size_t figure, Cents amount) {
  figures_[figure].keep_above = amount;
  keeps_ = keeps_ || amount != keep_none;
}

void RowPartial::make_room(std::uint32_t years) {
  for (std::size_t f = 0; f < figures_.size(); ++f) {
    FigureSlot& slot = figures_[f];
    const std::size_t needed = slot.kept_count + years + kept_slack;
    if (kept_[f].capacity >= needed) continue;
    Kept grown{std::make_unique_for_overwrite<Cents[]>(2 * needed), 2 * needed};
    std::copy_n(slot.kept, slot.kept_count, grown.data.get());
    kept_[f] = std::move(grown);
    slot.kept = kept_[f].data.get();
  }
}

void RowPartial::add(const InstructionSet& set, const GroupJob& job, const GridRow& row,
                     SumsView sums, std::uint32_t years) {
  if (keeps_) make_room(years);
  RowSlots slots{counted_, specific_before_asd_, figures_[0], nullptr, nullptr, neutral_terms_};
  slots.aggregate = figures_.data() + 1;
  slots.total = slots.aggregate + row.attachment_count;
  set.tally_row(job.group, job.counted, row, sums, years, slots);
  counted_ = slots.counted;
  specific_before_asd_ = slots.specific_before_asd;
  figures_[0] = slots.specific;
}

void RowPartial::take_kept(std::size_t figure, std::vector<Cents>& payouts) const {
  const FigureSlot& slot = figures_[figure];
  payouts.insert(payouts.end(), slot.kept, slot.kept + slot.kept_count);
}

}  // namespace corridor::cpu
