// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_memory.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "corridor/error.hpp"
#include "host/exact/exact_losses.hpp"
#include "host/watch/process_use.hpp"

namespace corridor::pipeline {
namespace {

constexpr double mega = 1e6;

// Measured on books of 1,000 and 4,000 groups with ten quotes each.
constexpr double bytes_a_quote = 1300, bytes_a_quote_under_way = 3500;
constexpr double bytes_a_member = 60, bytes_a_planned_quote = 400;

/// Least that years under way work with, and what exact laws take beside the rows they keep.
constexpr double least_room_bytes = 8 * mega, exact_work_bytes = 32 * mega;

double work_bytes(const RunOptions& options) {
  return options.method == Method::simulate ? least_room_bytes : exact_work_bytes;
}

/// One group's laws at once, seen with three and ten deductibles of a book of 1,000 groups.
constexpr double law_bytes = 8 * mega, law_bytes_a_deductible = 6.5 * mega;

/// What a book takes differs a little between two runs; the limit that is named must do in the next.
constexpr double from_run_to_run = 1.05;

std::string megabytes(double bytes) {
  return std::to_string(static_cast<std::uint64_t>(std::ceil(bytes / mega))) + " MB";
}

}  // namespace

double quotes_bytes(const RunOptions& options, double quotes) {
  const double part = std::min(quotes, double{quotes_a_part});
  // Rows in a scratch file leave with their part.
  const double kept = options.rows_in_file ? part : quotes;
  return kept * bytes_a_quote + part * bytes_a_quote_under_way;
}

double laws_bytes(const RunOptions& options, double deductibles) {
  if (options.method == Method::simulate) return 0;
  return std::max(0.0, law_bytes + law_bytes_a_deductible * deductibles - exact_work_bytes);
}

double slice_bytes(const RunOptions& options, double members, double quotes) {
  return members * bytes_a_member + quotes * bytes_a_planned_quote + quotes_bytes(options, quotes);
}

double room_of_a_slice(const RunOptions& options) {
  return static_cast<double>(options.memory_limit_bytes) -
         static_cast<double>(resident_memory()) - work_bytes(options) - least_room_bytes;
}

MemoryRoom memory_room(const RunOptions& options, double results_bytes) {
  if (options.memory_limit_bytes == 0) return {0, exact_memory_bytes};
  const double left = static_cast<double>(options.memory_limit_bytes) -
                      static_cast<double>(resident_memory()) - results_bytes;
  const double kept = std::max(left - exact_work_bytes, least_room_bytes) / 2;
  return {static_cast<std::size_t>(std::max(left, least_room_bytes) / 2),
          std::min(static_cast<std::size_t>(kept), exact_memory_bytes)};
}

void require_room(const RunOptions& options, double results_bytes) {
  if (options.memory_limit_bytes == 0) return;
  const auto held = static_cast<double>(resident_memory());
  const double needed = held + results_bytes + work_bytes(options);
  const auto limit = static_cast<double>(options.memory_limit_bytes);
  if (needed <= limit) return;
  throw Error(ErrorKind::usage,
              "--memory-limit " + megabytes(limit) + " is too little for this run: the book takes " +
                  megabytes(held) + " and its results " + megabytes(results_bytes) +
                  ". Give --memory-limit " + std::to_string(static_cast<std::uint64_t>(
                      std::ceil(needed * from_run_to_run / mega))) +
                  "MB or more, ask for fewer quotes, or split the book");
}

}  // namespace corridor::pipeline
