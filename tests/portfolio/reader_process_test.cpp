// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/reader_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "corridor/portfolio.hpp"
#include "host/portfolio/read_raw.hpp"
#include "tests/portfolio/draft.hpp"
#include "tests/portfolio/variable.hpp"

namespace corridor::tests {
namespace {

/// A reader that does what `script` says.
std::string fake_reader(const std::string& name, const std::string& script) {
  const std::string path = test_path(name);
  std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path;
}

Error refusal(const std::string& path) {
  try {
    load_portfolio(path);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::internal, "nothing was refused"};
}

TEST(ReaderProcess, ADeadReaderIsADamagedFile) {
  const std::string path = Draft::full().write(test_path("killer.h5"));
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS}) {
    const std::string number = std::to_string(signal);
    const Variable reader("CORRIDOR_READER",
                          fake_reader("dies" + number, "kill -" + number + " $$"));
    const Error error = refusal(path);
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_THAT(error.what(), testing::HasSubstr("is damaged: reader died of signal " + number));
  }
}

TEST(ReaderProcess, AReaderThatTakesTooLongIsNamedSo) {
  const std::string path = Draft::full().write(test_path("slow.h5"));
  const Variable reader("CORRIDOR_READER", fake_reader("slow", "kill -XCPU $$"));
  EXPECT_THAT(refusal(path).what(), testing::HasSubstr("takes too long to read"));
}

TEST(ReaderProcess, AProgramThatIsNoReaderIsInternal) {
  const std::string path = Draft::full().write(test_path("no-reader.h5"));
  for (const char* script : {"exit 0", "exit 64", "echo hello; exit 0"}) {
    const Variable reader("CORRIDOR_READER", fake_reader("other", script));
    EXPECT_EQ(refusal(path).kind(), ErrorKind::internal) << script;
  }
  const Variable missing("CORRIDOR_READER", test_path("nowhere"));
  EXPECT_THAT(refusal(path).what(), testing::HasSubstr("is not a program"));
}

TEST(ReaderProcess, AReaderHasNoReaderOfItsOwn) {
  const std::string path = Draft::full().write(test_path("nested.h5"));
  const Variable mark("CORRIDOR_IS_READER", "1");
  EXPECT_EQ(refusal(path).kind(), ErrorKind::internal);
}

TEST(ReaderProcess, InProcessGivesTheSameBook) {
  const std::string path = Draft::full().write(test_path("either.h5"));
  const std::string digest = load_portfolio(path).digest;
  const Variable here("CORRIDOR_READ_IN_PROCESS", "1");
  const Variable none("CORRIDOR_READER", test_path("nowhere"));
  EXPECT_EQ(load_portfolio(path).digest, digest);
}

TEST(ReaderProcess, AHostProgramThatIgnoresItsChildrenStillReads) {
  const std::string path = Draft::full().write(test_path("ignored.h5"));
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  EXPECT_NO_THROW(load_portfolio(path));
  std::signal(SIGCHLD, before);
}

TEST(ReaderProcess, OpenFilesOfTheHostAreNotHandedOn) {
  const int own = 200;  // without close-on-exec, as libraries leave some
  ASSERT_EQ(dup2(STDERR_FILENO, own), own);
  const std::string seen = test_path("descriptors");
  const Variable reader("CORRIDOR_READER",
                        fake_reader("lists", "ls /proc/$$/fd > " + seen + "; exit 1"));
  refusal(Draft::full().write(test_path("any.h5")));
  close(own);
  std::ifstream file(seen);
  const std::string names((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_NE(names.find("3\n"), std::string::npos) << names;
  EXPECT_EQ(names.find("200\n"), std::string::npos) << names;
}

TEST(ReaderProcess, WrongArgumentsAreAUsageError) {
  std::string program = "corridor", subcommand = reader_subcommand, more = "3";
  char* arguments[] = {program.data(), subcommand.data(), more.data(), nullptr};
  EXPECT_EQ(run_reader(3, arguments), 64);
}

std::vector<std::byte> exchange_of(const std::string& path) {
  Exchange exchange(ExchangeKind::memory);
  read_raw(path, {}, exchange.descriptor());
  exchange.freeze();
  std::vector<std::byte> unused;
  const auto bytes = exchange.bytes(0, exchange.size(), unused);
  return {bytes.begin(), bytes.end()};
}

/// take_content of any bytes: a book or Error{internal}, never anything else.
bool is_taken(std::span<const std::byte> bytes, ExchangeKind kind = ExchangeKind::memory) {
  Exchange exchange(kind);
  EXPECT_EQ(write(exchange.descriptor(), bytes.data(), bytes.size()),
            static_cast<ssize_t>(bytes.size()));
  exchange.freeze();
  try {
    const RawBook book = take_content(std::move(exchange));
    std::vector<std::byte> buffer;
    for (const RawColumn& column : book.content.columns) {
      EXPECT_EQ(book.bytes(column, buffer).size(), column.bytes);
    }
    return true;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
  }
  return false;
}

TEST(Exchange, WhatAReaderLeavesIsTaken) {
  EXPECT_TRUE(is_taken(exchange_of(Draft::full().write(test_path("exchange.h5")))));
}

TEST(Exchange, EveryCutIsRefused) {
  const auto bytes = exchange_of(Draft::least().write(test_path("exchange-cut.h5")));
  for (std::size_t length = 0; length < bytes.size(); length += 7) {
    EXPECT_FALSE(is_taken(std::span(bytes).first(length))) << length;
  }
}

TEST(Exchange, NoChangedByteReachesOutsideTheMemory) {
  const auto bytes = exchange_of(Draft::full().write(test_path("exchange-flip.h5")));
  std::mt19937_64 random(11);
  for (int round = 0; round < 20'000; ++round) {
    auto changed = bytes;
    for (int i = 0; i < 3; ++i) {
      const std::size_t back = random() % std::min<std::size_t>(bytes.size(), 6'000);
      const std::size_t at = random() % 4 == 0 ? random() % 32 : bytes.size() - 1 - back;
      changed[at] = static_cast<std::byte>(random() % 3 == 0 ? 0xff : random());
    }
    is_taken(changed, round % 10 == 0 ? ExchangeKind::file : ExchangeKind::memory);
  }
}

}  // namespace
}  // namespace corridor::tests
