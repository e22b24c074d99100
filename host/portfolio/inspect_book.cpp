// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/inspect_book.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "host/h5/input_file.hpp"
#include "host/nearest.hpp"
#include "host/portfolio/build_head.hpp"
#include "host/portfolio/check_book.hpp"
#include "host/portfolio/check_values.hpp"
#include "host/portfolio/content_digest.hpp"
#include "host/portfolio/reader_process.hpp"

namespace corridor {
namespace {

/// Words that no column of a book should have in its name.
bool suggests_a_person(const std::string& path) {
  constexpr std::array words = {"name",  "birth",   "dob",     "ssn",        "social",
                                "email", "phone",   "address", "member_id",  "subscriber",
                                "mrn",   "diagnos", "icd",     "medication", "employer",
                                "zip5",  "account"};
  std::string lower = path;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return lower.find(word) != std::string::npos; });
}

/// What `path` may be a slip of: a column or an attribute of its table, or a table. "" when nothing
/// is close.
std::string meant_path(const std::string& path) {
  const std::size_t cut = path.find_last_of("/@");
  if (cut == std::string::npos) return "";
  const TableRule* table = find_table(path.substr(0, cut));
  const std::string opening = path.substr(0, cut + 1);
  std::vector<std::string> known;
  if (cut == 0 && path.front() == '/') {
    for (const TableRule& rule : book_schema()) known.push_back(rule.path.substr(1));
  } else if (table != nullptr && path[cut] == '/') {
    for (const ColumnRule& rule : table->columns) known.push_back(rule.name);
  } else if (table != nullptr) {
    for (const AttributeRule& rule : table->attributes) known.push_back(rule.name);
  }
  const std::string near = nearest_name(path.substr(cut + 1), known);
  return near.empty() ? "" : opening + near;
}

void note_unknown(const RawContent& content, Findings& findings) {
  for (const std::string& path : content.unknown) {
    if (suggests_a_person(path)) {
      findings.add("W_PERSONAL_DATA", {path, {}, ""}, "",
                   "this is not part of a book, and its name suggests data about a person or an "
                   "employer; it was not read",
                   "Remove it: a book holds no names, dates of birth, numbers or diagnoses");
    } else {
      const std::string meant = meant_path(path);
      findings.add("W_UNKNOWN", {path, {}, ""}, "",
                   "this is not part of a book, so it was not read and changes no price",
                   meant.empty() ? "Remove it, or look for a misspelt name"
                                 : "Did you mean " + meant + "? Else remove it");
    }
  }
}

void check_seal(const RawBook& raw, Portfolio& book, Findings& findings) {
  const auto& attributes = raw.content.attributes;
  const auto seal =
      std::find_if(attributes.begin(), attributes.end(), [](const RawAttribute& attribute) {
        return attribute.owner == "/" && attribute.value.name == "content_sha256";
      });
  if (seal == attributes.end()) {
    findings.add("W_UNSEALED", {"/@content_sha256", {}, ""}, "",
                 "the book is not sealed, so a changed value cannot be noticed",
                 "Run corridor seal on the book when it is final");
    return;
  }
  book.sealed = seal->value.text == book.digest;
  if (book.sealed) return;
  findings.add("E_DIGEST", {"/@content_sha256", {}, ""}, seal->value.text,
               "the content is not what was sealed: its digest is " + book.digest,
               "Take the book from its source again, or seal it anew if the change is meant");
}

void check_all(const Portfolio& book, const MemberColumns& members, Findings& findings) {
  check_structure(book, findings);
  check_values(book, members, findings);
  check_terms(book, members, findings);
  check_members(book, members, findings);
  check_references(book, findings);
}

/// The file itself is refused: what check_input or the helper threw.
StoredBook refused(const std::string& path, const Error& error) {
  if (error.kind() != ErrorKind::bad_data || error.problems().empty()) throw error;
  StoredBook book;
  book.inspection.portfolio.path = path;
  book.inspection.problems = error.problems();
  return book;
}

/// Members are taken into memory where they were read into it; else they stay in their file.
void check_content(StoredBook& read, ExchangeKind kind, SealCheck seal, Findings& findings) {
  const RawBook& raw = *read.raw;
  Portfolio& book = read.inspection.portfolio;
  BookHead head = build_head(raw, findings);
  book = std::move(head.book);
  read.members = std::move(head.member_columns);
  const StoredMembers stored(raw.exchange, read.members);
  const bool hold = kind == ExchangeKind::memory;
  if (hold) book.members = stored.rows(0, book.members.rows);
  book.digest = content_digest(raw);
  if (seal == SealCheck::compare) check_seal(raw, book, findings);
  hold ? check_all(book, HeldMembers(book.members), findings) : check_all(book, stored, findings);
  note_unknown(raw.content, findings);
}

StoredBook checked(const std::string& path, RawBook raw, ExchangeKind kind, SealCheck seal) {
  Findings findings(path);
  for (const Problem& problem : raw.content.problems) findings.add(problem);
  const bool readable = !raw.content.columns.empty() || !raw.content.attributes.empty() ||
                        raw.content.problems.empty();
  StoredBook book;
  book.raw = std::move(raw);
  if (readable) check_content(book, kind, seal, findings);
  book.inspection.portfolio.path = path;
  book.inspection.problems = findings.take();
  return book;
}

std::uint64_t physical_memory() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
         static_cast<std::uint64_t>(sysconf(_SC_PAGE_SIZE));
}

/// A container's limit, or the largest number where there is none.
std::uint64_t container_memory() {
  std::uint64_t bytes = UINT64_MAX;
  std::ifstream file("/sys/fs/cgroup/memory.max");
  if (!(file >> bytes)) bytes = UINT64_MAX;
  return bytes;
}

}  // namespace

std::uint64_t memory_limit(const LoadOptions& options) {
  if (options.memory_limit_bytes != 0) return options.memory_limit_bytes;
  return std::min(physical_memory(), container_memory()) / 2;
}

StoredBook read_book(const std::string& path, const LoadOptions& options, ExchangeKind kind,
                     SealCheck seal) {
  h5::ReadLimits limits;
  // Columns exist twice for a moment: as read, and in the portfolio.
  limits.bytes = memory_limit(options) / 2;
  try {
    h5::check_input(path);
    return checked(path, read_in_helper(path, limits, kind), kind, seal);
  } catch (const Error& error) {
    return refused(path, error);
  }
}

Inspection inspect_book(const std::string& path, const LoadOptions& options, SealCheck seal) {
  return read_book(path, options, ExchangeKind::memory, seal).inspection;
}

Portfolio accepted(Inspection inspection) {
  auto& problems = inspection.problems;
  if (!inspection.usable()) {
    std::erase_if(problems, [](const Problem& problem) {
      return problem.severity == Problem::Severity::warning && problem.code != "W_MORE";
    });
    throw Error(ErrorKind::bad_data, std::move(problems));
  }
  inspection.portfolio.warnings = std::move(problems);
  return std::move(inspection.portfolio);
}

}  // namespace corridor
