// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/treaty_checks.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "host/treaty/read_treaties.hpp"
#include "host/treaty/year_layer.hpp"

namespace corridor {
namespace {

bool given(double ratio) { return !std::isnan(ratio); }

/// A column that only some kinds take.
struct OwnColumn {
  const char* name;
  double Treaty::*value;
  double neutral;
  bool quota_share, persons, aggregate;  ///< kinds that take it
  const char* fix;                       ///< for the others
};

constexpr double none = Treaty::none, unset = Treaty::unset;
constexpr const char* in_dollars = "Give attachment_usd and limit_usd, or kind 2, an aggregate";
constexpr const char* no_layer =
    "Leave it at its default: a quota share takes its part of every dollar. A layer is kind 1 or 2";
constexpr const char* no_annual =
    "Leave it at its default: state attachment and limit of an aggregate, or kind 1 or 3";

constexpr std::array<OwnColumn, 8> own_columns{{
    {"attachment_usd", &Treaty::attachment_usd, 0, false, true, true, no_layer},
    {"limit_usd", &Treaty::limit_usd, none, false, true, true, no_layer},
    {"attachment_ratio", &Treaty::attachment_ratio, unset, false, false, true, in_dollars},
    {"limit_ratio", &Treaty::limit_ratio, unset, false, false, true, in_dollars},
    {"corridor_from_ratio", &Treaty::corridor_from_ratio, unset, false, true, true, no_layer},
    {"corridor_to_ratio", &Treaty::corridor_to_ratio, unset, false, true, true, no_layer},
    {"annual_deductible_usd", &Treaty::annual_deductible_usd, 0, false, true, false, no_annual},
    {"annual_limit_usd", &Treaty::annual_limit_usd, none, false, true, false, no_annual},
}};

bool takes(const OwnColumn& column, const Treaty& treaty) {
  if (treaty.of_persons()) return column.persons;
  return treaty.kind == TreatyKind::quota_share ? column.quota_share : column.aggregate;
}

bool is_neutral(const OwnColumn& column, const Treaty& treaty) {
  const double value = treaty.*column.value;
  return value == column.neutral || (std::isnan(value) && std::isnan(column.neutral));
}

void check_kind(const Treaty& treaty, TreatyProblems& problems) {
  for (const OwnColumn& column : own_columns) {
    if (takes(column, treaty) || is_neutral(column, treaty)) continue;
    problems.add("E_TREATY", column.name, treaty, plain_number(treaty.*column.value),
                 "a " + kind_name(treaty.kind) + " treaty has no " + column.name, column.fix);
  }
}

void check_width(const char* column, double value, const Treaty& treaty, TreatyProblems& problems) {
  if (!given(value) || treaty_cents(value) > 0) return;
  problems.add("E_LIMIT", column, treaty, plain_number(value),
               "the layer is less than a cent wide, so the treaty never pays",
               "Give the width of the layer, at least 0.01, or inf for none");
}

void check_twice(const char* ratio_column, double ratio, const char* dollars_column, bool dollars,
                 const Treaty& treaty, TreatyProblems& problems) {
  if (!given(ratio) || !dollars) return;
  problems.add("E_TWO_WAYS", ratio_column, treaty, plain_number(ratio),
               std::string("the row has ") + dollars_column + " too",
               std::string("Give one of them: NaN for ") + ratio_column + ", or the default of " +
                   dollars_column);
}

void check_layer(const Treaty& treaty, TreatyProblems& problems) {
  if (treaty.kind == TreatyKind::quota_share) return;
  check_width("limit_usd", treaty.limit_usd, treaty, problems);
  if (treaty.of_persons()) {
    check_width("annual_limit_usd", treaty.annual_limit_usd, treaty, problems);
    return;
  }
  const bool has_limit = std::isfinite(treaty.limit_usd);
  check_twice("attachment_ratio", treaty.attachment_ratio, "attachment_usd",
              treaty.attachment_usd > 0, treaty, problems);
  check_twice("limit_ratio", treaty.limit_ratio, "limit_usd", has_limit, treaty, problems);
  if (given(treaty.attachment_ratio) || treaty.attachment_usd > 0) {
    if (!given(treaty.limit_ratio) || given(treaty.attachment_ratio)) return;
    problems.add("E_MISSING", "attachment_ratio", treaty, "NaN",
                 "the limit is in points of loss ratio and the attachment is not",
                 "Give attachment_ratio, or limit_usd instead of limit_ratio");
    return;
  }
  problems.add("E_MISSING", given(treaty.limit_ratio) ? "attachment_ratio" : "attachment_usd",
               treaty, given(treaty.limit_ratio) ? "NaN" : plain_number(treaty.attachment_usd),
               "an aggregate of the book needs an attachment above 0",
               "Give attachment_usd or attachment_ratio; for a share of every dollar kind 0");
}

/// Where both the layer and the corridor are in points, one must lie in the other.
void check_inside(const Treaty& treaty, TreatyProblems& problems) {
  const double from = treaty.corridor_from_ratio, to = treaty.corridor_to_ratio;
  const auto outside = [&](const char* column, double value, const std::string& where) {
    problems.add("E_TREATY", column, treaty, plain_number(value),
                 "the corridor is outside the layer, which " + where,
                 "Give a corridor inside the layer: elsewhere the carrier keeps the loss anyway");
  };
  if (!given(treaty.attachment_ratio)) return;
  if (from < treaty.attachment_ratio) {
    outside("corridor_from_ratio", from, "begins at " + plain_number(treaty.attachment_ratio));
  }
  const double top = treaty.attachment_ratio + treaty.limit_ratio;
  if (given(top) && to > top * (1 + 1e-12)) {
    outside("corridor_to_ratio", to, "ends at " + plain_number(top));
  }
}

void check_corridor(const Treaty& treaty, TreatyProblems& problems) {
  const double from = treaty.corridor_from_ratio, to = treaty.corridor_to_ratio;
  if (treaty.kind == TreatyKind::quota_share || (!given(from) && !given(to))) return;
  if (!given(from) || !given(to)) {
    problems.add("E_MISSING", given(from) ? "corridor_to_ratio" : "corridor_from_ratio", treaty,
                 "NaN", "one end of the corridor is missing",
                 "Give both ends of the corridor, or neither");
    return;
  }
  if (from >= to) {
    problems.add(
        "E_TREATY", "corridor_from_ratio", treaty, plain_number(from),
        "the corridor begins at " + plain_number(from) + " and ends at " + plain_number(to),
        "Give corridor_from_ratio below corridor_to_ratio");
    return;
  }
  check_inside(treaty, problems);
}

void check_captive_number(const Treaty& treaty, TreatyProblems& problems) {
  if (treaty.kind == TreatyKind::captive && treaty.captive == 0) {
    problems.add("E_MISSING", "captive", treaty, "0", "a captive treaty names no captive",
                 "Give the number that /groups/captive has for the captive's groups");
  }
  if (!treaty.of_persons() && treaty.captive != 0) {
    problems.add("E_TREATY", "captive", treaty, std::to_string(treaty.captive),
                 "a " + kind_name(treaty.kind) + " treaty is of the whole book",
                 "Set it to 0, or give kind 1 or 3, which may be of one captive's groups");
  }
}

}  // namespace

void TreatyProblems::add(const char* code, const char* column, const Treaty& treaty,
                         std::string value, std::string message, std::string fix) {
  Problem problem;
  problem.severity = code[0] == 'W' ? Problem::Severity::warning : Problem::Severity::error;
  problem.code = code;
  problem.file = file_;
  problem.dataset = std::string("/treaties/") + column;
  problem.row = treaty.row;
  problem.value = std::move(value);
  problem.message = "treaty '" + treaty.name + "': " + std::move(message);
  problem.fix = std::move(fix);
  problems_.push_back(std::move(problem));
}

std::string plain_number(double value) {
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : "inf";
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return {text.data(), end.ptr};
}

void check_treaty(const Treaty& treaty, TreatyProblems& problems) {
  check_kind(treaty, problems);
  check_layer(treaty, problems);
  check_corridor(treaty, problems);
  check_captive_number(treaty, problems);
  if (!(treaty.commission < 1)) {
    problems.add("E_COMMISSION", "commission", treaty, plain_number(treaty.commission),
                 "the commission leaves nothing of the ceded premium",
                 "Give a fraction of the premium below 1: 0.3 for 30%");
  }
}

}  // namespace corridor
