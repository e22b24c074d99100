// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Files that h5py or HDF5 itself would open and that a reader of books must refuse.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <chrono>
#include <functional>
#include <numeric>

#include "corridor/portfolio.hpp"
#include "host/h5/handle.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/told.hpp"

namespace corridor::tests {
namespace {

using h5::check;

constexpr const char* scale = "/members/scale";

/// A good book, reopened to be spoilt with HDF5's own calls.
class Spoilt {
 public:
  explicit Spoilt(const std::string& name) : path_(Draft::full().write(test_path(name))) {
    h5::quiet();
    const h5::Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare");
    check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_V110, H5F_LIBVER_V110), "set the format");
    file_ = h5::File(H5Fopen(path_.c_str(), H5F_ACC_RDWR, access.id()), "open");
  }

  hid_t id() const { return file_.id(); }
  h5::Group group(const char* path) const {
    return h5::Group(H5Gopen2(id(), path, H5P_DEFAULT), path);
  }
  void remove(const char* name) { check(H5Ldelete(id(), name, H5P_DEFAULT), "delete"); }
  std::vector<Problem> problems() {
    file_.close();
    EXPECT_EQ(told_by_opening(path_), told_by_loading(path_));
    return validate_portfolio(path_);
  }

 private:
  std::string path_;
  h5::File file_;
};

h5::Space rows(hsize_t count) { return h5::Space(H5Screate_simple(1, &count, nullptr), "space"); }
h5::Properties creation() { return h5::Properties(H5Pcreate(H5P_DATASET_CREATE), "properties"); }

h5::Dataset make(const Spoilt& file, const char* path, hid_t type, const h5::Space& space,
                 const h5::Properties& rules) {
  return h5::Dataset(
      H5Dcreate2(file.id(), path, type, space.id(), H5P_DEFAULT, rules.id(), H5P_DEFAULT), path);
}

void write(const h5::Dataset& dataset, hid_t type, const void* values) {
  check(H5Dwrite(dataset.id(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), "write");
}

/// Exactly one problem of the place, and it is this one.
void expect_only(const std::vector<Problem>& problems, const std::string& code,
                 const std::string& place, const std::string& value = "") {
  std::vector<const Problem*> found;
  for (const Problem& problem : problems) {
    if (problem.dataset == place) found.push_back(&problem);
  }
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]->code, code) << found[0]->text();
  EXPECT_EQ(found[0]->severity, Problem::Severity::error);
  EXPECT_FALSE(found[0]->fix.empty());
  if (!value.empty()) {
    EXPECT_EQ(found[0]->value, value);
  }
}

h5::Type variable_text() {
  h5::Type type(H5Tcopy(H5T_C_S1), "text");
  check(H5Tset_size(type.id(), H5T_VARIABLE), "variable length");
  return type;
}

TEST(Hostile, VariableLengthTextIsRefused) {
  Spoilt file("vlen-text.h5");
  file.remove("/groups/group_id");
  const char* ids[] = {"G1", "G2", "G3"};
  const h5::Type type = variable_text();
  write(make(file, "/groups/group_id", type.id(), rows(3), creation()), type.id(), ids);
  expect_only(file.problems(), "E_TYPE", "/groups/group_id", "text of variable length");
}

void set_variable_text(const h5::Group& owner, const char* name, const char* text) {
  check(H5Adelete(owner.id(), name), "delete");
  const h5::Type type = variable_text();
  const h5::Space space(H5Screate(H5S_SCALAR), "scalar");
  const h5::Attribute attribute(
      H5Acreate2(owner.id(), name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), name);
  check(H5Awrite(attribute.id(), type.id(), &text), "write");
}

TEST(Hostile, VariableLengthTextOfAnAttributeIsRefused) {
  Spoilt file("vlen-attribute.h5");
  set_variable_text(file.group("/distributions/silver"), "kind", "lognormal");
  expect_only(file.problems(), "E_TYPE", "/distributions/silver@kind", "text of variable length");
}

TEST(Hostile, VariableLengthNumbersAreRefused) {
  Spoilt file("vlen-numbers.h5");
  file.remove(scale);
  const h5::Type type(H5Tvlen_create(H5T_NATIVE_DOUBLE), "vlen");
  make(file, scale, type.id(), rows(6), creation());
  expect_only(file.problems(), "E_TYPE", scale, "values of variable length");
}

