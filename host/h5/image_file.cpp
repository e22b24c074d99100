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

constexpr std::size_t growth_bytes = 16u << 20;
constexpr hsize_t chunk_rows = 65'536;

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

/// Values laid out as a file wants them: `size` bytes each, text padded with zero bytes.
struct Flat {
  Type type;
  std::size_t size = 0, count = 0;
  const std::byte* data = nullptr;
  std::vector<std::byte> padded;  ///< owns the bytes of text
};

Flat flatten_text(const std::vector<std::string>& texts, std::size_t length) {
  if (length == 0) {
    for (const std::string& text : texts) length = std::max(length, text.size());
    length = std::max<std::size_t>(length, 1);
  }
  Flat flat{memory_type(ValueType::text, length), length, texts.size(), nullptr, {}};
  flat.padded.resize(length * texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].size() > length) {
      throw Error(ErrorKind::bad_data,
                  "text '" + texts[i] + "' is longer than " + std::to_string(length) + " bytes");
    }
    std::memcpy(flat.padded.data() + i * length, texts[i].data(), texts[i].size());
  }
  flat.data = flat.padded.data();
  return flat;
}

Flat flatten(const Values& values, std::size_t text_length) {
  return std::visit(
      [&](const auto& list) {
        using T = typename std::decay_t<decltype(list)>::value_type;
        if constexpr (std::is_same_v<T, std::string>) {
          return flatten_text(list, text_length);
        } else {
          Type type(H5Tcopy(number_type<T>()), "describe a number");
          return Flat{std::move(type),
                      sizeof(T),
                      list.size(),
                      reinterpret_cast<const std::byte*>(list.data()),
                      {}};
        }
      },
      values);
}

Properties dataset_rules(const std::vector<hsize_t>& dims) {
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

Dataset create(hid_t file, const std::string& path, hid_t type, const std::vector<hsize_t>& dims) {
  const Space space(H5Screate_simple(static_cast<int>(dims.size()), dims.data(), nullptr),
                    "describe " + path);
  return Dataset(H5Dcreate2(file, path.c_str(), type, space.id(), parents_too().id(),
                            dataset_rules(dims).id(), H5P_DEFAULT),
                 "create " + path);
}

/// A compound record: where each field's bytes lie in it.
struct Record {
  Type type;
  std::size_t size = 0;
  std::vector<std::size_t> at;
};

Record record_of(const std::vector<Field>& fields, const std::vector<Flat>& flats) {
  Record record;
  for (const Flat& flat : flats) {
    record.at.push_back(record.size);
    record.size += flat.size;
  }
  record.type = Type(H5Tcreate(H5T_COMPOUND, record.size), "describe a record");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    check(H5Tinsert(record.type.id(), fields[i].name.c_str(), record.at[i], flats[i].type.id()),
          "describe field " + fields[i].name);
  }
  return record;
}

/// Columns to records. Blocks of rows stay in the cache while every column passes over them.
std::vector<std::byte> interleaved(const Record& record, const std::vector<Flat>& flats,
                                   std::size_t rows) {
  constexpr std::size_t block_rows = 64;
  std::vector<std::byte> bytes(record.size * rows);
  for (std::size_t first = 0; first < rows; first += block_rows) {
    const std::size_t last = std::min(first + block_rows, rows);
    for (std::size_t i = 0; i < flats.size(); ++i) {
      const std::size_t size = flats[i].size;
      std::byte* to = bytes.data() + first * record.size + record.at[i];
      for (std::size_t row = first; row < last; ++row, to += record.size) {
        std::memcpy(to, flats[i].data + row * size, size);
      }
    }
  }
  return bytes;
}

void write_texts(hid_t owner, const std::string& name, const std::vector<std::string>& texts) {
  const Flat flat = flatten_text(texts, 0);
  write_attribute(owner, name, flat.type.id(), list_of(flat.count).id(), flat.data);
}

}  // namespace

ImageFile::ImageFile() {
  quiet();
  const Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare a file in memory");
  check(H5Pset_fapl_core(access.id(), growth_bytes, false), "keep a file in memory");
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110), "set the format");
  const Properties creation(H5Pcreate(H5P_FILE_CREATE), "prepare a file in memory");
  check(H5Pset_obj_track_times(creation.id(), false), "leave out times");
  file_ = File(H5Fcreate("in-memory.h5", H5F_ACC_TRUNC, creation.id(), access.id()),
               "create a file in memory");
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
  const Flat flat = flatten(values, text_length);
  std::size_t row_values = 1;
  for (const std::uint64_t length : row_shape) row_values *= length;
  if (row_values == 0 || flat.count % row_values != 0) {
    throw Error(ErrorKind::bad_data, path + ": the values do not fill whole rows");
  }
  std::vector<hsize_t> dims{flat.count / row_values};
  dims.insert(dims.end(), row_shape.begin(), row_shape.end());
  const Dataset dataset = create(file_.id(), path, flat.type.id(), dims);
  if (flat.count > 0) {
    check(H5Dwrite(dataset.id(), flat.type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, flat.data),
          "write " + path);
  }
  write_text(dataset.id(), "units", about.units);
  write_text(dataset.id(), "description", about.description);
}

void ImageFile::table(const std::string& path, const std::vector<Field>& fields) {
  quiet();
  std::vector<Flat> flats;
  std::vector<std::string> units, descriptions;
  for (const Field& field : fields) {
    flats.push_back(flatten(field.values, field.text_length));
    units.push_back(field.about.units);
    descriptions.push_back(field.about.description);
    if (flats.back().count != flats.front().count) {
      throw Error(ErrorKind::bad_data, path + ": field " + field.name + " has another length");
    }
  }
  if (flats.empty()) throw Error(ErrorKind::bad_data, path + ": a table needs a field");
  const std::size_t rows = flats.front().count;
  const Record record = record_of(fields, flats);
  const Dataset dataset = create(file_.id(), path, record.type.id(), {rows});
  const std::vector<std::byte> bytes = interleaved(record, flats, rows);
  if (rows > 0) {
    check(H5Dwrite(dataset.id(), record.type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
          "write " + path);
  }
  write_texts(dataset.id(), "units", units);
  write_texts(dataset.id(), "description", descriptions);
}

std::vector<std::byte> ImageFile::image() {
  quiet();
  check(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), "finish the file");
  const ssize_t size = H5Fget_file_image(file_.id(), nullptr, 0);
  if (size < 0) fail("cannot take the file's bytes");
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  if (H5Fget_file_image(file_.id(), bytes.data(), bytes.size()) < 0) {
    fail("cannot take the file's bytes");
  }
  file_.close();
  return bytes;
}

}  // namespace corridor::h5
