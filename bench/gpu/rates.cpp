// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// How fast a device draws, simulates and tallies, and what share of its issue slots that is.
//
// usage: corridor_gpu_rates
// prints a table in Markdown; exits 69 when there is no device

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>

#include "bench/gpu/made_up_book.hpp"
#include "bench/gpu/philox_rate.hpp"
#include "corridor/error.hpp"
#include "kernels/cuda/batch_image.hpp"
#include "kernels/cuda/batching.hpp"
#include "kernels/cuda/device.hpp"

namespace corridor {
namespace {

using made_up_book::Book;
using made_up_book::GroupSpec;

/// Counted in sm_90's machine code by scripts/gpu/sass_count.py, the flush included.
constexpr double neutral_instructions = 25.44, thinned_instructions = 29.94;
constexpr double philox_instructions = 10.13;
constexpr double schedulers = 4, lanes_a_warp = 32;
constexpr int repetitions = 9;

int attribute(cudaDeviceAttr which) {
  int value = 0;
  cuda::check(cudaDeviceGetAttribute(&value, which, 0), "be asked what it is");
  return value;
}

/// Instructions of single lanes a second that the schedulers can issue at the highest clock.
double issue_limit() {
  return attribute(cudaDevAttrMultiProcessorCount) * schedulers * lanes_a_warp *
         attribute(cudaDevAttrClockRate) * 1e3;
}

/// A pair of marks in a stream.
class Timer {
 public:
  Timer() {
    cuda::check(cudaEventCreate(&start_), "make an event");
    cuda::check(cudaEventCreate(&stop_), "make an event");
  }
  ~Timer() {
    cudaEventDestroy(start_);
    cudaEventDestroy(stop_);
  }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  double seconds(const cuda::Stream& stream, const std::function<void()>& work) const {
    cuda::check(cudaEventRecord(start_, stream.get()), "take the time");
    work();
    cuda::check(cudaEventRecord(stop_, stream.get()), "take the time");
    stream.wait("finish its work");
    float milliseconds = 0;
    cuda::check(cudaEventElapsedTime(&milliseconds, start_, stop_), "take the time");
    return milliseconds / 1e3;
  }

