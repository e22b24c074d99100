// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/programme.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "host/treaty/over_cession.hpp"
#include "host/treaty/read_treaties.hpp"
#include "host/treaty/subject.hpp"
#include "host/treaty/treaty_checks.hpp"
#include "kernels/lane/cents.hpp"

namespace corridor {
namespace {

constexpr std::size_t treaties_max = 255;

Problem too_many(const Portfolio& portfolio) {
  Problem problem;
  problem.code = "E_TOO_LARGE";
  problem.file = portfolio.path;
  problem.dataset = "/treaties";
  problem.value = std::to_string(portfolio.treaties.rows);
  problem.message = problem.value + " treaties are more than the " + std::to_string(treaties_max) +
                    " that a programme may have";
  problem.fix = "Join treaties that act alike, or split the book";
  return problem;
}

void check_names(const Programme& programme, TreatyProblems& problems) {
  std::map<std::string, std::size_t> row_of;
  for (const Treaty& treaty : programme.treaties) {
    const auto [found, is_new] = row_of.emplace(treaty.name, treaty.row);
    if (is_new) continue;
    problems.add(
        "E_DUPLICATE", "name", treaty, treaty.name,
        "the name is that of row " + std::to_string(found->second) + " too, and results go by name",
        "Give each treaty a name of its own, or none");
  }
}

std::set<std::uint16_t> captives_of_groups(const Table& groups) {
  std::set<std::uint16_t> captives;
  for (std::size_t row = 0; row < groups.rows; ++row) {
    captives.insert(static_cast<std::uint16_t>(groups.number("captive", row, 0)));
  }
  captives.erase(0);
  return captives;
}

void check_captives(const Programme& programme, const std::set<std::uint16_t>& captives,
                    TreatyProblems& problems) {
  for (const Treaty& treaty : programme.treaties) {
    if (treaty.captive == 0 || !treaty.of_persons() || captives.count(treaty.captive) != 0)
      continue;
    problems.add("E_REFERENCE", "captive", treaty, std::to_string(treaty.captive),
                 "no group is in captive " + std::to_string(treaty.captive),
                 "Give a number that /groups/captive has, or 0 for every group");
  }
}

std::string dollars_text(Cents from, Cents to) {
  if (from == 0 && to == unlimited) return "every dollar";
  const std::string begin = plain_number(static_cast<double>(from) / 100);
  if (to == unlimited) return "every dollar of a person's payout above " + begin;
  return "every dollar of a person's payout from " + begin + " to " +
         plain_number(static_cast<double>(to) / 100);
}

/// "1.2": parts to nine decimals, so that sums of shares show no rounding.
std::string part_text(double part) { return plain_number(std::round(1e9 * part) / 1e9); }

void check_shares(const Programme& programme, TreatyProblems& problems) {
  for (const OverCession& over : over_cessions(programme)) {
    const Treaty& treaty = programme.treaties[over.treaty];
    const std::string of = over.captive == 0 ? "" : " in captive " + std::to_string(over.captive);
    problems.add("E_TREATY_OVERLAP", "share", treaty, plain_number(treaty.share),
                 "with it treaties take " + part_text(over.taken) + " of " +
                     dollars_text(over.from, over.to) + of + ", more than there is",
                 "Lower its share or another's, move a layer, or give quota shares orders of their "
                 "own: those of one order all take their share of the same dollars");
  }
}

void note_cut_off(const Programme& programme, TreatyProblems& idle) {
  const std::vector<double> parts = parts_left(programme);
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    const Treaty& treaty = programme.treaties[t];
    if (parts[t] > 0) continue;
    idle.add("W_IDLE", "order", treaty, std::to_string(treaty.order),
             "quota shares of lower order leave nothing for it",
             "Give it a lower order, or drop it");
  }
}

/// A captive that shares nothing is said once, of the lowest number.
std::vector<Problem> idle_captive(const Programme& programme, std::set<std::uint16_t> captives,
                                  const std::string& file) {
  for (const Treaty& treaty : programme.treaties) captives.erase(treaty.captive);
  if (captives.empty()) return {};
  Problem problem;
  problem.severity = Problem::Severity::warning;
  problem.code = "W_IDLE";
  problem.file = file;
  problem.dataset = "/groups/captive";
  problem.value = std::to_string(*captives.begin());
  problem.message = "no treaty is of captive " + problem.value;
  if (captives.size() > 1) {
    problem.message += " nor of " + std::to_string(captives.size() - 1) + " more";
  }
  problem.message += ", so its groups share nothing";
  problem.fix = "Give /treaties a row of kind 3 with this number, or set the groups' to 0";
  return {problem};
}

bool is_error(const Problem& problem) { return problem.severity == Problem::Severity::error; }

}  // namespace

std::vector<Problem> treaty_problems(const Portfolio& portfolio) {
  if (portfolio.treaties.rows > treaties_max) return {too_many(portfolio)};
  const Programme programme = read_treaties(portfolio.treaties);
  const std::set<std::uint16_t> captives = captives_of_groups(portfolio.groups);
  TreatyProblems problems(portfolio.path);
  for (const Treaty& treaty : programme.treaties) check_treaty(treaty, problems);
  check_names(programme, problems);
  check_captives(programme, captives, problems);
  check_shares(programme, problems);
  note_cut_off(programme, problems);
  std::vector<Problem> found = problems.take();
  for (Problem& problem : idle_captive(programme, captives, portfolio.path)) {
    found.push_back(std::move(problem));
  }
  return found;
}

Programme programme_of(const Portfolio& portfolio) {
  std::vector<Problem> problems = treaty_problems(portfolio);
  std::erase_if(problems, [](const Problem& problem) { return !is_error(problem); });
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  return read_treaties(portfolio.treaties);
}

}  // namespace corridor
