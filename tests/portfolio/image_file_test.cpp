// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/image_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corridor/error.hpp"
#include "host/h5/input_file.hpp"
#include "host/h5/read_attribute.hpp"
#include "host/h5/read_dataset.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

using testing::ElementsAre;

h5::File saved(h5::ImageFile& file, const std::string& name) {
  const std::string bytes = file.image();
  put_bytes(test_path(name), std::as_bytes(std::span(bytes)));
  return h5::open_input(test_path(name));
}

TEST(ImageFile, EqualContentIsEqualBytes) {
  EXPECT_EQ(Draft::full().image(), Draft::full().image());
}

TEST(ImageFile, ADatasetIsChunkedShuffledZippedAndChecksummed) {
  h5::ImageFile file;
  file.dataset("/a/b/x", std::vector<double>(100'000, 1.5), {"USD", "made up"});
  const h5::File back = saved(file, "filters.h5");
  const h5::Dataset dataset = h5::open_dataset(back, "/a/b/x");
  const h5::Properties rules(H5Dget_create_plist(dataset.id()), "read rules");
  hsize_t chunk = 0;
  EXPECT_EQ(H5Pget_chunk(rules.id(), 1, &chunk), 1);
  EXPECT_EQ(chunk, 65'536u);
  std::vector<H5Z_filter_t> filters;
  for (unsigned i = 0; i < 3; ++i) {
    unsigned flags = 0, configuration = 0;
    std::size_t count = 0;
    filters.push_back(
        H5Pget_filter2(rules.id(), i, &flags, &count, nullptr, 0, nullptr, &configuration));
  }
  EXPECT_THAT(filters, ElementsAre(H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32));
  const auto units = std::get<h5::AttributeValue>(h5::read_attribute(dataset.id(), "units"));
  EXPECT_EQ(units.text, "USD");
}

TEST(ImageFile, AnEmptyColumnKeepsItsTypeAndWidth) {
  h5::ImageFile file;
  file.dataset("/x", std::vector<std::uint32_t>{}, {"1", "nothing"}, {4});
  const h5::File back = saved(file, "empty.h5");
  const h5::Dataset dataset = h5::open_dataset(back, "/x");
  const auto shape = h5::inspect(dataset.id(), {h5::ValueType::u32, 0, {4}}, {});
  ASSERT_TRUE(std::holds_alternative<h5::Shape>(shape)) << std::get<Problem>(shape).message;
  EXPECT_EQ(std::get<h5::Shape>(shape).rows, 0u);
}

TEST(ImageFile, ATableHasAMemberPerField) {
  h5::ImageFile file;
  file.table("/summary", {{"group_id", {"text", "key"}, std::vector<std::string>{"G1", "G22"}, 8},
                          {"premium_usd", {"USD", "a year"}, std::vector<double>{1.25, 2.5}},
                          {"hits", {"year", "with a payment"}, std::vector<std::uint64_t>{3, 4}}});
  const h5::File back = saved(file, "table.h5");
  const h5::Dataset dataset = h5::open_dataset(back, "/summary");
  const h5::Type stored(H5Dget_type(dataset.id()), "read the type");
  EXPECT_EQ(H5Tget_nmembers(stored.id()), 3);
  struct Row {
    char group_id[8];
    double premium_usd;
    std::uint64_t hits;
  };
  std::array<Row, 2> rows{};
  ASSERT_EQ(H5Tget_size(stored.id()), sizeof(Row));
  ASSERT_GE(H5Dread(dataset.id(), stored.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, rows.data()), 0);
  EXPECT_STREQ(rows[1].group_id, "G22");
  EXPECT_EQ(rows[1].premium_usd, 2.5);
  EXPECT_EQ(rows[0].hits, 3u);
}

TEST(ImageFile, ATableOfManyChunksKeepsEveryRowInItsPlace) {
  constexpr std::size_t rows = 100'000;
  std::vector<std::string> names;
  std::vector<double> values;
  for (std::size_t row = 0; row < rows; ++row) {
    names.push_back("N" + std::to_string(row));
    values.push_back(static_cast<double>(row));
  }
  h5::ImageFile file;
  file.table("/t", {{"name", {"text", "key"}, std::span<const std::string>(names), 24},
                    {"value", {"1", "its row"}, std::span<const double>(values)}});
  const h5::File back = saved(file, "chunks.h5");
  const h5::Dataset dataset = h5::open_dataset(back, "/t");
  struct Row {
    char name[24];
    double value;
  };
  std::vector<Row> found(rows);
  const h5::Type stored(H5Dget_type(dataset.id()), "read the type");
  ASSERT_EQ(H5Tget_size(stored.id()), sizeof(Row));
  ASSERT_GE(H5Dread(dataset.id(), stored.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, found.data()), 0);
  for (std::size_t row = 0; row < rows; ++row) {
    ASSERT_EQ(found[row].name, names[row]);
    ASSERT_EQ(found[row].value, values[row]);
  }
  const h5::Properties rules(H5Dget_create_plist(dataset.id()), "read rules");
  hsize_t chunk = 0;
  H5Pget_chunk(rules.id(), 1, &chunk);
  EXPECT_LE(chunk * sizeof(Row), std::size_t{1} << 20);
}

TEST(ImageFile, FieldsOfUnequalLengthAreRefused) {
  h5::ImageFile file;
  EXPECT_THROW(file.table("/t", {{"a", {}, std::vector<double>{1}, 0},
                                 {"b", {}, std::vector<double>{1, 2}, 0}}),
               Error);
}

TEST(ImageFile, TextBeyondItsLengthIsRefused) {
  h5::ImageFile file;
  EXPECT_THROW(file.dataset("/t", std::vector<std::string>{"long"}, {}, {}, 3), Error);
}

TEST(ImageFile, AReasonOfHdf5ReachesTheMessage) {
  h5::ImageFile file;
  file.group("/a");
  try {
    file.group("/a");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("cannot create group /a: "));
    EXPECT_THAT(error.what(), testing::HasSubstr("exists"));
  }
}

}  // namespace
}  // namespace corridor::tests
