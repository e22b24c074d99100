// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/tally_targets.hpp"

#include <algorithm>

namespace corridor::cuda {

TallyTargets::TallyTargets(const GroupJob& job, GroupTally& tally) : tally_(tally) {
  tally_ = {};
  tally_.rows.resize(job.row_count);
  cells_.push_back(&tally_.ground_up);
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    RowTally& row = tally_.rows[r];
    const std::size_t attachments = job.rows[r].attachment_count;
    row.aggregate.resize(attachments);
    row.total.resize(std::max<std::size_t>(attachments, 1));
    cells_.push_back(&row.counted);
    cells_.push_back(&row.specific_before_asd);
    const std::size_t first_figure = figures_.size();
    figures_.push_back(&row.specific);
    for (std::size_t a = 0; a < attachments; ++a) {
      figures_.push_back(&row.aggregate[a]);
      figures_.push_back(&row.total[a]);
    }
    for (std::size_t f = first_figure; f < figures_.size(); ++f)
      cells_.push_back(&figures_[f]->cell);
  }
}

void TallyTargets::finish() {
  for (RowTally& row : tally_.rows) {
    if (row.aggregate.empty()) row.total.front() = row.specific;
  }
}

void TopPayouts::add(std::span<const Cents> ascending) {
  const auto middle = static_cast<std::ptrdiff_t>(payouts_.size());
  payouts_.insert(payouts_.end(), ascending.begin(), ascending.end());
  std::inplace_merge(payouts_.begin(), payouts_.begin() + middle, payouts_.end());
  if (payouts_.size() > wanted_) {
    payouts_.erase(payouts_.begin(), payouts_.end() - static_cast<std::ptrdiff_t>(wanted_));
  }
}

TailTally tail_of(std::span<const Cents> ascending, std::uint64_t years, std::uint64_t rank) {
  const TailStart start = tail_start({ascending.data(), ascending.size()}, years, rank);
  TailTally tail{start.value_at_risk};
  for (const Cents payout : ascending.subspan(start.first)) {
    tail.add(payout - start.value_at_risk);
  }
  return tail;
}

std::uint32_t wanted_years(const RunSettings& settings) {
  if (settings.keep_distributions) return settings.years;
  if (settings.tail_ranks.empty()) return 0;
  const auto lowest = *std::min_element(settings.tail_ranks.begin(), settings.tail_ranks.end());
  return static_cast<std::uint32_t>(settings.years - lowest + 1);
}

}  // namespace corridor::cuda