TEST(Hostile, OtherKindsOfValuesAreRefused) {
  const h5::Type opaque(H5Tcreate(H5T_OPAQUE, 8), "opaque");
  const h5::Type record(H5Tcreate(H5T_COMPOUND, 8), "compound");
  check(H5Tinsert(record.id(), "x", 0, H5T_NATIVE_DOUBLE), "insert");
  const hsize_t length = 2;
  const h5::Type array(H5Tarray_create2(H5T_NATIVE_DOUBLE, 1, &length), "array");
  const h5::Type odd(H5Tcopy(H5T_NATIVE_DOUBLE), "odd float");
  check(H5Tset_ebias(odd.id(), 1000), "bias");
  const std::vector<std::pair<hid_t, std::string>> kinds = {
      {opaque.id(), "opaque bytes"},   {record.id(), "compound records"},   {array.id(), "arrays"},
      {H5T_STD_REF_OBJ, "references"}, {H5T_STD_REF_DSETREG, "references"}, {odd.id(), "float64"},
      {H5T_NATIVE_INT64, "int64"}};
  for (const auto& [type, name] : kinds) {
    Spoilt file("kind.h5");
    file.remove(scale);
    make(file, scale, type, rows(6), creation());
    expect_only(file.problems(), "E_TYPE", scale, name);
  }
}

TEST(Hostile, BigEndianNumbersAreReadAsTheyAre) {
  Spoilt file("big-endian.h5");
  file.remove(scale);
  const std::vector<double> values{1, 1.5, 0.5, 1, 2, 1};
  write(make(file, scale, H5T_IEEE_F64BE, rows(6), creation()), H5T_NATIVE_DOUBLE, values.data());
  const std::string digest =
      load_portfolio(Draft::full().write(test_path("little-endian.h5"))).digest;
  file.problems();
  EXPECT_EQ(load_portfolio(test_path("big-endian.h5")).digest, digest);
}

TEST(Hostile, LinksThatLeadElsewhereAreRefused) {
  const std::string other = Draft::full().write(test_path("other.h5"));
  const auto external = [&](const Spoilt& file, const char* name, const char* target) {
    check(H5Lcreate_external(other.c_str(), target, file.id(), name, H5P_DEFAULT, H5P_DEFAULT),
          "link");
  };
  const auto soft = [](const Spoilt& file, const char* name, const char* target) {
    check(H5Lcreate_soft(target, file.id(), name, H5P_DEFAULT, H5P_DEFAULT), "link");
  };
  const std::vector<std::pair<const char*, const char*>> places = {
      {scale, scale}, {"/members", "/members"}, {"/distributions/silver", "/distributions/silver"}};
  for (const auto& [name, target] : places) {
    Spoilt far("external.h5");
    far.remove(name);
    external(far, name, target);
    expect_only(far.problems(), "E_LINK", name);
    Spoilt loop("loop.h5");
    loop.remove(name);
    soft(loop, name, name);
    expect_only(loop.problems(), "E_LINK", name);
  }
}

TEST(Hostile, AGroupThatHoldsItselfIsHarmless) {
  Spoilt file("cycle.h5");
  check(H5Lcreate_hard(file.id(), "/", file.id(), "/groups/again", H5P_DEFAULT, H5P_DEFAULT),
        "link");
  const std::vector<Problem> problems = file.problems();
  EXPECT_TRUE(std::none_of(problems.begin(), problems.end(), [](const Problem& problem) {
    return problem.severity == Problem::Severity::error;
  }));
}

TEST(Hostile, ValuesInOtherFilesAreRefused) {
  Spoilt file("external-storage.h5");
  file.remove(scale);
  const h5::Properties rules = creation();
  check(H5Pset_external(rules.id(), "/etc/passwd", 0, 48), "external");
  make(file, scale, H5T_IEEE_F64LE, rows(6), rules);
  expect_only(file.problems(), "E_EXTERNAL", scale, "external storage");
}

TEST(Hostile, VirtualDatasetsAreRefused) {
  const std::string other = Draft::full().write(test_path("source.h5"));
  Spoilt file("virtual.h5");
  file.remove(scale);
  const h5::Properties rules = creation();
  check(H5Pset_virtual(rules.id(), rows(6).id(), other.c_str(), scale, rows(6).id()), "virtual");
  make(file, scale, H5T_IEEE_F64LE, rows(6), rules);
  expect_only(file.problems(), "E_EXTERNAL", scale, "virtual dataset");
}

h5::Properties zipped(hsize_t chunk, int times = 1) {
  h5::Properties rules = creation();
  check(H5Pset_chunk(rules.id(), 1, &chunk), "chunk");
  for (int i = 0; i < times; ++i) check(H5Pset_deflate(rules.id(), 9), "deflate");
  return rules;
}

