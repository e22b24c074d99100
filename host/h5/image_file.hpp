// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/h5/handle.hpp"

namespace corridor::h5 {

/// What every dataset says of itself.
struct About {
  std::string units;
  std::string description;
};

/// Values of one column, in the type the file will hold.
using Values =
    std::variant<std::vector<double>, std::vector<float>, std::vector<std::uint8_t>,
                 std::vector<std::uint16_t>, std::vector<std::uint32_t>, std::vector<std::uint64_t>,
                 std::vector<std::int64_t>, std::vector<std::string>>;

/// Values of one column that somebody else holds.
using ValueView = std::variant<std::span<const double>, std::span<const std::uint64_t>,
                               std::span<const std::int64_t>, std::span<const std::string>>;

/// One member of a compound table. Borrows its values.
struct Field {
  std::string name;
  About about;
  ValueView values;
  std::size_t text_length = 0;  ///< of std::string values; 0: the longest
};

/// Views of rows [first, first + count) of a table's fields, good until the next call.
using RowsOf = std::function<std::vector<ValueView>(std::size_t first, std::size_t count)>;

/// An HDF5 file built in memory and handed out as bytes: nothing touches the disk, so that writing
/// it can be all or nothing. Chunks of 65,536 rows, of a table of a mebibyte, shuffle, gzip 1 and
/// Fletcher-32 on every dataset, fixed-length text, the earliest format, no times: equal content
/// gives equal bytes.
///
/// Paths are absolute; parents are created. Every call throws Error{bad_data} with HDF5's reason.
class ImageFile {
 public:
  ImageFile();
  /// The same built on the disk instead, in a file of that name, which is there and empty. HDF5's
  /// failures of the disk are SystemFailure.
  explicit ImageFile(const std::string& name);

  void group(const std::string& path);

  /// `owner` is "/" or the path of a group or dataset that exists.
  void attribute(const std::string& owner, const std::string& name, std::string_view text);
  void attribute(const std::string& owner, const std::string& name, double number);
  void attribute(const std::string& owner, const std::string& name, std::uint64_t number);
  void attribute(const std::string& owner, const std::string& name, std::int32_t number);
  void attribute(const std::string& owner, const std::string& name,
                 std::span<const double> numbers);
  void attribute(const std::string& owner, const std::string& name,
                 std::span<const std::int32_t> numbers);

  /// A column. `row_shape` are the axes after the first: {4} for [row][tier].
  /// Text longer than `text_length` is an error; 0 takes the longest.
  void dataset(const std::string& path, const Values& values, const About& about,
               const std::vector<std::uint64_t>& row_shape = {}, std::size_t text_length = 0);

  /// One compound dataset, a member per field, all of one length. Attributes `units` and
  /// `description` are arrays of text in the order of the fields.
  void table(const std::string& path, const std::vector<Field>& fields);

  /// The same of rows that come a chunk at a time. The fields' values say only their types, and
  /// texts have the length given.
  void table(const std::string& path, const std::vector<Field>& fields, std::size_t rows,
             const RowsOf& rows_of);

  /// Ends a file on the disk. Nothing may be added afterwards.
  void finish();

  /// Ends the file and returns its bytes. Nothing may be added afterwards.
  std::string image();

 private:
  void create(const std::string& name, const Properties& access);

  File file_;
};

}  // namespace corridor::h5
