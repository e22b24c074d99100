// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/mutants/mutate.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <random>
#include <span>
#include <stdexcept>

namespace corridor::tests {
namespace {

using Random = std::mt19937_64;

template <class T>
T get(const Bytes& file, std::size_t at) {
  T value{};
  std::memcpy(&value, file.data() + at, sizeof value);
  return value;
}

template <class T>
void put(Bytes& file, std::size_t at, T value) {
  if (at + sizeof value <= file.size()) std::memcpy(file.data() + at, &value, sizeof value);
}

bool begins(const Bytes& file, std::size_t at, std::string_view signature) {
  return at + signature.size() <= file.size() &&
         std::memcmp(file.data() + at, signature.data(), signature.size()) == 0;
}

constexpr std::array<std::string_view, 10> signatures{"TREE", "SNOD", "HEAP", "GCOL", "OHDR",
                                                      "OCHK", "FRHP", "BTHD", "FSHD", "BTLF"};

/// A message of an object header: two bytes of type, two of size, flags, then its data.
struct Message {
  std::size_t at = 0, size = 0;
};

/// What a file of the earliest format is made of, as far as it is easily seen.
struct Anatomy {
  std::vector<std::size_t> blocks;     ///< where a signature stands
  std::vector<std::size_t> addresses;  ///< fields that hold the address of a block or header
  std::vector<std::size_t> headers;
  std::vector<Message> messages;
};

/// A version 1 object header: version, 0, messages, one reference, its size.
bool is_header(const Bytes& file, std::size_t at) {
  return at + 16 <= file.size() && get<std::uint16_t>(file, at) == 1 &&
         get<std::uint32_t>(file, at + 4) == 1 && get<std::uint32_t>(file, at + 8) < 8'192 &&
         get<std::uint16_t>(file, at + 2) > 0 && get<std::uint16_t>(file, at + 2) < 64;
}

void add_messages(const Bytes& file, std::size_t header, Anatomy& found) {
  const std::size_t end =
      std::min<std::size_t>(file.size(), header + 16 + get<std::uint32_t>(file, header + 8));
  for (std::size_t at = header + 16; at + 8 <= end;) {
    const std::size_t size = get<std::uint16_t>(file, at + 2);
    found.messages.push_back({at, size});
    at += 8 + size;
  }
}

Anatomy anatomy(const Bytes& file) {
  Anatomy found;
  for (std::size_t at = 0; at + 8 <= file.size(); at += 8) {
    for (const std::string_view signature : signatures) {
      if (begins(file, at, signature)) found.blocks.push_back(at);
    }
    if (is_header(file, at)) {
      found.headers.push_back(at);
      add_messages(file, at, found);
    }
  }
  std::vector<std::size_t> targets = found.blocks;
  targets.insert(targets.end(), found.headers.begin(), found.headers.end());
  std::sort(targets.begin(), targets.end());
  for (std::size_t at = 0; at + 8 <= file.size(); at += 4) {
    const auto value = get<std::uint64_t>(file, at);
    if (std::binary_search(targets.begin(), targets.end(), value)) found.addresses.push_back(at);
  }
  return found;
}

std::uint64_t edge(Random& random, std::uint64_t was, std::size_t file_size) {
  const std::uint64_t edges[] = {0,
                                 1,
                                 was + 1,
                                 was - 1,
                                 was * 2,
                                 was << 32,
                                 0x7f,
                                 0x80,
                                 0xffff,
                                 0x7fff'ffff,
                                 0xffff'ffff,
                                 0x7fff'ffff'ffff'ffff,
                                 ~std::uint64_t{0},
                                 file_size,
                                 file_size - 1,
                                 random()};
  return edges[random() % std::size(edges)];
}

void put_width(Bytes& file, std::size_t at, std::uint64_t value, std::size_t width) {
  if (width == 1) put(file, at, static_cast<std::uint8_t>(value));
  if (width == 2) put(file, at, static_cast<std::uint16_t>(value));
  if (width == 4) put(file, at, static_cast<std::uint32_t>(value));
  if (width == 8) put(file, at, value);
}

template <class T>
const T& any(Random& random, const std::vector<T>& list) {
  return list[random() % list.size()];
}

/// A field within the first bytes of a header or block gets a value at the edge of its range.
void change_field(Bytes& file, const Anatomy& parts, Random& random) {
  const std::size_t width = std::size_t{1} << random() % 4;
  const std::vector<std::size_t>& places =
      random() % 2 == 0 || parts.headers.empty() ? parts.blocks : parts.headers;
  const std::size_t start = places.empty() ? 0 : any(random, places);
  const std::size_t at = start + random() % 64 / width * width;
  if (at + 8 > file.size()) return;
  put_width(file, at, edge(random, get<std::uint64_t>(file, at), file.size()), width);
}

void change_message(Bytes& file, const Anatomy& parts, Random& random) {
  if (parts.messages.empty()) return;
  const Message message = any(random, parts.messages);
  switch (random() % 4) {
    case 0:
      return put(file, message.at, static_cast<std::uint16_t>(random() % 26));
    case 1:
      return put(file, message.at + 2,
                 static_cast<std::uint16_t>(edge(random, message.size, file.size())));
    case 2:
      return put(file, message.at + 4, static_cast<std::uint8_t>(random()));
    default: {
      const std::size_t width = std::size_t{1} << random() % 4;
      const std::size_t at =
          message.at + 8 + random() % std::max<std::size_t>(message.size, 1) / width * width;
      if (at + 8 <= file.size()) {
        put_width(file, at, edge(random, get<std::uint64_t>(file, at), file.size()), width);
      }
    }
  }
}

void change_address(Bytes& file, const Anatomy& parts, Random& random) {
  if (parts.addresses.empty()) return;
  const std::size_t at = any(random, parts.addresses);
  const bool swaps = random() % 3 != 0;
  put(file, at, swaps ? get<std::uint64_t>(file, any(random, parts.addresses))
                      : edge(random, get<std::uint64_t>(file, at), file.size()));
}

void change_signature(Bytes& file, const Anatomy& parts, Random& random) {
  if (parts.blocks.empty()) return;
  const std::string_view other = signatures[random() % signatures.size()];
  std::memcpy(file.data() + any(random, parts.blocks), other.data(), other.size());
}

void copy_block(Bytes& file, const Anatomy& parts, Random& random) {
  const std::size_t size = std::size_t{8} << random() % 6;
  if (parts.blocks.empty() || file.size() < size) return;
  const std::size_t to = std::min(any(random, parts.blocks), file.size() - size);
  const std::size_t from = std::min(any(random, parts.blocks), file.size() - size);
  std::memmove(file.data() + to, file.data() + from, size);
}

void change_structure(Bytes& file, Random& random) {
  const Anatomy parts = anatomy(file);
  for (std::uint64_t changes = 1 + random() % 4; changes > 0; --changes) {
    switch (random() % 8) {
      case 0:
      case 1:
        change_field(file, parts, random);
        break;
      case 2:
      case 3:
      case 4:
        change_message(file, parts, random);
        break;
      case 5:
        change_address(file, parts, random);
        break;
      case 6:
        change_signature(file, parts, random);
        break;
      default:
        copy_block(file, parts, random);
    }
  }
}

void change_bytes(Bytes& file, Random& random) {
  const std::size_t region = std::min<std::size_t>(file.size(), 12'288);
  for (std::uint64_t changes = 1 + random() % 8; changes > 0; --changes) {
    file[random() % region] = static_cast<std::byte>(random());
  }
}

}  // namespace

Bytes mutant(const Bytes& file, std::string_view kind, std::uint64_t seed, std::uint64_t number) {
  std::seed_seq both{seed, seed >> 32, number, number >> 32};
  Random random(both);
  Bytes changed = file;
  if (kind == "cut") {
    changed.resize(random() % file.size());
  } else if (kind == "bit") {
    changed[random() % file.size()] ^= static_cast<std::byte>(1u << random() % 8);
  } else if (kind == "bytes") {
    change_bytes(changed, random);
  } else if (kind == "structure") {
    change_structure(changed, random);
  } else {
    throw std::invalid_argument("there is no kind of damage '" + std::string(kind) + "'");
  }
  return changed;
}

}  // namespace corridor::tests
