// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/read_dataset.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace corridor::h5 {
namespace {

using Finding = std::optional<Problem>;

Problem problem(const std::string& code, const std::string& message, const std::string& value,
                const std::string& fix) {
  Problem result;
  result.code = code;
  result.message = message;
  result.value = value;
  result.fix = fix;
  return result;
}

std::string wanted_type(const Expected& expected) {
  if (expected.type == ValueType::text)
    return "bytes of fixed length S" + std::to_string(expected.text_length);
  return numpy_name(expected.type);
}

std::string bits(hid_t type) { return std::to_string(8 * H5Tget_size(type)); }

std::string found_type(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
      return (H5Tget_sign(type) == H5T_SGN_NONE ? "uint" : "int") + bits(type);
    case H5T_FLOAT:
      return "float" + bits(type);
    case H5T_STRING:
      if (H5Tis_variable_str(type) != 0) return "text of variable length";
      return "S" + std::to_string(H5Tget_size(type));
    case H5T_VLEN:
      return "values of variable length";
    case H5T_REFERENCE:
      return "references";
    case H5T_OPAQUE:
      return "opaque bytes";
    case H5T_COMPOUND:
      return "compound records";
    case H5T_ENUM:
      return "enumerated values";
    case H5T_ARRAY:
      return "arrays";
    default:
      return "values of an unknown type";
  }
}

std::string shape_text(const std::vector<hsize_t>& dims) {
  std::string text = "(";
  for (std::size_t i = 0; i < dims.size(); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(dims[i]);
  }
  return text + ")";
}

Finding check_storage(hid_t properties) {
  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_VIRTUAL || H5Pget_external_count(properties) != 0) {
    return problem("E_EXTERNAL", "keeps its values in other files, which a book may not do",
                   layout == H5D_VIRTUAL ? "virtual dataset" : "external storage",
                   "Copy the values into the book");
  }
  if (layout == H5D_LAYOUT_ERROR) {
    return problem("E_DAMAGED", "has a description that cannot be read: " + reason(), "",
                   "Take the file from its source again");
  }
  return {};
}

Finding check_filters(hid_t properties) {
  const int count = H5Pget_nfilters(properties);
  for (int i = 0; i < count; ++i) {
    unsigned flags = 0, configuration = 0;
    std::size_t parameters = 0;
    const H5Z_filter_t filter = H5Pget_filter2(properties, static_cast<unsigned>(i), &flags,
                                               &parameters, nullptr, 0, nullptr, &configuration);
    constexpr std::array known = {H5Z_FILTER_DEFLATE, H5Z_FILTER_SHUFFLE, H5Z_FILTER_FLETCHER32};
    if (std::find(known.begin(), known.end(), filter) == known.end()) {
      return problem("E_FILTER", "is compressed by a filter that not every reader has",
                     "HDF5 filter " + std::to_string(filter), "Write it with gzip");
    }
  }
  return {};
}

Finding check_type(hid_t dataset, const Expected& expected) {
  const Type type(H5Dget_type(dataset), "read the type");
  if (holds(type.id(), expected.type, expected.text_length)) return {};
  return problem("E_TYPE",
                 "holds " + found_type(type.id()) + " where " + wanted_type(expected) + " is read",
                 found_type(type.id()), "Write it as numpy " + wanted_type(expected));
}

std::vector<hsize_t> dimensions(hid_t dataset) {
  const Space space(H5Dget_space(dataset), "read the shape");
  const int rank = H5Sget_simple_extent_ndims(space.id());
  if (rank < 0) fail("cannot read the shape");
  std::vector<hsize_t> dims(static_cast<std::size_t>(rank));
  if (rank > 0)
    check(H5Sget_simple_extent_dims(space.id(), dims.data(), nullptr), "read the shape");
  return dims;
}

Finding check_shape(const std::vector<hsize_t>& dims, const Expected& expected) {
  const auto& row_shape = expected.row_shape;
  if (dims.size() == row_shape.size() + 1 &&
      std::equal(row_shape.begin(), row_shape.end(), dims.begin() + 1)) {
    return {};
  }
  std::string wanted = "(rows";
  for (const std::uint64_t length : row_shape) wanted += ", " + std::to_string(length);
  return problem("E_SHAPE", "has shape " + shape_text(dims) + " where " + wanted + ") is read",
                 shape_text(dims), "Write one entry a row");
}

Finding check_chunk(hid_t properties, hid_t dataset, std::size_t rank, std::uint64_t most_bytes) {
  if (H5Pget_layout(properties) != H5D_CHUNKED) return {};
  std::vector<hsize_t> chunk(rank);
  const int chunk_rank = H5Pget_chunk(properties, static_cast<int>(rank), chunk.data());
  if (chunk_rank != static_cast<int>(rank)) fail("cannot read the chunk shape");
  const Type type(H5Dget_type(dataset), "read the type");
  double bytes = static_cast<double>(H5Tget_size(type.id()));
  for (const hsize_t length : chunk) bytes *= static_cast<double>(length);
  if (bytes <= static_cast<double>(most_bytes)) return {};
  return problem("E_CHUNK", "has chunks above " + std::to_string(most_bytes >> 20) + " MiB",
                 shape_text(chunk), "Write chunks of 65536 rows");
}

