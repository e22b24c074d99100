// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "host/exact/capped/moment_tables.hpp"
#include "host/exact/joint/joint_total.hpp"
#include "host/exact/lattice/lattice_rows.hpp"
#include "host/exact/totals/job_totals.hpp"
#include "host/exact/totals/law_store.hpp"
#include "host/exact/totals/total_law.hpp"
#include "host/exact/totals/year_model.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// What the laws of a book's rows are made from: laws of claims, and tables that rows share, made
/// once. Safe to use from several threads.
class BookLaws {
 public:
  /// `memory_bytes`  of lattice rows that are kept for other jobs
  explicit BookLaws(const Book& book, std::size_t memory_bytes = std::size_t{768} << 20);

  /// Laws that the book keeps; those of groups with frequencies of their own are not among them.
  std::size_t kept_laws() const { return laws_.all().size(); }

 private:
  friend class JobLaws;
  MomentDemand moment_demand();

  const Book& book_;
  BasisNumbers bases_;
  LawStore laws_;
  std::size_t memory_bytes_;
  mutable LatticeRows rows_;
  MomentTables moments_;
};

/// Laws of one job's rows: what its specifics pay and what counts to its aggregates.
class JobLaws {
 public:
  JobLaws(BookLaws& book, std::size_t job);

  /// Specific payouts before the aggregating specific; null where no law gives them: with families,
  /// with limits on what persons count of years before the policy, and where laser bands use up an
  /// aggregating specific.
  std::unique_ptr<TotalLaw> specific(const GridRow& row, const TotalDemand& demand) const;

  /// Claims that count to the aggregate; null with families, with limits on claims of years before
  /// the policy, where absorbed claims count, and where what the specific leaves counts on another
  /// basis than the specific's.
  std::unique_ptr<TotalLaw> counted(const GridRow& row, const TotalDemand& demand) const;

  /// Both payouts together for each of `covers`; empty where either law is null, where the
  /// aggregate counts other persons or another basis than the specific's, and where it counts of a
  /// person what the specific pays on.
  std::vector<JointLaw> together(const GridRow& row, std::span<const CountedCover> covers,
                                 const TotalDemand& demand) const;

 private:
  friend class BookLaws;
  JobLaws(const Book& book, const BasisNumbers& bases, LawStore& laws, std::size_t job,
          std::size_t memory_bytes);
  void add_demand(const GridRow& row, MomentDemand& demand) const;

  /// Of a group whose effect moves its frequency. Few laws of such years serve another group, and
  /// they go with the job: a book of such groups would have millions.
  struct Own {
    CutLaws cut;
    explicit Own(std::size_t memory_bytes) : rows(memory_bytes) {}
    LatticeRows rows;
    std::optional<MomentTables> moments;
  };

  YearModel model(const Book& book, LawStore& laws, std::size_t job, const ClaimsView& view) const;
  const YearModel& counted_model() const { return counted_ ? *counted_ : specific_; }
  LatticeRows& rows() const { return own_ ? own_->rows : book_->rows_; }
  const MomentTables& moments() const { return own_ ? *own_->moments : book_->moments_; }

  BookLaws* book_ = nullptr;
  JobViews views_;
  std::unique_ptr<Own> own_;
  YearModel specific_;
  std::optional<YearModel> counted_;
};

}  // namespace corridor
