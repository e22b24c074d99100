// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "corridor/portfolio.hpp"
#include "host/select_groups.hpp"

namespace corridor {

/// A checked book that hands out its groups in slices, so that a study need not hold every member
/// at once: members' columns lie in a scratch file, which goes with this.
class OpenBook {
 public:
  /// Reads and checks a whole book. The memory limit binds all of it but its members.
  ///
  /// throws  as load_portfolio; Error{cannot_create} and Error{io} naming the scratch file's folder
  explicit OpenBook(const std::string& path, const LoadOptions& options = {});
  OpenBook(OpenBook&&) noexcept;
  OpenBook& operator=(OpenBook&&) noexcept;
  ~OpenBook();

  /// All of the book but its members: `members` has their number and no column. Warnings stand
  /// here.
  const Portfolio& head() const { return head_; }
  Portfolio& head() { return head_; }

  /// Groups of the range with their members, as select_groups of the whole book would give them.
  /// Several threads may ask at once.
  ///
  /// throws  Error{io} when the disk fails, Error{internal} when another process meddles with the
  ///         scratch file
  Portfolio slice(GroupRange groups) const;

 private:
  struct Members;

  Portfolio head_;
  std::unique_ptr<const Members> members_;
};

}  // namespace corridor
