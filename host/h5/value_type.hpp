// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "host/h5/handle.hpp"

namespace corridor::h5 {

/// What one value of a column is. The numbers are part of the content digest: never reuse one.
enum class ValueType : std::uint8_t {
  f64 = 0,
  f32 = 1,
  u8 = 2,
  u16 = 3,
  u32 = 4,
  u64 = 5,
  text = 6
};

/// Bytes of one value; `text_length` counts for text alone.
std::size_t size_of(ValueType type, std::size_t text_length);

/// As a numpy dtype, for messages: "float64", "S32".
const char* numpy_name(ValueType type);

/// HDF5's name for the value in this machine's memory; text is padded with zero bytes and taken as
/// bytes in whichever character set a file states: HDF5 converts between none.
Type memory_type(ValueType type, std::size_t text_length, H5T_cset_t text_set = H5T_CSET_ASCII);

/// True where a file holds exactly this kind of number in either byte order, or fixed-length text
/// of at most `text_length` bytes.
bool holds(hid_t file_type, ValueType type, std::size_t text_length);

}  // namespace corridor::h5
