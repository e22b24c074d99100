// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/error.hpp"

namespace corridor {

std::string Problem::text() const {
  std::string place = file;
  if (!dataset.empty()) place += ":" + dataset;
  if (row) place += "[" + std::to_string(*row) + "]";
  if (!group.empty()) place += " (group " + group + ")";
  std::string result = place.empty() ? message : place + ": " + message;
  const bool shows_value = value.empty() || message.find(value) != std::string::npos;
  if (!shows_value) result += " (found " + value + ")";
  if (!fix.empty()) result += ". " + fix;
  if (!code.empty()) result += " [" + code + "]";
  return result;
}

std::string Error::listed(const std::vector<Problem>& problems) {
  std::string result;
  for (const Problem& problem : problems) {
    if (!result.empty()) result += '\n';
    result += problem.text();
  }
  return result;
}

}  // namespace corridor
