// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batch_run.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace corridor::cuda {
namespace {

/// A list this long is worth every multiprocessor at once; shorter ones are sorted a block each.
constexpr std::uint32_t long_list = 1u << 16;

/// The sort counts values of a round in an int.
constexpr std::uint64_t round_values_max = std::numeric_limits<std::int32_t>::max();

std::uint32_t count_of(std::size_t count) { return static_cast<std::uint32_t>(count); }

}  // namespace

void Workspace::release() noexcept {
  image.release();
  scratch.release();
  columns.release();
  gathered.release();
  sorted.release();
}

BatchRun::BatchRun(Workspace& space, DeviceTables tables, std::span<const GroupJob> jobs,
                   std::span<const JobNeeds> needs, const Batch& batch, const RunSettings& settings,
                   std::span<GroupTally> out)
    : space_(space),
      tables_(tables),
      jobs_(jobs),
      needs_(needs),
      batch_(batch),
      settings_(settings),
      wanted_(wanted_years(settings)),
      pieces_(blocks_per_group(settings.years, batch.piece_years)) {
  for (const std::size_t job : batch.jobs) {
    const TallyTargets& target = targets_.emplace_back(jobs[job], out[job]);
    cells_.insert(cells_.end(), target.cells().begin(), target.cells().end());
    figures_.insert(figures_.end(), target.figures().begin(), target.figures().end());
  }
  if (wanted_ > 0 && keeps_lists()) tops_.assign(figures_.size(), TopPayouts(wanted_));
  write_image();
  if (wanted_ == 0) return;
  space_.gathered.reserve(batch.list_values);
  space_.sorted.reserve(batch.list_values);
  upload(std::span<const std::uint64_t>(settings.tail_ranks), space_.ranks, space_.stream);
}

/// The groups of the batch, a job's second view behind its first.
std::vector<BatchRun::Lane> BatchRun::lanes() const {
  std::vector<Lane> lanes;
  for (std::size_t place = 0; place < batch_.jobs.size(); ++place) {
    const std::size_t job = batch_.jobs[place];
    lanes.push_back({place, &jobs_[job].group, needs_[job], {}});
    if (needs_[job].counted) {
      lanes.push_back({place, jobs_[job].counted, *needs_[job].counted, {}});
    }
  }
  return lanes;
}

/// Writes the groups into the image, those of one kernel side by side.
void BatchRun::place_groups(std::vector<Lane> lanes, BatchImage& image) {
  std::stable_sort(lanes.begin(), lanes.end(), [](const Lane& a, const Lane& b) {
    const auto order = [](const KernelShape& s) {
      return std::tuple(s.basis, s.slots, s.thinned, s.staged);
    };
    return order(a.needs.shape) < order(b.needs.shape);
  });
  std::vector<DeviceGroup> groups;
  for (const Lane& lane : lanes) {
    add_to_launches(lane.needs, count_of(groups.size()), launches_);
    groups.push_back(image.add_group(*lane.view));
    groups.back().sums = lane.sums;
  }
  groups_ = image.add(std::span<const DeviceGroup>(groups));
  group_of_.assign(batch_.jobs.size(), nullptr);
  counted_of_.assign(batch_.jobs.size(), nullptr);
  for (std::size_t g = 0; g < lanes.size(); ++g) {
    const bool counted = lanes[g].view == jobs_[batch_.jobs[lanes[g].place]].counted;
    (counted ? counted_of_ : group_of_)[lanes[g].place] = groups_ + g;
  }
}

