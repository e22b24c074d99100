// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "corridor/portfolio.hpp"
#include "corridor/run_options.hpp"

namespace corridor {

struct Book;        // the kernels' layout; private
struct BookTables;  // the tables that a book's plans share; private

/// One line of the results: a group at a deductible and a corridor.
struct QuoteKey {
  std::uint32_t group = 0;         ///< row of the portfolio's groups
  std::uint32_t job = 0, row = 0;  ///< where its tallies are
  std::uint32_t attachment = 0;    ///< index of the corridor in the row
  bool has_aggregate = false;
  double specific_deductible_usd = 0;   ///< infinite: no specific cover
  double aggregate_corridor = 0;        ///< NaN where the attachment is given otherwise
  double aggregate_attachment_usd = 0;  ///< NaN without an aggregate
  double aggregate_minimum_usd = 0;     ///< largest minimum of the attachment; 0: none
  std::vector<std::string> flags;       ///< LASER_BELOW_DEDUCTIBLE, ...
};

/// Expected values in closed form, over all effects, dollars a policy year.
struct ExactRow {
  double retained_usd = 0;             ///< claims that count to the aggregate, on its own basis
  double specific_before_asd_usd = 0;  ///< after share and limit, on the specific's basis
  double mature_retained_usd = 0;      ///< the same two as if claims incurred in the policy's
  double mature_specific_before_asd_usd = 0;  ///< twelve months were paid whenever
  double laser_band_usd = 0;  ///< part of the excess over the deductible below lasers
  /// Retained claims are what they are before a group's run-in limit or families' credit, of which
  /// no mean is at hand: attachments stand on them, but no run can be checked against them.
  bool retained_is_bound = false;
  double claimants = 0;       ///< persons whose eligible claims exceed their deductible
  double claimants_half = 0;  ///< persons above half of it
};
struct ExactMeans {
  std::vector<double> ground_up_usd;        ///< [group] eligible claims, specific's basis
  std::vector<double> outside_basis_usd;    ///< [group] incurred in the year, outside the basis
  std::vector<std::vector<ExactRow>> rows;  ///< [job][row]
};

/// Everything a run is: the book in the kernels' layout, the grid, exact means and the attachments
/// that follow from them. A pure function of the portfolio and the options.
struct Plan {
  std::shared_ptr<Book> book;
  std::shared_ptr<const BookTables> tables;
  std::vector<QuoteKey> quotes;  ///< groups in book order, deductibles, corridors ascending
  ExactMeans exact;
  RunOptions options;
  std::string table_digest;        ///< SHA-256 of the tables' bits, hex
  std::uint64_t member_years = 0;  ///< draws of the run, passes counted
  std::vector<Problem> warnings;
};

}  // namespace corridor
