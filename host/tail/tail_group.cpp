// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/tail_group.hpp"

#include <algorithm>

#include "corridor/error.hpp"

namespace corridor {
namespace {

/// A threshold of every person, as a function of the person's own deductible.
struct Rule {
  enum class Kind : std::uint8_t { deductible, limit, payout, claim } kind = Kind::deductible;
  Cents amount = 0;  ///< paid to the person, or claimed

  bool operator==(const Rule&) const = default;
};

/// Turns rules into thresholds by the bound terms.
class Thresholds {
 public:
  Thresholds(const GroupJob& job) : terms_(job.rows[0].terms), row_(job.rows[0]) {
    add({Rule::Kind::deductible, 0});
    if (row_.limit_threshold != GridRow::no_limit) add({Rule::Kind::limit, 0});
  }

  void add(const Rule& rule) {
    if (std::find(rules_.begin(), rules_.end(), rule) == rules_.end()) rules_.push_back(rule);
  }

  /// Puts the group's thresholds in order.
  void sort(Cents deductible) {
    std::stable_sort(rules_.begin(), rules_.end(), [&](const Rule& a, const Rule& b) {
      return amount_of(a, deductible) < amount_of(b, deductible);
    });
  }

  std::size_t size() const { return rules_.size(); }
  std::uint32_t index(const Rule& rule) const {
    const auto found = std::find(rules_.begin(), rules_.end(), rule);
    return static_cast<std::uint32_t>(found - rules_.begin());
  }

  GroupOverThresholds over(const GroupView& view) const {
    const Cents deductible = view.thresholds[row_.deductible_threshold];
    std::vector<Cents> amounts, personal;
    append(deductible, amounts);
    for (std::uint32_t p = 0; p < view.personal_count; ++p) {
      append(view.personal_thresholds[p * view.threshold_count + row_.deductible_threshold],
             personal);
    }
    return {view, std::move(amounts), std::move(personal)};
  }

 private:
  void append(Cents deductible, std::vector<Cents>& to) const {
    for (const Rule& rule : rules_) to.push_back(amount_of(rule, deductible));
  }

  Cents limit(Cents deductible) const {
    return terms_.threshold(deductible, terms_.SpecificReimbursement::share);
  }

  Cents amount_of(const Rule& rule, Cents deductible) const {
    if (rule.kind == Rule::Kind::claim) return rule.amount;
    if (rule.kind == Rule::Kind::deductible || deductible >= unlimited) return deductible;
    if (rule.kind == Rule::Kind::limit) return limit(deductible);
    if (rule.amount >= unlimited) return limit(deductible);
    const double claimed = static_cast<double>(rule.amount) / terms_.SpecificReimbursement::share;
    if (claimed >= static_cast<double>(unlimited - deductible)) return limit(deductible);
    return smaller(deductible + to_cents(claimed), limit(deductible));
  }

