// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "corridor/quotes.hpp"

namespace corridor {

/// What a line of the text table shows of one row, or of the sum of many.
struct TextLine {
  double deductible_usd = 0, corridor = 0;
  double attachment_usd = 0, expected_usd = 0, specific_usd = 0, aggregate_usd = 0, premium_usd = 0;
  double specific_se_usd = 0, aggregate_se_usd = 0, premium_pepm_usd = 0;  ///< NaN in sums

  static constexpr double TextLine::*const amounts[] = {
      &TextLine::attachment_usd, &TextLine::expected_usd, &TextLine::specific_usd,
      &TextLine::aggregate_usd, &TextLine::premium_usd};
};

struct ShownRow {
  std::string group_id;
  TextLine line;
  std::string flags;
};

/// What the text table says of rows that come in parts: those of the first groups as they are, of
/// all of them sums and counts. Holds no more than the rows shown and the first group's.
class TextRows {
 public:
  /// How many covers' means come from where.
  struct Means {
    std::size_t exact = 0, simulated = 0;
    std::size_t unknown = 0;  ///< without an exact law, nothing simulated
  };

  explicit TextRows(const ReportOptions& options) : options_(options) {}

  /// The next rows, groups in one piece each.
  void add(std::span<const QuoteColumn> part);
  /// Expects all rows to be added.
  void finish();

  std::size_t groups() const { return groups_; }
  /// Groups that are shown: whole ones, at least one, as many as the rows allow.
  std::size_t shown_groups() const { return shown_groups_; }
  const std::vector<ShownRow>& shown() const { return shown_; }

  /// One total for every option of a grid that all groups share; none where groups differ in rows,
  /// because adding different options of one group up would count it twice.
  std::vector<TextLine> totals() const { return same_options_ ? sums_ : std::vector<TextLine>{}; }

  std::uint64_t fewest_years() const { return fewest_years_; }
  std::uint64_t most_years() const { return most_years_; }
  /// How many rows carry each flag.
  const std::map<std::string, std::size_t>& flag_counts() const { return flag_counts_; }
  const Means& means() const { return means_; }

 private:
  void begin_group(const std::string& group_id);
  void end_group();
  void show(const TextLine& line, const std::string& flags);
  void sum(const TextLine& line);
  void count_flags(const std::string& flags);
  void count_method(const std::string& method, const std::string& flags);

  const ReportOptions& options_;
  std::size_t rows_ = 0, groups_ = 0;
  std::string group_id_;  ///< of the group under way
  std::size_t rows_of_group_ = 0;
  std::vector<ShownRow> shown_;
  std::size_t shown_groups_ = 0, rows_shown_ = 0;  ///< of groups that are shown for certain
  bool shows_more_ = true;
  std::vector<TextLine> sums_;  ///< [option]
  bool same_options_ = true;
  std::uint64_t fewest_years_ = 0, most_years_ = 0;
  std::map<std::string, std::size_t> flag_counts_;
  Means means_;
};

}  // namespace corridor
