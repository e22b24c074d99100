// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/read_raw.hpp"

#include <algorithm>
#include <functional>
#include <new>

#include "host/h5/input_file.hpp"
#include "host/h5/read_attribute.hpp"
#include "host/portfolio/raw_book.hpp"
#include "host/portfolio/schema.hpp"

namespace corridor {
namespace {

constexpr std::size_t entries_max = 70'000;  // a law for every index, and some more
constexpr std::size_t attributes_max = 1'000;
constexpr std::size_t list_bytes_max = 64u << 20;  // of names, attributes and problems together
constexpr std::uint64_t block_bytes = 1u << 20;

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
  void load();
  void load_into_memory();
  void load_into_file();
  void note(Problem problem, const std::string& place);
  void list_root();
  void list_laws();
  void list_law(const std::string& path);
  void list_table(const std::string& path, const TableRule& rule);
  void list_column(const std::string& path, const h5::Expected& expected);
  void read_attributes(const std::string& path, const auto& wanted);
  void read_one(const std::string& path, const std::string& name);
  std::vector<h5::Link> links_of(const std::string& path);
  bool refuse_link(const std::string& path, const h5::Link& link);
  void note_unknown(const std::string& path);
  /// Counts what the list grows by. Throws ListIsFull when a file tries to fill the memory.
  void grow(std::size_t bytes);
  /// Lets `read` take the values of a dataset that is still what was listed.
  bool load_column(const RawColumn& column, const std::function<void(const h5::Dataset&)>& read);
  void copy_blocks(const h5::Dataset& dataset, const RawColumn& column);

  /// Runs `action`; what HDF5 refuses becomes a problem of `place`.
  template <class Action>
  bool guarded(const std::string& place, Action&& action);

  h5::File file_;
  h5::ReadLimits limits_;
  int descriptor_;
  ExchangeKind kind_;
  RawContent content_;
  std::uint64_t end_ = exchange_header_bytes;
  std::uint64_t held_bytes_ = exchange_header_bytes;  ///< what the caller will hold
  std::vector<std::byte> block_;
  std::size_t list_bytes_ = 0;
};

struct ListIsFull {};

Problem too_many_entries() {
  Problem problem;
  problem.code = "E_TOO_LARGE";
  problem.message = "holds more names and attributes than a book can mean";
  problem.fix = "Take the file from its source again";
  return problem;
}

void Reader::grow(std::size_t bytes) {
  list_bytes_ += 64 + bytes;
  if (list_bytes_ > list_bytes_max) throw ListIsFull{};
}

void Reader::note_unknown(const std::string& path) {
  grow(path.size());
  content_.unknown.push_back(path);
}

void Reader::note(Problem problem, const std::string& place) {
  problem.dataset = place;
  grow(place.size() + problem.message.size() + problem.fix.size() + problem.value.size());
  content_.problems.push_back(std::move(problem));
}

Problem damaged(const std::string& why) {
  Problem problem;
  problem.code = "E_DAMAGED";
  problem.message = "is damaged: " + why;
  problem.fix = "Take the file from its source again";
  return problem;
}

template <class Action>
bool Reader::guarded(const std::string& place, Action&& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    note(damaged(error.what()), place);
  }
  return false;
}

std::vector<h5::Link> Reader::links_of(const std::string& path) {
  std::vector<h5::Link> found;
  guarded(path, [&] {
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
  note(std::move(problem), joined(path, link.name));
  return true;
}

void Reader::read() {
  try {
    list();
    load();
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
      note_unknown(path);
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
      note_unknown(path);
      continue;
    }
    grow(link.name.size());
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
      note_unknown(joined(path, link.name));
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
      note_unknown(joined(path, link.name));
    } else {
      list_column(joined(path, link.name), column->expected);
    }
  }
}

void Reader::list_column(const std::string& path, const h5::Expected& expected) {
  guarded(path, [&] {
    const h5::Dataset dataset = h5::open_dataset(file_, path);
    auto result = h5::inspect(dataset.id(), expected, limits_);
    if (auto* problem = std::get_if<Problem>(&result)) {
      note(std::move(*problem), path);
      return;
    }
    const h5::Shape shape = std::get<h5::Shape>(result);
    grow(path.size());
    content_.columns.push_back({path, expected, shape.rows, end_, shape.bytes});
    const std::uint64_t end = (end_ + shape.bytes + 63) / 64 * 64;
    const bool stays_behind = kind_ == ExchangeKind::file && is_member_path(path);
    if (!stays_behind) held_bytes_ += end - end_;
    end_ = end;
  });
}

void Reader::read_attributes(const std::string& path, const auto& wanted) {
  guarded(path, [&] {
    const h5::Group group = h5::open_group(file_, path);
    for (const std::string& name : h5::attribute_names(group.id(), attributes_max)) {
      if (wanted(name)) {
        read_one(path, name);
      } else if (!is_remark(name)) {
        note_unknown(path + "@" + name);
      }
    }
  });
}

void Reader::read_one(const std::string& path, const std::string& name) {
  const std::string place = path + "@" + name;
  guarded(place, [&] {
    const h5::Group group = h5::open_group(file_, path);
    auto result = h5::read_attribute(group.id(), name);
    if (auto* problem = std::get_if<Problem>(&result)) {
      note(std::move(*problem), place);
    } else {
      auto& value = std::get<h5::AttributeValue>(result);
      grow(place.size() + value.text.size() + 8 * value.numbers.size());
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

void Reader::load() {
  if (held_bytes_ > limits_.bytes) {
    note(too_large(held_bytes_, limits_.bytes), "");
    content_.columns.clear();
    end_ = exchange_header_bytes;
  }
  kind_ == ExchangeKind::file ? load_into_file() : load_into_memory();
}

void Reader::load_into_memory() {
  resize_exchange(descriptor_, end_);
  const Mapping memory(descriptor_, end_, true);
  std::erase_if(content_.columns, [&](const RawColumn& column) {
    return !load_column(column, [&](const h5::Dataset& dataset) {
      h5::read(dataset.id(), column.expected, memory.bytes().subspan(column.offset).data());
    });
  });
}

void Reader::load_into_file() {
  reserve_exchange(descriptor_, end_);
  std::erase_if(content_.columns, [&](const RawColumn& column) {
    return !load_column(column, [&](const h5::Dataset& dataset) { copy_blocks(dataset, column); });
  });
  block_ = {};
}

bool Reader::load_column(const RawColumn& column,
                         const std::function<void(const h5::Dataset&)>& read) {
  return guarded(column.path, [&] {
    const h5::Dataset dataset = h5::open_dataset(file_, column.path);
    const auto now = h5::inspect(dataset.id(), column.expected, limits_);
    const auto* shape = std::get_if<h5::Shape>(&now);
    if (shape == nullptr || shape->bytes != column.bytes) {
      throw Error(ErrorKind::bad_data, "it changed while it was read");
    }
    if (column.rows > 0) read(dataset);
  });
}

void Reader::copy_blocks(const h5::Dataset& dataset, const RawColumn& column) {
  const std::uint64_t row_bytes = column.bytes / column.rows;
  const std::uint64_t most = h5::rows_at_once(dataset.id(), column.expected, block_bytes);
  for (std::uint64_t first = 0; first < column.rows; first += most) {
    const std::uint64_t rows = std::min(most, column.rows - first);
    if (block_.size() < rows * row_bytes) block_.resize(rows * row_bytes);
    h5::read_rows(dataset.id(), column.expected, first, rows, block_.data());
    write_exchange(descriptor_, std::span(block_).first(rows * row_bytes),
                   column.offset + first * row_bytes);
  }
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