  const Terms& terms_;
  const GridRow& row_;
  std::vector<Rule> rules_;
};

/// Payouts at which a layer begins and ends.
Rule lower_end(const PersonLayer& layer) {
  if (layer.attachment == 0) return {Rule::Kind::deductible, 0};
  return {Rule::Kind::payout, layer.attachment};
}
Rule upper_end(const PersonLayer& layer) {
  if (layer.limit >= unlimited) return {Rule::Kind::payout, unlimited};
  return {Rule::Kind::payout, layer.attachment + layer.limit};
}

bool covers(const PersonLayer& layer, std::uint16_t captive) {
  return layer.captive == 0 || layer.captive == captive;
}

Rule rung(double usd) { return {Rule::Kind::claim, static_cast<Cents>(usd) * 100}; }

[[noreturn]] void refuse_layers(std::size_t needed) {
  throw Error(ErrorKind::bad_data,
              "the treaties' layers of each person need " + std::to_string(needed) +
                  " thresholds a group and a run has room for " + std::to_string(thresholds_max) +
                  ". Join layers that lie side by side");
}

/// What is above each person's own threshold.
Cents above(const GroupView& group, std::uint32_t threshold, SumsView sums, std::uint64_t at) {
  Cents excess = sums.data[(1 + threshold) * sums.stride + at];
  if (has_bands(group)) {
    excess -= sums.data[(band_column(group) + threshold) * sums.stride + at];
  }
  return excess;
}

}  // namespace

TailGroup::TailGroup(const GroupJob& job, std::span<const PersonLayer> layers,
                     std::uint16_t captive)
    : row_(job.rows[0]) {
  if (job.row_count != 1 || row_.attachment_count > 1) {
    throw Error(ErrorKind::internal, "a tail run needs bound terms: one row, one attachment");
  }
  Thresholds thresholds(job);
  for (const PersonLayer& layer : layers) {
    if (!covers(layer, captive)) continue;
    thresholds.add(lower_end(layer));
    thresholds.add(upper_end(layer));
  }
  for (const double usd : claim_ladder_usd) thresholds.add(rung(usd));
  if (thresholds.size() > thresholds_max) refuse_layers(thresholds.size());
  thresholds.sort(job.group.thresholds[row_.deductible_threshold]);

  specific_ = std::make_unique<GroupOverThresholds>(thresholds.over(job.group));
  job_ = std::make_unique<GroupJob>(job);
  job_->group = specific_->view();
  if (job.counted != nullptr) {
    counted_ = std::make_unique<GroupOverThresholds>(thresholds.over(*job.counted));
    job_->counted = &counted_->view();
  }
  row_.deductible_threshold = thresholds.index({Rule::Kind::deductible, 0});
  if (row_.limit_threshold != GridRow::no_limit) {
    row_.limit_threshold = thresholds.index({Rule::Kind::limit, 0});
  }
  row_.terms.attachment = row_.attachment_count == 1 ? row_.attachments[0] : unlimited;
  for (const PersonLayer& layer : layers) {
    Bounds bounds;
    if (covers(layer, captive)) {
      bounds = {thresholds.index(lower_end(layer)), thresholds.index(upper_end(layer))};
    }
    layers_.push_back(bounds);
  }
  for (const double usd : claim_ladder_usd) ladder_.push_back(thresholds.index(rung(usd)));
  job_->rows = nullptr;
  job_->row_count = 0;
}

GroupYear TailGroup::year(SumsView sums, std::uint64_t at) const {
  YearState state = year_state(job_->group, row_, sums, at, job_->counted);
  row_.terms.apply(state);
  GroupYear year{state.ground_up, state.counted, state.specific_before_asd, state.specific,
                 state.aggregate, 0};
  while (year.rung < ladder_.size() && sums.data[(1 + ladder_[year.rung]) * sums.stride + at] > 0) {
    ++year.rung;
  }
  return year;
}

void TailGroup::pay(SumsView sums, std::uint64_t at, std::uint32_t count, PaidYears& paid) const {
  pay_years(job_->group, job_->counted, row_, sums, at, count, paid);
}

void TailGroup::raise_rungs(SumsView sums, std::uint64_t at, std::uint32_t count,
                            std::uint8_t* rungs) const {
  // Amounts ascend: where no year is above one, none is above the next.
  for (std::size_t k = 0; k < ladder_.size(); ++k) {
    const std::span<const Cents> above(sums.data + (1 + ladder_[k]) * sums.stride + at, count);
    if (!corridor::raise_rungs(above, static_cast<std::uint8_t>(k + 1), rungs)) return;
  }
}

void TailGroup::add_layer(std::size_t layer, SumsView sums, std::uint64_t at, std::uint32_t count,
                          Cents* to) const {
  const Bounds& bounds = layers_[layer];
  if (bounds.low == bounds.high) return;
  const auto column = [&](std::uint32_t c) { return sums.data + c * sums.stride + at; };
  LayerColumns columns{column(1 + bounds.low), column(1 + bounds.high)};
  if (has_bands(job_->group)) {
    const std::uint32_t bands = band_column(job_->group);
    columns.low_band = column(bands + bounds.low);
    columns.high_band = column(bands + bounds.high);
  }
  corridor::add_layer(columns, row_.terms.SpecificReimbursement::share, count, to);
}

std::vector<GridRow> TailGroup::layer_rows() const {
  std::vector<GridRow> rows;
  for (const Bounds& bounds : layers_) {
    rows.push_back(row_);
    rows.back().deductible_threshold = bounds.low;
    rows.back().limit_threshold = bounds.high;
    rows.back().attachments = nullptr;
    rows.back().attachment_count = 0;
  }
  return rows;
}

Cents TailGroup::layer(std::size_t layer, SumsView sums, std::uint64_t at) const {
  const Bounds& bounds = layers_[layer];
  if (bounds.low == bounds.high) return 0;
  const Cents claimed =
      above(job_->group, bounds.low, sums, at) - above(job_->group, bounds.high, sums, at);
  return share_of(claimed, row_.terms.SpecificReimbursement::share);
}

}  // namespace corridor