 private:
  cudaEvent_t start_ = nullptr, stop_ = nullptr;
};

/// Median and spread of repeated runs, the first left out.
struct Measured {
  double median_s = 0, least_s = 0, most_s = 0;
};

Measured measured(const cuda::Stream& stream, const std::function<void()>& work) {
  const Timer timer;
  timer.seconds(stream, work);
  std::vector<double> seconds;
  for (int i = 0; i < repetitions; ++i) seconds.push_back(timer.seconds(stream, work));
  std::sort(seconds.begin(), seconds.end());
  return {seconds[repetitions / 2], seconds.front(), seconds.back()};
}

void print_rate(const std::string& what, double items, const Measured& time, double instructions) {
  const double rate = items / time.median_s;
  std::printf("| %s | %.3e /s | %.1f%% | %.2f to %.2f ms |\n", what.c_str(), rate,
              100 * rate * instructions / issue_limit(), 1e3 * time.least_s, 1e3 * time.most_s);
}

void philox_rate(const cuda::Stream& stream) {
  const cuda::PhiloxLoad load{
      static_cast<std::uint32_t>(attribute(cudaDevAttrMultiProcessorCount)) * 32, 4096};
  cuda::DeviceArray<std::uint32_t> out;
  out.reserve(std::size_t{load.blocks} * 256);
  const Measured time = measured(stream, [&] {
    cuda::check(cuda::launch_philox(load, round_keys(1), out.data(), stream.get()), "draw");
  });
  print_rate("Philox4x32-10, draws", static_cast<double>(load.words()), time, philox_instructions);
}

void lane_rate(const cuda::Stream& stream, const std::string& what, const GroupSpec& spec) {
  constexpr std::uint32_t groups = 64, years = 65'536;
  Book book;
  for (std::uint32_t g = 0; g < groups; ++g) book.add(spec, g);
  cuda::DeviceArray<Bucket> tables;
  cuda::DeviceMemory image_memory;
  cuda::DeviceArray<Cents> columns;
  const TableSet host = book.tables();
  cuda::upload(std::span(host.data, std::size_t{host.count} * bucket_count), tables, stream);
  std::size_t image_bytes = 0;
  for (const GroupJob& job : book.jobs()) image_bytes += cuda::image_bytes(job);
  cuda::BatchImage image(image_memory.reserve(image_bytes), host, tables.data());
  const std::size_t group_cents = std::size_t{1 + spec.thresholds} * years;
  columns.reserve(groups * group_cents);
  std::vector<cuda::DeviceGroup> device;
  for (const GroupJob& job : book.jobs()) {
    device.push_back(image.add_group(job.group));
    device.back().sums = {columns.data() + (device.size() - 1) * group_cents, years};
  }
  const cuda::LaneBatch batch{image.add(std::span<const cuda::DeviceGroup>(device)), groups, 0,
                              years};
  cuda::upload(image.bytes().data(), image_memory.data(), image.bytes().size(), stream);
  const cuda::KernelShape shape{cuda::slots_for(spec.thresholds), spec.thinned, true};
  const Measured time = measured(stream, [&] {
    cuda::check(cuda::launch_lanes(shape, batch, device.front().law_count, false, round_keys(1),
                                   stream.get()),
                "simulate");
  });
  print_rate(what, 1.0 * groups * years * spec.members, time,
             spec.thinned ? thinned_instructions : neutral_instructions);
}

void end_to_end_rate(const std::string& what, const RunSettings& settings) {
  Book book;
  constexpr std::uint32_t groups = 1'000, members = 250;
  for (std::uint32_t g = 0; g < groups; ++g) book.add({}, g);
  const std::unique_ptr<Backend> backend = cuda::make_backend({}, book.tables());
  double seconds = 0;
  for (int run = 0; run < 2; ++run) {  // The first run sets the memory aside.
    std::vector<GroupTally> out(groups);
    const auto start = std::chrono::steady_clock::now();
    backend->tally(book.jobs(), settings, out, [](std::size_t) { return true; });
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  std::printf("| %s | %.3e /s | | %.3f s |\n", what.c_str(),
              1.0 * groups * members * settings.years / seconds, seconds);
}

int run() {
  const cuda::Availability found = cuda::availability();
  if (!found.usable) {
    std::printf("no CUDA device: %s\n", found.reason.c_str());
    return static_cast<int>(ErrorKind::device);
  }
  std::printf("%s\n\n| what | rate | of the issue limit | time |\n|---|--:|--:|--:|\n",
              found.device.c_str());
  const cuda::Stream stream;
  philox_rate(stream);
  lane_rate(stream, "lane, 8 thresholds from $100k, member-years", {250, 8, 100'000});
  lane_rate(stream, "lane, 8 thresholds from $25k, member-years", {250, 8, 25'000});
  lane_rate(stream, "lane, 16 thresholds from $100k, member-years", {250, 16, 100'000});
  lane_rate(stream, "lane, 32 thresholds from $100k, member-years", {250, 32, 100'000});
  lane_rate(stream, "lane, 8 thresholds, thinned, member-years", {250, 8, 100'000, true, true});
  lane_rate(stream, "lane, groups of 25, member-years", {25, 8, 100'000});
  lane_rate(stream, "lane, groups of 5,000, member-years", {5'000, 8, 100'000});
  end_to_end_rate("1,000 groups of 250, 8x4 grid, 10,000 years, no tails, member-years",
                  {1, 10'000, {}, false});
  end_to_end_rate("the same with VaR and TVaR at 99%, member-years", {1, 10'000, {9'900}, false});
  end_to_end_rate("the same, 100,000 years, member-years", {1, 100'000, {99'000}, false});
  return 0;
}

}  // namespace
}  // namespace corridor

int main() {
  try {
    return corridor::run();
  } catch (const corridor::Error& error) {
    std::printf("%s\n", error.what());
    return error.exit_code();
  }
}
