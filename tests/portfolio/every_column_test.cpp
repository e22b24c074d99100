// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Every numeric column of the schema with every kind of bad number, from the schema itself: a new
// column is held to this by being there.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "corridor/portfolio.hpp"
#include "host/portfolio/schema.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor::tests {
namespace {

using h5::ValueType;

constexpr std::size_t bad_row = 1;

template <class T>
constexpr double largest() {
  return static_cast<double>(std::numeric_limits<T>::max());
}

/// Values that the type can hold and a column might not take.
std::vector<double> suspects(const ColumnRule& rule) {
  switch (rule.expected.type) {
    case ValueType::f64:
      return {NAN,    HUGE_VAL, -HUGE_VAL, -1,   -0.5, 5e-324, -5e-324,
              1e-300, 1.5,      1e13,      1e19, 1e300};
    case ValueType::f32:
      return {NAN, HUGE_VAL, -HUGE_VAL, -1, 1.5, 0x1p-140, -0x1p-140, 0x1p120};
    case ValueType::u8:
      return {0, 1, 99, largest<std::uint8_t>()};
    case ValueType::u16:
      return {0, largest<std::uint16_t>()};
    case ValueType::u32:
      return {0, largest<std::uint32_t>()};
    default:
      return {};
  }
}

/// Some value that the column takes.
double good(const Range& range) {
  for (const double value : {1.0, 0.5, 0.0, range.most, range.least}) {
    if (range.holds(value)) return value;
  }
  return range.neutral.value_or(0);
}

template <class T>
void put(Draft& draft, const std::string& path, const ColumnRule& rule, std::size_t rows,
         double value) {
  std::size_t width = 1;
  for (const std::uint64_t axis : rule.expected.row_shape) width *= axis;
  std::vector<T> values(rows * width, static_cast<T>(good(rule.range)));
  values[bad_row * width] = static_cast<T>(value);
  draft.set(path, values, rule.expected.row_shape);
}

void put(Draft& draft, const std::string& path, const ColumnRule& rule, std::size_t rows,
         double value) {
  switch (rule.expected.type) {
    case ValueType::f64:
      return put<double>(draft, path, rule, rows, value);
    case ValueType::f32:
      return put<float>(draft, path, rule, rows, value);
    case ValueType::u8:
      return put<std::uint8_t>(draft, path, rule, rows, value);
    case ValueType::u16:
      return put<std::uint16_t>(draft, path, rule, rows, value);
    default:
      return put<std::uint32_t>(draft, path, rule, rows, value);
  }
}

/// Whether the value itself is called wrong where it stands; what columns say of each other is
/// other tests' business.
bool is_called_wrong(const std::vector<Problem>& problems, const std::string& path) {
  static const std::set<std::string> codes{"E_NOT_FINITE", "E_NEGATIVE", "E_RANGE",
                                           "E_NOT_POSITIVE", "E_CODE"};
  return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
    return problem.dataset == path && problem.row == bad_row && codes.contains(problem.code) &&
           problem.severity == Problem::Severity::error && !problem.fix.empty();
  });
}

void check_column(const TableRule& table, const ColumnRule& rule, std::size_t rows) {
  const std::string path = table.path + "/" + rule.name;
  for (const double value : suspects(rule)) {
    Draft draft = Draft::full();
    put(draft, path, rule, rows, value);
    const std::vector<Problem> problems =
        validate_portfolio(draft.write(test_path("every-column.h5")));
    const bool wrong = is_called_wrong(problems, path);
    if (!rule.range.holds(value)) {
      EXPECT_TRUE(wrong) << path << " " << value;
    } else if (rule.expected.type == ValueType::f64 || rule.expected.type == ValueType::f32) {
      EXPECT_FALSE(wrong) << path << " " << value;  // codes may contradict other columns
    }
  }
}

class EveryColumn : public testing::TestWithParam<std::pair<std::string, std::size_t>> {};

TEST_P(EveryColumn, TakesWhatItsRangeHoldsAndNamesTheRowOfAnythingElse) {
  const InProcess here;
  const TableRule& table = *find_table(GetParam().first);
  for (const ColumnRule& rule : table.columns) {
    if (rule.form == Form::number && rule.expected.type != ValueType::text) {
      check_column(table, rule, GetParam().second);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Schema, EveryColumn,
                         testing::Values(std::pair{"/groups", 3}, std::pair{"/members", 6}));

}  // namespace
}  // namespace corridor::tests
