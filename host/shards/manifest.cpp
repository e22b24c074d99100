// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/shards/manifest.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "corridor/error.hpp"
#include "host/digest.hpp"
#include "host/shards/files.hpp"

namespace corridor {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* schema = "corridor.run";
constexpr int schema_version = 2;

fs::path manifest_path(const std::string& folder) { return fs::path(folder) / "manifest.json"; }

[[noreturn]] void refuse(ErrorKind kind, const char* code, const fs::path& path,
                         const std::string& message, const std::string& fix) {
  Problem problem;
  problem.code = code;
  problem.file = path.string();
  problem.message = message;
  problem.fix = fix;
  throw Error(kind, std::vector<Problem>{problem});
}

Json as_json(const RunManifest& run) {
  Json inputs = Json::array();
  for (const RunInput& input : run.inputs) {
    inputs.push_back({{"flag", input.flag}, {"path", input.path}, {"sha256", input.digest}});
  }
  return {{"schema", schema},
          {"schema_version", schema_version},
          {"command", run.command},
          {"arguments", run.arguments},
          {"book", {{"path", run.book_path}, {"given", run.book_given}, {"digest", run.book_digest}}},
          {"inputs", inputs},
          {"seed", run.seed},
          {"years", run.years},
          {"program", {{"version", run.version}, {"git_revision", run.git_revision}}},
          {"table_digest", run.table_digest},
          {"figures_digests", run.figures_digests},
          {"group_bounds", run.group_bounds},
          {"year_bounds", run.year_bounds}};
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string digest_of(const Json& json) {
  const std::string text = dumped(json);
  return sha256_hex(std::as_bytes(std::span(text)));
}

RunManifest from_json(const Json& json) {
  RunManifest run;
  json.at("command").get_to(run.command);
  json.at("arguments").get_to(run.arguments);
  json.at("book").at("path").get_to(run.book_path);
  json.at("book").at("given").get_to(run.book_given);
  json.at("book").at("digest").get_to(run.book_digest);
  for (const Json& input : json.at("inputs")) {
    run.inputs.push_back({input.at("flag").get<std::string>(), input.at("path").get<std::string>(),
                          input.at("sha256").get<std::string>()});
  }
  json.at("seed").get_to(run.seed);
  json.at("years").get_to(run.years);
  json.at("program").at("version").get_to(run.version);
  json.at("program").at("git_revision").get_to(run.git_revision);
  json.at("table_digest").get_to(run.table_digest);
  json.at("figures_digests").get_to(run.figures_digests);
  json.at("group_bounds").get_to(run.group_bounds);
  json.at("year_bounds").get_to(run.year_bounds);
  return run;
}

bool ascend_from_nothing(const std::vector<std::uint32_t>& bounds) {
  return bounds.size() > 1 && bounds.front() == 0 &&
         std::ranges::adjacent_find(bounds, std::greater_equal<>()) == bounds.end();
}

}  // namespace

RunManifest shards::parse_manifest(const std::string& text, const std::string& path) {
  const auto damaged = [&](const std::string& why) {
    refuse(ErrorKind::bad_data, "E_RUN_MANIFEST", path, why,
           "Plan the run again with --restart; results that belong to it are lost");
  };
  try {
    Json json = Json::parse(text);
    const Json stated = json.at("digest");
    json.erase("digest");
    if (json.at("schema") != schema || json.at("schema_version") != schema_version) {
      damaged("is of another format: " + dumped(json.at("schema")) + " version " +
              dumped(json.at("schema_version")));
    }
    const std::string found = digest_of(json);
    if (stated != found) {
      damaged("was changed: its digest says " + dumped(stated) + ", its content " + found);
    }
    RunManifest run = from_json(json);
    if (!ascend_from_nothing(run.group_bounds) || !ascend_from_nothing(run.year_bounds)) {
      damaged("has no units");
    }
    if (run.figures_digests.size() + 1 != run.group_bounds.size()) {
      damaged("has not one digest of figures for each of its units' groups");
    }
    return run;
  } catch (const Json::exception& error) {
    damaged(std::string("cannot be read: ") + error.what());
    throw;
  }
}

std::uint32_t RunManifest::units() const {
  return static_cast<std::uint32_t>((group_bounds.size() - 1) * (year_bounds.size() - 1));
}

std::string RunManifest::digest() const { return digest_of(as_json(*this)); }

RunManifest read_run(const std::string& folder) {
  const fs::path path = manifest_path(folder);
  const std::optional<shards::Bytes> bytes = shards::bytes_of(path);
  if (!bytes) {
    refuse(ErrorKind::missing_input, "E_CANNOT_OPEN", path, "cannot be opened",
           "Give the folder that corridor plan wrote with -o");
  }
  return shards::parse_manifest({reinterpret_cast<const char*>(bytes->data()), bytes->size()},
                                path.string());
}

namespace shards {
namespace {

/// The manifest leaves first: without it no worker begins.
void clear(const std::string& folder) {
  std::error_code ignored;
  fs::remove(manifest_path(folder), ignored);
  fs::remove_all(fs::path(folder) / "units", ignored);
  fs::remove_all(fs::path(folder) / "claims", ignored);
}

void require_same(const std::string& folder, const RunManifest& manifest) {
  const std::string there = read_run(folder).digest();
  if (there == manifest.digest()) return;
  refuse(ErrorKind::cannot_create, "E_RUN_EXISTS", manifest_path(folder),
         "is of another run: its digest is " + there + ", this one's " + manifest.digest(),
         "Choose another folder, or --restart to throw that run's results away");
}

}  // namespace

UnitRange range_of(const RunManifest& manifest, std::uint32_t unit) {
  const auto periods = static_cast<std::uint32_t>(manifest.year_bounds.size() - 1);
  const std::uint32_t group = unit / periods, year = unit % periods;
  return {manifest.group_bounds.at(group), manifest.group_bounds.at(group + 1),
          manifest.year_bounds.at(year), manifest.year_bounds.at(year + 1)};
}

bool place_manifest(const std::string& folder, const RunManifest& manifest, bool restart) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    refuse(ErrorKind::cannot_create, "E_CANNOT_CREATE", folder,
           "cannot be made a folder: " + failure.message(), "Give another folder with -o");
  }
  if (restart) clear(folder);
  Json json = as_json(manifest);
  json["digest"] = digest_of(json);
  const std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  if (publish_once(manifest_path(folder), std::as_bytes(std::span(text)))) return true;
  require_same(folder, manifest);
  return false;
}

}  // namespace shards
}  // namespace corridor
