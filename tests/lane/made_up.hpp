// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <vector>

#include "kernels/backend.hpp"
#include "kernels/lane/group_year.hpp"

/// Small laws, groups and grids for tests that need no book.
namespace corridor::made_up {

using Table = std::vector<Bucket>;  ///< [bucket_count]

/// Lower edge of a bucket as a survival probability; edge(sloped_bucket_count) is 1.
inline double edge(int bucket) {
  return static_cast<double>(
      float_from_bits((first_bucket_bits + static_cast<std::uint32_t>(bucket)) << bucket_shift));
}

/// Straight lines with the mean of `quantile` in every bucket and slopes cut so that the whole
/// stays monotone. `integral(s)` is the integral of the quantile from 0 to s.
inline Table limited_slopes(const std::function<double(double)>& quantile_usd,
                            const std::function<double(double)>& integral) {
  Table table(bucket_count);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low = b == 0 ? 0 : edge(b), high = edge(b + 1), width = high - low;
    const double mean = (integral(high) - integral(low)) / width;
    const double top = b == 0 ? 2 * mean : quantile_usd(low), bottom = quantile_usd(high);
    const double half = std::max(std::min(mean - bottom, top - mean), 0.0);
    const double slope = b == 0 ? 0 : -2 * half / width;
    const double intercept = mean - slope * (low + high) / 2;
    table[static_cast<std::size_t>(b)] = {static_cast<float>(intercept), static_cast<float>(slope)};
  }
  return table;
}

/// A lognormal law with an atom at zero: no claim with probability `zero`.
inline Table lognormal(double mu, double sigma, double zero) {
  const boost::math::normal normal;
  const double positive = 1 - zero;
  const auto z_of = [=](double s) { return -boost::math::quantile(normal, s / positive); };
  const auto quantile_usd = [=](double s) {
    return s >= positive ? 0 : std::exp(mu + sigma * z_of(s));
  };
  const double mean = positive * std::exp(mu + sigma * sigma / 2);
  const auto integral = [=](double s) {
    if (s <= 0) return 0.0;
    return s >= positive ? mean : mean * boost::math::cdf(normal, sigma - z_of(s));
  };
  return limited_slopes(quantile_usd, integral);
}

/// A lognormal factor exp(location + sigma z), z falling in the survival, or rising with `rising`.
inline Table factor(double location, double sigma, bool rising = false) {
  const boost::math::normal normal;
  const auto value = [=](double s) {
    const double z = -boost::math::quantile(normal, std::clamp(s, 0x1p-40, 1 - 0x1p-30));
    return std::exp(location + (rising ? -sigma : sigma) * z);
  };
  Table table(bucket_count);
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low = edge(b), high = edge(b + 1);
    const double slope = (value(high) - value(low)) / (high - low);
    table[static_cast<std::size_t>(b)] = {static_cast<float>(value(low) - slope * low),
                                          static_cast<float>(slope)};
  }
  return table;
}

/// Mean of a table over the draws' survivals; exact in the table's own lines.
inline double mean(const Bucket* table) {
  double sum = 0;
  for (int b = 0; b < sloped_bucket_count; ++b) {
    const double low = b == 0 ? 0 : edge(b), high = edge(b + 1);
    sum += (high - low) * (static_cast<double>(table[b].intercept) +
                           static_cast<double>(table[b].slope) * (low + high) / 2);
  }
  return sum;
}

/// 1 / frequency in the buckets of every octave that are not in its middle, else 1.
inline Table shock(float frequency) {
  Table table(bucket_count);
  for (std::size_t b = 0; b < table.size(); ++b) {
    table[b] = {b % buckets_per_octave == 3 ? 1.0f : 1 / frequency, 0};
  }
  return table;
}

/// The tables that every made-up group draws from: four claim laws, then effects.
struct Tables {
  static constexpr std::uint32_t laws = 4;
  enum : std::uint32_t { severity = 4, inverse_frequency = 5, book = 6, pandemic = 7 };
  std::vector<Bucket> data;

  Tables() {
    for (std::uint32_t law = 0; law < laws; ++law) {
      add(lognormal(6.6 + 0.25 * law, 1.7 + 0.05 * law, 0.05 + 0.06 * law));
    }
    add(factor(-0.5 * 0.1 * 0.1, 0.1));
    add(factor(0.5 * 0.15 * 0.15, 0.15, true));
    add(factor(-0.5 * 0.03 * 0.03, 0.03));
    add(shock(1.4f));
  }
  const Bucket* at(std::uint32_t table) const { return data.data() + table * bucket_count; }
  TableSet set() const {
    return {data.data(), static_cast<std::uint32_t>(data.size() / bucket_count)};
  }

