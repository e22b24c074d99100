// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/h5/read_dataset.hpp"

namespace corridor {

/// Which numbers a column takes.
struct Range {
  double least = 0, most = 0;          ///< of finite values
  bool above_least = false;            ///< least itself is out
  bool infinite = false;               ///< +infinity is allowed beside them
  std::optional<double> neutral = {};  ///< allowed beside them; NaN means NaN

  bool holds(double value) const {
    if (value > least && value <= most) return true;
    if (value == least) return !above_least;
    if (infinite && value == HUGE_VAL) return true;
    return neutral && (value == *neutral || (std::isnan(value) && std::isnan(*neutral)));
  }
};

/// What a text must look like.
enum class Form { number, key, label, state, zip3, month };

struct ColumnRule {
  std::string name;
  h5::Expected expected;
  Range range;
  Form form = Form::number;
  std::string description;
  bool required = false;  ///< in every book, or, of an optional table, wherever the table is given
};

struct AttributeRule {
  std::string name;
  Range range;
  std::string description;
};

/// One HDF5 group of columns and attributes.
struct TableRule {
  std::string path;
  std::vector<ColumnRule> columns;
  std::vector<AttributeRule> attributes;
  bool required = false;

  const ColumnRule* find(std::string_view name) const;
};

/// Every group of a book but /distributions, which holds one group a law. The contract terms name
/// their own columns of /groups, so that a new term needs no line here.
const std::vector<TableRule>& book_schema();
const TableRule* find_table(std::string_view path);

/// The rule of a column "/members/scale", of a law's column, or null.
const ColumnRule* find_column(std::string_view path);

/// Whether a column is one of /members.
bool is_member_path(std::string_view path);

inline constexpr std::string_view laws_path = "/distributions";
bool is_law_path(std::string_view path);

/// Root attributes that are content; content_sha256 is about content.
bool is_root_attribute(std::string_view name);

/// Attributes that describe in words and are neither read nor sealed.
bool is_remark(std::string_view name);

}  // namespace corridor
