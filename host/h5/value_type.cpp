// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/value_type.hpp"

#include <array>

namespace corridor::h5 {
namespace {

/// By itself, so that sizes and names wake up no HDF5 (host/h5/apart.hpp).
struct Form {
  std::size_t bytes;
  const char* numpy;
};

Form form(ValueType type) {
  switch (type) {
    case ValueType::f64:
      return {8, "float64"};
    case ValueType::f32:
      return {4, "float32"};
    case ValueType::u8:
      return {1, "uint8"};
    case ValueType::u16:
      return {2, "uint16"};
    case ValueType::u32:
      return {4, "uint32"};
    case ValueType::u64:
      return {8, "uint64"};
    case ValueType::text:
      break;
  }
  return {1, "bytes"};
}

struct Number {
  hid_t native, little, big;
};

Number number(ValueType type) {
  switch (type) {
    case ValueType::f64:
      return {H5T_NATIVE_DOUBLE, H5T_IEEE_F64LE, H5T_IEEE_F64BE};
    case ValueType::f32:
      return {H5T_NATIVE_FLOAT, H5T_IEEE_F32LE, H5T_IEEE_F32BE};
    case ValueType::u8:
      return {H5T_NATIVE_UINT8, H5T_STD_U8LE, H5T_STD_U8BE};
    case ValueType::u16:
      return {H5T_NATIVE_UINT16, H5T_STD_U16LE, H5T_STD_U16BE};
    case ValueType::u32:
      return {H5T_NATIVE_UINT32, H5T_STD_U32LE, H5T_STD_U32BE};
    case ValueType::u64:
      return {H5T_NATIVE_UINT64, H5T_STD_U64LE, H5T_STD_U64BE};
    case ValueType::text:
      break;
  }
  return {H5T_C_S1, H5T_C_S1, H5T_C_S1};
}

}  // namespace

std::size_t size_of(ValueType type, std::size_t text_length) {
  return type == ValueType::text ? text_length : form(type).bytes;
}

const char* numpy_name(ValueType type) { return form(type).numpy; }

Type memory_type(ValueType type, std::size_t text_length, H5T_cset_t text_set) {
  Type result(H5Tcopy(number(type).native), "describe a value");
  if (type == ValueType::text) {
    check(H5Tset_size(result.id(), text_length), "set a text length");
    check(H5Tset_strpad(result.id(), H5T_STR_NULLPAD), "set a text padding");
    check(H5Tset_cset(result.id(), text_set), "set a text's character set");
  }
  return result;
}

bool holds(hid_t file_type, ValueType type, std::size_t text_length) {
  if (type != ValueType::text) {
    const Number known = number(type);
    return H5Tequal(file_type, known.little) > 0 || H5Tequal(file_type, known.big) > 0;
  }
  if (H5Tget_class(file_type) != H5T_STRING || H5Tis_variable_str(file_type) != 0) return false;
  const std::size_t size = H5Tget_size(file_type);
  const H5T_str_t padding = H5Tget_strpad(file_type);
  return size >= 1 && size <= text_length &&
         (padding == H5T_STR_NULLPAD || padding == H5T_STR_NULLTERM);
}

}  // namespace corridor::h5
