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

enum class State { ready, at_barrier, at_vote, left };

struct Fiber {
  ucontext_t context{};
  std::unique_ptr<unsigned char[]> stack;
  State state = State::ready;
  bool vote = false;
};

/// All threads of a block on one processor thread, each running until it waits.
class FiberBlock : public Block {
 public:
  FiberBlock(unsigned count, const std::function<void(unsigned)>& body)
      : fibers_(count), body_(body) {
    for (Fiber& fiber : fibers_) {
      fiber.stack.reset(new unsigned char[stack_bytes]);
      getcontext(&fiber.context);
      fiber.context.uc_stack.ss_sp = fiber.stack.get();
      fiber.context.uc_stack.ss_size = stack_bytes;
      fiber.context.uc_link = &scheduler_;
      makecontext(&fiber.context, &FiberBlock::enter, 0);
    }
  }

  void run(const std::function<void(unsigned)>& resumed);
  void barrier() override { wait(State::at_barrier); }
  bool any_of_warp(bool vote) override {
    fibers_[current_].vote = vote;
    wait(State::at_vote);
    return fibers_[current_].vote;
  }

 private:
  static void enter();
  void wait(State state) {
    const unsigned self = current_;
    fibers_[self].state = state;
    swapcontext(&fibers_[self].context, &scheduler_);
  }
  /// Lets go those whose wait is over. Returns whether any was.
  bool release();
  bool release_warp(std::span<Fiber> warp);

  std::vector<Fiber> fibers_;
  const std::function<void(unsigned)>& body_;
  ucontext_t scheduler_{};
  unsigned current_ = 0;
};

FiberBlock* running = nullptr;

void FiberBlock::enter() {
  FiberBlock& self = *running;
  self.body_(self.current_);
  self.fibers_[self.current_].state = State::left;
}

bool all(std::span<const Fiber> fibers, State state) {
  return std::all_of(fibers.begin(), fibers.end(),
                     [&](const Fiber& fiber) { return fiber.state == state; });
}

bool FiberBlock::release_warp(std::span<Fiber> warp) {
  if (!all(warp, State::at_vote)) return false;
  const bool result =
      std::any_of(warp.begin(), warp.end(), [](const Fiber& fiber) { return fiber.vote; });
  for (Fiber& fiber : warp) {
    fiber.vote = result;
    fiber.state = State::ready;
  }
  return true;
}

bool FiberBlock::release() {
  if (all(fibers_, State::at_barrier)) {
    for (Fiber& fiber : fibers_) fiber.state = State::ready;
    return true;
  }
  bool released = false;
  for (std::size_t first = 0; first < fibers_.size(); first += warp_size) {
    const std::size_t count = std::min<std::size_t>(warp_size, fibers_.size() - first);
    released |= release_warp(std::span(fibers_).subspan(first, count));
  }
  return released;
}

void FiberBlock::run(const std::function<void(unsigned)>& resumed) {
  running = this;
  do {
    for (current_ = 0; current_ < fibers_.size(); ++current_) {
      if (fibers_[current_].state != State::ready) continue;
      resumed(current_);
      swapcontext(&scheduler_, &fibers_[current_].context);
    }
  } while (release());
  running = nullptr;
  if (!all(fibers_, State::left)) {
    throw std::logic_error("threads of a block wait for others that do not come");
  }
}

}  // namespace

Block& block() { return *running; }

void run_block(unsigned thread_count, const std::function<void(unsigned)>& body,
               const std::function<void(unsigned)>& resumed) {
  FiberBlock(thread_count, body).run(resumed);
}

}  // namespace emulation
