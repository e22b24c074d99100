// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "corridor/error.hpp"
#include "host/h5/value_type.hpp"

namespace corridor::h5 {

/// What a dataset must be. Rows are the first axis; `row_shape` holds the exact lengths of the
/// others.
struct Expected {
  ValueType type = ValueType::f64;
  std::size_t text_length = 0;  ///< most bytes of one text
  std::vector<std::uint64_t> row_shape;
};

/// What a reader takes from a file that nobody vouches for.
struct ReadLimits {
  std::uint64_t rows = 1ull << 31;
  std::uint64_t chunk_bytes = 16u << 20;
  std::uint64_t expansion = 2000;    ///< logical over stored bytes
  std::uint64_t bytes = 4ull << 30;  ///< logical bytes of everything read
};

struct Shape {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;  ///< of all rows in memory
};

/// Looks at a dataset's description without touching its data. Refuses data kept in or taken from
/// other files, variable-length, reference, opaque and compound values, another type or shape than
/// expected, filters outside of shuffle, gzip and Fletcher-32, chunks and rows beyond the limits,
/// data never written, and data that expand beyond belief.
///
/// returns  its shape, or the Problem without file and dataset filled in
std::variant<Shape, Problem> inspect(hid_t dataset, const Expected& expected,
                                     const ReadLimits& limits);

/// Reads every value into `values`, which must hold Shape::bytes. Text is padded with zero bytes.
///
/// throws  Error{bad_data} with HDF5's reason, as when a checksum does not match
void read(hid_t dataset, const Expected& expected, void* values);

/// The same of rows [first, first + count), which the dataset must have.
void read_rows(hid_t dataset, const Expected& expected, std::uint64_t first, std::uint64_t count,
               void* values);

/// How many rows to read at once: about `bytes` of them, and whole chunks, each of which is then
/// unpacked once.
std::uint64_t rows_at_once(hid_t dataset, const Expected& expected, std::uint64_t bytes);

/// Bytes of one row in memory.
std::uint64_t row_bytes(const Expected& expected);

}  // namespace corridor::h5
