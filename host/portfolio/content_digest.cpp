// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/content_digest.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <variant>

#include "corridor/error.hpp"

namespace corridor {
namespace {

constexpr std::uint8_t attribute_text = 7, attribute_numbers = 8;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    check(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(const void* bytes, std::size_t count) {
    check(EVP_DigestUpdate(context_.get(), bytes, count) == 1);
  }
  void add_text(std::string_view text) { add(text.data(), text.size()); }
  template <class T>
  void add_number(T value) {
    add(&value, sizeof value);  // little-endian, as asserted where columns are exchanged
  }
  std::string hex() {
    std::array<unsigned char, 32> digest{};
    check(EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) == 1);
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
      text += digits[byte >> 4];
      text += digits[byte & 15];
    }
    return text;
  }

 private:
  static void check(bool done) {
    if (!done) throw Error(ErrorKind::internal, "SHA-256 is not available");
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

/// Every NaN counts as one value, whichever program wrote it.
template <class Real>
void add_reals(Sha256& hash, std::span<const std::byte> bytes) {
  std::array<Real, 8192> block;
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.size(), sizeof block);
    std::memcpy(block.data(), bytes.data(), size);
    for (std::size_t i = 0; i < size / sizeof(Real); ++i) {
      block[i] = block[i] == block[i] ? block[i] : std::numeric_limits<Real>::quiet_NaN();
    }
    hash.add(block.data(), size);
    bytes = bytes.subspan(size);
  }
}

void add_heading(Sha256& hash, const std::string& path, std::uint8_t type,
                 std::uint32_t text_length) {
  hash.add_number(static_cast<std::uint32_t>(path.size()));
  hash.add_text(path);
  hash.add_number(type);
  hash.add_number(text_length);
}

void add_axes(Sha256& hash, std::uint64_t first, const std::vector<std::uint64_t>& others) {
  hash.add_number(static_cast<std::uint8_t>(1 + others.size()));
  hash.add_number(first);
  for (const std::uint64_t axis : others) hash.add_number(axis);
}

void add_values(Sha256& hash, h5::ValueType type, std::span<const std::byte> bytes) {
  if (type == h5::ValueType::f64) {
    add_reals<double>(hash, bytes);
  } else if (type == h5::ValueType::f32) {
    add_reals<float>(hash, bytes);
  } else {
    hash.add(bytes.data(), bytes.size());
  }
}

void add_column(Sha256& hash, const RawColumn& column, const Exchange& exchange,
                std::vector<std::byte>& buffer) {
  const bool is_text = column.expected.type == h5::ValueType::text;
  add_heading(hash, column.path, static_cast<std::uint8_t>(column.expected.type),
              is_text ? static_cast<std::uint32_t>(column.expected.text_length) : 0);
  add_axes(hash, column.rows, column.expected.row_shape);
  const std::uint64_t most = exchange.piece_bytes() / sizeof(double) * sizeof(double);
  for (std::uint64_t at = 0; at < column.bytes;) {
    const std::uint64_t count = std::min(most, column.bytes - at);
    add_values(hash, column.expected.type, exchange.bytes(column.offset + at, count, buffer));
    at += count;
  }
}

void add_attribute(Sha256& hash, const std::string& path, const h5::AttributeValue& value) {
  add_heading(hash, path, value.is_text ? attribute_text : attribute_numbers, 0);
  if (value.is_text) {
    add_axes(hash, value.text.size(), {});
    hash.add_text(value.text);
  } else {
    add_axes(hash, value.numbers.size(), {});
    add_reals<double>(hash, std::as_bytes(std::span(value.numbers)));
  }
}

}  // namespace

std::string content_digest(const RawBook& raw) {
  using Item = std::variant<const RawColumn*, const RawAttribute*>;
  std::map<std::string, Item> items;
  for (const RawColumn& column : raw.content.columns) items.emplace(column.path, &column);
  for (const RawAttribute& attribute : raw.content.attributes) {
    if (attribute.value.name == "content_sha256" && attribute.owner == "/") continue;
    items.emplace(attribute.owner + "@" + attribute.value.name, &attribute);
  }
  Sha256 hash;
  std::vector<std::byte> buffer;
  hash.add_text("corridor.book content 1\n");
  for (const auto& [path, item] : items) {
    if (const auto* column = std::get_if<const RawColumn*>(&item)) {
      add_column(hash, **column, raw.exchange, buffer);
    } else {
      add_attribute(hash, path, std::get<const RawAttribute*>(item)->value);
    }
  }
  return hash.hex();
}

}  // namespace corridor
