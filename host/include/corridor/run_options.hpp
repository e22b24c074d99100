// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "corridor/run_event.hpp"

namespace corridor {

/// A probability as the user wrote it: kept as a decimal, so that level * years is exact.
struct Level {
  std::string text;  ///< "0.995"
  double value = 0;
  /// ceil(level * years), 1-based rank from below; exact in the decimal.
  std::uint64_t rank(std::uint64_t years) const;
  /// Column suffix: "99_5".
  std::string suffix() const;
};

/// Throws Error{usage} unless 0 < level < 1 with at most 9 decimals.
Level parse_level(const std::string& text);

struct RuleBook;

struct Progress {
  std::string phase;
  std::uint64_t done = 0, total = 0;  ///< member-years, or jobs of exact laws
  double elapsed_s = 0;
};

/// Where figures come from that have an exact law: from it, from the simulation, or from the law
/// with the simulation beside it as a check.
enum class Method : std::uint8_t { both, exact, simulate };

struct RunOptions {
  Method method = Method::both;
  bool joint = false;  ///< exact laws of both covers together too: seconds a deductible
  std::uint32_t years = 100'000;
  /// Above 0: groups are simulated for more years, up to max_years, until the standard error of every
  /// simulated mean without a closed form is at most this part of the mean.
  double target_se = 0;
  std::uint32_t max_years = 10'000'000;
  bool control_variates = false;  ///< means without a closed form once more, with control variates
  std::uint64_t seed = 1;
  std::vector<double> specific_usd;  ///< empty: the book's /quote, else its bound terms
  std::vector<double> corridor;
  std::vector<Level> levels;  ///< default 0.99
  std::vector<std::string> principles;
  std::string explain_group;    ///< price this group alone and say how its premium came about
  std::string device = "auto";  ///< auto, cpu, cuda
  std::string instruction_set;  ///< "", scalar, avx2, avx512
  unsigned threads = 0;
  std::size_t memory_limit_bytes = 0;
  /// Rows of large results may lie in a scratch file ($TMPDIR, else /var/tmp): Quotes::columns have no
  /// values then, and each_part and the writers of reports give them.
  bool rows_in_file = false;
  std::shared_ptr<const RuleBook> rules;  ///< of states; empty: those built in
  std::function<void(const Progress&)> on_progress;
  std::function<void(const std::string&)> on_message;  ///< one line for people, "no CUDA device: ..."
  std::function<void(const RunEvent&)> on_event;  ///< phases, the book and the device, for logs
  std::function<bool()> should_stop;  ///< asked often, from any thread, never by two at a time
};

}  // namespace corridor
