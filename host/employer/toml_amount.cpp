// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/employer/toml_amount.hpp"

namespace corridor {

std::optional<YearlyAmount> yearly_amount(TomlSection& section, const std::string& stem) {
  const std::string prefix = stem.empty() ? "" : stem + "_";
  const std::optional<double> usd = section.number(prefix + "usd", {});
  const std::optional<double> pepm = section.number(prefix + "pepm", {0, pepm_most});
  if (section.has(prefix + "usd") && section.has(prefix + "pepm")) {
    section.wrong(prefix + "pepm", section.source(prefix + "pepm"),
                  "stands beside " + prefix + "usd, and an amount is given one way",
                  "Keep " + prefix + "usd or " + prefix + "pepm", "E_TWO_WAYS");
  }
  if (!usd && !pepm) return std::nullopt;
  return YearlyAmount{usd.value_or(0), pepm.value_or(0)};
}

YearlyAmount required_yearly_amount(TomlSection& section, const std::string& stem) {
  const std::string prefix = stem.empty() ? "" : stem + "_";
  if (!section.has(prefix + "usd") && !section.has(prefix + "pepm")) {
    section.wrong(prefix + "usd", section.source(), "is missing",
                  "Give " + prefix + "usd for the policy's months, or " + prefix +
                      "pepm per employee and month",
                  "E_MISSING");
  }
  return yearly_amount(section, stem).value_or(YearlyAmount{});
}

}  // namespace corridor
