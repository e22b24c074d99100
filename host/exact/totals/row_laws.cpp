// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/row_laws.hpp"

#include <algorithm>
#include <cmath>

#include "host/exact/capped/capped_total.hpp"
#include "host/exact/lattice/lattice_total.hpp"
#include "host/exact/totals/make_year_model.hpp"
#include "host/exact/totals/sliced_total.hpp"

namespace corridor {
namespace {

YearFactors factors_of(const Book& book, std::size_t job) {
  return {book.effects[job], static_cast<double>(book.jobs[job].group.base_effect)};
}

bool has_own_laws(const Book& book, std::size_t job) {
  return factors_of(book, job).model.group_moves_frequency();
}

UsesByRung uses_of(const Book& book, const BasisNumbers& bases) {
  UsesByRung uses;
  for (std::size_t job = 0; job < book.jobs.size(); ++job) {
    const JobViews views = job_views(book, job, bases);
    std::vector<LawUse>& of_rung = uses[sigma_rung(factors_of(book, job).yearly_sigma)];
    of_rung = merged_uses(of_rung, law_uses(views.specific), 0);
    if (views.counted) of_rung = merged_uses(of_rung, law_uses(*views.counted), 0);
  }
  return uses;
}

CapOfPersons cap_of(const RowFunctions::Caps& caps) {
  return {caps.members_usd, caps.personal_usd};
}

bool uses_up_retention_by_lasers(const GridRow& row, const GroupView& group) {
  return row.terms.retention > 0 && row.terms.counts_lasers != 0 && has_bands(group);
}

}  // namespace

BookLaws::BookLaws(const Book& book, std::size_t memory_bytes)
    : book_(book),
      bases_(book),
      laws_(book, bases_, uses_of(book, bases_)),
      memory_bytes_(memory_bytes),
      rows_(memory_bytes),
      moments_(moment_demand()) {}

MomentDemand BookLaws::moment_demand() {
  MomentDemand demand;
  for (std::size_t job = 0; job < book_.jobs.size(); ++job) {
    if (has_own_laws(book_, job)) continue;
    const JobLaws laws(book_, bases_, laws_, job, memory_bytes_);
    for (std::uint32_t row = 0; row < book_.jobs[job].row_count; ++row) {
      laws.add_demand(book_.jobs[job].rows[row], demand);
    }
  }
  return demand;
}

JobLaws::JobLaws(const Book& book, const BasisNumbers& bases, LawStore& laws, std::size_t job,
                 std::size_t memory_bytes)
    : views_(job_views(book, job, bases)),
      own_(has_own_laws(book, job) ? std::make_unique<Own>(memory_bytes / 3) : nullptr),
      specific_(model(book, laws, job, views_.specific)) {
  if (views_.counted) counted_ = model(book, laws, job, *views_.counted);
}

JobLaws::JobLaws(BookLaws& book, std::size_t job)
    : JobLaws(book.book_, book.bases_, book.laws_, job, book.memory_bytes_) {
  book_ = &book;
  if (!own_) return;
  MomentDemand demand;
  for (std::uint32_t row = 0; row < book.book_.jobs[job].row_count; ++row) {
    add_demand(book.book_.jobs[job].rows[row], demand);
  }
  own_->moments.emplace(demand);
}

YearModel JobLaws::model(const Book& book, LawStore& laws, std::size_t job,
                         const ClaimsView& view) const {
  return make_year_model(view, factors_of(book, job), laws, own_ ? own_->cut : laws.cut());
}

void JobLaws::add_demand(const GridRow& row, MomentDemand& demand) const {
  const auto functions = counted_functions(views_, row);
  if (!functions || row.attachment_count == 0) return;
  const auto caps = functions->caps();
  if (caps) demand.add(counted_model(), cap_of(*caps));
}

std::unique_ptr<TotalLaw> JobLaws::specific(const GridRow& row, const TotalDemand& demand) const {
  if (uses_up_retention_by_lasers(row, views_.specific.group)) return nullptr;
  const auto functions = specific_functions(views_, row);
  if (!functions) return nullptr;
  return with_slice_error(
      lattice_total(specific_, functions->members, functions->personal, rows(), demand),
      specific_.slice_error);
}

std::unique_ptr<TotalLaw> JobLaws::counted(const GridRow& row, const TotalDemand& demand) const {
  const auto functions = counted_functions(views_, row);
  if (!functions) return nullptr;
  if (const auto caps = functions->caps()) {
    auto law = capped_total(counted_model(), cap_of(*caps), moments(), demand);
    if (law) return with_slice_error(std::move(law), counted_model().slice_error);
  }
  return with_slice_error(
      lattice_total(counted_model(), functions->members, functions->personal, rows(), demand),
      counted_model().slice_error);
}

std::vector<JointLaw> JobLaws::together(const GridRow& row, std::span<const CountedCover> covers,
                                        const TotalDemand& demand) const {
  const bool uses_up = uses_up_retention_by_lasers(row, views_.specific.group);
  const auto specific = specific_functions(views_, row);
  const auto counted = counted_functions(views_, row);
  if (views_.counted || uses_up || !specific || !counted) return {};
  const auto caps = counted->caps();
  if (!caps) return {};
  const JointCover cover{specific->members, specific->personal, cap_of(*caps),
                         static_cast<double>(row.terms.retention) / 100};
  std::vector<JointLaw> laws = joint_laws(
      specific_, cover, covers, {rows(), &moments()}, demand);
  const SliceError& error = specific_.slice_error;
  for (JointLaw& law : laws) {
    law.covariance_error_usd2 +=
        error.excess_squared *
        (std::abs(law.covariance_usd2) + law.specific_mean_usd * law.aggregate_mean_usd);
    law.total = with_slice_error(std::move(law.total), error);
  }
  return laws;
}

}  // namespace corridor
