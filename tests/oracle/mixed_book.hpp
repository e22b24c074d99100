// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include "tests/exact/made_book.hpp"
#include "tests/oracle/laws.hpp"

namespace corridor::oracle {

/// A row at deductible threshold k with a share, a limit at threshold k + 1 and the aggregate
/// counting `also`.
inline GridRow full_row(std::uint32_t k, double share, std::uint8_t also) {
  GridRow row = made::plain_row(k);
  row.limit_threshold = k + 1;
  row.terms.SpecificReimbursement::share = share;
  row.terms.also = also;
  return row;
}

/// A group with everything at once: scales, two laws, exposures, a cap that binds, two lasered
/// persons and one excluded from the specific.
inline made::Group everything(unsigned seed, EffectModel effect) {
  std::mt19937 random(seed);
  std::lognormal_distribution<double> scale(0, 0.5);
  made::Group group;
  for (std::uint32_t i = 0; i < 70; ++i) {
    group.members.push_back(made::member(scale(random), i % 2, i % 5 == 0 ? 0.35 : 1));
  }
  group.thresholds = {made::usd(20e3), made::usd(50e3), made::usd(90e3), made::usd(250e3)};
  group.maximum = made::usd(400e3);
  for (const std::uint32_t member : {3u, 28u, 69u}) {
    Member own = group.members[member];
    own.scale *= 4;
    std::vector<Cents> thresholds{made::usd(120e3), made::usd(150e3), made::usd(150e3),
                                  made::usd(320e3)};
    if (member == 69) thresholds.assign(4, unlimited);
    group.personal.push_back({member, own, thresholds, made::usd(900e3)});
    group.members[member].scale = 0;
  }
  for (std::uint32_t k = 0; k < 3; ++k) {
    group.rows.push_back(made::plain_row(k));
    group.rows.push_back(full_row(k, 0.85, 1 | 4 | 8));
  }
  group.effect = effect;
  return group;
}

/// One group of everything under each of several effect models, base effects re-centred by the
/// caller.
inline Book mixed_book() {
  made::BookMaker maker({silver_table(), lognormal_table(9000, 2.5, 0.2)});
  unsigned seed = 1;
  for (const EffectModel& effect : std::vector<EffectModel>{
           {0, 0, 0}, {0, 0.2, 0}, {0.1, 0.15, 0}, {0.1, 0.3, 0.7, 0.5}, {0, 0.3, 0.7, 1}}) {
    maker.add(everything(seed++, effect));
  }
  return maker.book();
}

}  // namespace corridor::oracle
