// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/read_attribute.hpp"

#include <algorithm>

#include "host/h5/value_type.hpp"

namespace corridor::h5 {
namespace {

constexpr std::size_t bytes_max = 64 * 1024;

struct Names {
  std::vector<std::string> found;
  std::size_t most;
};

herr_t keep_name(hid_t, const char* name, const H5A_info_t*, void* out) {
  auto& names = *static_cast<Names*>(out);
  if (names.found.size() == names.most) return -1;
  names.found.emplace_back(name);
  return 0;
}

Problem wrong_type(const std::string& found) {
  Problem problem;
  problem.code = "E_TYPE";
  problem.value = found;
  problem.message = "holds " + found + " where fixed-length text or numbers are read";
  problem.fix = "Write text as numpy.bytes_(\"...\") and numbers as float64";
  return problem;
}

AttributeValue read_text(hid_t attribute, const std::string& name, const Type& stored) {
  std::string text(H5Tget_size(stored.id()), '\0');
  const Type type = memory_type(ValueType::text, text.size(), H5Tget_cset(stored.id()));
  check(H5Aread(attribute, type.id(), text.data()), "read attribute " + name);
  text.resize(std::min(text.find('\0'), text.size()));
  return {name, true, text, {}};
}

AttributeValue read_numbers(hid_t attribute, const std::string& name, std::size_t count) {
  std::vector<double> numbers(count);
  check(H5Aread(attribute, H5T_NATIVE_DOUBLE, numbers.data()), "read attribute " + name);
  return {name, false, "", std::move(numbers)};
}

}  // namespace

std::vector<std::string> attribute_names(hid_t object, std::size_t most) {
  Names names{{}, most};
  hsize_t position = 0;
  if (H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, keep_name, &names) < 0) {
    if (names.found.size() == most) {
      throw Error(ErrorKind::bad_data, "more than " + std::to_string(most) + " attributes");
    }
    fail("cannot list the attributes");
  }
  return std::move(names.found);
}

std::variant<AttributeValue, Problem> read_attribute(hid_t object, const std::string& name) {
  const Attribute attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open attribute " + name);
  const Type type(H5Aget_type(attribute.id()), "read the type of attribute " + name);
  const Space space(H5Aget_space(attribute.id()), "read the shape of attribute " + name);
  const H5T_class_t kind = H5Tget_class(type.id());
  const int rank = H5Sget_simple_extent_ndims(space.id());
  const hssize_t count = H5Sget_simple_extent_npoints(space.id());
  const bool is_text = kind == H5T_STRING;
  if (!is_text && kind != H5T_INTEGER && kind != H5T_FLOAT) return wrong_type("another type");
  if (is_text && H5Tis_variable_str(type.id()) != 0) return wrong_type("text of variable length");
  if (rank < 0 || rank > 1 || count < 1) return wrong_type("a table or nothing");
  if (is_text && count != 1) return wrong_type("several texts");
  const std::size_t size = H5Tget_size(type.id());
  const auto length = static_cast<std::size_t>(count);
  if (size > bytes_max || length > bytes_max / std::max<std::size_t>(size, 8)) {
    return wrong_type("more than 64 KiB");
  }
  return is_text ? read_text(attribute.id(), name, type)
                 : read_numbers(attribute.id(), name, length);
}

}  // namespace corridor::h5
