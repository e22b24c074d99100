// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/copy_column.hpp"

namespace corridor {
namespace {

std::vector<std::string> copy_texts(std::span<const std::byte> bytes, std::size_t length) {
  std::vector<std::string> texts;
  texts.reserve(bytes.size() / length);
  for (std::size_t at = 0; at < bytes.size(); at += length) {
    std::string text(reinterpret_cast<const char*>(bytes.data()) + at, length);
    text.resize(text.find_last_not_of('\0') + 1);  // zero bytes inside stay, to be found by checks
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

Column copy_column(std::string name, const h5::Expected& expected,
                   std::span<const std::byte> bytes) {
  Column column;
  column.name = std::move(name);
  for (const std::uint64_t length : expected.row_shape) column.width *= length;
  switch (expected.type) {
    case h5::ValueType::f64:
      column.values = copy_numbers<double>(bytes);
      break;
    case h5::ValueType::f32:
      column.values = copy_numbers<float>(bytes);
      break;
    case h5::ValueType::u8:
      column.values = copy_numbers<std::uint8_t>(bytes);
      break;
    case h5::ValueType::u16:
      column.values = copy_numbers<std::uint16_t>(bytes);
      break;
    case h5::ValueType::u32:
      column.values = copy_numbers<std::uint32_t>(bytes);
      break;
    case h5::ValueType::u64:
      column.values = copy_numbers<std::uint64_t>(bytes);
      break;
    case h5::ValueType::text:
      column.values = copy_texts(bytes, expected.text_length);
      break;
  }
  return column;
}

}  // namespace corridor
