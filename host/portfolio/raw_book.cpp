// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/raw_book.hpp"

#include <bit>
#include <cstring>
#include <utility>

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
  const bool inside = column.offset >= exchange_header_bytes && column.offset <= columns_end &&
                      column.bytes <= columns_end - column.offset;
  if (!inside || column.offset % 8 != 0 || column.bytes != column.rows * h5::row_bytes(column.expected)) contradiction();
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

}  // namespace

void write_content(int descriptor, const RawContent& content, std::uint64_t columns_end) {
  const WireWriter list = listed(content);
  const Header header{magic, columns_end, list.bytes().size(), columns_end + list.bytes().size()};
  resize_exchange(descriptor, columns_end);
  write_exchange(descriptor, list.bytes(), columns_end);
  write_exchange(descriptor, std::as_bytes(std::span(&header, 1)), 0);
}

RawBook take_content(Exchange exchange) {
  const std::uint64_t total = exchange.size();
  if (total < exchange_header_bytes) contradiction();
  std::vector<std::byte> buffer;
  Header header{};
  std::memcpy(&header, exchange.bytes(0, sizeof header, buffer).data(), sizeof header);
  const bool fits = header.magic == magic && header.total_bytes == total &&
                    header.list_offset >= exchange_header_bytes && header.list_offset <= total &&
                    header.list_bytes == total - header.list_offset &&
                    header.list_bytes <= list_bytes_max;
  if (!fits) contradiction();
  const auto list = exchange.bytes(header.list_offset, header.list_bytes, buffer);
  RawContent content = take_list(WireReader(list), header.list_offset);
  return {std::move(content), std::move(exchange)};
}

}  // namespace corridor
