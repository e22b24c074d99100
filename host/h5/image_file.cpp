// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/image_file.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "corridor/error.hpp"
#include "host/h5/value_type.hpp"

namespace corridor::h5 {
namespace {

constexpr std::size_t growth_bytes = 1u << 20;
constexpr hsize_t column_chunk_rows = 65'536;
constexpr std::size_t table_chunk_bytes = 1u << 20;

template <class T>
hid_t number_type() {
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, std::uint8_t>) return H5T_NATIVE_UINT8;
  if constexpr (std::is_same_v<T, std::uint16_t>) return H5T_NATIVE_UINT16;
  if constexpr (std::is_same_v<T, std::uint32_t>) return H5T_NATIVE_UINT32;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
}

/// Bytes of a text column; 1 at least, as HDF5 wants it.
std::size_t length_of(std::span<const std::string> texts) {
  std::size_t length = 1;
  for (const std::string& text : texts) length = std::max(length, text.size());
  return length;
}

/// Texts padded with zero bytes to `length` each.
std::vector<std::byte> padded(std::span<const std::string> texts, std::size_t length) {
  std::vector<std::byte> bytes(length * texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() > length) {
      throw Error(ErrorKind::bad_data,
                  "text '" + texts[i] + "' is longer than " + std::to_string(length) + " bytes");
    }
    std::memcpy(bytes.data() + i * length, texts[i].data(), texts[i].size());
  }
  return bytes;
}

/// How one value lies in a file: `size` bytes.
struct Layout {
  Type type;
  std::size_t size = 0, count = 0;
};

template <class T>
Layout layout_of(std::span<const T> values, std::size_t text_length) {
  if constexpr (std::is_same_v<T, std::string>) {
    const std::size_t length = text_length == 0 ? length_of(values) : text_length;
    return {memory_type(ValueType::text, length), length, values.size()};
  } else {
    return {Type(H5Tcopy(number_type<T>()), "describe a number"), sizeof(T), values.size()};
  }
}

Properties dataset_rules(const std::vector<hsize_t>& dims, hsize_t chunk_rows) {
  Properties rules(H5Pcreate(H5P_DATASET_CREATE), "prepare a dataset");
  check(H5Pset_obj_track_times(rules.id(), false), "leave out times");
  if (dims[0] == 0) return rules;
  std::vector<hsize_t> chunk = dims;
  chunk[0] = std::min(chunk[0], chunk_rows);
  check(H5Pset_chunk(rules.id(), static_cast<int>(chunk.size()), chunk.data()), "set chunks");
  check(H5Pset_shuffle(rules.id()), "set shuffle");
  check(H5Pset_deflate(rules.id(), 1), "set gzip");
  check(H5Pset_fletcher32(rules.id()), "set checksums");
  return rules;
}

Properties parents_too() {
  Properties rules(H5Pcreate(H5P_LINK_CREATE), "prepare a link");
  check(H5Pset_create_intermediate_group(rules.id(), 1), "create parents");
  return rules;
}

void write_attribute(hid_t owner, const std::string& name, hid_t type, hid_t space,
                     const void* values) {
  const Attribute attribute(H5Acreate2(owner, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                            "create attribute " + name);
  check(H5Awrite(attribute.id(), type, values), "write attribute " + name);
}

Space scalar() { return Space(H5Screate(H5S_SCALAR), "describe a scalar"); }

Space list_of(std::size_t count) {
  const hsize_t length = count;
  return Space(H5Screate_simple(1, &length, nullptr), "describe a list");
}

void write_text(hid_t owner, const std::string& name, std::string_view text) {
  const std::string padded(text.empty() ? std::string_view("\0", 1) : text);
  const Type type = memory_type(ValueType::text, padded.size(), H5T_CSET_UTF8);
  write_attribute(owner, name, type.id(), scalar().id(), padded.data());
}

template <class T>
void write_scalar(hid_t file, const std::string& owner, const std::string& name, T number) {
  const Handle<H5Oclose> object(H5Oopen(file, owner.c_str(), H5P_DEFAULT), "open " + owner);
  write_attribute(object.id(), name, number_type<T>(), scalar().id(), &number);
}

template <class T>
void write_list(hid_t file, const std::string& owner, const std::string& name,
                std::span<const T> numbers) {
  const Handle<H5Oclose> object(H5Oopen(file, owner.c_str(), H5P_DEFAULT), "open " + owner);
  write_attribute(object.id(), name, number_type<T>(), list_of(numbers.size()).id(),
                  numbers.data());
}

Dataset created(hid_t file, const std::string& path, hid_t type, const std::vector<hsize_t>& dims,
                hsize_t chunk_rows) {
  const Space space(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr),
                    "describe " + path);
  return Dataset(H5Dcreate2(file, path.c_str(), type, space.id(), parents_too().id(),
                            dataset_rules(dims, chunk_rows).id(), H5P_DEFAULT),
                 "create " + path);
}

