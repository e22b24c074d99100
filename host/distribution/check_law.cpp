// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "host/distribution/law_kind.hpp"

namespace corridor {
namespace {

constexpr double least_maximum_usd = 15e6;  // single claims of 12 million have been paid
constexpr double most_maximum_usd = 1e12;
constexpr double most_mean_usd = 1e9;  // a unit mistaken, not a person's claims
constexpr std::size_t parts_depth = 8;

/// Names that any law may carry.
constexpr std::string_view common_names[] = {"kind",  "index",       "maximum_usd",
                                             "units", "description", "source"};

template <class Rules>
bool names(const Rules& rules, std::string_view name) {
  return std::any_of(std::begin(rules), std::end(rules),
                     [&](const auto& rule) { return rule.name == name; });
}

std::string listed(ParameterSet set) {
  std::string text;
  for (const AttributeRule& rule : set) {
    text += (text.empty() ? "" : " and ") + std::string(rule.name);
  }
  return text;
}

std::string listed_ways(const LawKind& kind) {
  std::string text;
  for (const ParameterSet set : kind.parameters)
    text += (text.empty() ? "" : ", or ") + listed(set);
  return text;
}

bool given(const DistributionSpec& spec, std::string_view name) {
  return !attribute_of(spec, name).empty();
}

void check_maximum(const DistributionSpec& spec, LawProblems& problems) {
  if (spec.maximum_usd >= least_maximum_usd && spec.maximum_usd <= most_maximum_usd) return;
  problems.attribute("maximum_usd", {"E_MAXIMUM", shown(spec.maximum_usd),
                                     "the cap on a person's claims must be from 15 million to 1e12 "
                                     "dollars (single claims of 12 million have been paid)",
                                     "Leave it out for 25 million, or give at least 15000000"});
}

void check_value(const AttributeRule& rule, double value, LawProblems& problems) {
  if (std::isfinite(value) && rule.range.contains(value)) return;
  problems.attribute(rule.name,
                     {std::isfinite(value) ? "E_OUT_OF_RANGE" : "E_NOT_FINITE", shown(value),
                      std::string(rule.name) + " must be a finite number" + rule.range.text() +
                          (rule.why.empty() ? "" : " (" + std::string(rule.why) + ")"),
                      "Correct the attribute"});
}

void check_attribute(const DistributionSpec& spec, const AttributeRule& rule,
                     LawProblems& problems) {
  const std::vector<double>& values = attribute_of(spec, rule.name);
  if (values.size() > 1 && !rule.array) {
    problems.attribute(rule.name,
                       {"E_LENGTH", std::to_string(values.size()) + " values",
                        "the attribute holds several values where one is meant", "Give one value"});
    return;
  }
  for (const double value : values) check_value(rule, value, problems);
}

/// The one set of parameters the spec uses must be complete, and no other begun.
void check_parameters(const DistributionSpec& spec, const LawKind& kind, LawProblems& problems) {
  if (kind.parameters.empty()) return;
  std::vector<ParameterSet> begun;
  for (const ParameterSet set : kind.parameters) {
    for (const AttributeRule& rule : set) check_attribute(spec, rule, problems);
    if (std::any_of(set.begin(), set.end(),
                    [&](const AttributeRule& rule) { return given(spec, rule.name); })) {
      begun.push_back(set);
    }
  }
  if (begun.size() > 1) {
    problems.law({"E_TWO_WAYS", spec.kind, "the law is stated in two ways at once",
                  "Give " + listed_ways(kind) + ", not both"});
  }
  for (const AttributeRule& rule : begun.empty() ? kind.parameters.front() : begun.front()) {
    if (given(spec, rule.name)) continue;
    problems.attribute(rule.name, {"E_MISSING", "", "a " + spec.kind + " law lacks this attribute",
                                   "Give " + listed_ways(kind)});
  }
}

void check_cell(const ColumnRule& rule, const std::vector<double>& values, std::size_t row,
                LawProblems& problems) {
  const double value = values[row];
  if (std::isnan(value) && rule.blank) return;
  if (std::isinf(value) && value > 0 && rule.infinite && row + 1 == values.size()) return;
  if (std::isfinite(value) && rule.range.contains(value)) return;
  problems.row(
      rule.name, row,
      {!std::isfinite(value) ? "E_NOT_FINITE"
       : value < 0           ? "E_NEGATIVE"
                             : "E_OUT_OF_RANGE",
       shown(value), "the value must be a finite number" + rule.range.text(),
       rule.infinite ? "Correct the row; only the last one may be infinite" : "Correct the row"});
}

void check_columns(const DistributionSpec& spec, const LawKind& kind, LawProblems& problems) {
  std::size_t length = 0;
  for (const ColumnRule& rule : kind.columns) {
    const std::vector<double>& values = column_of(spec, rule.name);
    if (!spec.columns.contains(std::string(rule.name))) {
      problems.column(rule.name, {"E_MISSING", "", "a " + spec.kind + " law lacks this column",
                                  "Write the column, one value a row"});
    } else if (values.empty()) {
      problems.column(rule.name, {"E_EMPTY", "0 rows", "the column is empty", "Give its values"});
    } else if (length != 0 && values.size() != length) {
      problems.column(rule.name, {"E_LENGTH", std::to_string(values.size()) + " rows",
                                  "the first column of the law has " + std::to_string(length) +
                                      " rows (rows belong together)",
                                  "Give all columns the same length"});
    }
    if (length == 0) length = values.size();
    for (std::size_t row = 0; row < values.size(); ++row) check_cell(rule, values, row, problems);
  }
}

void warn_unknown(bool attribute, std::string_view name, const LawKind& kind,
                  LawProblems& problems) {
  const Finding finding{"W_UNKNOWN", std::string(name),
                        "a " + std::string(kind.name) + " law has no use for this",
                        "Check its spelling, or leave it out"};
  attribute ? problems.attribute(name, finding) : problems.column(name, finding);
  problems.only_warn();
}

bool known_attribute(const LawKind& kind, std::string_view name) {
  const auto is = [&](std::string_view other) { return other == name; };
  return std::any_of(std::begin(common_names), std::end(common_names), is) ||
         std::any_of(kind.parts.begin(), kind.parts.end(), is) || names(kind.optional, name) ||
         std::any_of(kind.parameters.begin(), kind.parameters.end(),
                     [&](ParameterSet set) { return names(set, name); });
}

void check_unknown(const DistributionSpec& spec, const LawKind& kind, LawProblems& problems) {
  for (const auto& [name, values] : spec.numbers) {
    if (!known_attribute(kind, name)) warn_unknown(true, name, kind, problems);
  }
  for (const auto& [name, text] : spec.texts) {
    if (!known_attribute(kind, name)) warn_unknown(true, name, kind, problems);
  }
  for (const auto& [name, values] : spec.columns) {
    if (!names(kind.columns, name)) warn_unknown(false, name, kind, problems);
  }
}

/// Everything that can be said of a law without looking at others.
const LawKind* check_alone(const DistributionSpec& spec, LawProblems& problems) {
  check_maximum(spec, problems);
  const LawKind* kind = find_law_kind(spec.kind);
  if (!kind) {
    std::string known;
    for (const LawKind* each : law_kinds()) {
      known += (known.empty() ? "" : ", ") + std::string(each->name);
    }
    problems.attribute("kind", {"E_UNKNOWN_KIND", spec.kind, "there is no such kind of law",
                                "Give one of: " + known});
    return nullptr;
  }
  check_parameters(spec, *kind, problems);
  for (const AttributeRule& rule : kind->optional) check_attribute(spec, rule, problems);
  check_columns(spec, *kind, problems);
  if (kind->check && !problems.has_errors()) kind->check(spec, problems);
  check_unknown(spec, *kind, problems);
  return kind;
}

/// Walks the laws that a law is made of.
class PartWalk {
 public:
  PartWalk(const std::vector<DistributionSpec>& all, LawProblems& problems)
      : all_(all), problems_(problems) {}

