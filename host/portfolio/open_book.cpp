// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/open_book.hpp"

#include <numeric>
#include <utility>
#include <vector>

#include "host/portfolio/inspect_book.hpp"
#include "host/portfolio/member_columns.hpp"

namespace corridor {

struct OpenBook::Members {
  Exchange exchange;
  std::vector<RawColumn> columns;
};

OpenBook::OpenBook(const std::string& path, const LoadOptions& options) {
  StoredBook book = read_book(path, options, ExchangeKind::file, SealCheck::compare);
  head_ = accepted(std::move(book.inspection));
  members_ = std::make_unique<Members>(
      Members{std::move(book.raw.value().exchange), std::move(book.members)});
}

OpenBook::OpenBook(OpenBook&&) noexcept = default;
OpenBook& OpenBook::operator=(OpenBook&&) noexcept = default;
OpenBook::~OpenBook() = default;

Portfolio OpenBook::slice(GroupRange groups) const {
  std::vector<std::size_t> numbers(groups.count());
  std::iota(numbers.begin(), numbers.end(), groups.first);
  Portfolio slice = select_groups(head_, numbers);
  slice.members = StoredMembers(members_->exchange, members_->columns)
                      .rows(head_.member_offset.at(groups.first), slice.members.rows);
  return slice;
}

}  // namespace corridor
