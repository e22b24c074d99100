// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/raw_book.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>

#include "host/portfolio/schema.hpp"
#include "host/portfolio/wire.hpp"

namespace corridor {
namespace {

static_assert(std::endian::native == std::endian::little, "columns are exchanged as they lie");

constexpr std::uint64_t list_bytes_max = 256u << 20;
constexpr std::uint64_t magic = 0x314b4f4f42524f43;  // "CORBOOK1"

struct Header {
  std::uint64_t magic, list_offset, list_bytes, total_bytes;
};
static_assert(sizeof(Header) <= exchange_header_bytes);

[[noreturn]] void fail(const std::string& doing) {
  // Memory handed over counts as a file where a limit of file size (ulimit -f) is set.
  throw Error(errno == EFBIG ? ErrorKind::io : ErrorKind::internal,
              "cannot " + doing + ": " + std::strerror(errno));
}

[[noreturn]] void contradiction() {
  throw Error(ErrorKind::internal, "the book's reader returned something that is not a book");
}

void put(WireWriter& out, const Problem& problem) {
  for (const std::string* text : {&problem.code, &problem.dataset, &problem.group, &problem.value,
                                  &problem.message, &problem.fix}) {
    out.text(*text);
  }
  out.number(problem.row ? 1 : 0);
  out.number(problem.row.value_or(0));
}

Problem take_problem(WireReader& in) {
  Problem problem;
  for (std::string* text : {&problem.code, &problem.dataset, &problem.group, &problem.value,
                            &problem.message, &problem.fix}) {
    *text = in.text();
  }
  if (problem.code.empty()) contradiction();
  const bool has_row = in.number() != 0;
  const std::uint64_t row = in.number();
  if (has_row) problem.row = row;
  return problem;
}

void put(WireWriter& out, const RawAttribute& attribute) {
  out.text(attribute.owner);
  out.text(attribute.value.name);
  out.number(attribute.value.is_text ? 1 : 0);
  out.text(attribute.value.text);
  out.number(attribute.value.numbers.size());
  for (const double number : attribute.value.numbers) {
    out.number(std::bit_cast<std::uint64_t>(number));
  }
}

RawAttribute take_attribute(WireReader& in) {
  RawAttribute attribute;
  attribute.owner = in.text();
  attribute.value.name = in.text();
  attribute.value.is_text = in.number() != 0;
  attribute.value.text = in.text();
  for (std::uint64_t left = in.count(); left > 0; --left) {
    attribute.value.numbers.push_back(std::bit_cast<double>(in.number()));
  }
  if (!attribute.value.is_text && attribute.value.numbers.empty()) contradiction();
  return attribute;
}

void put(WireWriter& out, const RawColumn& column) {
  out.text(column.path);
  out.number(column.rows);
  out.number(column.offset);
  out.number(column.bytes);
}

/// Type and shape are the schema's, whatever the writer may think; rows must fill the bytes
/// exactly.
RawColumn take_column(WireReader& in, std::uint64_t columns_end) {
  RawColumn column;
  column.path = in.text();
  column.rows = in.number();
  column.offset = in.number();
  column.bytes = in.number();
  const ColumnRule* rule = find_column(column.path);
  if (rule == nullptr || column.rows > h5::ReadLimits{}.rows) contradiction();
  column.expected = rule->expected;
  std::uint64_t row_bytes = h5::size_of(column.expected.type, column.expected.text_length);
  for (const std::uint64_t length : column.expected.row_shape) row_bytes *= length;
  const bool inside = column.offset >= exchange_header_bytes && column.offset <= columns_end &&
                      column.bytes <= columns_end - column.offset;
  if (!inside || column.offset % 8 != 0 || column.bytes != column.rows * row_bytes) contradiction();
  return column;
}

WireWriter listed(const RawContent& content) {
  WireWriter out;
  out.number(content.columns.size());
  for (const RawColumn& column : content.columns) put(out, column);
  out.number(content.attributes.size());
  for (const RawAttribute& attribute : content.attributes) put(out, attribute);
  for (const auto* names : {&content.laws, &content.unknown}) {
    out.number(names->size());
    for (const std::string& name : *names) out.text(name);
  }
  out.number(content.problems.size());
  for (const Problem& problem : content.problems) put(out, problem);
  return out;
}

RawContent take_list(WireReader in, std::uint64_t columns_end) {
  RawContent content;
  for (std::uint64_t left = in.count(); left > 0; --left) {
    content.columns.push_back(take_column(in, columns_end));
  }
  for (std::uint64_t left = in.count(); left > 0; --left) {
    content.attributes.push_back(take_attribute(in));
  }
  for (auto* names : {&content.laws, &content.unknown}) {
    for (std::uint64_t left = in.count(); left > 0; --left) names->push_back(in.text());
  }
  for (std::uint64_t left = in.count(); left > 0; --left) {
    content.problems.push_back(take_problem(in));
  }
  return content;
}

void write_at(int descriptor, std::span<const std::byte> bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t done = pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) fail("hand over what was read");
    bytes = bytes.subspan(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (value_ >= 0) close(value_);
}

Mapping::Mapping(int descriptor, std::size_t bytes, bool writable) : bytes_(bytes) {
  if (bytes == 0) return;
  const int access = writable ? PROT_READ | PROT_WRITE : PROT_READ;
  void* start = mmap(nullptr, bytes, access, MAP_SHARED, descriptor, 0);
  if (start == MAP_FAILED) fail("map memory for the book");
  start_ = static_cast<std::byte*>(start);
}

Mapping::~Mapping() {
  if (start_ != nullptr) munmap(start_, bytes_);
}

void write_content(int descriptor, const RawContent& content, std::uint64_t columns_end) {
  const WireWriter list = listed(content);
  const Header header{magic, columns_end, list.bytes().size(), columns_end + list.bytes().size()};
  if (ftruncate(descriptor, static_cast<off_t>(columns_end)) != 0) fail("hand over what was read");
  write_at(descriptor, list.bytes(), columns_end);
  write_at(descriptor, std::as_bytes(std::span(&header, 1)), 0);
}

RawBook take_content(int descriptor) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) fail("look at what was read");
  const auto total = static_cast<std::uint64_t>(status.st_size);
  if (total < exchange_header_bytes) contradiction();
  RawBook book;
  book.memory = Mapping(descriptor, total, false);
  Header header{};
  std::memcpy(&header, book.memory.bytes().data(), sizeof header);
  const bool fits = header.magic == magic && header.total_bytes == total &&
                    header.list_offset >= exchange_header_bytes && header.list_offset <= total &&
                    header.list_bytes == total - header.list_offset &&
                    header.list_bytes <= list_bytes_max;
  if (!fits) contradiction();
  book.content =
      take_list(WireReader(book.memory.bytes().subspan(header.list_offset)), header.list_offset);
  return book;
}

}  // namespace corridor
