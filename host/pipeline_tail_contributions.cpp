// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "host/pipeline_tail_tables.hpp"
#include "host/tail/contribution_pass.hpp"
#include "host/tail/member_parts.hpp"
#include "kernels/book.hpp"

namespace corridor {
namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Mean payouts of a key's groups; net ones are known of the tail's years alone.
std::vector<double> group_means_usd(const BookRun& run, Payouts payouts) {
  std::vector<double> means(run.groups.size(), unknown);
  if (payouts == Payouts::net && !run.programme.treaties.empty()) return means;
  for (std::size_t g = 0; g < means.size(); ++g) {
    const Sum128& sum = run.years.groups[g].total.sum;
    means[g] = (static_cast<double>(sum.high) * 0x1p64 + static_cast<double>(sum.low)) /
               static_cast<double>(run.years.years()) / 100;
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

/// The largest persons of a tail as rows of the table of contributions: "group_id/index in group".
ContributionRows member_rows(const BookRun& run, const SimulatedBook& book, const Level& level,
                             const ContributionYears& years, std::size_t most) {
  ContributionRows rows{"member", "specific_before_asd", level.value, {}, {}, {}};
  for (const MemberPart& member : largest_members(book, years, most)) {
    const std::uint32_t group = run.plan.book->group_of_job[member.group];
    rows.keys.push_back(run.portfolio.groups.text("group_id", group) + "/" +
                        std::to_string(member.member));
    rows.mean_usd.push_back(unknown);
    rows.contributions.push_back(member.contribution);
  }
  return rows;
}

}  // namespace

void add_contributions(const BookRun& run, const BookMetrics& metrics, const TailOptions& options,
                       ResultFile& file) {
  if (options.contribution_metric == "none") return;
  const Payouts payouts =
      options.contribution_metric == "gross" ? Payouts::gross : Payouts::net;
  const SimulatedBook book{run.groups, run.years,    run.programme,
                           run.ceded,  *run.backend, run.plan.options.seed};
  const std::vector<PartKeys> keys = group_keys(run.portfolio);
  const std::vector<double> means = group_means_usd(run, payouts);
  std::vector<ContributionRows> entries;
  for (const Level& level : options.run.levels) {
    const ContributionYears years =
        contribution_years(metrics.years(options.contribution_metric), level);
    const TailParts parts = group_parts(book, payouts, years, keys);
    entries.push_back({"group", options.contribution_metric, level.value,
                       group_ids(run.portfolio), means, parts.parts()});
    for (std::size_t k = 0; k < keys.size(); ++k) {
      entries.push_back({keys[k].by, options.contribution_metric, level.value, keys[k].keys,
                         key_means_usd(keys[k], means), parts.keys(k)});
    }
    if (options.largest_members == 0) continue;
    entries.push_back(member_rows(run, book, level, years, options.largest_members));
  }
  file.tables.push_back(contributions_table(entries));
}

}  // namespace corridor