/// Values that are not chunked lie in one piece: HDF5 1.10 reads past its end where a damaged file
/// stores less than it claims.
Finding check_whole(hid_t dataset, hid_t properties, std::uint64_t values) {
  if (H5Pget_layout(properties) == H5D_CHUNKED) return {};
  const Type type(H5Dget_type(dataset), "read the type");
  const std::uint64_t stored = H5Dget_storage_size(dataset);
  if (stored == 0 || stored == values * H5Tget_size(type.id())) return {};
  return problem("E_DAMAGED", "stores another number of bytes than its shape needs",
                 std::to_string(stored), "Take the file from its source again");
}

Finding check_size(hid_t dataset, const Shape& shape, const ReadLimits& limits) {
  if (shape.rows > limits.rows) {
    return problem("E_TOO_LARGE", "claims more than " + std::to_string(limits.rows) + " rows",
                   std::to_string(shape.rows), "Split the book");
  }
  const std::uint64_t stored = H5Dget_storage_size(dataset);
  if (shape.rows > 0 && stored == 0) {
    return problem("E_NO_DATA", "claims rows but stores no values", std::to_string(shape.rows),
                   "Write the values");
  }
  if (shape.bytes / limits.expansion > stored) {
    return problem(
        "E_EXPANSION",
        "would grow more than " + std::to_string(limits.expansion) + " times when unpacked",
        std::to_string(stored) + " bytes stored, " + std::to_string(shape.bytes) + " read",
        "Write it with gzip, once");
  }
  return {};
}

/// The type that values are turned into.
Type type_read(hid_t dataset, const Expected& expected) {
  const Type stored(H5Dget_type(dataset), "read the type");
  const bool is_text = expected.type == ValueType::text;
  return memory_type(expected.type, expected.text_length,
                     is_text ? H5Tget_cset(stored.id()) : H5T_CSET_ASCII);
}

}  // namespace

std::variant<Shape, Problem> inspect(hid_t dataset, const Expected& expected,
                                     const ReadLimits& limits) {
  const Properties properties(H5Dget_create_plist(dataset), "read the description");
  if (Finding bad = check_storage(properties.id())) return *bad;
  if (Finding bad = check_type(dataset, expected)) return *bad;
  const std::vector<hsize_t> dims = dimensions(dataset);
  if (Finding bad = check_shape(dims, expected)) return *bad;
  if (Finding bad = check_filters(properties.id())) return *bad;
  if (Finding bad = check_chunk(properties.id(), dataset, dims.size(), limits.chunk_bytes)) {
    return *bad;
  }
  Shape shape{dims[0], 0};
  // Rows are limited below 2^31 and a row is a few hundred bytes, so the product cannot overflow.
  if (shape.rows <= limits.rows) shape.bytes = shape.rows * row_bytes(expected);
  if (Finding bad = check_size(dataset, shape, limits)) return *bad;
  const std::uint64_t values = shape.bytes / size_of(expected.type, expected.text_length);
  if (Finding bad = check_whole(dataset, properties.id(), values)) return *bad;
  return shape;
}

void read(hid_t dataset, const Expected& expected, void* values) {
  const Type type = type_read(dataset, expected);
  check(H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "read the values");
}

void read_rows(hid_t dataset, const Expected& expected, std::uint64_t first, std::uint64_t count,
               void* values) {
  std::vector<hsize_t> start(1 + expected.row_shape.size(), 0), lengths{count};
  start.front() = first;
  lengths.insert(lengths.end(), expected.row_shape.begin(), expected.row_shape.end());
  const Space file(H5Dget_space(dataset), "read the shape");
  check(H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, lengths.data(),
                            nullptr),
        "select rows");
  const Space memory(H5Screate_simple(static_cast<int>(lengths.size()), lengths.data(), nullptr),
                     "describe rows");
  const Type type = type_read(dataset, expected);
  check(H5Dread(dataset, type.id(), memory.id(), file.id(), H5P_DEFAULT, values),
        "read the values");
}

std::uint64_t rows_at_once(hid_t dataset, const Expected& expected, std::uint64_t bytes) {
  const std::uint64_t rows = std::max<std::uint64_t>(bytes / row_bytes(expected), 1);
  const Properties properties(H5Dget_create_plist(dataset), "read the description");
  if (H5Pget_layout(properties.id()) != H5D_CHUNKED) return rows;
  std::vector<hsize_t> chunk(1 + expected.row_shape.size());
  const auto rank = static_cast<int>(chunk.size());
  const int chunk_rank = H5Pget_chunk(properties.id(), rank, chunk.data());
  if (chunk_rank != rank) fail("cannot read the chunk shape");
  constexpr std::uint64_t whole_max = 16u << 20;  // chunks of many rows and few of a row's values
  const std::uint64_t chunk_rows = chunk.front();
  if (chunk_rows == 0 || chunk_rows > whole_max / row_bytes(expected)) return rows;
  return std::max<std::uint64_t>(rows / chunk_rows, 1) * chunk_rows;
}

std::uint64_t row_bytes(const Expected& expected) {
  std::uint64_t bytes = size_of(expected.type, expected.text_length);
  for (const std::uint64_t length : expected.row_shape) bytes *= length;
  return bytes;
}

}  // namespace corridor::h5