 private:
  void add(const Table& table) { data.insert(data.end(), table.begin(), table.end()); }
};

/// The tables, built once a process.
inline const Tables& tables() {
  static const Tables built;
  return built;
}

/// A group that owns what its view borrows.
struct Group {
  std::vector<Member> members;
  std::vector<Cents> thresholds;
  std::vector<PersonalMember> personal;
  std::vector<Cents> personal_thresholds;
  std::vector<Effect> effects;
  StreamKey key{0x12345678, 0x9abcdef0};
  Cents maximum = unlimited;
  float base_effect = 1;
  bool thinned = false;
  std::optional<Basis> basis;
  Cents family_deductible = unlimited;

  GroupView view() const {
    GroupView view;
    view.tables = tables().data.data();
    view.members = members.data();
    view.member_count = static_cast<std::uint32_t>(members.size());
    view.key = key;
    view.personal = personal.data();
    view.personal_thresholds = personal_thresholds.data();
    view.personal_count = static_cast<std::uint32_t>(personal.size());
    view.thresholds = thresholds.data();
    view.threshold_count = static_cast<std::uint32_t>(thresholds.size());
    view.maximum = maximum;
    std::copy(effects.begin(), effects.end(), view.effects);
    view.effect_count = static_cast<std::uint32_t>(effects.size());
    view.base_effect = base_effect;
    view.thinned = thinned;
    view.basis = basis ? &*basis : nullptr;
    view.family_deductible = family_deductible;
    return view;
  }
};

/// `count` thresholds from `lowest_usd` up, each a quarter higher.
inline std::vector<Cents> thresholds(std::uint32_t count, double lowest_usd) {
  std::vector<Cents> cents;
  for (std::uint32_t k = 0; k < count; ++k) {
    cents.push_back(to_cents(lowest_usd * 100 * std::pow(1.25, k)));
  }
  return cents;
}

/// Members of mixed laws and scales, no effect, no own terms.
inline Group plain_group(std::uint32_t member_count, std::uint32_t threshold_count,
                         double lowest_usd, std::uint64_t seed = 7) {
  std::mt19937_64 rng(seed);
  Group group;
  group.key = {static_cast<std::uint32_t>(rng()), static_cast<std::uint32_t>(rng())};
  for (std::uint32_t i = 0; i < member_count; ++i) {
    Member member;
    member.scale = 0.5f + static_cast<float>(rng() % 1024) / 512.0f;
    member.table = static_cast<std::uint32_t>(rng() % Tables::laws);
    group.members.push_back(member);
  }
  group.thresholds = thresholds(threshold_count, lowest_usd);
  return group;
}

/// Adds the group's own effect on severity.
inline void add_group_effect(Group& group) {
  group.effects.push_back(
      {Purpose::group_effect, group.key, tables().at(Tables::severity), nullptr});
}

/// Adds a book effect on severity and frequency.
inline void add_frequency_effect(Group& group) {
  group.effects.push_back({Purpose::book_effect,
                           {},
                           tables().at(Tables::book),
                           tables().at(Tables::inverse_frequency)});
  group.thinned = true;
}

/// Adds what moves everybody's frequency.
inline void add_pandemic(Group& group) {
  group.effects.push_back({Purpose::pandemic, {}, nullptr, tables().at(Tables::pandemic)});
  group.thinned = true;
}

/// Gives every third member a part of the year.
inline void shorten_exposures(Group& group) {
  for (std::size_t i = 0; i < group.members.size(); i += 3) {
    group.members[i].inverse_exposure = 1.0f + static_cast<float>(i % 7) / 3.0f;
  }
  group.thinned = true;
}

/// Moves a member to the personal loop, with own thresholds `raise` times the group's.
inline void give_own_terms(Group& group, std::uint32_t member, double raise, Cents maximum) {
  PersonalMember person{member, group.members[member], maximum};
  group.members[member].scale = 0;
  group.personal.push_back(person);
  for (const Cents threshold : group.thresholds) {
    group.personal_thresholds.push_back(to_cents(static_cast<double>(threshold) * raise));
  }
}

/// Months of incurral by chance: any table is one that the lane must follow.
inline MonthTable random_months(std::mt19937_64& rng) {
  MonthTable months{};
  for (std::uint32_t cell = 0; cell < month_cells; ++cell) {
    if (cell < 12) months.cut[cell] = static_cast<std::uint32_t>(rng() % (slots_per_cell + 1));
    months.other[cell] = static_cast<std::uint32_t>(rng() % 12);
  }
  return months;
}

