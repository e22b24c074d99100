// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/make_plan.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "host/plan/bind_terms.hpp"
#include "host/plan/book_tables.hpp"
#include "host/plan/contract_basis.hpp"
#include "host/plan/effects.hpp"
#include "host/plan/grid.hpp"
#include "host/plan/group_layout.hpp"
#include "host/plan/group_rows.hpp"
#include "host/plan/idle_terms.hpp"
#include "host/plan/money.hpp"
#include "host/plan/table_range.hpp"

namespace corridor {
namespace {

StreamKey key_of(const std::string& group_id) {
  char padded[group_id_length] = {};
  std::memcpy(padded, group_id.data(), std::min(group_id.size(), group_id_length));
  return stream_key(padded);
}

/// Builds one book; holds what every group needs.
class Layout {
 public:
  Layout(const Portfolio& portfolio, const BookTables& tables, const RunOptions& options)
      : portfolio_(portfolio),
        tables_(tables.claims),
        grid_(quote_grid(portfolio, options)),
        bases_(portfolio, book_.bases) {
    book_.tables = tables.buckets;
    book_.maximum_usd = tables_.maximum_usd;
    book_.least_factor = tables.least_factor;
  }

  void add_group(std::size_t group) {
    const GroupMembers members = group_members(portfolio_, tables_, group);
    const Terms terms = bind_terms(portfolio_.groups, group);
    const std::vector<Cents> deductibles = quoted_deductibles(terms);
    for (GroupPass& pass : group_passes(terms, deductibles, !members.personal.empty())) {
      add_job(group, members, terms, std::move(pass));
    }
    first_row_.push_back(book_.members.size());
    book_.members.insert(book_.members.end(), members.rows.begin(), members.rows.end());
  }

  /// Pointers into the members are set last, because the array grows until then.
  Book finish() {
    for (std::size_t j = 0; j < book_.jobs.size(); ++j) {
      const Member* members = book_.members.data() + first_row_[book_.group_of_job[j]];
      book_.jobs[j].group.members = members;
      if (counted_[j] != nullptr) counted_[j]->members = members;
      book_.jobs[j].counted = counted_[j];
    }
    return std::move(book_);
  }

  std::vector<QuoteKey> take_quotes() { return std::move(quotes_); }

 private:
  std::vector<Cents> quoted_deductibles(const Terms& terms) const {
    if (grid_.specific_usd.empty()) return {terms.deductible};
    std::vector<Cents> deductibles;
    for (const double usd : grid_.specific_usd) deductibles.push_back(cents_of(usd));
    return deductibles;
  }

  void add_job(std::size_t group, const GroupMembers& members, const Terms& terms, GroupPass pass) {
    GroupJob job;
    const Windows windows = specific_windows(portfolio_, group);
    job.group = group_view(group, members);
    job.group.basis = bases_.of(windows);
    set_thresholds(pass, job.group);
    set_personal(members.personal, pass, terms, job.group);
    counted_.push_back(counted_view(group, members, pass, terms, job.group));
    book_.rows.push_back(std::move(pass.rows));
    job.rows = book_.rows.back().data();
    job.row_count = static_cast<std::uint32_t>(book_.rows.back().size());
    add_quotes(group, members, job);
    book_.jobs.push_back(job);
    book_.group_of_job.push_back(static_cast<std::uint32_t>(group));
    book_.effects.push_back(group_effect_model(portfolio_, group));
    book_.mature.push_back(bases_.of(mature(windows)));
  }

  GroupView group_view(std::size_t group, const GroupMembers& members) const {
    GroupView view;
    view.tables = book_.tables->data();
    view.member_count = static_cast<std::uint32_t>(portfolio_.member_offset[group + 1] -
                                                   portfolio_.member_offset[group]);
    view.key = key_of(portfolio_.groups.text("group_id", group));
    view.maximum = members.maximum;
    view.family_deductible = members.family_deductible;
    view.thinned = members.exposed;
    for (const EffectDraw& draw : group_effect_draws(portfolio_, group, view.key)) {
      Effect& effect = view.effects[view.effect_count++];
      effect.purpose = draw.purpose;
      effect.key = draw.key;
      effect.severity = effect_table(tables_, *book_.tables, draw.severity);
      effect.inverse_frequency = effect_table(tables_, *book_.tables, draw.inverse_frequency);
      if (effect.inverse_frequency) view.thinned = true;
    }
    return view;
  }

  void set_thresholds(const GroupPass& pass, GroupView& view) {
    std::vector<Cents> amounts;
    for (const Threshold& threshold : pass.thresholds) amounts.push_back(threshold.amount);
    book_.amounts.push_back(std::move(amounts));
    view.thresholds = book_.amounts.back().data();
    view.threshold_count = static_cast<std::uint32_t>(pass.thresholds.size());
  }

