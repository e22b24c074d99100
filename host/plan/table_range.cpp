// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/table_range.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "host/claim_range.hpp"

namespace corridor {
namespace {

std::string short_text(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

double value_at(const Bucket& bucket, double survival) {
  return static_cast<double>(bucket.intercept) + static_cast<double>(bucket.slope) * survival;
}

/// Survival at the lower end of a bucket: 8 steps an octave up from 2^-40.
double lower_edge(int bucket) {
  return std::ldexp(1.0 + (bucket % buckets_per_octave) / double{buckets_per_octave},
                    bucket / buckets_per_octave - table_octaves);
}

double most(const Bucket* table) { return value_at(table[0], lower_edge(0)); }

/// Of the year's effects.
double most_effect(const GroupView& group) {
  double factor = 1;
  for (std::uint32_t e = 0; e < group.effect_count; ++e) {
    if (const Bucket* table = group.effects[e].severity) factor *= most(table);
  }
  return factor;
}

double most_of_claims(const GroupView& group) {
  return paid_share_range(group.basis).most * most_effect(group);
}

/// Calls visit(member, index in group, is personal) for every real person of a group.
template <class Visit>
void each_person(const GroupView& group, Visit visit) {
  for (std::uint32_t i = 0; i < group.member_count; ++i) {
    if (group.members[i].scale > 0) visit(group.members[i], i);
  }
  for (std::uint32_t p = 0; p < group.personal_count; ++p) {
    visit(group.personal[p].terms, group.personal[p].member);
  }
}

}  // namespace

double least_value(const Bucket* table) { return value_at(table[sloped_bucket_count - 1], 1.0); }

std::vector<Problem> overflow_problems(const Portfolio& portfolio, const Book& book) {
  constexpr double years_of_claims =
      1000;  // no group has a year a thousand times its largest claim
  std::vector<Problem> problems;
  for (std::size_t j = 0; j < book.jobs.size(); ++j) {
    const GroupView& group = book.jobs[j].group;
    const std::size_t row = book.group_of_job[j];
    const double effect = 100 * most_of_claims(group);
    double largest = 0;
    std::uint32_t who = 0;
    each_person(group, [&](const Member& member, std::uint32_t index) {
      const double claim = effect * static_cast<double>(member.scale) *
                           most(group.tables + member.table * std::size_t{bucket_count});
      if (claim > largest) who = index;
      largest = std::max(largest, claim);
    });
    if (largest < cents_max && largest * years_of_claims < 0x1p62) continue;
    Problem problem;
    problem.code = "E_CENTS_OVERFLOW";
    problem.file = portfolio.path;
    problem.dataset = "/members/scale";
    problem.row = portfolio.member_offset[row] + who;
    problem.group = portfolio.groups.text("group_id", row);
    problem.value = short_text(portfolio.members.number("scale", *problem.row, 1));
    problem.message = "claims of this member could reach " + short_text(largest / 100) +
                      " dollars in a year, more than the " + short_text(cents_max / 100) +
                      " that whole cents hold exactly";
    problem.fix =
        "Scales are relative to the claim law: give one near 1. With one near 1, lower the law's "
        "maximum_usd or the coefficients of variation";
    problems.push_back(problem);
  }
  return problems;
}

}  // namespace corridor
