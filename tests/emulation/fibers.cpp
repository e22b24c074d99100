// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <ucontext.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

#include "tests/emulation/block.hpp"

namespace emulation {
namespace {

constexpr std::size_t stack_bytes = 256 * 1024;

enum class State { not_started, ready, at_barrier, at_vote, left };

struct Thread {
  ucontext_t context;  ///< where it waits
  std::unique_ptr<unsigned char[]> stack{new unsigned char[stack_bytes]};
  State state = State::not_started;
  bool vote = false;
};

/// Threads of one block after the other: kept, because a kernel has thousands of blocks.
std::span<Thread> fresh_threads(unsigned count) {
  static std::vector<Thread> threads;
  if (threads.size() < count) threads.resize(count);
  for (unsigned i = 0; i < count; ++i) threads[i].state = State::not_started;
  return std::span(threads).first(count);
}

/// All threads of a block on one processor thread, each running until it waits. A warp runs as far
/// as it can before the next one starts: what it reads too early the others have not written, and
/// what it writes too early they have not read. A thread that never waits hands its fiber to the
/// next.
class FiberBlock : public Block {
 public:
  FiberBlock(unsigned count, const std::function<void(unsigned)>& body,
             const std::function<void(unsigned)>& resumed)
      : threads_(fresh_threads(count)), body_(body), resumed_(resumed) {}

  void run();
  void barrier() override { wait(State::at_barrier); }
  bool any_of_warp(bool vote) override {
    const unsigned self = current_;
    threads_[self].vote = vote;
    wait(State::at_vote);
    return threads_[self].vote;
  }

 private:
  static void enter();
  void wait(State state) {
    Thread& self = threads_[current_];
    self.state = state;
    swapcontext(&self.context, &scheduler_);
  }
  void begin(unsigned thread);
  void go_on(unsigned thread);
  void run_warp(unsigned first);
  /// Let go those whose wait is over. Return whether any was.
  bool release_warp(std::span<Thread> warp);
  bool release_block();

  std::span<Thread> threads_;
  const std::function<void(unsigned)>& body_;
  const std::function<void(unsigned)>& resumed_;
  ucontext_t scheduler_;
  unsigned current_ = 0, warp_end_ = 0;
};

FiberBlock* running = nullptr;

void FiberBlock::enter() {
  FiberBlock& self = *running;
  for (unsigned thread = self.current_; thread < self.warp_end_; ++thread) {
    if (self.threads_[thread].state != State::not_started) return;
    self.current_ = thread;
    self.resumed_(thread);
    self.threads_[thread].state = State::ready;
    self.body_(thread);
    self.threads_[thread].state = State::left;
  }
}

void FiberBlock::begin(unsigned thread) {
  current_ = thread;
  ucontext_t fiber;
  getcontext(&fiber);
  fiber.uc_stack.ss_sp = threads_[thread].stack.get();
  fiber.uc_stack.ss_size = stack_bytes;
  fiber.uc_link = &scheduler_;
  makecontext(&fiber, &FiberBlock::enter, 0);
  swapcontext(&scheduler_, &fiber);
}

void FiberBlock::go_on(unsigned thread) {
  current_ = thread;
  resumed_(thread);
  swapcontext(&scheduler_, &threads_[thread].context);
}

bool all(std::span<const Thread> threads, State state) {
  return std::all_of(threads.begin(), threads.end(),
                     [&](const Thread& thread) { return thread.state == state; });
}

bool FiberBlock::release_warp(std::span<Thread> warp) {
  if (!all(warp, State::at_vote)) return false;
  const bool result =
      std::any_of(warp.begin(), warp.end(), [](const Thread& thread) { return thread.vote; });
  for (Thread& thread : warp) {
    thread.vote = result;
    thread.state = State::ready;
  }
  return true;
}

bool FiberBlock::release_block() {
  if (!all(threads_, State::at_barrier)) return false;
  for (Thread& thread : threads_) thread.state = State::ready;
  return true;
}

void FiberBlock::run_warp(unsigned first) {
  const auto count = std::min<std::size_t>(warp_size, threads_.size() - first);
  warp_end_ = first + static_cast<unsigned>(count);
  do {
    for (unsigned thread = first; thread < warp_end_; ++thread) {
      if (threads_[thread].state == State::not_started) begin(thread);
      if (threads_[thread].state == State::ready) go_on(thread);
    }
  } while (release_warp(threads_.subspan(first, count)));
}

void FiberBlock::run() {
  running = this;
  do {
    for (unsigned first = 0; first < threads_.size(); first += warp_size) run_warp(first);
  } while (release_block());
  running = nullptr;
  if (!all(threads_, State::left)) {
    throw std::logic_error("threads of a block wait for others that do not come");
  }
}

}  // namespace

Block& block() { return *running; }

void run_block(unsigned thread_count, const std::function<void(unsigned)>& body,
               const std::function<void(unsigned)>& resumed) {
  FiberBlock(thread_count, body, resumed).run();
}

}  // namespace emulation
