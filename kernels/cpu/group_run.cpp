// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/group_run.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace corridor::cpu {
namespace {

/// Years are cut where the drivers' vectors end.
constexpr std::uint32_t slice_multiple = 64;

/// Runs of fewer years keep every payout: there is nothing to save.
constexpr std::uint32_t guess_from_years = 4096;

/// Years from which the tails' amounts are guessed: a sixteenth, within bounds.
std::uint32_t sample_years(const RunContext& context) {
  const std::uint32_t years = context.settings.years;
  if (context.question.keep_all || years < guess_from_years) return 0;
  return std::clamp<std::uint32_t>(years / 16, 512, 4096);
}

void reserve(std::unique_ptr<Cents[]>& data, std::size_t& size, std::size_t needed) {
  if (size >= needed) return;
  data.reset();
  data = std::make_unique_for_overwrite<Cents[]>(needed);
  size = needed;
}

SumsView moved(SumsView sums, std::uint64_t rows) { return {sums.data + rows, sums.stride}; }

bool stopped(const std::atomic<bool>& stop, const RunSettings& settings) {
  return stop || (settings.should_stop && settings.should_stop());
}

}  // namespace

std::size_t sums_bytes(const GroupJob& job, const RunContext& context) {
  if (!context.question.asked()) return 0;
  return sizeof(Cents) * job_columns(job) * std::size_t{context.settings.years};
}

void simulate_job(const InstructionSet& set, const GroupJob& job, const LaneTables& tables,
                  const RoundKeys& keys, std::uint32_t first_year, std::uint32_t years,
                  SumsView out) {
  set.simulate(job.group, tables, keys, first_year, years, out);
  if (job.counted == nullptr) return;
  const SumsView behind{out.data + sums_columns(job.group) * out.stride, out.stride};
  set.simulate(*job.counted, tables, keys, first_year, years, behind);
}

bool GroupRun::run(const GroupJob& job, GroupTally& out, const std::atomic<bool>& stop) {
  job_ = &job;
  owner_ = &out;
  sampled_years_ = 0;
  for (ThreadPart& part : parts_) part.owner = nullptr;
  keep_above_.assign(job.row_count, {});
  if (context_.question.asked()) {
    hold_sums();
    sampled_years_ = sample_years(context_);
    for_slices(sampled_years_, stop, [&](Slice s) { simulate(s, held_sums(s.first_year)); });
    if (stopped(stop, context_.settings)) return false;
    guess_tails();
  }
  for_slices(context_.settings.years, stop, [&](Slice slice) {
    ThreadPart& mine = part();
    const SumsView sums = slice_sums(mine, slice);
    simulate(slice, sums);
    tally(slice, sums, mine);
  });
  if (stopped(stop, context_.settings)) return false;
  gather(out);
  return true;
}

std::uint32_t GroupRun::slice_years() const {
  const std::uint32_t members = std::max(job_->group.member_count, 1u);
  const std::uint32_t years =
      std::min(context_.tuning.slice_draws / members, context_.tuning.slice_years_most);
  return std::max(years / slice_multiple, 1u) * slice_multiple;
}

void GroupRun::hold_sums() {
  reserve(sums_, sums_size_, sums_bytes(*job_, context_) / sizeof(Cents));
}

SumsView GroupRun::held_sums(std::uint32_t first_year) const {
  return {sums_.get() + first_year, context_.settings.years};
}

SumsView GroupRun::slice_sums(ThreadPart& part, Slice slice) const {
  if (context_.question.asked()) return held_sums(slice.first_year);
  const std::size_t stride = slice_years();
  reserve(part.sums, part.sums_size, stride * job_columns(*job_));
  return {part.sums.get(), stride};
}

void GroupRun::simulate(Slice slice, SumsView out) const {
  simulate_job(context_.set, *job_, context_.tables, context_.keys, slice.first_year, slice.years,
               out);
}

void GroupRun::tally(Slice slice, SumsView sums, ThreadPart& part) const {
  context_.set.tally_column(sums.data, slice.years, part.ground_up);
  for (std::uint32_t done = 0; done < slice.years; done += tally_years) {
    const std::uint32_t years = std::min(tally_years, slice.years - done);
    for (std::uint32_t r = 0; r < job_->row_count; ++r) {
      part.rows[r].add(context_.set, *job_, job_->rows[r], moved(sums, done), years);
    }
  }
}

