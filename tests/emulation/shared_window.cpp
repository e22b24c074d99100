// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "tests/emulation/block.hpp"

namespace emulation {
namespace {

constexpr std::uint32_t first_address = 0x400;
constexpr unsigned char unwritten = 0xFF, outside = 0xA5;
constexpr std::size_t guard_bytes = 1024;

}  // namespace

std::uint32_t SharedWindow::address_of(const void* pointer) const {
  const auto offset = static_cast<const unsigned char*>(pointer) - memory_.data();
  return first_address + static_cast<std::uint32_t>(offset);
}

void* SharedWindow::at(std::size_t address) const {
  const std::size_t offset = address - first_address;
  if (offset >= memory_.size()) throw std::logic_error("an address outside shared memory");
  return memory_.data() + offset;
}

std::span<unsigned char> SharedWindow::guard(std::size_t bytes) const {
  return memory_.subspan(bytes, std::min(guard_bytes, memory_.size() - bytes));
}

void SharedWindow::poison(std::size_t bytes) {
  std::fill_n(memory_.begin(), bytes, unwritten);
  std::ranges::fill(guard(bytes), outside);
}

void SharedWindow::check(std::size_t bytes) const {
  if (std::ranges::any_of(guard(bytes), [](unsigned char byte) { return byte != outside; })) {
    throw std::logic_error("a block wrote beyond its shared memory");
  }
}

}  // namespace emulation