void BatchRun::write_image() {
  std::size_t image_bytes_most = 0;
  std::uint64_t column_count = 0;
  for (const std::size_t job : batch_.jobs) {
    image_bytes_most += image_bytes(jobs_[job]);
    column_count += needs_[job].sum_columns + needs_[job].payout_columns;
    image_bytes_most += jobs_[job].row_count * sizeof(PayoutTask);
  }
  image_bytes_most += column_count * 2 * sizeof(Cents*) + 64;
  const std::uint64_t stride = column_stride(batch_.piece_years);
  Cents* next = space_.columns.reserve(column_count * stride);
  BatchImage image(space_.image.reserve(image_bytes_most), tables_.host, tables_.device);

  std::vector<Lane> all = lanes();
  std::vector<PayoutTask> tasks;
  std::vector<std::size_t> place_of_task;
  auto lane = all.begin();
  for (std::size_t place = 0; place < batch_.jobs.size(); ++place) {
    const GroupJob& job = jobs_[batch_.jobs[place]];
    columns_.cells.push_back(next);
    for (; lane != all.end() && lane->place == place; ++lane) {
      lane->sums = {next, stride};
      next += sums_columns(*lane->view) * stride;
    }
    const GridRow* rows = image.add_rows({job.rows, job.row_count});
    for (std::uint32_t r = 0; r < job.row_count; ++r) {
      tasks.push_back({nullptr, nullptr, rows + r, {next, stride}});
      place_of_task.push_back(place);
      for (std::uint32_t c = 0; c < payout_columns(job.rows[r]); ++c, next += stride) {
        columns_.cells.push_back(next);
        if (c >= specific_column) columns_.figures.push_back(next);
      }
    }
  }
  place_groups(std::move(all), image);
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    tasks[t].group = group_of_[place_of_task[t]];
    tasks[t].counted = counted_of_[place_of_task[t]];
  }
  tasks_ = image.add(std::span<const PayoutTask>(tasks));
  task_count_ = count_of(tasks.size());
  columns_.device_cells = image.add(std::span<const Cents* const>(columns_.cells));
  columns_.device_figures = image.add(std::span<const Cents* const>(columns_.figures));
  upload(image.bytes().data(), space_.image.data(), image.bytes().size(), space_.stream);
}

void BatchRun::run() {
  for (std::uint64_t first = 0; first < settings_.years; first += batch_.piece_years) {
    const std::uint64_t left = settings_.years - first;
    run_piece(static_cast<std::uint32_t>(first),
              static_cast<std::uint32_t>(std::min<std::uint64_t>(left, batch_.piece_years)));
  }
  finish_lists();
  for (TallyTargets& target : targets_) target.finish();
}

void BatchRun::run_piece(std::uint32_t first_year, std::uint32_t years) {
  for (const LaneLaunch& launch : launches_) {
    const LaneBatch lanes{groups_ + launch.first, launch.count, first_year, years};
    check(launch_lanes(launch.needs.shape, lanes, launch.needs.law_count, launch.needs.has_personal,
                       round_keys(settings_.seed), space_.stream.get()),
          "start the simulation");
  }
  if (task_count_ > 0) {
    check(launch_payouts(tasks_, task_count_, years, space_.stream.get()), "start the terms");
  }
  add_cells(years);
  if (wanted_ > 0 && !figures_.empty()) add_tails(years);
}

void BatchRun::add_cells(std::uint32_t years) {
  CellTally* const device = space_.cells.reserve(cells_.size());
  check(launch_cells(columns_.device_cells, count_of(cells_.size()), years, device,
                     space_.stream.get()),
        "start the sums");
  const std::vector<CellTally> parts = download(device, cells_.size(), space_.stream);
  for (std::size_t c = 0; c < cells_.size(); ++c) cells_[c]->merge(parts[c]);
}

void BatchRun::add_tails(std::uint32_t years) {
  TailCut* const device = space_.cuts.reserve(figures_.size());
  check(launch_cuts(columns_.device_figures, count_of(figures_.size()), years, wanted_, device,
                    space_.stream.get()),
        "start the tails");
  const std::vector<TailCut> cuts = download(device, figures_.size(), space_.stream);
  for (const Round& round : rounds(cuts)) {
    sort_round(round, cuts, years);
    if (keeps_lists()) {
      take_lists(round);
    } else {
      take_tails(round);
    }
  }
}

std::vector<BatchRun::Round> BatchRun::rounds(std::span<const TailCut> cuts) const {
  const std::uint64_t room = std::min<std::uint64_t>(batch_.list_values, round_values_max);
  std::vector<Round> result;
  for (std::size_t f = 0; f < cuts.size(); ++f) {
    const bool fits =
        !result.empty() && result.back().offsets.back() + std::uint64_t{cuts[f].count} <= room;
    if (!fits) result.push_back({f, 0, {0}});
    Round& round = result.back();
    round.offsets.push_back(round.offsets.back() + cuts[f].count);
    ++round.count;
  }
  return result;
}

