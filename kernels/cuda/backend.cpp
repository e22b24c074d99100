// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/backend.hpp"

#include <algorithm>

#include "kernels/cuda/batch_image.hpp"
#include "kernels/cuda/batch_run.hpp"

namespace corridor::cuda {
namespace {

/// More than this keeps a device no busier.
constexpr std::size_t enough_bytes = std::size_t{8} << 30;
/// Less than this is not worth another try when memory runs out.
constexpr std::size_t least_bytes = std::size_t{4} << 20;

class CudaBackend final : public Backend {
 public:
  CudaBackend(const BackendOptions& options, TableSet tables)
      : traits_(device_traits()),
        memory_bytes_(options.memory_bytes != 0
                          ? options.memory_bytes
                          : std::min(free_memory_bytes() / 10 * 8, enough_bytes)),
        tables_{tables, upload(std::span(tables.data, std::size_t{tables.count} * bucket_count),
                               device_tables_, space_.stream)} {}

  std::string name() const override { return "cuda " + traits_.name; }

  void simulate(const GroupView& group, std::uint64_t seed, std::uint32_t first_year,
                std::uint32_t year_count, SumsView out) override;

  void tally(std::span<const GroupJob> jobs, const RunSettings& settings, std::span<GroupTally> out,
             const std::function<bool(std::size_t)>& finished) override;

 private:
  void simulate_piece(const GroupView& group, const JobNeeds& needs, const RoundKeys& keys,
                      std::uint32_t first_year, std::uint32_t years, SumsView out);

  DeviceTraits traits_;
  std::size_t memory_bytes_;
  Workspace space_;
  DeviceArray<Bucket> device_tables_;
  DeviceTables tables_;
};

void CudaBackend::simulate_piece(const GroupView& group, const JobNeeds& needs,
                                 const RoundKeys& keys, std::uint32_t first_year,
                                 std::uint32_t years, SumsView out) {
  const std::uint64_t stride = column_stride(years);
  BatchImage image(space_.image.reserve(needs.image_bytes), tables_.host, tables_.device);
  DeviceGroup device = image.add_group(group);
  device.sums = {space_.columns.reserve(needs.sum_columns * stride), stride};
  const LaneBatch batch{image.add(std::span<const DeviceGroup>(&device, 1)), 1, first_year, years};
  upload(image.bytes().data(), space_.image.data(), image.bytes().size(), space_.stream);
  check(launch_lanes(needs.shape, batch, needs.law_count, needs.has_personal, keys,
                     space_.stream.get()),
        "start the simulation");
  check(cudaMemcpy2DAsync(out.data, out.stride * sizeof(Cents), device.sums.data,
                          stride * sizeof(Cents), years * sizeof(Cents), needs.sum_columns,
                          cudaMemcpyDeviceToHost, space_.stream.get()),
        "return data");
  space_.stream.wait("finish its work");
}

void CudaBackend::simulate(const GroupView& group, std::uint64_t seed, std::uint32_t first_year,
                           std::uint32_t year_count, SumsView out) {
  const JobNeeds needs =
      needs_of({group, nullptr, 0, nullptr}, tables_.host.count, traits_.shared_bytes);
  const std::vector<JobNeeds> all{needs};
  std::size_t memory_bytes = memory_bytes_;
  std::uint32_t done = 0;
  while (done < year_count) {
    const std::uint32_t left = year_count - done;
    const std::uint32_t piece = plan_batches(all, {0}, {left, 0, memory_bytes})[0].piece_years;
    const std::uint32_t years = std::min(left, piece);
    try {
      simulate_piece(group, needs, round_keys(seed), first_year + done, years,
                     {out.data + done, out.stride});
      done += years;
    } catch (const OutOfDeviceMemory&) {
      if (memory_bytes <= least_bytes) throw;
      space_.release();
      memory_bytes /= 2;
    }
  }
}

void CudaBackend::tally(std::span<const GroupJob> jobs, const RunSettings& settings,
                        std::span<GroupTally> out,
                        const std::function<bool(std::size_t)>& finished) {
  std::vector<JobNeeds> needs;
  std::vector<std::size_t> left;
  for (const GroupJob& job : jobs) {
    left.push_back(needs.size());
    needs.push_back(needs_of(job, tables_.host.count, traits_.shared_bytes));
  }
  BatchLimits limits{settings.years, wanted_years(settings), memory_bytes_};
  while (!left.empty()) {
    std::vector<std::size_t> later;
    for (const Batch& batch : plan_batches(needs, left, limits)) {
      if (!later.empty()) {
        later.insert(later.end(), batch.jobs.begin(), batch.jobs.end());
        continue;
      }
      try {
        BatchRun(space_, tables_, jobs, needs, batch, settings, out).run();
      } catch (const OutOfDeviceMemory&) {
        if (limits.memory_bytes <= least_bytes) throw;
        space_.release();
        limits.memory_bytes /= 2;
        later = batch.jobs;
        continue;
      }
      for (const std::size_t job : batch.jobs) {
        if (!finished(job)) return;
      }
    }
    left = std::move(later);
  }
}

}  // namespace

std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables) {
  return std::make_unique<CudaBackend>(options, tables);
}

}  // namespace corridor::cuda
