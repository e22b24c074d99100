// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/unit_file.hpp"

#include <algorithm>

#include "host/digest.hpp"

namespace corridor::shards {
namespace {

constexpr std::uint64_t magic = 0x0a544e5552524f43;  // "CORRUNT\n"
constexpr std::uint32_t format_version = 1;
constexpr std::size_t digest_bytes = 64;  // as hex digits

Bytes digest_of(std::span<const std::byte> bytes) {
  const std::string hex = sha256_hex(bytes);
  Bytes digest(hex.size());
  std::memcpy(digest.data(), hex.data(), hex.size());
  return digest;
}

}  // namespace

Bytes framed(const std::string& manifest_digest, std::uint32_t unit, const UnitRecord& record) {
  Writer write;
  write(magic, format_version, manifest_digest, unit, record.origin.device, record.origin.host,
        record.origin.seconds, record.origin.self_checked, record.payload);
  Bytes file = write.take();
  const Bytes digest = digest_of(file);
  file.insert(file.end(), digest.begin(), digest.end());
  return file;
}

std::optional<UnitRecord> unframed(std::span<const std::byte> file,
                                   const std::string& manifest_digest, std::uint32_t unit) {
  if (file.size() < digest_bytes) return std::nullopt;
  const std::span<const std::byte> body = file.first(file.size() - digest_bytes);
  if (!std::ranges::equal(digest_of(body), file.last(digest_bytes))) return std::nullopt;
  try {
    Reader read(body);
    std::uint64_t found_magic = 0;
    std::uint32_t found_version = 0, found_unit = 0;
    std::string found_manifest;
    UnitRecord record;
    read(found_magic, found_version, found_manifest, found_unit, record.origin.device,
         record.origin.host, record.origin.seconds, record.origin.self_checked, record.payload);
    read.require_end();
    const bool ours = found_magic == magic && found_version == format_version &&
                      found_manifest == manifest_digest && found_unit == unit;
    return ours ? std::optional(std::move(record)) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;  // sound bytes of some other format
  }
}

}  // namespace corridor::shards
