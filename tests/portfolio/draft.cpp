// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/portfolio/draft.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>

namespace corridor::tests {
namespace {

using Reals = std::vector<double>;
using Codes = std::vector<std::uint8_t>;

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() / ("corridor-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

void add_terms(Draft& draft) {
  draft.set("/groups/specific_deductible_usd", Reals{50e3, 100e3, 250e3});
  draft.set("/groups/specific_reimbursement", Reals{1, 0.9, 1});
  draft.set("/groups/specific_limit_usd", Reals{1e6, HUGE_VAL, HUGE_VAL});
  draft.set("/groups/specific_limit_basis", Codes{0, 0, 1});
  draft.set("/groups/aggregating_specific_usd", Reals{0, 25e3, 0});
  draft.set("/groups/aggregate_corridor", Reals{1.25, HUGE_VAL, HUGE_VAL});
  draft.set("/groups/aggregate_attachment_usd", Reals{NAN, 5e5, NAN});
  draft.set("/groups/aggregate_factor_usd",
            Reals{NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 400, 800, 700, 1100}, {4});
  draft.set("/groups/aggregate_limit_usd", Reals{1e6, 1e6, 1e6});
  draft.set("/groups/run_in_months", Codes{0, 0, 0});
  draft.set("/groups/run_out_months", Codes{255, 255, 255});
}

void add_census(Draft& draft) {
  draft.set("/groups/state", std::vector<std::string>{"OH", "TX", ""});
  draft.set("/groups/zip3", std::vector<std::string>{"441", "", "100"});
  draft.set("/groups/effective", std::vector<std::string>{"2026-01", "2026-07", ""});
  draft.set("/groups/employees", std::vector<std::uint32_t>{2, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0},
            {4});
  draft.set("/groups/effect_cv", Reals{0.1, NAN, 0});
  draft.set("/groups/region", std::vector<std::uint16_t>{1, 2, 3});
  draft.set("/members/exposure", std::vector<float>{1, 1, 0.5f, 1, 1, 0.25f});
  draft.set("/members/laser_usd", Reals{NAN, 150e3, NAN, NAN, HUGE_VAL, NAN});
  draft.set("/members/family", std::vector<std::uint32_t>{1, 1, 2, 3, 4, 4});
  draft.set("/members/sex", Codes{0, 1, 0, 1, 0, 1});
  draft.set("/members/known_claimant", Codes{0, 1, 0, 0, 1, 0});
}

void add_market(Draft& draft) {
  draft.set_attribute("/market", "book_cv", 0.03);
  draft.set_attribute("/market", "trend", 0.07);
  draft.set("/quote/specific_deductible_usd", Reals{50e3, 100e3});
  draft.set("/quote/aggregate_corridor", Reals{1.1, 1.25});
  draft.set("/quote/specific_relativity", Reals{1, 2, 1.7, 2.8});
  draft.set("/quote/factor_relativity", Reals{1, 2.1, 1.9, 3});
}

void write_attributes(const Draft& draft, h5::ImageFile& file) {
  for (const auto& [key, value] : draft.attributes) {
    const auto& [owner, name] = key;
    if (const auto* text = std::get_if<std::string>(&value)) {
      file.attribute(owner, name, std::string_view(*text));
    } else if (const auto* number = std::get_if<double>(&value)) {
      file.attribute(owner, name, *number);
    } else {
      file.attribute(owner, name, std::span<const double>(std::get<Reals>(value)));
    }
  }
}

/// Groups that have attributes but no datasets come about by no dataset.
std::set<std::string> bare_groups(const Draft& draft) {
  std::set<std::string> groups;
  for (const auto& [key, value] : draft.attributes) groups.insert(key.first);
  groups.erase("/");
  for (const auto& [path, dataset] : draft.datasets) {
    groups.erase(path);
    groups.erase(path.substr(0, path.rfind('/')));
  }
  return groups;
}

}  // namespace

Draft Draft::least() {
  Draft draft;
  draft.set_attribute("/", "schema", "corridor.book");
  draft.set_attribute("/", "schema_version", Reals{1, 0});
  draft.set_attribute("/distributions/silver", "kind", "lognormal");
  draft.set_attribute("/distributions/silver", "index", 7.0);
  draft.set_attribute("/distributions/silver", "mu", 8.0);
  draft.set_attribute("/distributions/silver", "sigma", 1.5);
  draft.set("/groups/group_id", std::vector<std::string>{"G1", "G2", "G3"});
  draft.set("/groups/member_offset", std::vector<std::uint64_t>{0, 3, 4, 6});
  draft.set("/members/distribution", std::vector<std::uint16_t>{7, 7, 7, 7, 7, 7});
  draft.set("/members/scale", Reals{1, 1.5, 0.5, 1, 2, 1});
  return draft;
}

Draft Draft::full() {
  Draft draft = least();
  draft.set_attribute("/", "currency", "USD");
  draft.set_attribute("/", "policy_year", 2026.0);
  draft.set_attribute("/", "generator", "a test");
  draft.set_attribute("/distributions/table", "kind", "continuance");
  draft.set_attribute("/distributions/table", "index", 0.0);
  draft.set("/distributions/table/upper_usd", Reals{0, 1000, 25e6});
  draft.set("/distributions/table/probability", Reals{0.25, 0.5, 0.25});
  draft.set("/distributions/table/mean_usd", Reals{0, 400, 20e3});
  draft.set("/members/distribution", std::vector<std::uint16_t>{0, 7, 0, 0, 7, 0});
  add_terms(draft);
  add_census(draft);
  add_market(draft);
  return draft;
}

std::vector<std::byte> Draft::image() const {
  h5::ImageFile file;
  for (const std::string& group : bare_groups(*this)) file.group(group);
  for (const auto& [path, dataset] : datasets) {
    file.dataset(path, dataset.values, {"1", "made up"}, dataset.row_shape, dataset.text_length);
  }
  write_attributes(*this, file);
  const std::string bytes = file.image();
  const auto* first = reinterpret_cast<const std::byte*>(bytes.data());
  return {first, first + bytes.size()};
}

std::string Draft::write(const std::string& path) const {
  put_bytes(path, image());
  return path;
}

std::string test_folder() {
  static const Folder folder;
  return folder.path();
}

std::string test_path(const std::string& name) { return test_folder() + "/" + name; }

AsNobody::AsNobody() {
  constexpr uid_t nobody = 65'534;
  changed_ = geteuid() == 0 && seteuid(nobody) == 0;
}

AsNobody::~AsNobody() {
  if (changed_ && seteuid(0) != 0) std::abort();
}

std::vector<std::byte> bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

void put_bytes(const std::string& path, std::span<const std::byte> bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

}  // namespace corridor::tests
