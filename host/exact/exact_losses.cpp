// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/exact_losses.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>

#include "corridor/error.hpp"
#include "host/exact/totals/cover_figures.hpp"
#include "host/exact/totals/row_laws.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

FigureLoss unknown_figure(std::size_t levels) {
  FigureLoss loss;
  loss.mean_usd = loss.sd_usd = loss.se_usd = loss.probability = unknown;
  loss.var_usd.assign(levels, unknown);
  loss.tvar_usd.assign(levels, unknown);
  loss.tvar_95.resize(levels);
  return loss;
}

/// `usd` NaN where there is no closed form.
FigureLoss mean_alone(double usd, std::size_t levels, double error_usd = 0) {
  FigureLoss loss = unknown_figure(levels);
  if (std::isnan(usd)) return loss;
  loss.mean_usd = loss.exact_usd = usd;
  loss.exact_error_usd = error_usd;
  loss.source = FigureSource::exact_mean;
  return loss;
}

/// The closed form of a mean is nearer than a law's own.
void set_mean(double usd, FigureLoss& loss) {
  if (std::isfinite(usd)) loss.mean_usd = loss.exact_usd = usd;
}

/// Whether a law's figures are better than simulated ones would be.
bool is_sure(const FigureLoss& loss) {
  constexpr double tolerance = 1e-3;
  double most = std::max(loss.mean_usd, loss.sd_usd);
  for (const double tail : loss.tvar_usd) most = std::max(most, tail);
  return loss.exact_error_usd <= tolerance * most;
}

double limit_usd(const GridRow& row) {
  const Cents limit = row.terms.AggregateCover::limit;
  return limit >= unlimited ? std::numeric_limits<double>::infinity()
                            : static_cast<double>(limit) / 100;
}

/// Exact figures of one job's rows.
class JobFigures {
 public:
  JobFigures(const Plan& plan, std::size_t job, BookLaws& laws)
      : job_(plan.book->jobs[job]),
        exact_(plan.exact.rows[job]),
        laws_(laws, job),
        joint_(plan.options.joint) {
    for (const Level& level : plan.options.levels) levels_.push_back(level.value);
  }

  RowLoss row(std::uint32_t r) const {
    const GridRow& row = job_.rows[r];
    RowLoss loss;
    loss.retained =
        mean_alone(exact_[r].retained_is_bound ? unknown : exact_[r].retained_usd, levels_.size());
    loss.specific_before_asd = mean_alone(exact_[r].specific_before_asd_usd, levels_.size());
    loss.specific = specific(row, exact_[r]);
    loss.aggregate = aggregate(row);
    loss.total = totals(loss);
    if (joint_ && !loss.aggregate.empty()) take_together(row, loss);
    return loss;
  }

 private:
  FigureLoss specific(const GridRow& row, const ExactRow& exact) const {
    const CoverOfTotal cover{static_cast<double>(row.terms.retention) / 100};
    const bool retains = row.terms.retention > 0;
    TotalDemand demand{{}, levels_};
    add_amounts(cover, demand.amounts_usd);
    const auto law = laws_.specific(row, demand);
    if (!law) {
      return mean_alone(retains ? unknown : exact.specific_before_asd_usd, levels_.size());
    }
    FigureLoss loss = cover_figures(*law, cover, levels_);
    if (!retains) set_mean(exact.specific_before_asd_usd, loss);
    return loss;
  }

  std::vector<FigureLoss> aggregate(const GridRow& row) const {
    std::vector<CoverOfTotal> covers;
    TotalDemand demand{{}, levels_};
    for (std::uint32_t a = 0; a < row.attachment_count; ++a) {
      covers.push_back({static_cast<double>(row.attachments[a]) / 100,
                        row.terms.AggregateCover::share, limit_usd(row)});
      add_amounts(covers.back(), demand.amounts_usd);
    }
    std::vector<FigureLoss> losses(covers.size(), unknown_figure(levels_.size()));
    if (covers.empty()) return losses;
    const auto law = laws_.counted(row, demand);
    if (!law) return losses;
    for (std::size_t a = 0; a < covers.size(); ++a) {
      losses[a] = cover_figures(*law, covers[a], levels_);
    }
    return losses;
  }

  /// The mean of both covers; how they move together is not asked.
  std::vector<FigureLoss> totals(const RowLoss& loss) const {
    if (loss.aggregate.empty()) return {loss.specific};
    std::vector<FigureLoss> totals;
    for (const FigureLoss& aggregate : loss.aggregate) {
      totals.push_back(mean_alone(loss.specific.exact_usd + aggregate.exact_usd, levels_.size(),
                                  loss.specific.exact_error_usd + aggregate.exact_error_usd));
    }
    return totals;
  }

