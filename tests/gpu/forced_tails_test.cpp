// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "kernels/cuda/batch_image.hpp"
#include "kernels/cuda/device.hpp"
#include "tests/gpu/injected_kernel.hpp"
#include "tests/lane/made_up.hpp"

namespace corridor {
namespace {

class ForcedTails : public testing::Test {
 protected:
  void SetUp() override {
    const cuda::Availability found = cuda::availability();
    if (!found.usable) GTEST_SKIP() << "no CUDA device: " << found.reason;
  }
};

/// Columns of years 0 to years - 1 from the device.
std::vector<Cents> device_sums(const made_up::Group& group, cuda::KernelShape shape,
                               const Injected& draw, std::uint32_t years) {
  const cuda::Stream stream;
  const GroupView view = group.view();
  cuda::DeviceArray<Bucket> tables;
  cuda::DeviceMemory image_memory;
  cuda::DeviceArray<Cents> columns;
  const std::size_t count = std::size_t{sums_columns(view)} * years;
  cuda::upload(std::span<const Bucket>(made_up::tables().data), tables, stream);
  cuda::BatchImage image(image_memory.reserve(cuda::image_bytes({view, nullptr, 0})),
                         made_up::tables().set(), tables.data());
  cuda::DeviceGroup device = image.add_group(view);
  device.sums = {columns.reserve(count), years};
  const cuda::LaneBatch batch{image.add(std::span<const cuda::DeviceGroup>(&device, 1)), 1, 0,
                              years};
  cuda::upload(image.bytes().data(), image_memory.data(), image.bytes().size(), stream);
  cuda::check(cuda::launch_injected(shape, batch, device.law_count, view.personal_count > 0, draw,
                                    stream.get()),
              "start the simulation");
  return cuda::download<Cents>(columns.data(), count, stream);
}

std::vector<Cents> lane_sums(const made_up::Group& group, const Injected& draw,
                             std::uint32_t years) {
  const GroupView view = group.view();
  std::vector<Cents> sums(std::size_t{sums_columns(view)} * years);
  for (std::uint32_t y = 0; y < years; ++y) {
    store(view, simulate_year(view, y, draw), {sums.data(), years}, y);
  }
  return sums;
}

TEST_F(ForcedTails, EdgesOfEveryWordGiveTheLanesBitsInEveryInstance) {
  for (const std::uint32_t slots : {8u, 16u, 32u}) {
    for (const bool thinned : {false, true}) {
      for (const bool staged : {false, true}) {
        made_up::Group group = made_up::plain_group(700, slots, 10'000);
        if (thinned) made_up::shorten_exposures(group);
        if (thinned) made_up::add_frequency_effect(group);
        made_up::give_own_terms(group, 5, 2, unlimited);
        const Injected draw{round_keys(3), false};
        EXPECT_EQ(device_sums(group, {slots, thinned, staged}, draw, 300),
                  lane_sums(group, draw, 300))
            << slots << ' ' << thinned << ' ' << staged;
      }
    }
  }
}

TEST_F(ForcedTails, SurvivalOfZeroBitsIsClampedAsInTheLane) {
  const made_up::Group group = made_up::plain_group(70, 8, 10'000);
  const Injected draw{{}, true};
  EXPECT_EQ(device_sums(group, {8, false, true}, draw, 64), lane_sums(group, draw, 64));
}

}  // namespace
}  // namespace corridor
