// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "host/portfolio/schema.hpp"

namespace corridor {

/// Keys and labels are 1 to 32 printable ASCII characters without spaces at the ends; every form but
/// a key may be empty.
bool has_form(const std::string& text, Form form);

/// "two capital letters", for messages.
std::string form_text(Form form);

/// The text with what a terminal should not see as \xNN.
std::string printable(const std::string& text);

}  // namespace corridor
