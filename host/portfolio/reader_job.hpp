// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/h5/read_dataset.hpp"
#include "host/portfolio/exchange.hpp"

namespace corridor {

/// What a reader is asked to do with a file: hand over its content or, given a digest, a sealed
/// copy.
struct ReaderJob {
  std::string path;
  h5::ReadLimits limits;
  std::string seal_digest;
  ExchangeKind left_in = ExchangeKind::memory;
};

/// Exit status of a reader that met its memory limit.
inline constexpr int reader_out_of_memory = 71;

/// Exit statuses of one whose exchange took no more, and what errno was: a full disk, a failing one,
/// a limit of files' sizes.
inline constexpr int reader_disk_full = 80, reader_disk_failed = 81, reader_file_too_large = 82;
int status_of(const ExchangeIsFull& full);
/// None for any other status.
std::optional<ExchangeIsFull> is_full(int status);

/// Does the job here. Throws Error{internal}, ExchangeIsFull, std::bad_alloc.
void run_job(const ReaderJob& job, int exchange_descriptor);

/// The command line that carries a job to a helper, and back.
std::vector<std::string> to_arguments(const ReaderJob& job, const std::string& program,
                                      int exchange_descriptor);

}  // namespace corridor
