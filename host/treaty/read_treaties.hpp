// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "corridor/treaties.hpp"

namespace corridor {

/// /treaties as it stands, by order, then by row; without /treaties/order every row has an order of
/// its own.
Programme read_treaties(const Table& table);

/// "quota share", for tables and messages.
std::string kind_name(TreatyKind kind);

}  // namespace corridor
