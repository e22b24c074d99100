// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/report/text_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace corridor {
namespace {

constexpr std::string_view simulated = "simulated";

/// The columns of a part that lines show, found once.
class ShownColumns {
 public:
  explicit ShownColumns(std::span<const QuoteColumn> part)
      : group_id(texts(part, "group_id")),
        flags(texts(part, "flags")),
        specific_method(texts(part, "specific_method")),
        aggregate_method(texts(part, "aggregate_method")),
        years(values<std::uint64_t>(part, "years")) {
    for (const char* name :
         {"specific_deductible_usd", "aggregate_corridor", "aggregate_attachment_usd",
          "expected_claims_usd", "specific_mean_usd", "aggregate_mean_usd", "quoted_premium_usd",
          "specific_se_usd", "aggregate_se_usd", "quoted_pepm_usd"}) {
      columns_.push_back(&values<double>(part, name));
    }
  }

  TextLine line(std::size_t row) const {
    const auto at = [&](std::size_t column) { return (*columns_[column])[row]; };
    TextLine line{at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8), at(9)};
    // An exact mean has no standard error; the one at hand is the simulation's beside it.
    if (specific_method[row] != simulated) line.specific_se_usd = 0;
    if (aggregate_method[row] != simulated) line.aggregate_se_usd = 0;
    return line;
  }

  const std::vector<std::string>&group_id, &flags, &specific_method, &aggregate_method;
  const std::vector<std::uint64_t>& years;

 private:
  template <class Value>
  static const std::vector<Value>& values(std::span<const QuoteColumn> part,
                                          std::string_view name) {
    const auto named = [&](const QuoteColumn& column) { return column.name == name; };
    return std::get<std::vector<Value>>(std::find_if(part.begin(), part.end(), named)->values);
  }
  static const std::vector<std::string>& texts(std::span<const QuoteColumn> part,
                                               std::string_view name) {
    return values<std::string>(part, name);
  }

  std::vector<const std::vector<double>*> columns_;
};

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void add_to(TextLine& sum, const TextLine& line) {
  for (double TextLine::*amount : TextLine::amounts) {
    const double value = line.*amount;
    sum.*amount += std::isnan(value) ? 0 : value;
  }
  // Groups with different terms have no deductible or corridor in common.
  if (!same(sum.deductible_usd, line.deductible_usd)) sum.deductible_usd = std::nan("");
  if (!same(sum.corridor, line.corridor)) sum.corridor = std::nan("");
  // Groups share effects, so errors do not add as if they were independent.
  sum.specific_se_usd = sum.aggregate_se_usd = sum.premium_pepm_usd = std::nan("");
}

}  // namespace

void TextRows::add(std::span<const QuoteColumn> part) {
  const ShownColumns columns(part);
  for (std::size_t row = 0; row < columns.group_id.size(); ++row) {
    if (rows_ == 0 || columns.group_id[row] != group_id_) begin_group(columns.group_id[row]);
    const TextLine line = columns.line(row);
    const std::string& flags = columns.flags[row];
    show(line, flags);
    sum(line);
    count_flags(flags);
    count_method(columns.specific_method[row], flags);
    count_method(columns.aggregate_method[row], flags);
    const std::uint64_t years = columns.years[row];
    fewest_years_ = rows_ == 0 ? years : std::min(fewest_years_, years);
    most_years_ = std::max(most_years_, years);
    ++rows_;
    ++rows_of_group_;
  }
}

void TextRows::finish() {
  if (groups_ > 0) end_group();
}

void TextRows::begin_group(const std::string& group_id) {
  if (groups_ > 0) end_group();
  ++groups_;
  group_id_ = group_id;
  rows_of_group_ = 0;
}

/// A group that does not fit is not shown, nor any behind it.
void TextRows::end_group() {
  if (groups_ > 1 && rows_of_group_ != sums_.size()) same_options_ = false;
  if (!shows_more_) return;
  const bool fits = groups_ == 1 || rows_ <= options_.text_rows;
  if (fits && groups_ <= options_.text_groups) {
    shown_groups_ = groups_;
    rows_shown_ = rows_;
    return;
  }
  shows_more_ = false;
  shown_.resize(rows_shown_);
}

void TextRows::show(const TextLine& line, const std::string& flags) {
  if (!shows_more_ || groups_ > options_.text_groups) return;
  if (groups_ > 1 && rows_ >= options_.text_rows) return;
  shown_.push_back({group_id_, line, flags});
}

void TextRows::sum(const TextLine& line) {
  if (groups_ == 1) {
    sums_.push_back(line);
  } else if (rows_of_group_ < sums_.size()) {
    add_to(sums_[rows_of_group_], line);
  }
}

void TextRows::count_flags(const std::string& flags) {
  for (std::size_t at = 0; at < flags.size();) {
    const std::size_t end = std::min(flags.find(';', at), flags.size());
    ++flag_counts_[flags.substr(at, end - at)];
    at = end + 1;
  }
}

void TextRows::count_method(const std::string& method, const std::string& flags) {
  const bool runs = method == simulated;
  if (runs && flags.find("NO_EXACT_LAW") != std::string::npos) {
    ++means_.unknown;
  } else {
    ++(runs ? means_.simulated : means_.exact);
  }
}

}  // namespace corridor
