// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "host/h5/read_dataset.hpp"

namespace corridor {

/// Expects bytes.size() to be a multiple of sizeof(T).
template <class T>
std::vector<T> copy_numbers(std::span<const std::byte> bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

/// A column with its values in the type of the file; text ends at its padding.
Column copy_column(std::string name, const h5::Expected& expected,
                   std::span<const std::byte> bytes);

}  // namespace corridor
