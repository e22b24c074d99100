// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/h5/image_file.hpp"

namespace corridor::tests {

struct DraftDataset {
  h5::Values values;
  std::vector<std::uint64_t> row_shape = {};
  std::size_t text_length = 0;
};

using DraftAttribute = std::variant<std::string, double, std::vector<double>>;

/// A book that a test changes before it is written.
struct Draft {
  std::map<std::string, DraftDataset> datasets;
  std::map<std::pair<std::string, std::string>, DraftAttribute> attributes;  ///< (owner, name)

  /// The four required columns and one law: groups G1 with members 0, 1, 2, G2 with 3, G3 with
  /// 4, 5.
  static Draft least();
  /// The same with terms, census, market and grid filled in.
  static Draft full();

  template <class T>
  void set(const std::string& path, std::vector<T> values,
           std::vector<std::uint64_t> row_shape = {}) {
    datasets[path] = {std::move(values), std::move(row_shape), 0};
  }
  void set_attribute(const std::string& owner, const std::string& name, DraftAttribute value) {
    attributes[{owner, name}] = std::move(value);
  }

  std::vector<std::byte> image() const;
  /// Writes the book into `path`'s folder, replacing what is there; returns `path`.
  std::string write(const std::string& path) const;
};

/// A folder of its own for the running test, removed at the end of the program.
std::string test_folder();

/// test_folder() + "/" + name
std::string test_path(const std::string& name);

/// While it lives, the process may do only what anybody may: file permissions bind the super-user
/// too.
class AsNobody {
 public:
  AsNobody();
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody();

 private:
  bool changed_ = false;
};

std::vector<std::byte> bytes_of(const std::string& path);
void put_bytes(const std::string& path, std::span<const std::byte> bytes);

}  // namespace corridor::tests
