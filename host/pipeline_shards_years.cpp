// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_shards_years.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>

namespace corridor {

/// As it stands in a unit's file.
struct YearsPart {
  std::uint32_t first_group = 0, last_group = 0, first_year = 0, last_year = 0;
  std::vector<Cents> ground_up, specific, aggregate;
  std::vector<std::uint8_t> rung;
  std::vector<std::vector<Cents>> layers;
  std::vector<GroupSums> groups;
};

namespace {

template <class Value, class Class>
concept Is = std::same_as<std::remove_const_t<Value>, Class>;

/// Whether every list is as long as the range and the book ask.
bool fits(const YearsPart& part, const BookYears& book) {
  const std::size_t years = part.last_year - part.first_year;
  const bool in_book = part.first_group <= part.last_group && part.first_year <= part.last_year &&
                       part.last_group <= book.groups.size() && part.last_year <= book.years();
  return in_book && part.ground_up.size() == years && part.specific.size() == years &&
         part.aggregate.size() == years && part.rung.size() == years &&
         part.layers.size() == book.layers.size() &&
         std::ranges::all_of(part.layers, [&](const auto& l) { return l.size() == years; }) &&
         part.groups.size() == part.last_group - part.first_group;
}

void add(const std::vector<Cents>& part, std::uint32_t first, std::vector<Cents>& whole) {
  for (std::size_t y = 0; y < part.size(); ++y) whole[first + y] += part[y];
}

}  // namespace

template <class Archive, Is<Sum128> Value>
void fields(Archive& archive, Value& value) {
  auto& [low, high] = value;
  archive(low, high);
}

template <class Archive, Is<CellTally> Value>
void fields(Archive& archive, Value& value) {
  auto& [sum, squares, hits] = value;
  archive(sum, squares, hits);
}

template <class Archive, Is<GroupSums> Value>
void fields(Archive& archive, Value& value) {
  auto& [ground_up, counted, before_asd, specific, aggregate, total] = value;
  archive(ground_up, counted, before_asd, specific, aggregate, total);
}

template <class Archive, Is<YearsPart> Value>
void fields(Archive& archive, Value& value) {
  auto& [first_group, last_group, first_year, last_year, ground_up, specific, aggregate, rung,
         layers, groups] = value;
  archive(first_group, last_group, first_year, last_year, ground_up, specific, aggregate, rung,
          layers, groups);
}

shards::Bytes encoded(const shards::UnitRange& range, const BookYears& part) {
  shards::Writer write;
  write(range.first_group, range.last_group, range.first_year, range.last_year, part.ground_up,
        part.specific, part.aggregate, part.rung, part.layers, part.groups);
  return write.take();
}

void add_encoded(std::span<const std::byte> payload, BookYears& book) {
  shards::Reader read(payload);
  YearsPart part;
  read(part);
  read.require_end();
  if (!fits(part, book)) {
    throw Error(ErrorKind::bad_data, "a unit's years are not those of its book");
  }
  add(part.ground_up, part.first_year, book.ground_up);
  add(part.specific, part.first_year, book.specific);
  add(part.aggregate, part.first_year, book.aggregate);
  for (std::size_t l = 0; l < part.layers.size(); ++l) {
    add(part.layers[l], part.first_year, book.layers[l]);
  }
  for (std::size_t y = 0; y < part.rung.size(); ++y) {
    std::uint8_t& rung = book.rung[part.first_year + y];
    rung = std::max(rung, part.rung[y]);
  }
  for (std::size_t g = 0; g < part.groups.size(); ++g) {
    book.groups[part.first_group + g].merge(part.groups[g]);
  }
}

}  // namespace corridor
