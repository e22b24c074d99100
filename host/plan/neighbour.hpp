// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "kernels/book.hpp"

namespace corridor {

/// The contract nearest to a row's that has exact means: no limit on what the group's years before
/// the policy count, lasers that use up no aggregating specific, and nothing absorbed that counts.
GridRow neighbour(const GridRow& row);

/// A book of neighbours: every row's neighbour, and no family deductibles. Draws and thresholds are
/// the book's own, so its years are known from the sums of the book's. Borrows from `book`, which
/// must outlive it; fit for closed forms, not for a back end.
std::shared_ptr<Book> neighbours(const Book& book);

}  // namespace corridor
