// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/trial.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <new>
#include <stdexcept>

#include "corridor/corridor.hpp"

namespace corridor::tests {
namespace {

constexpr std::uint64_t batch_size = 1'000;
constexpr time_t longest_s = 5;
constexpr rlim_t memory_bytes = 4ull << 30;

/// Memory that parent and children share.
class Shared {
 public:
  explicit Shared(std::size_t count)
      : bytes_(std::max<std::size_t>(count, 1) * sizeof(Record)),
        memory_(mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ == MAP_FAILED) throw std::bad_alloc();
  }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  ~Shared() { munmap(memory_, bytes_); }
  Record* records() const { return static_cast<Record*>(memory_); }

 private:
  std::size_t bytes_;
  void* memory_;
};

/// What an undamaged file says, for comparison.
struct Whole {
  std::string digest;
  std::vector<double> price;
};

void write(const std::string& path, const Bytes& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

std::vector<double> price_of(const std::string& path) {
  RunOptions options;
  options.years = 64;
  options.threads = 1;
  options.method = Method::simulate;
  const Quotes quotes = price_book(path, options);
  std::vector<double> figures;
  for (const QuoteColumn& column : quotes.columns) {
    if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) {
      figures.insert(figures.end(), numbers->begin(), numbers->end());
    }
  }
  return figures;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

Whole whole(const std::string& path, const Bytes& bytes, bool prices) {
  write(path, bytes);
  Whole said;
  try {
    said.digest = inspect_portfolio(path).portfolio.digest;
  } catch (const Error&) {  // a hostile file to start from: whatever is taken of it counts as changed
  }
  if (prices) said.price = price_of(path);
  return said;
}

Outcome outcome_of(const std::string& path, const Whole& expected, bool prices) {
  try {
    const Inspection inspection = inspect_portfolio(path);
    if (!inspection.usable()) return Outcome::refused;
    if (inspection.portfolio.digest != expected.digest) return Outcome::changed;
    return prices && !same_bits(price_of(path), expected.price) ? Outcome::repriced : Outcome::same;
  } catch (const std::bad_alloc&) {
    return Outcome::no_memory;
  } catch (const Error&) {
    return Outcome::refused;
  }
}

std::string scratch_path() {
  return "/dev/shm/corridor-mutant-" + std::to_string(getpid()) + ".h5";
}

/// Runs `work` in a child of this process; returns whether it came to its end.
bool in_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    work();
    _exit(0);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
  }
  unlink(("/dev/shm/corridor-mutant-" + std::to_string(child) + ".h5").c_str());
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Processor time of the helpers that have come to their end.
float children_seconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<float>(time.tv_sec) + static_cast<float>(time.tv_usec) * 1e-6f;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

Record look(const Trial& trial, const std::vector<Whole>& expected, std::uint64_t number) {
  const std::size_t file = number % trial.files.size();
  const std::string path = scratch_path();
  write(path, mutant(trial.files[file], trial.kind, trial.seed, number));
  // Processor time: a busy machine must not look like a file that takes long.
  const itimerval limit{{0, 0}, {longest_s, 0}}, none{};
  setitimer(ITIMER_PROF, &limit, nullptr);
  const std::clock_t start = std::clock();
  const Outcome outcome = outcome_of(path, expected[file], trial.prices);
  const auto ticks = static_cast<float>(std::clock() - start);
  setitimer(ITIMER_PROF, &none, nullptr);
  return {outcome, ticks / static_cast<float>(CLOCKS_PER_SEC)};
}

std::vector<Whole> all_wholes(const Trial& trial) {
  std::vector<Whole> said;
  for (const Bytes& file : trial.files) said.push_back(whole(scratch_path(), file, trial.prices));
  return said;
}

}  // namespace

std::vector<Record> try_in_process(const Trial& trial) {
  const Shared shared(trial.count);
  Record* records = shared.records();
  for (std::uint64_t begin = 0; begin < trial.count;) {
    const std::uint64_t end = std::min(trial.count, begin + batch_size);
    const bool ended = in_child([&] {
      setenv("CORRIDOR_READ_IN_PROCESS", "1", 1);
      const rlimit memory{memory_bytes, memory_bytes};
      if (!CORRIDOR_SANITIZED) setrlimit(RLIMIT_AS, &memory);
      if (freopen("/dev/null", "w", stderr) == nullptr) return;
      const std::vector<Whole> expected = all_wholes(trial);
      for (std::uint64_t number = begin; number < end; ++number) {
        records[number] = look(trial, expected, number);
      }
    });
    while (begin < end && records[begin].outcome != Outcome::not_tried) ++begin;
    if (!ended && begin < end) records[begin++].outcome = Outcome::died;
  }
  return {records, records + trial.count};
}

std::vector<Record> try_as_the_program(const Trial& trial,
                                       const std::vector<std::uint64_t>& numbers) {
  const Shared shared(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool ended = in_child([&] {
      Trial one = trial;
      one.files = {trial.files[numbers[i] % trial.files.size()]};
      const std::vector<Whole> expected = all_wholes(one);
      const std::string path = scratch_path();
      write(path, mutant(one.files[0], one.kind, one.seed, numbers[i]));
      const float before = children_seconds();
      const Outcome outcome = outcome_of(path, expected[0], one.prices);
      shared.records()[i] = {outcome, children_seconds() - before};
    });
    if (!ended) shared.records()[i].outcome = Outcome::died;
  }
  return {shared.records(), shared.records() + numbers.size()};
}

}  // namespace corridor::tests
