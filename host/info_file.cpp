// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "corridor/info.hpp"
#include "host/h5/input_file.hpp"
#include "host/h5/read_attribute.hpp"

namespace corridor {
namespace {

constexpr std::size_t most_attributes = 1000;

// A seed has 64 bits: read as a double it would lose digits.
std::optional<std::uint64_t> whole_number(hid_t object, const std::string& name) {
  const h5::Attribute attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), "open " + name);
  const h5::Type type(H5Aget_type(attribute.id()), "read the type of " + name);
  const h5::Space space(H5Aget_space(attribute.id()), "read the shape of " + name);
  if (H5Tget_class(type.id()) != H5T_INTEGER) return std::nullopt;
  if (H5Sget_simple_extent_npoints(space.id()) != 1) return std::nullopt;
  std::uint64_t value = 0;
  h5::check(H5Aread(attribute.id(), H5T_NATIVE_UINT64, &value), "read " + name);
  return value;
}

void add_attributes(hid_t object, const std::string& prefix, std::vector<FileFact>& facts) {
  for (const std::string& name : h5::attribute_names(object, most_attributes)) {
    const auto read = h5::read_attribute(object, name);
    const auto* value = std::get_if<h5::AttributeValue>(&read);
    if (value == nullptr) continue;
    if (value->is_text) {
      facts.push_back({prefix + name, value->text});
    } else if (const auto whole = whole_number(object, name)) {
      facts.push_back({prefix + name, *whole});
    } else if (value->numbers.size() == 1) {
      facts.push_back({prefix + name, value->numbers.front()});
    }
  }
}

std::uint64_t rows_of(const h5::File& file, const std::string& path) {
  const h5::Dataset dataset = h5::open_dataset(file, path);
  const h5::Space space(H5Dget_space(dataset.id()), "read the shape of " + path);
  return static_cast<std::uint64_t>(H5Sget_simple_extent_npoints(space.id()));
}

}  // namespace

std::vector<FileFact> file_facts(const std::string& path) {
  h5::check_input(path);
  const h5::File file = h5::open_input(path);
  std::vector<FileFact> facts;
  add_attributes(h5::open_group(file, "/").id(), "", facts);
  for (const h5::Link& link : h5::links(file.id(), most_attributes)) {
    const bool own = (link.name == "run" || link.name == "gate") && !link.leads_elsewhere &&
                     link.kind == h5::Link::Kind::group;
    if (own) add_attributes(h5::open_group(file, "/" + link.name).id(), link.name + ".", facts);
    if (link.name == "summary" && !link.leads_elsewhere && link.kind == h5::Link::Kind::dataset) {
      facts.push_back({"rows", rows_of(file, "/summary")});
    }
  }
  return facts;
}

}  // namespace corridor
