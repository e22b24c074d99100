// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/read_raw.hpp"

#include <algorithm>
#include <new>

#include "host/h5/input_file.hpp"
#include "host/h5/read_attribute.hpp"
#include "host/portfolio/load_columns.hpp"
#include "host/portfolio/raw_book.hpp"
#include "host/portfolio/raw_notes.hpp"
#include "host/portfolio/schema.hpp"

namespace corridor {
namespace {

constexpr std::size_t entries_max = 70'000;  // a law for every index, and some more
constexpr std::size_t attributes_max = 1'000;

std::string joined(const std::string& parent, const std::string& name) {
  return parent == "/" ? "/" + name : parent + "/" + name;
}

class Reader {
 public:
  Reader(h5::File file, const h5::ReadLimits& limits, int descriptor, ExchangeKind kind)
      : file_(std::move(file)), limits_(limits), descriptor_(descriptor), kind_(kind) {}

  void read();

 private:
  void list();
  void check_size();
  void list_root();
  void list_laws();
  void list_law(const std::string& path);
  void list_table(const std::string& path, const TableRule& rule);
  void list_column(const std::string& path, const h5::Expected& expected);
  void read_attributes(const std::string& path, const auto& wanted);
  void read_one(const std::string& path, const std::string& name);
  std::vector<h5::Link> links_of(const std::string& path);
  bool refuse_link(const std::string& path, const h5::Link& link);

