// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <hdf5.h>

#include <numeric>
#include <vector>

#include "host/h5/handle.hpp"
#include "host/h5/read_dataset.hpp"

namespace corridor::h5 {
namespace {

constexpr std::uint64_t mebibyte = 1u << 20;

/// A file in memory with one dataset of ascending numbers: in chunks, or in one piece with none.
class Stored {
 public:
  Stored(std::vector<hsize_t> shape, const std::vector<hsize_t>& chunk) {
    quiet();
    const Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare");
    check(H5Pset_fapl_core(access.id(), mebibyte, false), "keep in memory");
    file_ = File(H5Fcreate("rows.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access.id()), "create");
    const Properties rules(H5Pcreate(H5P_DATASET_CREATE), "rules");
    const auto rank = static_cast<int>(shape.size());
    if (!chunk.empty()) check(H5Pset_chunk(rules.id(), rank, chunk.data()), "set chunks");
    const Space space(H5Screate_simple(rank, shape.data(), nullptr), "space");
    dataset_ = Dataset(H5Dcreate2(file_.id(), "x", H5T_NATIVE_DOUBLE, space.id(), H5P_DEFAULT,
                                  rules.id(), H5P_DEFAULT),
                       "dataset");
    std::uint64_t count = 1;
    for (const hsize_t length : shape) count *= length;
    values_.resize(count);
    std::iota(values_.begin(), values_.end(), 0);
    expected_.row_shape.assign(shape.begin() + 1, shape.end());
  }

  void write() {
    check(H5Dwrite(dataset_.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values_.data()),
          "write");
  }
  std::vector<double> read(std::uint64_t first, std::uint64_t count) const {
    std::vector<double> values(count * row_bytes(expected_) / sizeof(double));
    read_rows(dataset_.id(), expected_, first, count, values.data());
    return values;
  }
  std::uint64_t at_once(std::uint64_t bytes) const {
    return rows_at_once(dataset_.id(), expected_, bytes);
  }
  const std::vector<double>& values() const { return values_; }

 private:
  File file_;
  Dataset dataset_;
  Expected expected_;
  std::vector<double> values_;
};

TEST(ReadRows, GivesTheRowsAskedForOfEveryLayout) {
  for (const std::vector<hsize_t>& chunk : {std::vector<hsize_t>{}, {4, 2, 2}, {10, 3, 2}}) {
    Stored stored({10, 3, 2}, chunk);
    stored.write();
    for (const auto& [first, count] : {std::pair{0u, 10u}, {0u, 1u}, {3u, 5u}, {9u, 1u}}) {
      const auto begin = stored.values().begin() + 6 * first;
      EXPECT_EQ(stored.read(first, count), std::vector<double>(begin, begin + 6 * count));
    }
    EXPECT_THROW(stored.read(8, 3), Error);
  }
}

TEST(ReadRows, AtOnceAreAboutTheBytesAskedForAndWholeChunks) {
  constexpr hsize_t many = 4'000'000;
  EXPECT_EQ(Stored({many}, {}).at_once(mebibyte), 131'072u);
  EXPECT_EQ(Stored({many}, {1'000}).at_once(mebibyte), 131'000u);
  EXPECT_EQ(Stored({many}, {65'536}).at_once(mebibyte), 131'072u);
  EXPECT_EQ(Stored({many}, {65'537}).at_once(mebibyte), 65'537u);
  EXPECT_EQ(Stored({many}, {200'000}).at_once(mebibyte), 200'000u) << "one chunk is the least";
  EXPECT_EQ(Stored({many}, {2'100'000}).at_once(mebibyte), 131'072u) << "a chunk above 16 MiB";
  EXPECT_EQ(Stored({1'000, 300}, {}).at_once(2'000), 1u) << "one row is the least";
}

}  // namespace
}  // namespace corridor::h5
