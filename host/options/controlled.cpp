// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/options/controlled.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "corridor/error.hpp"
#include "host/options/job_years.hpp"
#include "host/options/regression.hpp"
#include "host/plan/neighbour.hpp"
#include "host/simulate/year_blocks.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t pilot_part = 10;
constexpr std::size_t pilot_years_a_control = 20;
constexpr std::size_t block_bytes = std::size_t{4} << 20;  // small enough that a run stops soon
const std::string covers[] = {"specific", "aggregate", "total"};

double usd(Cents amount) { return static_cast<double>(amount) / 100; }

/// A year of a row and of its neighbour, before the aggregate cover.
struct YearPair {
  YearState own, neighbour;
};

/// Both from the columns of the job's sums.
YearPair year_pair(const GroupJob& job, const GridRow& row, const GridRow& plain, SumsView sums,
                   std::uint32_t year) {
  YearPair pair;
  pair.own = year_state(job.group, row, sums, year, job.counted);
  pair.neighbour = pair.own;
  const GroupView& counts = counting_view(job);
  if (has_families(counts)) {
    const std::uint32_t first = job.counted != nullptr ? sums_columns(job.group) : 0;
    const std::uint32_t column = first + family_column(counts) + row.deductible_threshold;
    pair.neighbour.countable += sums.data[column * sums.stride + year];
  }
  pair.neighbour.family = 0;
  row.terms.apply(pair.own);
  plain.terms.apply(pair.neighbour);
  return pair;
}

/// Where an estimate goes.
struct Place {
  std::size_t quote = 0, cover = 0;  ///< index into covers
};

/// A payout to be estimated.
struct Target {
  std::size_t cover = 0;         ///< index into covers
  std::uint32_t attachment = 0;  ///< unused by the specific
  std::vector<Place> places;
};

/// One row of a job: what is to be estimated.
struct RowTargets {
  std::uint32_t row = 0;
  GridRow plain{};
  std::vector<Target> targets;
};

/// Controls of a row: its neighbour's covers, and what the neighbours of all rows retain, whose
/// differences follow the size of claims.
class Controls {
 public:
  Controls(const std::vector<NeighbourMeans>& means, std::size_t row, std::uint32_t attachments)
      : means_(means), own_(means[row]) {
    for (std::size_t r = 0; r < means.size(); ++r) {
      if (std::isfinite(means[r].retained_usd)) retained_.push_back(r);
    }
    specific_ = std::isfinite(own_.specific_usd);
    before_ = std::isfinite(own_.specific_before_asd_usd);
    const auto known = static_cast<std::uint32_t>(own_.aggregate_usd.size());
    for (std::uint32_t a = 0; a < std::min(attachments, known); ++a) {
      if (std::isfinite(own_.aggregate_usd[a])) aggregate_.push_back(a);
    }
  }

  std::size_t count() const { return retained_.size() + before_ + specific_ + aggregate_.size(); }

  /// Values of a year less their means; `retained` is what each row's neighbour retains.
  void values(const YearState& year, const GridRow& plain, const std::vector<double>& retained,
              std::vector<double>& out) const {
    out.clear();
    for (const std::size_t r : retained_) out.push_back(retained[r] - means_[r].retained_usd);
    if (before_) out.push_back(usd(year.specific_before_asd) - own_.specific_before_asd_usd);
    if (specific_) out.push_back(usd(year.specific) - own_.specific_usd);
    AggregateCover cover = plain.terms;
    for (const std::uint32_t a : aggregate_) {
      cover.attachment = plain.attachments[a];
      out.push_back(usd(cover.ceded(year.counted)) - own_.aggregate_usd[a]);
    }
  }

 private:
  const std::vector<NeighbourMeans>& means_;
  const NeighbourMeans& own_;
  std::vector<std::size_t> retained_;
  std::vector<std::uint32_t> aggregate_;
  bool specific_ = false, before_ = false;
};

/// A row's estimate under way: slopes from its first years, residuals of the others.
class RowEstimate {
 public:
  RowEstimate(const RowTargets& of, const std::vector<NeighbourMeans>& means, const GridRow& row,
              std::uint32_t years)
      : of_(of),
        row_(row),
        controls_(means, of.row, row.attachment_count),
        regression_(controls_.count(), of.targets.size()),
        pilot_years_(
            std::max<std::size_t>(years / pilot_part, pilot_years_a_control * controls_.count())),
        sums_(of.targets.size()),
        squares_(of.targets.size()) {}

  bool is_possible(std::uint32_t years) const {
    return controls_.count() > 0 && 2 * pilot_years_ < years;
  }

