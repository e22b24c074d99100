// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/rules/names.hpp"

namespace corridor {

std::string_view name_of(RuleAddressee value) { return word_of(value); }
std::string_view name_of(SizeBasis value) { return word_of(value); }
std::string_view name_of(PersonUnit value) { return word_of(value); }
std::string_view name_of(ExpectedBasis value) { return word_of(value); }
std::string_view name_of(LaserRule value) { return word_of(value); }
std::string_view name_of(CoversRequired value) { return word_of(value); }
std::string_view name_of(RuleEffect value) { return word_of(value); }
std::string_view name_of(RuleStatus value) { return word_of(value); }
std::string_view name_of(RuleOutcome value) { return word_of(value); }
std::string_view name_of(RulePart value) { return word_of(value); }
std::string_view name_of(RuleReason value) { return word_of(value); }

}  // namespace corridor
