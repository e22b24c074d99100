// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "host/pipeline_replay_columns.hpp"
#include "host/pipeline_replay_tables.hpp"

namespace corridor::pipeline {
namespace {

std::string flags_of(const GroupOfYear& group, const PersonReplay& person) {
  const GroupView& view = group.job->group;
  const Cents deductible = view.thresholds[group.row.deductible_threshold];
  std::string flags;
  const auto add = [&](bool holds, const char* flag) {
    if (holds) flags += (flags.empty() ? "" : ";") + std::string(flag);
  };
  if (person.claim.has_own_terms()) {
    const PersonalMember& own = view.personal[person.claim.person];
    const bool raised = person.deductible > deductible;
    add(raised && person.deductible < unlimited, "LASER");
    add(raised && person.deductible >= unlimited, "EXCLUDED");
    add(own.family != 0, "FAMILY");
    add(own.maximum != view.maximum, "OWN_CAP");
    add(own.known_run_in >= 0 && has_run_in(view), "KNOWN_RUN_IN");
  }
  add(person.claim.capped, "AT_CAP");
  return flags;
}

/// A person's row, or the row of all others.
struct MemberRow {
  PersonReplay person;
  std::uint64_t persons = 1;
  std::string flags;

  bool is_rest() const { return flags == "REST"; }
};

/// What is left of the group's totals.
MemberRow rest_of(const GroupOfYear& group, std::span<const MemberRow> shown) {
  const GroupView& view = group.job->group;
  MemberRow rest{{}, view.member_count - shown.size(), "REST"};
  PersonReplay& left = rest.person;
  left.claim.claim = group.replay.state.ground_up;
  left.claim.run_in = has_run_in(view) ? group.replay.sums[run_in_column(view)] : 0;
  left.excess = group.replay.drawn.excess - group.replay.drawn.laser_band;
  left.covered = group.replay.state.layer - group.replay.drawn.family;
  left.countable = group.below_deductible();
  for (const MemberRow& row : shown) {
    left.claim.claim -= row.person.claim.claim;
    left.claim.run_in -= row.person.claim.run_in;
    left.excess -= row.person.excess;
    left.covered -= row.person.covered;
    left.countable -= row.person.countable;
  }
  return rest;
}

std::vector<MemberRow> member_rows(const GroupOfYear& group, std::vector<PersonReplay> persons,
                                   Cents floor) {
  std::erase_if(persons, [floor](const PersonReplay& person) {
    return person.claim.claim <= floor && person.excess == 0;
  });
  std::sort(persons.begin(), persons.end(), [](const PersonReplay& a, const PersonReplay& b) {
    if (a.claim.claim != b.claim.claim) return a.claim.claim > b.claim.claim;
    return a.claim.member < b.claim.member;
  });
  std::vector<MemberRow> rows;
  for (const PersonReplay& person : persons) {
    rows.push_back({person, 1, flags_of(group, person)});
  }
  rows.push_back(rest_of(group, rows));
  return rows;
}

}  // namespace

ResultTable members_table(const GroupOfYear& group, std::vector<PersonReplay> persons, Cents floor,
                          std::uint64_t first_member) {
  using R = MemberRow;
  const std::vector<R> rows = member_rows(group, std::move(persons), floor);
  Columns<R> columns("members", "claims above the floor, largest first, then all others",
                     std::span<const R>(rows));
  columns.number("member_row", "row of the book's /members; NaN: all others", [&](const R& r) {
    return r.is_rest() ? NAN : static_cast<double>(first_member + r.person.claim.member);
  });
  columns.number("member", "index in the group; NaN: all others", [](const R& r) {
    return r.is_rest() ? NAN : static_cast<double>(r.person.claim.member);
  });
  columns.count("persons", "persons of the row", [](const R& r) { return r.persons; });
  columns.usd("claim_usd", "eligible claims, cut at the cap",
              [](const R& r) { return r.person.claim.claim; });
  columns.usd("run_in_usd", "the part that years before the policy add",
              [](const R& r) { return r.person.claim.run_in; });
  columns.dollars("deductible_usd", "the person's own; NaN: all others",
                  [](const R& r) { return r.is_rest() ? NAN : usd_of(r.person.deductible); });
  columns.usd("excess_usd", "claims above it", [](const R& r) { return r.person.excess; });
  columns.usd("covered_usd", "the part of it below the specific limit, before the share",
              [](const R& r) { return r.person.covered; });
  columns.usd("countable_usd", "up to the group's deductible, as the aggregate counts claims",
              [](const R& r) { return r.person.countable; });
  columns.text("flags", "own terms that apply; REST: all others",
               [](const R& r) { return r.flags; });
  return columns.take();
}

ResultTable families_table(std::span<const FamilyReplay> families) {
  using F = FamilyReplay;
  Columns<F> columns("families", "families that keep more than their deductible", families);
  columns.count("family", "number in the book", [](const F& f) { return std::uint64_t{f.family}; });
  columns.usd("kept_usd", "members' claims below their own deductibles",
              [](const F& f) { return f.kept; });
  columns.usd("deductible_usd", "the family's", [](const F& f) { return f.deductible; });
  columns.usd("covered_usd", "kept above it", [](const F& f) { return f.covered; });
  return columns.take();
}

}  // namespace corridor::pipeline
