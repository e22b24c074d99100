// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/moment_tables.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "corridor/error.hpp"
#include "host/exact/capped/bessel_columns.hpp"
#include "host/exact/capped/chebyshev_moments.hpp"
#include "host/exact/capped/effect_nodes.hpp"
#include "host/exact/capped/frequency_loops.hpp"

namespace corridor {
namespace {

constexpr auto degrees = static_cast<std::size_t>(moment_degrees);

[[noreturn]] void fail(const std::string& what) {
  throw Error(ErrorKind::internal, "moments of capped claims: " + what +
                                       ". This is a mistake in the program; please report it");
}

/// Columns for z = 1 to echo_count, block by block.
class EchoColumns {
 public:
  static constexpr int blocks =
      (LawMoments::echo_count + block_frequencies - 1) / block_frequencies;

  EchoColumns() {
    for (int b = 0; b < blocks; ++b) {
      auto& columns = columns_[static_cast<std::size_t>(b)];
      columns.resize(degrees * block_frequencies);
      bessel_columns(1 + b * block_frequencies, 1, degrees_of(b), columns);
    }
  }
  static int degrees_of(int block) { return degrees_for((block + 1) * block_frequencies); }
  const double* of(int block) const { return columns_[static_cast<std::size_t>(block)].data(); }

 private:
  std::array<std::vector<double>, blocks> columns_;
};

const EchoColumns& echo_columns() {
  static const EchoColumns columns;
  return columns;
}

void fill_echoes(const double* moments, float* echoes) {
  for (int b = 0; b < EchoColumns::blocks; ++b) {
    FrequencyBlock phi;
    frequency_loops().phi_rows(moments, degrees, 1, EchoColumns::degrees_of(b),
                               echo_columns().of(b), &phi);
    const int first = b * block_frequencies;
    for (int k = 0; k < std::min(block_frequencies, LawMoments::echo_count - first); ++k) {
      const double square = phi.re[k] * phi.re[k] + phi.im[k] * phi.im[k];
      echoes[first + k] = static_cast<float>(0.5 * std::log(std::max(square, 1e-30)));
    }
  }
}

}  // namespace

void MomentDemand::add(const TableLaw* law, double low_row, double high_row) {
  const Rows rows{static_cast<int>(std::floor(low_row)) - rows_before - 1,
                  static_cast<int>(std::floor(high_row)) + rows_after + 1};
  const auto [at, made] = rows_.try_emplace(law, rows);
  if (made) return;
  at->second = {std::min(at->second.first, rows.first), std::max(at->second.last, rows.last)};
}

void MomentDemand::add(const YearModel& model, const CapOfPersons& cap) {
  for (const YearSlice& slice : model.slices) {
    const EffectReach reach = effect_reach(slice.sigma);
    const double low = slice.log_severity + slice.sigma * reach.low;
    const double high = slice.log_severity + slice.sigma * reach.high;
    for (const AlikePersons& persons : slice.persons) {
      const double limit = capped_person(persons, cap).limit_usd;
      if (!(limit > 0) || !std::isfinite(limit)) continue;
      const double place = std::log(limit / persons.scale);
      for (const LawShare& share : persons.mixture()) {
        add(model.laws[share.law], (place - high) / kappa_step, (place - low) / kappa_step);
      }
    }
  }
}

LawMoments::LawMoments(const TableLaw& law, MomentDemand::Rows rows)
    : law_(&law), range_(rows), square_(law.excess_squared(0)) {
  const auto count = static_cast<std::size_t>(rows.last - rows.first + 1);
  moments_.resize(count * degrees);
  fine_.resize(count * fine_per_row + 3);
  echoes_.resize(count * echo_count);
  for (std::size_t i = count * fine_per_row; i < fine_.size(); ++i) {
    fine_[i] = exactly(rows.first + static_cast<double>(i) / fine_per_row);
  }
}

void LawMoments::fill_row(int row) {
  const auto index = static_cast<std::size_t>(row - range_.first);
  const std::span moments(moments_.data() + index * degrees, degrees);
  chebyshev_moments(*law_, std::exp(row * kappa_step), moments);
  for (int part = 0; part < fine_per_row; ++part) {
    fine_[index * fine_per_row + static_cast<std::size_t>(part)] =
        exactly(row + static_cast<double>(part) / fine_per_row);
  }
  fill_echoes(moments.data(), echoes_.data() + index * echo_count);
}

LawMoments::Limited LawMoments::exactly(double row) const {
  const double kappa = std::exp(row * kappa_step);
  const double above = law_->excess_squared(kappa) + 2 * kappa * law_->excess(kappa);
  return {law_->limited(kappa) / kappa, std::max(0.0, (square_ - above) / (kappa * kappa))};
}

void LawMoments::check(int row, int count) const {
  if (row >= range_.first && row + count - 1 <= range_.last) return;
  fail("rows " + std::to_string(row) + " to " + std::to_string(row + count - 1) +
       " were asked of a table from " + std::to_string(range_.first) + " to " +
       std::to_string(range_.last));
}

const double* LawMoments::rows(int row, int count) const {
  check(row, count);
  return moments_.data() + static_cast<std::size_t>(row - range_.first) * degrees;
}

std::span<const float> LawMoments::echoes(int row) const {
  check(row, 1);
  return {echoes_.data() + static_cast<std::size_t>(row - range_.first) * echo_count, echo_count};
}

void LawMoments::fail_at(double row) const {
  fail("row " + std::to_string(row) + " was asked of a table from " + std::to_string(range_.first) +
       " to " + std::to_string(range_.last));
}

MomentTables::MomentTables(const MomentDemand& demand) {
  struct Row {
    LawMoments* law;
    int row;
  };
  std::vector<Row> rows;
  for (const auto& [law, range] : demand.rows()) {
    LawMoments& made = laws_.try_emplace(law, *law, range).first->second;
    for (int row = range.first; row <= range.last; ++row) rows.push_back({&made, row});
  }
  tbb::parallel_for(std::size_t{0}, rows.size(),
                    [&](std::size_t i) { rows[i].law->fill_row(rows[i].row); });
}

const LawMoments& MomentTables::of(const TableLaw* law) const {
  const auto at = laws_.find(law);
  if (at == laws_.end()) fail("a law was not asked for");
  return at->second;
}

}  // namespace corridor
