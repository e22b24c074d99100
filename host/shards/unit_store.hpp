// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "host/shards/unit_file.hpp"

namespace corridor::shards {

/// Where the units of one run stand: shared by workers that know nothing of one another. What the
/// order of work is decided by; a folder behind it in a run, a model of one in tests.
class UnitStore {
 public:
  virtual ~UnitStore() = default;

  enum class Look {
    presence,  ///< a result of that name is there
    whole,     ///< and every bit of it is as written; a bad one is put aside
  };
  virtual bool is_done(std::uint32_t unit, Look look) = 0;

  /// Makes a result visible at once and whole. One that is there already stays: it holds the same
  /// bits.
  virtual void publish(std::uint32_t unit, const UnitRecord& record) = 0;

  /// Tells other workers that this one has begun; false where a live one said so before. A hint:
  /// results never depend on it. Throws where nothing can be written, before anything is computed.
  virtual bool claim(std::uint32_t unit) = 0;
  virtual void release(std::uint32_t unit) = 0;
};

}  // namespace corridor::shards