  void add(const YearPair& year, const std::vector<double>& retained) {
    controls_.values(year.neighbour, of_.plain, retained, values_);
    targets_.clear();
    for (const Target& target : of_.targets) targets_.push_back(payout(year.own, target));
    if (regression_.count() < pilot_years_) return regression_.add(values_, targets_);
    if (slopes_.empty()) slopes_ = regression_.slopes();
    ++count_;
    for (std::size_t t = 0; t < targets_.size(); ++t) {
      double rest = targets_[t];
      for (std::size_t c = 0; c < values_.size(); ++c) rest -= slopes_[t][c] * values_[c];
      sums_[t] += rest;
      squares_[t] += rest * rest;
    }
  }

  Estimate estimate(std::size_t target) const {
    const auto count = static_cast<double>(count_);
    const double mean = sums_[target] / count;
    const double variance = std::max(squares_[target] / count - mean * mean, 0.0);
    return {mean, std::sqrt(variance / (count - 1))};
  }

 private:
  double payout(const YearState& year, const Target& target) const {
    if (target.cover == 0) return usd(year.specific);
    AggregateCover cover = row_.terms;
    cover.attachment = row_.attachments[target.attachment];
    const Cents aggregate = cover.ceded(year.counted);
    return usd(target.cover == 1 ? aggregate : aggregate + year.specific);
  }

  const RowTargets& of_;
  const GridRow& row_;
  Controls controls_;
  Regression regression_;
  std::size_t pilot_years_, count_ = 0;
  std::vector<std::vector<double>> slopes_;
  std::vector<double> values_, targets_, sums_, squares_;
};

/// Columns under way.
class Drafts {
 public:
  explicit Drafts(Quotes& quotes) : quotes_(quotes) {
    for (const std::string& cover : covers) {
      values_.resize(values_.size() + 3, std::vector<double>(quotes.rows, unknown));
      errors_.push_back(&quotes.find(cover + "_se_usd")->values);
    }
  }

  void set(const Place& place, const Estimate& estimate) {
    const std::size_t first = 3 * place.cover;
    const double plain = std::get<std::vector<double>>(*errors_[place.cover])[place.quote];
    const double ratio = plain / estimate.se_usd;
    values_[first][place.quote] = estimate.mean_usd;
    values_[first + 1][place.quote] = estimate.se_usd;
    values_[first + 2][place.quote] = ratio * ratio;
  }

  void append() {
    for (std::size_t c = 0; c < std::size(covers); ++c) {
      const std::string name = covers[c] + "_controlled";
      add(name + "_mean_usd", "USD", covers[c] + ": mean with control variates", 3 * c);
      add(name + "_se_usd", "USD", covers[c] + ": its standard error", 3 * c + 1);
      add(name + "_gain", "1", covers[c] + ": variance without controls over that with", 3 * c + 2);
    }
  }

 private:
  void add(std::string name, std::string units, std::string description, std::size_t at) {
    quotes_.columns.push_back(
        {std::move(name), std::move(units), std::move(description), std::move(values_[at])});
  }

  Quotes& quotes_;
  std::vector<std::vector<double>> values_;
  std::vector<const decltype(QuoteColumn::values)*> errors_;
};

/// Whether a quote's figure has no closed form and some spread.
bool is_open(const Quotes& quotes, std::size_t quote, std::size_t cover) {
  return !std::isfinite(quotes.number(covers[cover] + "_exact_usd", quote)) &&
         quotes.number(covers[cover] + "_se_usd", quote) > 0;
}

/// Adds a quote's payouts; the specific is the same at every corridor of a row, and the total
/// without an aggregate.
void add_targets(const QuoteKey& key, const Quotes& quotes, std::size_t quote,
                 std::vector<Target>& targets) {
  if (is_open(quotes, quote, 0)) {
    if (targets.empty() || targets.front().cover != 0) targets.insert(targets.begin(), Target{});
    targets.front().places.push_back({quote, 0});
    if (!key.has_aggregate) targets.front().places.push_back({quote, 2});
  }
  if (!key.has_aggregate) return;
  for (const std::size_t cover : {1u, 2u}) {
    if (is_open(quotes, quote, cover)) targets.push_back({cover, key.attachment, {{quote, cover}}});
  }
}

/// What of a job's quotes is to be estimated.
std::vector<RowTargets> targets_of(const Plan& plan, const Quotes& quotes,
                                   const std::vector<std::size_t>& of_job) {
  std::vector<RowTargets> rows;
  for (const std::size_t q : of_job) {
    const QuoteKey& key = plan.quotes[q];
    if (rows.empty() || rows.back().row != key.row) {
      rows.push_back({key.row, neighbour(plan.book->jobs[key.job].rows[key.row]), {}});
    }
    add_targets(key, quotes, q, rows.back().targets);
  }
  std::erase_if(rows, [](const RowTargets& row) { return row.targets.empty(); });
  return rows;
}

