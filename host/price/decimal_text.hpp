// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace corridor {

/// The shortest decimal that reads back as the same double: "0.08", "1e-07".
std::string shortest(double value);

/// The same without an exponent: "0.0000001", "100000".
std::string plain(double value);

}  // namespace corridor
