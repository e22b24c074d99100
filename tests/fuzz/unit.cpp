// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <span>
#include <stdexcept>

#include "host/digest.hpp"
#include "host/pipeline_shards_codec.hpp"
#include "host/pipeline_shards_years.hpp"
#include "host/shards/unit_file.hpp"
#include "tests/fuzz/text.hpp"

namespace {

using corridor::shards::Bytes;

const std::string run(64, 'c');
constexpr std::uint32_t unit = 3;

void require(bool holds, const char* what) {
  if (!holds) throw std::logic_error(what);
}

/// As they are, hardly a file passes; with the checksum that they should have, their fields count.
void frame(std::span<const std::byte> bytes) {
  corridor::shards::unframed(bytes, run, unit);
  const std::string hex = corridor::sha256_hex(bytes);
  Bytes sealed(bytes.begin(), bytes.end());
  const auto digest = std::as_bytes(std::span(hex));
  sealed.insert(sealed.end(), digest.begin(), digest.end());
  const auto record = corridor::shards::unframed(sealed, run, unit);
  if (record) require(corridor::shards::framed(run, unit, *record) == sealed, "other bytes again");
}

void groups(std::span<const std::byte> bytes) {
  const corridor::GroupResults results = corridor::decoded_groups(bytes);
  require(corridor::encoded(results) == Bytes(bytes.begin(), bytes.end()), "other bytes again");
}

void years(std::span<const std::byte> bytes) {
  corridor::BookYears book = corridor::no_years(8, 3, 2);
  corridor::add_encoded(bytes, book);
}

/// The first byte says what the rest is.
void parse(const std::string& text) {
  if (text.empty()) return;
  const auto rest = std::as_bytes(std::span(text)).subspan(1);
  switch (static_cast<unsigned char>(text[0]) % 3) {
    case 0:
      return frame(rest);
    case 1:
      return groups(rest);
    default:
      return years(rest);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  return corridor::fuzz::with_text(bytes, size, parse);
}
