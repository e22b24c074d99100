// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/portfolio.hpp"
#include "kernels/lane/terms/terms.hpp"

namespace corridor {

/// The contract terms of one group: every field of every term from its column, neutral without one.
Terms bind_terms(const Table& groups, std::size_t group);

}  // namespace corridor
