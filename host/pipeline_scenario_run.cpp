// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <cmath>

#include "host/exact/exact_losses.hpp"
#include "host/pipeline_memory.hpp"
#include "host/pipeline_scenario.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

/// Exact laws report as work of their own.
KeepGoing keep_going(const RunOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  return [&options, start](std::size_t done, std::size_t of) {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (options.on_progress) options.on_progress({"exact laws", done, of, elapsed.count()});
    return !(options.should_stop && options.should_stop());
  };
}

}  // namespace

StudiedRun::StudiedRun(Portfolio portfolio, const TailOptions& options, const std::string& phase,
                       RunAccount& account, std::vector<double> given_premium_usd)
    : run(std::move(portfolio), options, account) {
  run.check_all();
  run.simulate(phase, true, std::move(given_premium_usd));
  if (options.run.method != Method::simulate) {
    account.next("exact laws");
    // Of what is left now, a half for the rows of this run: its figures and those of the other come.
    const std::size_t rows_bytes = pipeline::memory_room(options.run, 0).laws_bytes;
    exact = exact_losses(plan(), keep_going(options.run), rows_bytes);
  }
  for (std::vector<Cents>* amounts : {&gross, &retained, &ceded}) {
    amounts->reserve(run.years().years());
  }
  for (std::uint32_t y = 0; y < run.years().years(); ++y) {
    gross.push_back(run.years().gross(y));
    retained.push_back(run.years().ground_up[y] - gross.back());
    ceded.push_back(gross.back() - run.ceded().net[y]);
  }
}

double StudiedRun::exact_ground_up_usd() const {
  double sum = 0;
  for (const double usd : plan().exact.ground_up_usd) sum += usd;
  return sum;
}

double StudiedRun::exact_specific_usd() const {
  double sum = 0;
  for (std::size_t job = 0; job < jobs(); ++job) sum += exact_specific_usd(job);
  return sum;
}

double StudiedRun::exact_aggregate_usd() const {
  double sum = 0;
  for (std::size_t job = 0; job < jobs(); ++job) sum += exact_aggregate_usd(job);
  return sum;
}

double StudiedRun::exact_specific_usd(std::size_t job) const {
  if (!exact.jobs.empty()) return exact.jobs[job].rows[0].specific.mean_usd;
  const GridRow& row = plan().book->jobs[job].rows[0];
  return row.terms.retention > 0 ? NAN : plan().exact.rows[job][0].specific_before_asd_usd;
}

double StudiedRun::exact_aggregate_usd(std::size_t job) const {
  if (plan().book->jobs[job].rows[0].attachment_count == 0) return 0;
  return exact.jobs.empty() ? NAN : exact.jobs[job].rows[0].aggregate[0].mean_usd;
}

}  // namespace corridor