/// A compound record: where each field's bytes lie in it.
struct Record {
  Type type;
  std::size_t size = 0;
  std::vector<std::size_t> at, sizes;

  hsize_t chunk_rows() const {
    return std::clamp<hsize_t>(table_chunk_bytes / size, 1, column_chunk_rows);
  }
};

Record record_of(const std::string& path, const std::vector<Field>& fields) {
  if (fields.empty()) throw Error(ErrorKind::bad_data, path + ": a table needs a field");
  std::vector<Layout> layouts;
  Record record;
  for (const Field& field : fields) {
    layouts.push_back(std::visit(
        [&](const auto& values) { return layout_of(values, field.text_length); }, field.values));
    record.at.push_back(record.size);
    record.sizes.push_back(layouts.back().size);
    record.size += layouts.back().size;
  }
  record.type = Type(H5Tcreate(H5T_COMPOUND, record.size), "describe a record");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    check(H5Tinsert(record.type.id(), fields[i].name.c_str(), record.at[i], layouts[i].type.id()),
          "describe field " + fields[i].name);
  }
  return record;
}

/// Values of one field into every record from `to` on.
void spread(const std::byte* from, std::size_t size, std::size_t count, std::size_t record_size,
            std::byte* to) {
  for (std::size_t row = 0; row < count; ++row, to += record_size, from += size) {
    std::memcpy(to, from, size);
  }
}

std::size_t rows_in(const ValueView& values) {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

/// The rows of the columns as records. Blocks of rows stay in the cache while every column passes
/// over them.
void interleave(const Record& record, const std::vector<ValueView>& columns, std::size_t rows,
                std::byte* records) {
  constexpr std::size_t block_rows = 64;
  for (std::size_t from = 0; from < rows; from += block_rows) {
    const std::size_t count = std::min(block_rows, rows - from);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      std::byte* to = records + from * record.size + record.at[i];
      const auto place = [&](const auto& values) {
        const auto part = values.subspan(from, count);
        if constexpr (std::is_same_v<std::decay_t<decltype(part)>, std::span<const std::string>>) {
          spread(padded(part, record.sizes[i]).data(), record.sizes[i], count, record.size, to);
        } else {
          spread(std::as_bytes(part).data(), record.sizes[i], count, record.size, to);
        }
      };
      std::visit(place, columns[i]);
    }
  }
}

/// Chunk by chunk, so that a table is never in memory a second time.
void write_records(const Dataset& dataset, const Record& record, std::size_t rows,
                   const RowsOf& rows_of, const std::string& path) {
  const Space space(H5Dget_space(dataset.id()), "find the rows of " + path);
  const hsize_t most = record.chunk_rows();
  std::vector<std::byte> records(record.size * std::min<std::size_t>(most, rows));
  for (hsize_t first = 0; first < rows; first += most) {
    const hsize_t count = std::min<hsize_t>(most, rows - first);
    interleave(record, rows_of(first, count), count, records.data());
    check(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, &first, nullptr, &count, nullptr),
          "find rows of " + path);
    check(H5Dwrite(dataset.id(), record.type.id(), list_of(count).id(), space.id(), H5P_DEFAULT,
                   records.data()),
          "write " + path);
  }
}

void write_texts(hid_t owner, const std::string& name, const std::vector<std::string>& texts) {
  const std::size_t length = length_of(texts);
  write_attribute(owner, name, memory_type(ValueType::text, length).id(),
                  list_of(texts.size()).id(), padded(texts, length).data());
}

}  // namespace

ImageFile::ImageFile() {
  quiet();
  const Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare a file in memory");
  check(H5Pset_fapl_core(access.id(), growth_bytes, false), "keep a file in memory");
  create("in-memory.h5", access);
}

ImageFile::ImageFile(const std::string& name) {
  quiet();
  const Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare a file");
  // Nobody else knows the file's name, and not every file system has locks.
  check(H5Pset_file_locking(access.id(), false, true), "set file locking");
  create(name, access);
}

void ImageFile::create(const std::string& name, const Properties& access) {
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110), "set the format");
  const Properties creation(H5Pcreate(H5P_FILE_CREATE), "prepare a file");
  check(H5Pset_obj_track_times(creation.id(), false), "leave out times");
  file_ =
      File(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), "create the file");
}

