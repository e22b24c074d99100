// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "host/tail/tail_group.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// The book with a row for each layer of persons in place of a group's bound row, so that the means
/// of its specifics before an aggregating specific are those of the layers. Borrows `groups`.
std::shared_ptr<Book> layer_book(const Book& book, std::span<const TailGroup> groups);

}  // namespace corridor
