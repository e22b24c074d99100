// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Damages books and says as one JSON object what became of them.
//
// usage: corridor_mutants KIND COUNT SEED [--price] BOOK...
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/mutants/trial.hpp"

namespace {

using corridor::tests::Bytes;
using corridor::tests::Outcome;
using corridor::tests::Record;
using corridor::tests::Trial;

Bytes bytes_of(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto* begin = reinterpret_cast<const std::byte*>(text.data());
  return {begin, begin + text.size()};
}

std::size_t count(const std::vector<Record>& records, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(),
                    [&](const Record& record) { return record.outcome == outcome; }));
}

/// What one process for many cannot settle: where it died or found something, its own damage by an
/// earlier book may be the cause.
std::vector<std::uint64_t> doubtful(const std::vector<Record>& records, bool sealed) {
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Outcome outcome = records[i].outcome;
    if (outcome == Outcome::refused || outcome == Outcome::same) continue;
    if (outcome == Outcome::changed && !sealed) continue;
    numbers.push_back(i);
  }
  return numbers;
}

float longest(const std::vector<Record>& records) {
  float most = 0;
  for (const Record& record : records) most = std::max(most, record.seconds);
  return most;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fputs("usage: corridor_mutants KIND COUNT SEED [--price|--unsealed] BOOK...\n", stderr);
    return 64;
  }
  Trial trial;
  trial.kind = argv[1];
  trial.count = std::strtoull(argv[2], nullptr, 10);
  trial.seed = std::strtoull(argv[3], nullptr, 10);
  bool sealed = true;
  for (int i = 4; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--price") {
      trial.prices = true;
    } else if (argument == "--unsealed") {
      sealed = false;
    } else {
      trial.files.push_back(bytes_of(argv[i]));
    }
  }
  const std::vector<Record> quick = try_in_process(trial);
  const std::vector<std::uint64_t> numbers = doubtful(quick, sealed);
  const std::vector<Record> again = try_as_the_program(trial, numbers);
  std::printf(
      "{\"mutants\": %zu, \"refused\": %zu, \"same\": %zu, \"changed\": %zu, \"parser_died\": %zu, "
      "\"parser_no_memory\": %zu, \"longest_s\": %.3f, \"program\": {\"tried\": %zu, \"refused\": "
      "%zu, \"same\": %zu, \"changed\": %zu, \"repriced\": %zu, \"died\": %zu, \"longest_s\": "
      "%.3f}, \"numbers\": [",
      quick.size(), count(quick, Outcome::refused), count(quick, Outcome::same),
      count(quick, Outcome::changed), count(quick, Outcome::died), count(quick, Outcome::no_memory),
      static_cast<double>(longest(quick)), again.size(), count(again, Outcome::refused),
      count(again, Outcome::same), count(again, Outcome::changed), count(again, Outcome::repriced),
      count(again, Outcome::died), static_cast<double>(longest(again)));
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    std::printf("%s[%llu, %d]", i > 0 ? ", " : "", static_cast<unsigned long long>(numbers[i]),
                static_cast<int>(again[i].outcome));
  }
  std::puts("]}");
  return 0;
}
