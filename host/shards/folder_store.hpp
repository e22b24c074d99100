// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "host/shards/unit_store.hpp"

namespace corridor::shards {

/// The units of a run as files of its folder: units/000123.unit, claims/000123.claim. Needs nothing
/// of the file system but names that are made once (O_EXCL and link), so shared ones do.
class FolderStore : public UnitStore {
 public:
  /// `folder`  of the run; its folders for units and claims are made where they are missing
  /// throws    Error{cannot_create}
  FolderStore(const std::string& folder, std::string manifest_digest);

  bool is_done(std::uint32_t unit, Look look) override;
  void publish(std::uint32_t unit, const UnitRecord& record) override;
  bool claim(std::uint32_t unit) override;
  void release(std::uint32_t unit) override;

  /// A result that is there and whole, untouched otherwise.
  std::optional<UnitRecord> read(std::uint32_t unit) const;

  /// Bad results that were put aside so far, by any worker.
  std::uint64_t bad_files() const;

  /// Takes away what processes of this machine left that live no more: unfinished files and claims.
  void sweep() const;

 private:
  void put_aside(std::uint32_t unit) const;
  std::filesystem::path unit_path(std::uint32_t unit) const;
  std::filesystem::path claim_path(std::uint32_t unit) const;

  std::filesystem::path units_, claims_;
  std::string manifest_digest_;
};

}  // namespace corridor::shards