  /// The group as its aggregate counts claims: on another basis, or without excluded persons.
  GroupView* counted_view(std::size_t group, const GroupMembers& members, const GroupPass& pass,
                          const Terms& terms, const GroupView& view) {
    const Basis* basis = bases_.of(aggregate_windows(portfolio_, group));
    std::vector<OwnTerms> counted = members.personal;
    if (terms.also & AggregateCounts::without_excluded) {
      std::erase_if(counted, [](const OwnTerms& person) { return person.excluded(); });
    }
    if (basis == view.basis && counted.size() == members.personal.size()) return nullptr;
    GroupView& result = book_.counted.emplace_back(view);
    result.basis = basis;
    result.personal_count = 0;
    set_personal(counted, pass, terms, result);
    return &result;
  }

  void set_personal(const std::vector<OwnTerms>& with_own_terms, const GroupPass& pass,
                    const Terms& terms, GroupView& view) {
    if (with_own_terms.empty()) return;
    std::vector<PersonalMember> persons;
    std::vector<Cents> own;
    for (const OwnTerms& person : with_own_terms) {
      persons.push_back(person.person);
      for (const Threshold& threshold : pass.thresholds) {
        own.push_back(own_threshold(threshold, person.deductible, terms));
      }
    }
    book_.personal.push_back(std::move(persons));
    book_.amounts.push_back(std::move(own));
    view.personal = book_.personal.back().data();
    view.personal_count = static_cast<std::uint32_t>(book_.personal.back().size());
    view.personal_thresholds = book_.amounts.back().data();
  }

  void add_quotes(std::size_t group, const GroupMembers& members, const GroupJob& job) {
    const std::size_t corridors = std::max<std::size_t>(grid_.corridor.size(), 1);
    for (std::uint32_t row = 0; row < job.row_count; ++row) {
      for (std::size_t c = 0; c < corridors; ++c) {
        QuoteKey quote;
        quote.group = static_cast<std::uint32_t>(group);
        quote.job = static_cast<std::uint32_t>(book_.jobs.size());
        quote.row = row;
        quote.attachment = static_cast<std::uint32_t>(c);
        quote.specific_deductible_usd = usd_of(job.rows[row].terms.deductible);
        quote.aggregate_corridor = grid_.corridor.empty() ? NAN : grid_.corridor[c];
        if (has_laser_below(members, job.rows[row].terms.deductible)) {
          quote.flags.push_back("LASER_BELOW_DEDUCTIBLE");
        }
        if (members.family_deductible < job.rows[row].terms.deductible) {
          quote.flags.push_back("FAMILY_BELOW_DEDUCTIBLE");
        }
        quotes_.push_back(std::move(quote));
      }
    }
  }

  static bool has_laser_below(const GroupMembers& members, Cents deductible) {
    return std::any_of(members.personal.begin(), members.personal.end(),
                       [&](const OwnTerms& person) {
                         return person.deductible > 0 && person.deductible < deductible;
                       });
  }

  const Portfolio& portfolio_;
  const ClaimTables& tables_;
  QuoteGrid grid_;
  Book book_;
  BasisList bases_;
  std::vector<std::size_t> first_row_;  ///< [group] first row of its members
  std::vector<GroupView*> counted_;     ///< [job]
  std::vector<QuoteKey> quotes_;
};

std::uint64_t member_years(const Book& book, std::uint32_t years) {
  std::uint64_t members = 0;
  for (const GroupJob& job : book.jobs) {
    members += std::uint64_t{job.group.member_count} * (job.counted != nullptr ? 2 : 1);
  }
  return members * years;
}

}  // namespace

Plan laid_out(const Portfolio& portfolio, std::shared_ptr<const BookTables> tables,
              const RunOptions& options) {
  Plan plan;
  plan.options = options;
  Layout layout(portfolio, *tables, options);
  for (std::size_t group = 0; group < portfolio.group_count(); ++group) layout.add_group(group);
  plan.quotes = layout.take_quotes();
  plan.book = std::make_shared<Book>(layout.finish());
  plan.table_digest = tables->digest;
  plan.tables = std::move(tables);
  plan.member_years = member_years(*plan.book, options.years);
  return plan;
}

Plan make_plan(const Portfolio& portfolio, ClaimTables tables, const RunOptions& options) {
  std::vector<Problem> problems = window_problems(portfolio);
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  std::vector<Problem> warnings = tables.warnings;
  const std::vector<Problem> idle = idle_terms(portfolio, quote_grid(portfolio, options));
  warnings.insert(warnings.end(), idle.begin(), idle.end());
  Plan plan = laid_out(
      portfolio, std::make_shared<const BookTables>(book_tables(portfolio, std::move(tables))), options);
  plan.warnings = std::move(warnings);
  problems = overflow_problems(portfolio, *plan.book);
  if (!problems.empty()) throw Error(ErrorKind::bad_data, std::move(problems));
  return plan;
}

}  // namespace corridor
