// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The little of oneTBB that Corridor uses, by std::thread: ThreadSanitizer does not see how the true
// library's tasks wait for one another, and would call every hand-over a race. Builds under it find
// this before the library's own headers.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace tbb {
namespace stand_in {

inline constexpr int threads = 3;  ///< however many processors there are
inline thread_local bool is_inside = false;

/// Counts loops up and keeps the first exception.
template <class Index, class Body>
class Loop {
 public:
  Loop(Index first, Index last, const Body& body) : next_(first), last_(last), body_(body) {}

  void work() {
    const bool was_inside = std::exchange(is_inside, true);
    try {
      for (Index i = next_++; i < last_; i = next_++) body_(i);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = last_;
    }
    is_inside = was_inside;
  }
  void end() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::atomic<Index> next_;
  const Index last_;
  const Body& body_;
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace stand_in

template <class Index, class Body>
void parallel_for(Index first, Index last, const Body& body) {
  if (stand_in::is_inside || last - first < 2) {
    for (Index i = first; i < last; ++i) body(i);
    return;
  }
  stand_in::Loop<Index, Body> loop(first, last, body);
  std::vector<std::thread> others;
  for (int t = 1; t < stand_in::threads; ++t) others.emplace_back([&] { loop.work(); });
  loop.work();
  for (std::thread& other : others) other.join();
  loop.end();
}

template <class T>
class enumerable_thread_specific {
 public:
  template <class... Argument>
  explicit enumerable_thread_specific(Argument... argument)
      : make_([argument...] { return T(argument...); }) {}

  T& local() {
    const std::lock_guard lock(*mutex_);
    T*& mine = of_thread_[std::this_thread::get_id()];
    if (mine == nullptr) mine = &all_.emplace_back(make_());
    return *mine;
  }
  void clear() {
    of_thread_.clear();
    all_.clear();
  }
  std::size_t size() const { return all_.size(); }
  bool empty() const { return all_.empty(); }
  auto begin() { return all_.begin(); }
  auto end() { return all_.end(); }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::function<T()> make_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  ///< so that it can move
  std::map<std::thread::id, T*> of_thread_;
  std::deque<T> all_;
};

class global_control {
 public:
  enum parameter { max_allowed_parallelism };
  global_control(parameter, std::size_t) {}
};

class task_arena {
 public:
  static constexpr int automatic = -1;
  explicit task_arena(int = automatic) {}
  template <class Work>
  auto execute(Work&& work) {
    return work();
  }
};

namespace this_task_arena {
template <class Work>
auto isolate(Work&& work) {
  return work();
}
inline int max_concurrency() { return stand_in::threads; }
}  // namespace this_task_arena

}  // namespace tbb
