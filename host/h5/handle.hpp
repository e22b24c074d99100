// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

#include "host/h5/failure.hpp"

namespace corridor::h5 {

/// Owns one HDF5 identifier. Moves, never copies; the destructor swallows what it cannot report, so
/// where a failed close matters call close().
template <herr_t (*Close)(hid_t)>
class Handle {
 public:
  Handle() = default;

  /// Takes `id`. Throws Error{bad_data} "cannot <doing>: <HDF5's reason>" when it is not valid.
  Handle(hid_t id, const std::string& doing) : id_(id) {
    if (id_ < 0) fail("cannot " + doing);
  }

  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (id_ >= 0) Close(id_);
  }

  hid_t id() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }

  /// Throws Error{bad_data} when closing fails.
  void close() {
    const hid_t id = std::exchange(id_, H5I_INVALID_HID);
    if (id >= 0 && Close(id) < 0) fail("cannot close");
  }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Attribute = Handle<H5Aclose>;
using Space = Handle<H5Sclose>;
using Type = Handle<H5Tclose>;
using Properties = Handle<H5Pclose>;

}  // namespace corridor::h5