void stop_if_asked(const RunOptions& options) {
  if (options.should_stop && options.should_stop()) {
    throw Error(ErrorKind::incomplete, "stopped before the run was complete");
  }
}

/// Estimates of one job's rows, from its years.
class JobStudy {
 public:
  JobStudy(const Plan& plan, std::size_t job, const std::vector<NeighbourMeans>& means,
           const std::vector<RowTargets>& rows, std::uint32_t years)
      : plan_(plan), job_(plan.book->jobs[job]), means_(means), years_(years) {
    for (std::uint32_t r = 0; r < job_.row_count; ++r) plain_.push_back(neighbour(job_.rows[r]));
    for (const RowTargets& row : rows) {
      estimates_.emplace_back(row, means_, job_.rows[row.row], years_);
      rows_.push_back(&row);
    }
  }

  void run(Backend& backend) {
    const PlacedJob placed{&backend, &job_};
    each_year_block(
        std::span(&placed, 1), plan_.options.seed, years_,
        [&](std::uint32_t, std::uint32_t count, std::span<const SumsView> sums) {
          stop_if_asked(plan_.options);
          for (std::uint32_t year = 0; year < count; ++year) add(sums[0], year);
        },
        block_bytes);
  }

  void report(Drafts& drafts) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!estimates_[i].is_possible(years_)) continue;
      for (std::size_t t = 0; t < rows_[i]->targets.size(); ++t) {
        for (const Place& place : rows_[i]->targets[t].places) {
          drafts.set(place, estimates_[i].estimate(t));
        }
      }
    }
  }

 private:
  void add(SumsView sums, std::uint32_t year) {
    pairs_.clear();
    retained_.clear();
    for (std::uint32_t r = 0; r < job_.row_count; ++r) {
      pairs_.push_back(year_pair(job_, job_.rows[r], plain_[r], sums, year));
      retained_.push_back(usd(pairs_.back().neighbour.counted));
    }
    for (std::size_t i = 0; i < rows_.size(); ++i)
      estimates_[i].add(pairs_[rows_[i]->row], retained_);
  }

  const Plan& plan_;
  const GroupJob& job_;
  const std::vector<NeighbourMeans>& means_;
  std::uint32_t years_;
  std::vector<GridRow> plain_;
  std::vector<RowEstimate> estimates_;
  std::vector<const RowTargets*> rows_;
  std::vector<YearPair> pairs_;
  std::vector<double> retained_;
};

}  // namespace

std::vector<std::vector<NeighbourMeans>> neighbour_means(const ExactMeans& means,
                                                         const Losses& exact) {
  std::vector<std::vector<NeighbourMeans>> result;
  for (std::size_t job = 0; job < means.rows.size(); ++job) {
    std::vector<NeighbourMeans>& of_job = result.emplace_back();
    if (exact.jobs.at(job).rows.empty()) continue;
    for (std::size_t r = 0; r < means.rows[job].size(); ++r) {
      const ExactRow& row = means.rows[job][r];
      const RowLoss& law = exact.jobs.at(job).rows.at(r);
      of_job.push_back({row.retained_is_bound ? unknown : row.retained_usd,
                        row.specific_before_asd_usd,
                        law.specific.exact_usd,
                        {}});
      for (const FigureLoss& aggregate : law.aggregate) {
        of_job.back().aggregate_usd.push_back(aggregate.exact_usd);
      }
    }
  }
  return result;
}

void add_controlled_means(const Plan& plan, Backend& backend,
                          const std::vector<std::vector<NeighbourMeans>>& means, Quotes& quotes) {
  const auto& years = std::get<std::vector<std::uint64_t>>(quotes.find("years")->values);
  const std::vector<std::vector<std::size_t>> of_jobs = quotes_of_jobs(plan);
  Drafts drafts(quotes);
  for (std::size_t job = 0; job < of_jobs.size(); ++job) {
    const std::vector<RowTargets> rows = targets_of(plan, quotes, of_jobs[job]);
    if (rows.empty()) continue;
    const std::uint64_t of_group = years[of_jobs[job].front()];
    JobStudy study(plan, job, means[job], rows, static_cast<std::uint32_t>(of_group));
    study.run(backend);
    study.report(drafts);
  }
  drafts.append();
}

}  // namespace corridor
