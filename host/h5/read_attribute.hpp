// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "corridor/error.hpp"
#include "host/h5/handle.hpp"

namespace corridor::h5 {

/// A small value tied to a group: text of fixed length, or numbers (whole numbers become doubles).
struct AttributeValue {
  std::string name;
  bool is_text = false;
  std::string text;             ///< up to the first zero byte
  std::vector<double> numbers;  ///< one for a scalar
};

/// Names of a group's attributes, ascending. Throws Error{bad_data} beyond `most`.
std::vector<std::string> attribute_names(hid_t object, std::size_t most);

/// Reads one attribute. Refuses variable-length text, values that are neither text nor numbers,
/// more than one axis and more than 64 KiB.
///
/// returns  the value, or the Problem without file and dataset filled in
/// throws   Error{bad_data} with HDF5's reason
std::variant<AttributeValue, Problem> read_attribute(hid_t object, const std::string& name);

}  // namespace corridor::h5
