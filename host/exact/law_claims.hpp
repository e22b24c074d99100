// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/exact/table_law.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// The claims that a law's table draws, for a basis (nullptr: all of a year's). The book's table
/// reaches as far as the widest of all contracts needs; this ends where claims under `basis` are
/// capped, so that figures do not depend on what contracts other groups have.
TableLaw law_claims(const Book& book, std::uint32_t table, const Basis* basis);

}  // namespace corridor
