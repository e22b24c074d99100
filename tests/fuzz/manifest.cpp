// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/manifest.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/digest.hpp"
#include "tests/fuzz/text.hpp"

namespace {

/// A run's manifest with the digest that its content has, so that the fuzzer comes past it; the text
/// itself where it has no object's form.
std::string sealed(const std::string& text) {
  auto json = nlohmann::ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) return text;
  json.erase("digest");
  const std::string content =
      json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  json["digest"] = corridor::sha256_hex(std::as_bytes(std::span(content)));
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void parse(const std::string& text) {
  const corridor::RunManifest run = corridor::shards::parse_manifest(text, "manifest.json");
  const std::uint32_t units = run.units();
  if (units == 0) throw std::logic_error("a manifest without units was taken");
  const corridor::shards::UnitRange last = corridor::shards::range_of(run, units - 1);
  if (last.last_group != run.group_bounds.back() || last.last_year != run.year_bounds.back()) {
    throw std::logic_error("the units do not cover the run");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  corridor::fuzz::with_text(bytes, size, parse);
  return corridor::fuzz::with_text(bytes, size,
                                   [](const std::string& text) { parse(sealed(text)); });
}
