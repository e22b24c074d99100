// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <stdexcept>

#include "tests/emulation/block.hpp"

namespace emulation {
namespace {

constexpr std::uint32_t first_address = 0x400;
constexpr unsigned char unwritten = 0xFF, outside = 0xA5;

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

void SharedWindow::poison(std::size_t bytes) {
  std::fill(memory_.begin(), memory_.end(), outside);
  std::fill_n(memory_.begin(), bytes, unwritten);
}

void SharedWindow::check(std::size_t bytes) const {
  const auto rest = memory_.subspan(bytes);
  if (std::any_of(rest.begin(), rest.end(), [](unsigned char b) { return b != outside; })) {
    throw std::logic_error("a block wrote beyond its shared memory");
  }
}

}  // namespace emulation
