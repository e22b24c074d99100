// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <vector>

#include "kernels/backend.hpp"

/// Books for machines that have a compiler and nothing else: laws with elementary quantiles, so
/// that neither Boost nor HDF5 nor a test library is needed.
namespace corridor::made_up_book {

/// A Lomax law with an atom at zero: survival share * (1 + x / scale)^-tail.
struct Lomax {
  double share, scale_usd, tail;

  double quantile(double s) const {
    return s >= share ? 0 : scale_usd * (std::pow(s / share, -1 / tail) - 1);
  }
  /// Integral of the quantile from 0 to s.
  double integral(double s) const {
    const double part = std::min(s, share), power = 1 - 1 / tail;
    return scale_usd * (share / power * std::pow(part / share, power) - part);
  }
};

inline double edge(int bucket) {
  return static_cast<double>(
      float_from_bits((first_bucket_bits + static_cast<std::uint32_t>(bucket)) << bucket_shift));
}

/// Exact means, slopes that keep the table monotone.
inline void append_law(const Lomax& law, std::vector<Bucket>& tables) {
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low = b == 0 ? 0 : edge(b), high = edge(b + 1), width = high - low;
    const double mean = (law.integral(high) - law.integral(low)) / width;
    const double half =
        b == 0 ? 0 : std::max(std::min(mean - law.quantile(high), law.quantile(low) - mean), 0.0);
    const double slope = -2 * half / width;
    tables.push_back(
        {static_cast<float>(mean - slope * (low + high) / 2), static_cast<float>(slope)});
  }
  tables.push_back({0, 0});
}

/// A factor that falls, or rises, in a straight line of the survival, with mean 1.
inline void append_factor(float spread, bool rising, std::vector<Bucket>& tables) {
  const float slope = rising ? spread : -spread;
  for (int b = 0; b < sloped_bucket_count; ++b) tables.push_back({1 - slope / 2, slope});
  tables.push_back({1, 0});
}

inline constexpr std::uint32_t law_count = 12;
enum : std::uint32_t { severity_table = law_count, inverse_frequency_table, table_count };

