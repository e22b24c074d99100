// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/reader_job.hpp"

#include <hdf5.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>

#include "host/portfolio/read_raw.hpp"
#include "host/portfolio/reader_process.hpp"
#include "host/portfolio/seal_image.hpp"

namespace corridor {
namespace {

enum Argument { program, subcommand, exchange, kind, bytes_limit, digest, path, argument_count };

constexpr const char* no_digest = "-";
constexpr const char *in_memory = "memory", *in_a_file = "file";

void limit(int resource, rlim_t most) {
  rlimit current{};
  if (getrlimit(static_cast<__rlimit_resource>(resource), &current) == 0) {
    most = std::min(most, current.rlim_max);
  }
  const rlimit wanted{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &wanted);
}

/// Unpacking runs at some hundred megabytes a second; a file that needs much longer is a trap.
rlim_t cpu_seconds(const char* file) {
  struct stat status {};
  const auto bytes = stat(file, &status) == 0 ? static_cast<rlim_t>(status.st_size) : 0;
  return 20 + bytes / (2u << 20);
}

/// The program itself with its libraries, HDF5's own buffers, chunks on their way.
constexpr rlim_t own_memory_bytes = 2ull << 30;

void limit_self([[maybe_unused]] rlim_t bytes, const char* file) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_DUMPABLE, 0);
  std::signal(SIGXFSZ, SIG_IGN);  // a write that fails says more
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, cpu_seconds(file));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  limit(RLIMIT_AS, bytes + own_memory_bytes);  // sanitizers reserve terabytes of addresses
#endif
}

int run(char** argv) {
  ReaderJob job;
  job.path = argv[path];
  if (std::strcmp(argv[kind], in_a_file) == 0) job.left_in = ExchangeKind::file;
  job.limits.bytes = std::strtoull(argv[bytes_limit], nullptr, 10);
  if (std::strcmp(argv[digest], no_digest) != 0) job.seal_digest = argv[digest];
  limit_self(job.limits.bytes, argv[path]);
  run_job(job, std::atoi(argv[exchange]));
  return 0;
}

}  // namespace

int status_of(const ExchangeIsFull& full) {
  if (full.error == EFBIG) return reader_file_too_large;
  return full.error == EIO ? reader_disk_failed : reader_disk_full;
}

std::optional<ExchangeIsFull> is_full(int status) {
  if (status == reader_file_too_large) return ExchangeIsFull{EFBIG};
  if (status == reader_disk_failed) return ExchangeIsFull{EIO};
  if (status == reader_disk_full) return ExchangeIsFull{ENOSPC};
  return {};
}

void run_job(const ReaderJob& job, int exchange_descriptor) {
  if (job.seal_digest.empty()) {
    read_raw(job.path, job.limits, exchange_descriptor, job.left_in);
  } else {
    seal_image(job.path, job.seal_digest, exchange_descriptor);
  }
}

std::vector<std::string> to_arguments(const ReaderJob& job, const std::string& program,
                                      int exchange_descriptor) {
  return {program,
          reader_subcommand,
          std::to_string(exchange_descriptor),
          job.left_in == ExchangeKind::file ? in_a_file : in_memory,
          std::to_string(job.limits.bytes),
          job.seal_digest.empty() ? no_digest : job.seal_digest,
          job.path};
}

int run_reader(int argc, char** argv) {
  if (argc != argument_count) return static_cast<int>(ErrorKind::usage);
  H5dont_atexit();
  try {
    return run(argv);
  } catch (const std::bad_alloc&) {
    return reader_out_of_memory;
  } catch (const ExchangeIsFull& full) {
    return status_of(full);
  } catch (const Error& error) {
    return error.exit_code();
  } catch (const std::exception&) {
    return static_cast<int>(ErrorKind::internal);
  }
}

}  // namespace corridor