  /// The law of both covers in the place of its mean alone, where there is one.
  void take_together(const GridRow& row, RowLoss& loss) const {
    std::vector<CountedCover> covers;
    for (std::uint32_t a = 0; a < row.attachment_count; ++a) {
      covers.push_back({row.terms.AggregateCover::share,
                        static_cast<double>(row.attachments[a]) / 100, limit_usd(row)});
    }
    const CoverOfTotal whole{};
    TotalDemand demand{{}, levels_};
    add_amounts(whole, demand.amounts_usd);
    const std::vector<JointLaw> laws = laws_.together(row, covers, demand);
    for (std::size_t a = 0; a < laws.size(); ++a) {
      FigureLoss total = cover_figures(*laws[a].total, whole, levels_);
      if (!is_sure(total)) continue;
      set_mean(loss.total[a].exact_usd, total);
      loss.total[a] = total;
    }
  }

  const GroupJob& job_;
  const std::vector<ExactRow>& exact_;
  JobLaws laws_;
  bool joint_;
  std::vector<double> levels_;
};

/// Counts jobs and asks whether to go on, one thread at a time.
class Watch {
 public:
  Watch(const KeepGoing& keep_going, std::size_t of) : keep_going_(keep_going), of_(of) {}

  bool stopped() const { return stopped_; }
  void done() {
    const std::lock_guard lock(mutex_);
    ++done_;
    if (keep_going_ && !stopped_ && !keep_going_(done_, of_)) stopped_ = true;
  }

 private:
  const KeepGoing& keep_going_;
  std::size_t done_ = 0, of_;
  std::mutex mutex_;
  std::atomic<bool> stopped_ = false;
};

/// An exact figure over a simulated one.
void take_figure(const FigureLoss& exact, FigureLoss& loss) {
  if (exact.source == FigureSource::simulated) return;
  loss.source = exact.source;
  loss.mean_usd = loss.exact_usd = exact.exact_usd;
  loss.exact_error_usd = exact.exact_error_usd;
  if (exact.source == FigureSource::exact_mean) return;
  loss.sd_usd = exact.sd_usd;
  loss.probability = exact.probability;
  loss.var_usd = exact.var_usd;
  loss.tvar_usd = exact.tvar_usd;
}

void take_figures(const std::vector<FigureLoss>& exact, std::vector<FigureLoss>& losses) {
  for (std::size_t i = 0; i < losses.size(); ++i) take_figure(exact.at(i), losses[i]);
}

}  // namespace

ExactLaws::ExactLaws(const Plan& plan, std::size_t memory_bytes)
    : plan_(plan), laws_(std::make_unique<BookLaws>(*plan.book, memory_bytes)) {}

ExactLaws::~ExactLaws() = default;

Losses ExactLaws::losses(std::span<const std::size_t> jobs, const KeepGoing& keep_going) {
  const Book& book = *plan_.book;
  Losses losses;
  losses.levels = plan_.options.levels;
  losses.jobs.resize(book.jobs.size());
  Watch watch(keep_going, jobs.size());
  tbb::parallel_for(std::size_t{0}, jobs.size(), [&](std::size_t at) {
    if (watch.stopped()) return;
    const std::size_t job = jobs[at];
    const JobFigures figures(plan_, job, *laws_);
    losses.jobs[job].ground_up =
        mean_alone(plan_.exact.ground_up_usd[book.group_of_job[job]], losses.levels.size());
    for (std::uint32_t row = 0; row < book.jobs[job].row_count; ++row) {
      losses.jobs[job].rows.push_back(figures.row(row));
    }
    watch.done();
  });
  if (watch.stopped()) throw Error(ErrorKind::incomplete, "stopped before the run was complete");
  return losses;
}

Losses exact_losses(const Plan& plan, const KeepGoing& keep_going, std::size_t memory_bytes) {
  std::vector<std::size_t> jobs(plan.book->jobs.size());
  std::iota(jobs.begin(), jobs.end(), std::size_t{0});
  return ExactLaws(plan, memory_bytes).losses(jobs, keep_going);
}

void take_exact(const Losses& exact, Losses& losses) {
  for (std::size_t job = 0; job < losses.jobs.size(); ++job) {
    take_figure(exact.jobs[job].ground_up, losses.jobs[job].ground_up);
    for (std::size_t row = 0; row < losses.jobs[job].rows.size(); ++row) {
      const RowLoss& from = exact.jobs[job].rows[row];
      RowLoss& to = losses.jobs[job].rows[row];
      take_figure(from.specific, to.specific);
      take_figures(from.aggregate, to.aggregate);
      take_figures(from.total, to.total);
    }
  }
}

}  // namespace corridor
