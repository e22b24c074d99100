// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "corridor/portfolio.hpp"
#include "tests/portfolio/draft.hpp"

namespace corridor::tests {
namespace {

std::string digest_of(const Draft& draft, const std::string& name) {
  return load_portfolio(draft.write(test_path(name))).digest;
}

TEST(Seal, ASealedBookLoadsWithoutAWarning) {
  const std::string path = Draft::full().write(test_path("sealed.h5"));
  const std::string before = load_portfolio(path).digest;
  EXPECT_EQ(seal_portfolio(path), before);
  const Portfolio book = load_portfolio(path);
  EXPECT_TRUE(book.sealed);
  EXPECT_EQ(book.digest, before);
  EXPECT_TRUE(book.warnings.empty());
}

TEST(Seal, SealingTwiceIsSealingOnce) {
  const std::string path = Draft::full().write(test_path("twice.h5"));
  const std::string first = seal_portfolio(path);
  EXPECT_EQ(seal_portfolio(path), first);
  EXPECT_TRUE(load_portfolio(path).sealed);
}

TEST(Seal, AnyChangedValueIsNoticed) {
  Draft draft = Draft::full();
  const std::string digest = digest_of(draft, "original.h5");
  draft.set_attribute("/", "content_sha256", digest);
  EXPECT_TRUE(load_portfolio(draft.write(test_path("stated.h5"))).sealed);
  draft.set("/members/scale", std::vector<double>{1, 1.5, 0.5, 1, 2, std::nextafter(1.0, 2)});
  const std::vector<Problem> problems = validate_portfolio(draft.write(test_path("changed.h5")));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].code, "E_DIGEST");
  EXPECT_EQ(problems[0].value, digest);
}

TEST(Seal, ChangedContentCanBeSealedAnew) {
  Draft draft = Draft::full();
  draft.set_attribute("/", "content_sha256", std::string(64, '0'));
  const std::string path = draft.write(test_path("anew.h5"));
  EXPECT_THROW(load_portfolio(path), Error);
  seal_portfolio(path);
  EXPECT_TRUE(load_portfolio(path).sealed);
}

TEST(Seal, NamesAndAttributesAreContentAndRemarksAreNot) {
  const std::string digest = digest_of(Draft::full(), "plain.h5");
  Draft renamed = Draft::full();
  renamed.datasets["/groups/industry"] = renamed.datasets["/groups/region"];
  renamed.datasets.erase("/groups/region");
  EXPECT_NE(digest_of(renamed, "renamed.h5"), digest);
  Draft law = Draft::full();
  law.set_attribute("/distributions/silver", "sigma", 1.5000001);
  EXPECT_NE(digest_of(law, "law.h5"), digest);
  Draft remark = Draft::full();
  remark.set_attribute("/distributions/silver", "description", "words");
  EXPECT_EQ(digest_of(remark, "remark.h5"), digest);
}

TEST(Seal, LengthOfTextAndBitsOfNaNDoNotCount) {
  const std::string digest = digest_of(Draft::full(), "usual.h5");
  Draft draft = Draft::full();
  draft.datasets["/groups/group_id"].text_length = 32;
  auto& cv = std::get<std::vector<double>>(draft.datasets["/groups/effect_cv"].values);
  ASSERT_TRUE(std::isnan(cv[1]));
  cv[1] = std::copysign(std::nan("1954"), -1.0);
  EXPECT_EQ(digest_of(draft, "unusual.h5"), digest);
}

TEST(Seal, ABookWithMoreThanTheFormatCannotBeSealed) {
  Draft draft = Draft::full();
  draft.set("/members/colour", std::vector<double>(6, 1));
  const std::string path = draft.write(test_path("more.h5"));
  try {
    seal_portfolio(path);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_THAT(error.what(), testing::HasSubstr("E_UNKNOWN"));
  }
  EXPECT_FALSE(load_portfolio(path).sealed);
}

TEST(Seal, AWrongBookIsNotSealedAndStaysAsItWas) {
  Draft draft = Draft::full();
  draft.set("/members/scale", std::vector<double>{1, 1, 1, -1, 1, 1});
  const std::string path = draft.write(test_path("wrong-seal.h5"));
  const auto before = bytes_of(path);
  EXPECT_THROW(seal_portfolio(path), Error);
  EXPECT_EQ(bytes_of(path), before);
}

TEST(Seal, ASealThroughALinkSealsTheFile) {
  const std::string file = Draft::full().write(test_path("target.h5"));
  const std::string link = test_path("link.h5");
  std::filesystem::create_symlink(file, link);
  seal_portfolio(link);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_TRUE(load_portfolio(file).sealed);
}

TEST(Seal, ThePythonOfTheFormatsDescriptionGivesTheSameDigest) {
  const std::string path = Draft::full().write(test_path("python.h5"));
  const std::string digest = seal_portfolio(path);
  const std::string command = std::string(CORRIDOR_PYTHON) + " " + CORRIDOR_DIGEST_SCRIPT + " " +
                              CORRIDOR_DATA_README + " " + path + " " + digest;
  const int status = std::system(command.c_str());
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "no h5py";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace corridor::tests