void BatchRun::sort_round(const Round& round, std::span<const TailCut> cuts, std::uint32_t years) {
  std::vector<GatherTask> tasks;
  for (std::size_t i = 0; i < round.count; ++i) {
    const std::size_t figure = round.first + i;
    tasks.push_back(
        {columns_.figures[figure], cuts[figure].bin, space_.gathered.data() + round.offsets[i]});
  }
  const GatherTask* device =
      upload(std::span<const GatherTask>(tasks), space_.gathers, space_.stream);
  check(launch_gathers(device, count_of(tasks.size()), years, space_.stream.get()),
        "start the tails");
  sort_values(round);
}

void BatchRun::sort_values(const Round& round) {
  std::uint32_t longest = 0;
  for (std::size_t i = 0; i < round.count; ++i) {
    longest = std::max(longest, round.offsets[i + 1] - round.offsets[i]);
  }
  if (longest <= long_list) {
    sort_together(round);
  } else {
    sort_one_by_one(round, longest);
  }
}

void BatchRun::sort_together(const Round& round) {
  const std::uint32_t values = round.offsets.back();
  if (values == 0) return;
  std::size_t bytes = 0;
  check(sort_scratch_bytes(count_of(round.count), values, bytes), "sort the tails");
  std::byte* const scratch = space_.scratch.reserve(bytes);
  const std::uint32_t* const offsets =
      upload(std::span<const std::uint32_t>(round.offsets), space_.offsets, space_.stream);
  check(sort_lists({offsets, count_of(round.count), values}, space_.gathered.data(),
                   space_.sorted.data(), scratch, bytes, space_.stream.get()),
        "sort the tails");
}

void BatchRun::sort_one_by_one(const Round& round, std::uint32_t longest) {
  std::size_t bytes = 0;
  check(sort_long_scratch_bytes(longest, bytes), "sort the tails");
  std::byte* const scratch = space_.scratch.reserve(bytes);
  for (std::size_t i = 0; i < round.count; ++i) {
    const std::uint32_t first = round.offsets[i], count = round.offsets[i + 1] - first;
    if (count == 0) continue;
    check(sort_long_list(space_.gathered.data() + first, space_.sorted.data() + first, count,
                         scratch, bytes, space_.stream.get()),
          "sort the tails");
  }
}

void BatchRun::take_tails(const Round& round) {
  std::vector<TailList> lists;
  for (std::size_t i = 0; i < round.count; ++i) {
    lists.push_back(
        {space_.sorted.data() + round.offsets[i], round.offsets[i + 1] - round.offsets[i]});
  }
  const std::size_t levels = settings_.tail_ranks.size();
  const TailList* device = upload(std::span<const TailList>(lists), space_.lists, space_.stream);
  TailTally* const tails = space_.tails.reserve(lists.size() * levels);
  check(launch_tails(device, count_of(lists.size()), settings_.years, space_.ranks.data(),
                     count_of(levels), tails, space_.stream.get()),
        "start the tails");
  const std::vector<TailTally> result = download(tails, lists.size() * levels, space_.stream);
  for (std::size_t i = 0; i < round.count; ++i) {
    const auto first = result.begin() + static_cast<std::ptrdiff_t>(i * levels);
    figures_[round.first + i]->tails.assign(first, first + static_cast<std::ptrdiff_t>(levels));
  }
}

void BatchRun::take_lists(const Round& round) {
  const std::vector<Cents> values =
      download<Cents>(space_.sorted.data(), round.offsets.back(), space_.stream);
  for (std::size_t i = 0; i < round.count; ++i) {
    tops_[round.first + i].add(
        std::span(values).subspan(round.offsets[i], round.offsets[i + 1] - round.offsets[i]));
  }
}

void BatchRun::finish_lists() {
  for (std::size_t f = 0; f < tops_.size(); ++f) {
    for (const std::uint64_t rank : settings_.tail_ranks) {
      figures_[f]->tails.push_back(tail_of(tops_[f].ascending(), settings_.years, rank));
    }
    if (settings_.keep_distributions) figures_[f]->sorted_payouts = tops_[f].take();
  }
}

}  // namespace corridor::cuda