/// A contract that pays from half to all of a claim of its own year, and less of years before.
inline Basis random_basis(std::mt19937_64& rng, std::uint32_t prior_years) {
  const auto uniform = [&] { return static_cast<float>(rng() % 4096) / 4096.0f; };
  Basis basis;
  basis.months = random_months(rng);
  basis.prior_years = prior_years;
  for (std::uint32_t back = 0; back < basis_years_max; ++back) {
    for (std::uint32_t month = 0; month < 12; ++month) {
      const float small = back == 0 ? 0.5f + 0.5f * uniform() : 0.3f * uniform();
      const float large = back == 0 ? small * uniform() : small + (1 - small) * uniform();
      basis.shares[back].small[month] = small;
      basis.shares[back].large_less_small[month] = large - small;
    }
    basis.relative_scale[back] = std::pow(0.93f, static_cast<float>(back));
  }
  constexpr std::uint32_t persistences[] = {0, 11'796, 65'536, 1, 65'535};
  basis.persistence = persistences[rng() % 5];
  if (rng() % 2) basis.run_in_limit_usd = 500.0f * static_cast<float>(rng() % 20);
  return basis;
}

/// Puts every other member into families of two to `most`, with own thresholds as high as the
/// group's.
inline void add_families(Group& group, std::uint32_t most, Cents deductible) {
  group.family_deductible = deductible;
  std::uint32_t family = 0, left = 0;
  for (std::uint32_t i = 0; i < group.members.size(); i += 2) {
    if (left == 0) left = 2 + ++family % (most - 1);
    --left;
    group.personal.push_back({i, group.members[i], group.maximum, family});
    group.members[i].scale = 0;
    group.personal_thresholds.insert(group.personal_thresholds.end(), group.thresholds.begin(),
                                     group.thresholds.end());
  }
}

/// A group with every feature drawn at random.
inline Group random_group(std::mt19937_64& rng, std::uint32_t member_count,
                          std::uint32_t threshold_count) {
  const double lowest_usd = rng() % 8 == 0 ? 0 : 1000.0 * static_cast<double>(1 + rng() % 100);
  Group group = plain_group(member_count, threshold_count, lowest_usd, rng());
  if (rng() % 2) add_group_effect(group);
  if (rng() % 3 == 0) add_frequency_effect(group);
  if (rng() % 3 == 0) shorten_exposures(group);
  if (rng() % 4 == 0) group.base_effect = 0.9f;
  if (rng() % 2) group.maximum = to_cents(100.0 * static_cast<double>(20'000 + rng() % 400'000));
  if (rng() % 2) {
    for (std::uint32_t i = static_cast<std::uint32_t>(rng() % 9); i < member_count;
         i += 17 + static_cast<std::uint32_t>(rng() % 200)) {
      give_own_terms(group, i, 1.5 + static_cast<double>(rng() % 3), group.maximum);
    }
  }
  if (rng() % 4 == 0) add_pandemic(group);
  return group;
}

/// The same under a contract basis, with families, known run-in claims and effects of years.
inline Group random_basis_group(std::mt19937_64& rng, std::uint32_t member_count,
                                std::uint32_t threshold_count, std::uint32_t prior_years) {
  Group group = random_group(rng, member_count, threshold_count);
  if (group.personal.empty() && rng() % 2) {
    add_families(group, static_cast<std::uint32_t>(2 + rng() % 12), to_cents(5e5));
  }
  for (PersonalMember& person : group.personal) {
    if (rng() % 3 == 0) person.known_run_in = static_cast<Cents>(rng() % 2'000'000);
  }
  if (rng() % 2) {
    group.effects.push_back(
        {Purpose::group_effect_year, group.key, tables().at(Tables::severity), nullptr});
  }
  group.basis = random_basis(rng, prior_years);
  return group;
}

/// Sums of years [first_year, first_year + years) from the lane's definition, [column][year].
inline std::vector<Cents> defined_sums(const GroupView& group, std::uint64_t seed,
                                       std::uint32_t first_year, std::uint32_t years) {
  std::vector<Cents> sums(std::size_t{sums_columns(group)} * years);
  const Philox draw{round_keys(seed)};
  for (std::uint32_t row = 0; row < years; ++row) {
    store(group, simulate_year(group, first_year + row, draw), {sums.data(), years}, row);
  }
  return sums;
}

}  // namespace corridor::made_up