void GroupRun::for_slices(std::uint32_t years, const std::atomic<bool>& stop,
                          const std::function<void(Slice)>& work) const {
  const std::uint32_t step = slice_years();
  const std::uint32_t count = years / step + (years % step != 0 ? 1 : 0);
  // Without isolation a thread that waits for its slices could start another group's job.
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::uint32_t{0}, count, [&](std::uint32_t slice) {
      if (stopped(stop, context_.settings)) return;
      const std::uint32_t first = slice * step;
      work({first, std::min(step, years - first)});
    });
  });
}

GroupRun::ThreadPart& GroupRun::part() {
  ThreadPart& part = parts_.local();
  if (part.owner == owner_) return part;
  part.owner = owner_;
  part.ground_up = {};
  if (part.rows.size() < job_->row_count) part.rows.resize(job_->row_count);
  for (std::uint32_t r = 0; r < job_->row_count; ++r) {
    part.rows[r].reset(*job_, job_->rows[r]);
    for (std::size_t f = 0; f < keep_above_[r].size(); ++f) {
      part.rows[r].keep_above(f, keep_above_[r][f]);
    }
  }
  return part;
}

void GroupRun::guess_tails() {
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::uint32_t{0}, job_->row_count, [&](std::uint32_t r) {
      RowPartial sample;
      sample.reset(*job_, job_->rows[r]);
      keep_above_[r].assign(sample.figure_count(), 0);
      if (sampled_years_ == 0) return;
      for (std::size_t f = 0; f < sample.figure_count(); ++f) sample.keep_above(f, 0);
      for (std::uint32_t done = 0; done < sampled_years_; done += tally_years) {
        sample.add(context_.set, *job_, job_->rows[r], held_sums(done),
                   std::min(tally_years, sampled_years_ - done));
      }
      std::vector<Cents> payouts;
      for (std::size_t f = 0; f < sample.figure_count(); ++f) {
        payouts.clear();
        sample.take_kept(f, payouts);
        keep_above_[r][f] = guess_keep_above(payouts, sampled_years_, context_.question,
                                             context_.tuning.guess_margin);
      }
    });
  });
}

void GroupRun::gather(GroupTally& out) {
  out = {};
  out.rows.resize(job_->row_count);
  for (const ThreadPart& part : parts_) {
    if (part.owner == owner_) out.ground_up.merge(part.ground_up);
  }
  tbb::this_task_arena::isolate([&] {
    tbb::parallel_for(std::size_t{0}, out.rows.size(),
                      [&](std::size_t r) { gather_row(r, out.rows[r]); });
  });
}

void GroupRun::gather_row(std::size_t row, RowTally& out) {
  const std::size_t attachments = job_->rows[row].attachment_count;
  for (const ThreadPart& part : parts_) {
    if (part.owner != owner_) continue;
    out.counted.merge(part.rows[row].counted());
    out.specific_before_asd.merge(part.rows[row].specific_before_asd());
  }
  gather_figure(row, 0, out.specific);
  out.aggregate.resize(attachments);
  out.total.resize(attachments);
  for (std::size_t a = 0; a < attachments; ++a) {
    gather_figure(row, 1 + a, out.aggregate[a]);
    gather_figure(row, 1 + attachments + a, out.total[a]);
  }
  if (attachments == 0) out.total.push_back(out.specific);
}

void GroupRun::gather_figure(std::size_t row, std::size_t figure, FigureTally& out) {
  std::vector<Cents> kept;
  for (const ThreadPart& part : parts_) {
    if (part.owner != owner_) continue;
    out.cell.merge(part.rows[row].cell(figure));
    part.rows[row].take_kept(figure, kept);
  }
  if (!context_.question.asked()) return;
  if (!answers(context_.question, out.cell.hits, kept.size())) keep_again(row, figure, kept);
  fill_tails(context_.question, kept, out);
}

void GroupRun::keep_again(std::size_t row, std::size_t figure, std::vector<Cents>& kept) const {
  RowPartial again;
  again.reset(*job_, job_->rows[row]);
  again.keep_above(figure, 0);
  for (std::uint64_t done = 0; done < context_.settings.years; done += tally_years) {
    const auto first = static_cast<std::uint32_t>(done);
    again.add(context_.set, *job_, job_->rows[row], held_sums(first),
              std::min(tally_years, context_.settings.years - first));
  }
  kept.clear();
  again.take_kept(figure, kept);
}

}  // namespace corridor::cpu