TEST(Hostile, ClaimsOfManyRowsWithoutValuesAreRefused) {
  Spoilt most("many-rows.h5");
  most.remove(scale);
  make(most, scale, H5T_IEEE_F64LE, rows(1'000'000'000'000'000), zipped(65'536));
  expect_only(most.problems(), "E_TOO_LARGE", scale, "1000000000000000");
  Spoilt some("no-values.h5");
  some.remove(scale);
  make(some, scale, H5T_IEEE_F64LE, rows(1'000'000), zipped(65'536));
  expect_only(some.problems(), "E_NO_DATA", scale, "1000000");
}

void write_first(const h5::Dataset& dataset, hsize_t count, double value) {
  const hsize_t one = 1, first = 0;
  const h5::Space part = rows(count);
  check(H5Sselect_hyperslab(part.id(), H5S_SELECT_SET, &first, nullptr, &one, nullptr), "select");
  check(H5Dwrite(dataset.id(), H5T_NATIVE_DOUBLE, rows(1).id(), part.id(), H5P_DEFAULT, &value),
        "write");
}

TEST(Hostile, FewValuesOfManyRowsAreRefused) {
  Spoilt file("sparse.h5");
  file.remove(scale);
  const hsize_t count = 2'000'000'000;
  write_first(make(file, scale, H5T_IEEE_F64LE, rows(count), zipped(1024)), count, 1.5);
  expect_only(file.problems(), "E_EXPANSION", scale);
}

TEST(Hostile, ABombIsRefusedBeforeItIsUnpacked) {
  Spoilt file("bomb.h5");
  file.remove(scale);
  const std::vector<double> zeros(1'000'000, 0.0);
  write(make(file, scale, H5T_IEEE_F64LE, rows(zeros.size()), zipped(1'000'000, 2)),
        H5T_NATIVE_DOUBLE, zeros.data());
  const auto start = std::chrono::steady_clock::now();
  expect_only(file.problems(), "E_EXPANSION", scale);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Hostile, LargeChunksAreRefused) {
  Spoilt file("chunk.h5");
  file.remove(scale);
  make(file, scale, H5T_IEEE_F64LE, rows(3'000'000), zipped(3'000'000));
  expect_only(file.problems(), "E_CHUNK", scale, "(3000000)");
}

TEST(Hostile, FiltersThatNotEveryReaderHasAreRefused) {
  Spoilt file("filter.h5");
  file.remove(scale);
  const h5::Properties rules = zipped(6, 0);
  const H5Z_filter_t lz4 = 32'004;
  check(H5Pset_filter(rules.id(), lz4, H5Z_FLAG_OPTIONAL, 0, nullptr), "filter");
  make(file, scale, H5T_IEEE_F64LE, rows(6), rules);
  expect_only(file.problems(), "E_FILTER", scale, "HDF5 filter 32004");
}

TEST(Hostile, AFileWithoutAnythingInItMissesEverything) {
  const std::string path = test_path("nothing.h5");
  h5::File(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), "create");
  std::vector<std::string> places;
  for (const Problem& problem : validate_portfolio(path)) {
    EXPECT_TRUE(problem.code == "E_MISSING" || problem.code == "W_UNSEALED") << problem.text();
    places.push_back(problem.dataset);
  }
  EXPECT_THAT(places, testing::IsSupersetOf(
                          {"/@schema", "/distributions", "/groups/group_id", "/members/scale"}));
}

TEST(Hostile, ADatasetInPlaceOfAGroupIsUnknown) {
  Spoilt file("not-a-group.h5");
  file.remove("/members");
  make(file, "/members", H5T_IEEE_F64LE, rows(6), creation());
  const std::vector<Problem> problems = file.problems();
  const auto has = [&](const char* code, const char* place) {
    return std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
      return problem.code == code && problem.dataset == place;
    });
  };
  EXPECT_TRUE(has("W_UNKNOWN", "/members"));
  EXPECT_TRUE(has("E_MISSING", scale));
}

TEST(Hostile, ThousandsOfBrokenLawsAreListedQuickly) {
  Spoilt file("entries.h5");
  for (int i = 0; i < 5'000; ++i) {
    const std::string path = "/distributions/" + std::to_string(i);
    h5::Group(H5Gcreate2(file.id(), path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), path);
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_GE(file.problems().size(), 10'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Hostile, AttributesWithoutEndAreRefused) {
  Draft draft = Draft::full();
  for (int i = 0; i < 1'200; ++i) {
    draft.set_attribute("/distributions/" + std::to_string(i), "text", std::string(60'000, 'x'));
  }
  expect_only(validate_portfolio(draft.write(test_path("attributes.h5"))), "E_TOO_LARGE", "");
}

}  // namespace
}  // namespace corridor::tests