void ImageFile::group(const std::string& path) {
  quiet();
  const Properties creation(H5Pcreate(H5P_GROUP_CREATE), "prepare a group");
  check(H5Pset_obj_track_times(creation.id(), false), "leave out times");
  Group(H5Gcreate2(file_.id(), path.c_str(), parents_too().id(), creation.id(), H5P_DEFAULT),
        "create group " + path);
}

void ImageFile::attribute(const std::string& owner, const std::string& name,
                          std::string_view text) {
  quiet();
  const Handle<H5Oclose> object(H5Oopen(file_.id(), owner.c_str(), H5P_DEFAULT), "open " + owner);
  write_text(object.id(), name, text);
}

void ImageFile::attribute(const std::string& owner, const std::string& name, double number) {
  quiet();
  write_scalar(file_.id(), owner, name, number);
}

void ImageFile::attribute(const std::string& owner, const std::string& name, std::uint64_t number) {
  quiet();
  write_scalar(file_.id(), owner, name, number);
}

void ImageFile::attribute(const std::string& owner, const std::string& name, std::int32_t number) {
  quiet();
  write_scalar(file_.id(), owner, name, number);
}

void ImageFile::attribute(const std::string& owner, const std::string& name,
                          std::span<const double> numbers) {
  quiet();
  write_list(file_.id(), owner, name, numbers);
}

void ImageFile::attribute(const std::string& owner, const std::string& name,
                          std::span<const std::int32_t> numbers) {
  quiet();
  write_list(file_.id(), owner, name, numbers);
}

void ImageFile::dataset(const std::string& path, const Values& values, const About& about,
                        const std::vector<std::uint64_t>& row_shape, std::size_t text_length) {
  quiet();
  const Layout layout =
      std::visit([&](const auto& list) { return layout_of(std::span(list), text_length); }, values);
  std::size_t row_values = 1;
  for (const std::uint64_t length : row_shape) row_values *= length;
  if (row_values == 0 || layout.count % row_values != 0) {
    throw Error(ErrorKind::bad_data, path + ": the values do not fill whole rows");
  }
  std::vector<hsize_t> dims{layout.count / row_values};
  dims.insert(dims.end(), row_shape.begin(), row_shape.end());
  Dataset dataset = created(file_.id(), path, layout.type.id(), dims, column_chunk_rows);
  const auto write = [&](const void* data) {
    check(H5Dwrite(dataset.id(), layout.type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
          "write " + path);
  };
  const auto write_values = [&](const auto& list) {
    if constexpr (std::is_same_v<std::decay_t<decltype(list)>, std::vector<std::string>>) {
      write(padded(list, layout.size).data());
    } else {
      write(list.data());
    }
  };
  if (layout.count > 0) std::visit(write_values, values);
  write_text(dataset.id(), "units", about.units);
  write_text(dataset.id(), "description", about.description);
  dataset.close();
}

void ImageFile::table(const std::string& path, const std::vector<Field>& fields) {
  const std::size_t rows = fields.empty() ? 0 : rows_in(fields.front().values);
  for (const Field& field : fields) {
    if (rows_in(field.values) == rows) continue;
    throw Error(ErrorKind::bad_data, path + ": field " + field.name + " has another length");
  }
  table(path, fields, rows, [&](std::size_t first, std::size_t count) {
    const auto part = [&](const auto& values) -> ValueView { return values.subspan(first, count); };
    std::vector<ValueView> views;
    for (const Field& field : fields) views.push_back(std::visit(part, field.values));
    return views;
  });
}

void ImageFile::table(const std::string& path, const std::vector<Field>& fields, std::size_t rows,
                      const RowsOf& rows_of) {
  quiet();
  const Record record = record_of(path, fields);
  Dataset dataset = created(file_.id(), path, record.type.id(), {rows}, record.chunk_rows());
  write_records(dataset, record, rows, rows_of, path);
  std::vector<std::string> units, descriptions;
  for (const Field& field : fields) {
    units.push_back(field.about.units);
    descriptions.push_back(field.about.description);
  }
  write_texts(dataset.id(), "units", units);
  write_texts(dataset.id(), "description", descriptions);
  dataset.close();  // where the last chunk goes to the disk
}

void ImageFile::finish() {
  quiet();
  check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "finish the file");
  file_.close();
}

std::string ImageFile::image() {
  quiet();
  check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "finish the file");
  const ssize_t size = H5Fget_file_image(file_.id(), nullptr, 0);
  if (size < 0) fail("cannot take the file's bytes");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (H5Fget_file_image(file_.id(), bytes.data(), bytes.size()) < 0) {
    fail("cannot take the file's bytes");
  }
  file_.close();
  return bytes;
}

}  // namespace corridor::h5