  /// Whether every part of `spec`, at every depth, is a sound law.
  bool sound(const DistributionSpec& spec, const LawKind& kind) {
    path_.push_back(&spec);
    bool good = true;
    for (const std::string_view part : kind.parts) good &= sound_part(spec, part);
    path_.pop_back();
    return good;
  }

 private:
  bool outermost() const { return path_.size() == 1; }

  bool fault(std::string_view part, Finding finding) {
    if (outermost()) problems_.attribute(part, std::move(finding));
    return false;  // a fault deeper down is listed with the law that has it
  }

  bool sound_part(const DistributionSpec& spec, std::string_view part) {
    const auto name = spec.texts.find(std::string(part));
    if (name == spec.texts.end()) {
      return fault(part, {"E_MISSING", "", "a " + spec.kind + " law lacks this attribute",
                          "Name another law of the book"});
    }
    const DistributionSpec* named = find_law(all_, name->second);
    if (!named) {
      return fault(part, {"E_UNKNOWN_NAME", name->second, "there is no law of this name",
                          "Name another law of the book"});
    }
    if (std::any_of(path_.begin(), path_.end(),
                    [&](const DistributionSpec* above) { return above->name == named->name; })) {
      return fault(part, {"E_CYCLE", named->name, "the law is a part of itself",
                          "Name a law that does not lead back here"});
    }
    if (path_.size() >= parts_depth) {
      return fault(part,
                   {"E_TOO_DEEP", name->second, "laws are made of one another more than 8 deep",
                    "State the law with fewer laws between"});
    }
    return sound_law(*named, part);
  }

  bool sound_law(const DistributionSpec& named, std::string_view part) {
    LawProblems own(named);
    const LawKind* kind = check_alone(named, own);
    bool good = kind && !own.has_errors() && sound(named, *kind);
    if (good && kind->check_parts) {
      kind->check_parts(named, all_, own);
      good = !own.has_errors();
    }
    if (!good) {
      fault(part, {"E_PART", named.name,
                   "this part cannot be used: it has errors of its own, leads back here or is "
                   "too deep",
                   "Correct the law it names"});
    }
    return good;
  }

  const std::vector<DistributionSpec>& all_;
  LawProblems& problems_;
  std::vector<const DistributionSpec*> path_;
};

void check_mean(const ClaimLaw& law, LawProblems& problems) {
  const double mean = law.mean();
  if (mean >= 0 && mean <= most_mean_usd) return;
  problems.law({"E_MEAN", shown(mean),
                "the mean of one person's yearly claims is not a number from 0 to a billion "
                "dollars",
                "Check the parameters and their units"});
}

}  // namespace

std::string Range::text() const {
  if (std::isinf(low) && std::isinf(high)) return "";
  const std::string from = (low_open ? " above " : " from ") + shown(low);
  const std::string least = low_open ? " above " + shown(low) : " of " + shown(low) + " or more";
  if (std::isinf(high)) return least;
  return from + (high_open ? " and below " : " to ") + shown(high);
}

std::vector<Problem> check_law(const DistributionSpec& spec,
                               const std::vector<DistributionSpec>& all) {
  LawProblems problems(spec);
  const LawKind* kind = check_alone(spec, problems);
  if (kind && PartWalk(all, problems).sound(spec, *kind) && !problems.has_errors()) {
    if (kind->check_parts) kind->check_parts(spec, all, problems);
    if (!problems.has_errors()) check_mean(*kind->make(spec, all), problems);
  }
  return problems.take();
}

}  // namespace corridor