inline std::vector<Bucket> make_tables() {
  std::vector<Bucket> tables;
  for (std::uint32_t law = 0; law < law_count; ++law) {
    append_law({0.92 - 0.01 * law, 9'000.0 + 900 * law, 2.1 + 0.05 * law}, tables);
  }
  append_factor(0.4f, false, tables);
  append_factor(0.5f, true, tables);
  return tables;
}

/// A contract whose months are likelier the later they are, and whose large claims are paid later.
inline Basis make_basis(std::uint32_t prior_years) {
  Basis basis;
  for (std::uint32_t cell = 0; cell < month_cells; ++cell) {
    basis.months.cut[cell] = cell < 12 ? 2 * cell : 0;
    basis.months.other[cell] = 11 - cell % 6;
  }
  for (std::uint32_t back = 0; back < basis_years_max; ++back) {
    for (std::uint32_t month = 0; month < 12; ++month) {
      const float late = static_cast<float>(month) / 12.0f;
      basis.shares[back].small[month] = back == 0 ? 1.0f - 0.7f * late * late : 0.3f * late;
      basis.shares[back].large_less_small[month] = back == 0 ? -0.2f * late : 0.2f * late;
    }
    basis.relative_scale[back] = 1.0f - 0.06f * static_cast<float>(back);
  }
  basis.prior_years = prior_years;
  basis.persistence = 11'796;
  basis.run_in_limit_usd = 150'000.0f;
  return basis;
}

/// What a group of the book is like.
struct GroupSpec {
  std::uint32_t members = 250;
  std::uint32_t thresholds = 8;
  double lowest_usd = 100'000;
  bool effects = true;
  bool thinned = false;
  std::uint32_t personal = 0;  ///< members with own terms
  std::vector<double> corridors{1.0, 1.1, 1.25, 1.5};
  /// Years before the policy that a contract basis reaches into; its aggregate counts claims
  /// without one.
  std::optional<std::uint32_t> prior_years{};
};

/// A book that owns what its jobs borrow.
class Book {
 public:
  TableSet tables() const { return {tables_.data(), table_count}; }
  const std::vector<GroupJob>& jobs() const { return jobs_; }

  void add(const GroupSpec& spec, std::uint64_t seed) {
    std::mt19937_64 rng(seed);
    Group& group = groups_.emplace_back();
    fill_members(spec, rng, group);
    GroupJob& job = jobs_.emplace_back();
    job.group = view(spec, rng, group);
    if (spec.prior_years) {
      group.basis = make_basis(*spec.prior_years);
      group.counted = job.group;
      job.counted = &group.counted;
      job.group.basis = &group.basis;
    }
    fill_rows(spec, group);
    job.rows = group.rows.data();
    job.row_count = static_cast<std::uint32_t>(group.rows.size());
  }

 private:
  struct Group {
    std::vector<Member> members;
    std::vector<PersonalMember> personal;
    std::vector<Cents> thresholds, personal_thresholds, attachments;
    std::vector<GridRow> rows;
    Basis basis;
    GroupView counted;
  };

  static void fill_members(const GroupSpec& spec, std::mt19937_64& rng, Group& group) {
    for (std::uint32_t i = 0; i < spec.members; ++i) {
      Member member;
      member.scale = 0.5f + static_cast<float>(rng() % 1024) / 1024.0f;
      member.table = static_cast<std::uint32_t>(rng() % law_count);
      if (spec.thinned && i % 3 == 0) member.inverse_exposure = 1 + static_cast<float>(i % 7) / 3;
      group.members.push_back(member);
    }
    for (std::uint32_t k = 0; k < spec.thresholds; ++k) {
      group.thresholds.push_back(to_cents(100 * spec.lowest_usd * std::pow(1.25, k)));
    }
    for (std::uint32_t p = 0; p < spec.personal; ++p) {
      const std::uint32_t member = spec.members / spec.personal * p;
      group.personal.push_back({member, group.members[member], to_cents(100 * 2e6)});
      group.members[member].scale = 0;
      for (const Cents threshold : group.thresholds) {
        group.personal_thresholds.push_back(2 * threshold);
      }
    }
  }

  GroupView view(const GroupSpec& spec, std::mt19937_64& rng, const Group& group) const {
    GroupView view;
    view.tables = tables_.data();
    view.members = group.members.data();
    view.member_count = spec.members;
    view.key = {static_cast<std::uint32_t>(rng()), static_cast<std::uint32_t>(rng())};
    view.personal = group.personal.data();
    view.personal_thresholds = group.personal_thresholds.data();
    view.personal_count = spec.personal;
    view.thresholds = group.thresholds.data();
    view.threshold_count = spec.thresholds;
    view.maximum = to_cents(100 * 5e6);
    view.thinned = spec.thinned;
    const Bucket* severity = tables_.data() + severity_table * bucket_count;
    const Bucket* frequency = tables_.data() + inverse_frequency_table * bucket_count;
    if (spec.effects)
      view.effects[view.effect_count++] = {Purpose::group_effect, view.key, severity, nullptr};
    if (spec.thinned)
      view.effects[view.effect_count++] = {Purpose::book_effect, {}, severity, frequency};
    return view;
  }

  static void fill_rows(const GroupSpec& spec, Group& group) {
    for (const double corridor : spec.corridors) {
      group.attachments.push_back(to_cents(100 * corridor * 6'500.0 * spec.members));
    }
    for (std::uint32_t k = 0; k < spec.thresholds; ++k) {
      GridRow row;
      row.deductible_threshold = k;
      row.terms.deductible = group.thresholds[k];
      if (k % 4 == 1) row.terms.retention = to_cents(100 * 50'000);
      if (k % 4 == 2) row.terms.SpecificReimbursement::share = 0.9;
      if (k % 4 == 3) row.limit_threshold = spec.thresholds - 1;
      row.terms.also = static_cast<std::uint8_t>(k % 16);
      row.attachments = group.attachments.data();
      row.attachment_count = static_cast<std::uint32_t>(group.attachments.size());
      group.rows.push_back(row);
    }
  }

  std::vector<Bucket> tables_ = make_tables();
  std::deque<Group> groups_;
  std::vector<GroupJob> jobs_;
};

}  // namespace corridor::made_up_book
