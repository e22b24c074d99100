// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/portfolio/damage.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

#include "corridor/portfolio.hpp"
#include "host/h5/input_file.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor::tests {
namespace {

constexpr std::chrono::seconds longest{5};

struct Sealed {
  std::vector<std::byte> bytes;
  std::string digest;
};

/// Some hundred members, so that values and structure both take their share of the file.
Sealed sealed_book() {
  Draft draft = Draft::full();
  const std::size_t members = 3'000;
  std::mt19937_64 random(7);
  std::vector<double> scale(members), laser(members, NAN);
  std::vector<std::uint16_t> law(members);
  for (std::size_t i = 0; i < members; ++i) {
    scale[i] = 0.5 + static_cast<double>(random() % 1'000'000) * 1e-6;
    law[i] = random() % 2 == 0 ? 0 : 7;
  }
  draft.set("/groups/member_offset", std::vector<std::uint64_t>{0, 1'000, 1'500, members});
  draft.set("/members/scale", scale);
  draft.set("/members/laser_usd", laser);
  draft.set("/members/distribution", law);
  for (const char* name : {"exposure", "family", "sex", "known_claimant"}) {
    draft.datasets.erase(std::string("/members/") + name);
  }
  const std::string path = draft.write(test_path("to-damage.h5"));
  const std::string digest = seal_portfolio(path);
  return {bytes_of(path), digest};
}

/// Looks at a damaged copy: in time, and refused or with the same content.
void expect_refused_or_same(const std::string& path, const std::string& digest,
                            const std::string& what) {
  const auto start = std::chrono::steady_clock::now();
  const Inspection inspection = inspect_portfolio(path);
  EXPECT_LT(std::chrono::steady_clock::now() - start, longest) << what;
  if (inspection.usable()) {
    EXPECT_EQ(inspection.portfolio.digest, digest) << what;
  }
}

/// Every so often: reading in blocks into a file says of a damaged copy what reading at once does.
void expect_told_alike(const std::string& path, int round) {
  constexpr int every = 20;
  if (round % every != 0) return;
  EXPECT_EQ(told_by_opening(path), told_by_loading(path)) << round;
}

}  // namespace

void expect_truncations_refused(int cuts) {
  const Sealed book = sealed_book();
  std::mt19937_64 random(5);
  const std::string path = test_path("cut.h5");
  for (int i = 0; i < cuts; ++i) {
    const std::size_t length = random() % book.bytes.size();
    put_bytes(path, std::span(book.bytes).first(length));
    EXPECT_FALSE(inspect_portfolio(path).usable()) << "cut at " << length;
    expect_told_alike(path, i);
  }
}

void expect_flips_seen(int rounds, int changes, unsigned seed) {
  const Sealed book = sealed_book();
  std::mt19937_64 random(seed);
  const std::size_t region =
      changes == 1 ? book.bytes.size() : std::min<std::size_t>(book.bytes.size(), 12'288);
  const std::string path = test_path("flipped.h5");
  for (int i = 0; i < rounds; ++i) {
    std::vector<std::byte> bytes = book.bytes;
    std::string what = "changed:";
    for (int j = 0; j < changes; ++j) {
      const std::size_t at = random() % region;
      const std::uint64_t mask = changes == 1 ? 1u << random() % 8 : random();
      bytes[at] ^= static_cast<std::byte>(mask);
      what += " " + std::to_string(at);
    }
    put_bytes(path, bytes);
    if (std::equal(bytes.begin(), bytes.begin() + 8, book.bytes.begin())) {
      expect_refused_or_same(path, book.digest, what);
    } else {
      EXPECT_FALSE(inspect_portfolio(path).usable()) << what;
    }
    expect_told_alike(path, i);
  }
}

Damaged damaged_column(const std::string& dataset) {
  Sealed book = sealed_book();
  const std::string path = test_path("column.h5");
  put_bytes(path, book.bytes);
  haddr_t address = 0;
  {
    const h5::File file = h5::open_input(path);
    const h5::Dataset column = h5::open_dataset(file, dataset);
    unsigned mask = 0;
    const hsize_t start = 0;
    hsize_t size = 0;
    h5::check(H5Dget_chunk_info_by_coord(column.id(), &start, &mask, &address, &size),
              "find a chunk");
    address += size / 2;
  }
  book.bytes[address] ^= std::byte{1};
  put_bytes(path, book.bytes);
  return {path};
}

}  // namespace corridor::tests
