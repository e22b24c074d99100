// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "host/h5/read_dataset.hpp"

namespace corridor {

/// What a reader is asked to do with a file: hand over its content or, given a digest, a sealed
/// copy.
struct ReaderJob {
  std::string path;
  h5::ReadLimits limits;
  std::string seal_digest;
};

/// Exit status of a reader that met its memory limit.
inline constexpr int reader_out_of_memory = 71;

/// Does the job here. Throws Error{internal}, std::bad_alloc.
void run_job(const ReaderJob& job, int exchange_descriptor);

/// The command line that carries a job to a helper, and back.
std::vector<std::string> to_arguments(const ReaderJob& job, const std::string& program,
                                      int exchange_descriptor);

}  // namespace corridor
