// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "host/pipeline_tail_tables.hpp"
#include "host/tail/contribution_pass.hpp"
#include "host/tail/member_parts.hpp"

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Mean payouts of a key's groups; net ones are known of the tail's years alone.
std::vector<double> group_means_usd(const BookRun& run, Payouts payouts) {
  std::vector<double> means(run.head().group_count(), unknown);
  if (payouts == Payouts::net && !run.programme().treaties.empty()) return means;
  for (std::size_t g = 0; g < means.size(); ++g) {
    const Sum128& sum = run.years().groups[g].total.sum;
    means[g] = (static_cast<double>(sum.high) * 0x1p64 + static_cast<double>(sum.low)) /
               static_cast<double>(run.years().years()) / 100;
  }
  return means;
}

std::vector<double> key_means_usd(const PartKeys& keys, const std::vector<double>& of_groups) {
  std::vector<double> means(keys.keys.size());
  for (std::size_t g = 0; g < of_groups.size(); ++g) means[keys.key_of[g]] += of_groups[g];
  return means;
}

std::vector<std::string> group_ids(const Portfolio& portfolio) {
  std::vector<std::string> ids;
  for (std::size_t g = 0; g < portfolio.group_count(); ++g) {
    ids.push_back(portfolio.groups.text("group_id", g));
  }
  return ids;
}

Payouts payouts_of(const TailOptions& options) {
  return options.contribution_metric == "gross" ? Payouts::gross : Payouts::net;
}

/// The largest persons of a tail as rows of the table of contributions: "group_id/index in group".
ContributionRows member_rows(const Portfolio& head, const Level& level,
                             const LargestMembers& members) {
  ContributionRows rows{"member", "specific_before_asd", level.value, {}, {}, {}};
  for (const MemberPart& member : members.found()) {
    rows.keys.push_back(head.groups.text("group_id", member.group) + "/" +
                        std::to_string(member.member));
    rows.mean_usd.push_back(unknown);
    rows.contributions.push_back(member.contribution);
  }
  return rows;
}

}  // namespace

struct TailContributions::OfLevel {
  OfLevel(const SimulatedBook& book, const TailOptions& options, const Level& of,
          const ContributionYears& years, const std::vector<PartKeys>& keys)
      : level(of),
        groups(book, payouts_of(options), years, keys),
        members(book, years, options.largest_members) {}

  Level level;
  GroupParts groups;
  LargestMembers members;
};

TailContributions::TailContributions(BookRun& run, const BookMetrics& metrics,
                                     const TailOptions& options)
    : run_(run), options_(options) {
  if (options.contribution_metric == "none") return;
  book_ = std::make_unique<const SimulatedBook>(SimulatedBook{
      run.years(), run.programme(), run.ceded(), run.backend(), run.options().seed});
  keys_ = group_keys(run.head());
  const std::vector<Cents>& years = metrics.years(options.contribution_metric);
  for (const Level& level : options.run.levels) {
    levels_.push_back(std::make_unique<OfLevel>(*book_, options, level,
                                                contribution_years(years, level), keys_));
  }
}

TailContributions::~TailContributions() = default;

void TailContributions::add(GroupRange part) {
  for (const std::unique_ptr<OfLevel>& of : levels_) {
    of->groups.add(run_.groups(part));
    if (options_.largest_members > 0) of->members.add(run_.groups(part));
  }
}

void TailContributions::add_to(ResultFile& file) const {
  if (levels_.empty()) return;
  const std::string& metric = options_.contribution_metric;
  const std::vector<double> means = group_means_usd(run_, payouts_of(options_));
  std::vector<ContributionRows> entries;
  for (const std::unique_ptr<OfLevel>& of : levels_) {
    const TailParts& parts = of->groups.parts();
    entries.push_back(
        {"group", metric, of->level.value, group_ids(run_.head()), means, parts.parts()});
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      entries.push_back({keys_[k].by, metric, of->level.value, keys_[k].keys,
                         key_means_usd(keys_[k], means), parts.keys(k)});
    }
    if (options_.largest_members == 0) continue;
    entries.push_back(member_rows(run_.head(), of->level, of->members));
  }
  file.tables.push_back(contributions_table(entries));
}

}  // namespace corridor
