// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/paid_function.hpp"

#include <algorithm>
#include <limits>

namespace corridor {
namespace {

using Lines = std::vector<PersonFunction::Line>;

/// Adds a line, in place of one that starts at the same amount; none that changes no slope.
void extend(Lines& lines, PersonFunction::Line line) {
  if (!lines.empty() && lines.back().from_usd >= line.from_usd) lines.pop_back();
  if (line.slope != (lines.empty() ? 0 : lines.back().slope)) lines.push_back(line);
}

}  // namespace

PaidFunction paid_function(const PersonFunction& of_claims, double certain_usd,
                           double maximum_usd) {
  PaidFunction paid;
  paid.certain_usd = of_claims(std::min(certain_usd, maximum_usd));
  const double room = maximum_usd - certain_usd;
  if (!(room > 0)) return paid;
  for (const PersonFunction::Line& line : of_claims.lines) {
    const double from = std::max(0.0, line.from_usd - certain_usd);
    if (from >= room) break;
    extend(paid.lines, {from, line.slope});
  }
  if (room < std::numeric_limits<double>::infinity()) extend(paid.lines, {room, 0});
  return paid;
}

double PaidFunction::operator()(double y) const { return PersonFunction{lines}(y); }

double PaidFunction::highest() const {
  if (!bounded()) return std::numeric_limits<double>::infinity();
  return nothing() ? 0 : (*this)(lines.back().from_usd);
}

double PaidFunction::amount_for(double paid) const {
  double before = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double rest = paid - before;
    if (lines[i].slope > 0) {
      const double at = lines[i].from_usd + rest / lines[i].slope;
      if (i + 1 == lines.size() || at <= lines[i + 1].from_usd) return at;
      before += lines[i].slope * (lines[i + 1].from_usd - lines[i].from_usd);
    }
  }
  return nothing() ? 0 : lines.back().from_usd;
}

PaidFunction PaidFunction::in_units(double unit) const {
  PaidFunction in = *this;
  in.certain_usd /= unit;
  for (PersonFunction::Line& line : in.lines) line.from_usd /= unit;
  return in;
}

}  // namespace corridor