  h5::File file_;
  h5::ReadLimits limits_;
  int descriptor_;
  ExchangeKind kind_;
  RawContent content_;
  RawNotes notes_{content_};
  std::uint64_t end_ = exchange_header_bytes;
  std::uint64_t held_bytes_ = exchange_header_bytes;  ///< what the caller will hold
};

Problem too_many_entries() {
  Problem problem;
  problem.code = "E_TOO_LARGE";
  problem.message = "holds more names and attributes than a book can mean";
  problem.fix = "Take the file from its source again";
  return problem;
}

std::vector<h5::Link> Reader::links_of(const std::string& path) {
  std::vector<h5::Link> found;
  notes_.guarded(path, [&] {
    const h5::Group group = h5::open_group(file_, path);
    found = h5::links(group.id(), entries_max);
  });
  std::erase_if(found, [&](const h5::Link& link) { return refuse_link(path, link); });
  return found;
}

bool Reader::refuse_link(const std::string& path, const h5::Link& link) {
  if (!link.leads_elsewhere) return false;
  Problem problem;
  problem.code = "E_LINK";
  problem.message = "is a link that leads elsewhere, which a book may not hold";
  problem.fix = "Put the data themselves in its place";
  notes_.problem(std::move(problem), joined(path, link.name));
  return true;
}

void Reader::read() {
  try {
    list();
    check_size();
    load_columns(file_, limits_, {descriptor_, kind_, end_}, content_, notes_);
  } catch (const ListIsFull&) {
    content_ = {};
    content_.problems.push_back(too_many_entries());
    end_ = exchange_header_bytes;
  }
  write_content(descriptor_, content_, end_);
}

void Reader::list() {
  read_attributes("/", [](const std::string& name) {
    return is_root_attribute(name) || name == "content_sha256";
  });
  list_root();
}

void Reader::list_root() {
  for (const h5::Link& link : links_of("/")) {
    const std::string path = joined("/", link.name);
    const TableRule* table = find_table(path);
    if (link.kind != h5::Link::Kind::group || (table == nullptr && path != laws_path)) {
      notes_.unknown(path);
    } else if (table == nullptr) {
      list_laws();
    } else {
      list_table(path, *table);
    }
  }
}

void Reader::list_laws() {
  for (const h5::Link& link : links_of(std::string(laws_path))) {
    const std::string path = joined(std::string(laws_path), link.name);
    if (link.kind != h5::Link::Kind::group) {
      notes_.unknown(path);
      continue;
    }
    notes_.grow(link.name.size());
    content_.laws.push_back(link.name);
    list_law(path);
  }
}

void Reader::list_law(const std::string& path) {
  read_attributes(path, [](const std::string& name) { return !is_remark(name); });
  const h5::Expected column = find_column(path)->expected;
  for (const h5::Link& link : links_of(path)) {
    if (link.kind == h5::Link::Kind::dataset) {
      list_column(joined(path, link.name), column);
    } else {
      notes_.unknown(joined(path, link.name));
    }
  }
}

void Reader::list_table(const std::string& path, const TableRule& rule) {
  read_attributes(path, [&](const std::string& name) {
    return std::any_of(rule.attributes.begin(), rule.attributes.end(),
                       [&](const AttributeRule& known) { return known.name == name; });
  });
  for (const h5::Link& link : links_of(path)) {
    const ColumnRule* column = rule.find(link.name);
    if (column == nullptr || link.kind != h5::Link::Kind::dataset) {
      notes_.unknown(joined(path, link.name));
    } else {
      list_column(joined(path, link.name), column->expected);
    }
  }
}

void Reader::list_column(const std::string& path, const h5::Expected& expected) {
  notes_.guarded(path, [&] {
    const h5::Dataset dataset = h5::open_dataset(file_, path);
    auto result = h5::inspect(dataset.id(), expected, limits_);
    if (auto* problem = std::get_if<Problem>(&result)) {
      notes_.problem(std::move(*problem), path);
      return;
    }
    const h5::Shape shape = std::get<h5::Shape>(result);
    notes_.grow(path.size());
    content_.columns.push_back({path, expected, shape.rows, end_, shape.bytes});
    const std::uint64_t end = (end_ + shape.bytes + 63) / 64 * 64;
    const bool stays_behind = kind_ == ExchangeKind::file && is_member_path(path);
    if (!stays_behind) held_bytes_ += end - end_;
    end_ = end;
  });
}

void Reader::read_attributes(const std::string& path, const auto& wanted) {
  notes_.guarded(path, [&] {
    const h5::Group group = h5::open_group(file_, path);
    for (const std::string& name : h5::attribute_names(group.id(), attributes_max)) {
      if (wanted(name)) {
        read_one(path, name);
      } else if (!is_remark(name)) {
        notes_.unknown(path + "@" + name);
      }
    }
  });
}

void Reader::read_one(const std::string& path, const std::string& name) {
  const std::string place = path + "@" + name;
  notes_.guarded(place, [&] {
    const h5::Group group = h5::open_group(file_, path);
    auto result = h5::read_attribute(group.id(), name);
    if (auto* problem = std::get_if<Problem>(&result)) {
      notes_.problem(std::move(*problem), place);
    } else {
      auto& value = std::get<h5::AttributeValue>(result);
      notes_.grow(place.size() + value.text.size() + 8 * value.numbers.size());
      content_.attributes.push_back({path, std::move(value)});
    }
  });
}

Problem too_large(std::uint64_t bytes, std::uint64_t limit) {
  Problem problem;
  problem.code = "E_TOO_LARGE";
  problem.value = std::to_string(bytes);
  problem.message = "needs " + std::to_string(bytes >> 20) + " MiB to read, more than the " +
                    std::to_string(limit >> 20) + " MiB allowed";
  problem.fix = "Raise the memory limit or split the book";
  return problem;
}

void Reader::check_size() {
  if (held_bytes_ <= limits_.bytes) return;
  notes_.problem(too_large(held_bytes_, limits_.bytes), "");
  content_.columns.clear();
  end_ = exchange_header_bytes;
}

/// A file that HDF5 will not open at all.
RawContent unreadable(const std::string& why) {
  RawContent content;
  content.problems.push_back(damaged(why));
  return content;
}

}  // namespace

void read_raw(const std::string& path, const h5::ReadLimits& limits, int descriptor,
              ExchangeKind kind) {
  h5::File file;
  try {
    file = h5::open_input(path);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_data) throw;
    write_content(descriptor, unreadable(error.what()), exchange_header_bytes);
    return;
  }
  Reader(std::move(file), limits, descriptor, kind).read();
}

}  // namespace corridor
