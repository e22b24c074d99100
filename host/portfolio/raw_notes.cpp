// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/raw_notes.hpp"

namespace corridor {
namespace {

constexpr std::size_t list_bytes_max = 64u << 20;  // of names, attributes and problems together

}  // namespace

Problem damaged(const std::string& why) {
  Problem problem;
  problem.code = "E_DAMAGED";
  problem.message = "is damaged: " + why;
  problem.fix = "Take the file from its source again";
  return problem;
}

void RawNotes::problem(Problem problem, const std::string& place) {
  problem.dataset = place;
  grow(place.size() + problem.message.size() + problem.fix.size() + problem.value.size());
  content_.problems.push_back(std::move(problem));
}

void RawNotes::unknown(const std::string& path) {
  grow(path.size());
  content_.unknown.push_back(path);
}

void RawNotes::grow(std::size_t bytes) {
  list_bytes_ += 64 + bytes;
  if (list_bytes_ > list_bytes_max) throw ListIsFull{};
}

}  // namespace corridor
