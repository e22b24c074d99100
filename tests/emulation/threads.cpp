// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <barrier>
#include <memory>
#include <thread>
#include <vector>

#include "tests/emulation/block.hpp"

namespace emulation {
namespace {

thread_local unsigned self = 0;

/// Every thread of a block on a thread of its own.
class ThreadBlock : public Block {
 public:
  explicit ThreadBlock(unsigned count) : all_(count), votes_(count), warps_(count / warp_size) {
    for (auto& warp : warps_) warp = std::make_unique<std::barrier<>>(warp_size);
  }

  void barrier() override { all_.arrive_and_wait(); }
  bool any_of_warp(bool vote) override {
    std::barrier<>& warp = *warps_[self / warp_size];
    votes_[self] = vote;
    warp.arrive_and_wait();
    bool result = false;
    for (unsigned lane = 0; lane < warp_size; ++lane) {
      result |= votes_[self / warp_size * warp_size + lane] != 0;
    }
    warp.arrive_and_wait();
    return result;
  }

 private:
  std::barrier<> all_;
  std::vector<char> votes_;
  std::vector<std::unique_ptr<std::barrier<>>> warps_;
};

ThreadBlock* running = nullptr;

}  // namespace

Block& block() { return *running; }

void run_block(unsigned thread_count, const std::function<void(unsigned)>& body,
               const std::function<void(unsigned)>&) {
  ThreadBlock threads(thread_count);
  running = &threads;
  std::vector<std::jthread> running_threads;
  for (unsigned thread = 0; thread < thread_count; ++thread) {
    running_threads.emplace_back([&, thread] {
      self = thread;
      body(thread);
    });
  }
}

}  // namespace emulation
