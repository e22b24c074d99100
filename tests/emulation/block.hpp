// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

// How the threads of one block are run on the processor. Two engines stand behind the same
// functions: fibers.cpp takes turns on one thread, which is fast and finds barriers that not every
// thread reaches; threads.cpp gives each its own, so that a thread sanitizer sees races.

namespace emulation {

inline constexpr unsigned warp_size = 32;

/// What a running thread may ask of its block.
class Block {
 public:
  virtual ~Block() = default;
  virtual void barrier() = 0;
  virtual bool any_of_warp(bool vote) = 0;
};

/// The block that runs now. Expects to be called by one of its threads.
Block& block();

/// Runs body(thread) for every thread of a block. `resumed(thread)` is called whenever a thread
/// goes on after another has run on the same processor thread. Throws std::logic_error when a
/// thread waits for others that have left or wait elsewhere.
void run_block(unsigned thread_count, const std::function<void(unsigned)>& body,
               const std::function<void(unsigned)>& resumed);

/// The shared memory of the block, in a window of addresses that does not begin at 0.
class SharedWindow {
 public:
  explicit SharedWindow(std::span<unsigned char> memory) : memory_(memory) {}

  std::uint32_t address_of(const void* pointer) const;
  void* at(std::size_t address) const;

  /// Fills `bytes` with 0xFF, so that what a block reads before it writes is not a number, and a
  /// guard beyond with a pattern.
  void poison(std::size_t bytes);
  /// Throws std::logic_error where the pattern beyond `bytes` has changed.
  void check(std::size_t bytes) const;

 private:
  std::span<unsigned char> guard(std::size_t bytes) const;

  std::span<unsigned char> memory_;
};

/// The one window; the test that includes a kernel defines it over the kernel's memory.
SharedWindow& shared_window();

}  // namespace emulation
