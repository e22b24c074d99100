// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/over_cession.hpp"

#include <optional>
#include <set>

#include "host/treaty/subject.hpp"
#include "host/treaty/year_layer.hpp"

namespace corridor {
namespace {

constexpr double rounding = 1e-9;  // of shares that are meant to add up to 1

struct Band {
  Cents from = 0, to = unlimited;
};

Band layer_of(const Treaty& treaty) {
  const Cents attachment = treaty_cents(treaty.attachment_usd);
  const Cents width = treaty_cents(treaty.limit_usd);
  return {attachment, width < unlimited - attachment ? attachment + width : unlimited};
}

/// Payouts cut where a layer begins or ends.
std::vector<Band> bands_of(const Programme& programme) {
  std::set<Cents> ends{0, unlimited};
  for (const Treaty& treaty : programme.treaties) {
    if (!treaty.of_persons()) continue;
    const Band layer = layer_of(treaty);
    ends.insert(layer.from);
    ends.insert(layer.to);
  }
  std::vector<Band> bands;
  for (auto end = std::next(ends.begin()); end != ends.end(); ++end) {
    bands.push_back({*std::prev(end), *end});
  }
  return bands;
}

bool covers(const Treaty& treaty, const Band& band, std::uint16_t captive) {
  const Band layer = layer_of(treaty);
  return treaty.of_persons() && (treaty.captive == 0 || treaty.captive == captive) &&
         layer.from <= band.from && band.to <= layer.to;
}

std::set<std::uint16_t> captives_of(const Programme& programme) {
  std::set<std::uint16_t> captives{0};
  for (const Treaty& treaty : programme.treaties) captives.insert(treaty.captive);
  return captives;
}

/// The first treaty that takes more than is left of a band's dollars, or nothing.
std::optional<OverCession> over_cession(const Programme& programme,
                                        const std::vector<double>& parts, const Band& band,
                                        std::uint16_t captive) {
  const std::vector<Treaty>& treaties = programme.treaties;
  double taken = 0, left = 1;  // left by lower orders
  for (std::size_t t = 0; t < treaties.size(); ++t) {
    if (t > 0 && treaties[t - 1].order != treaties[t].order) left = 1 - taken;
    if (treaties[t].kind == TreatyKind::quota_share) taken += left * treaties[t].share;
    if (covers(treaties[t], band, captive)) taken += parts[t] * treaties[t].share;
    if (taken > 1 + rounding) return OverCession{t, taken, band.from, band.to, captive};
  }
  return std::nullopt;
}

}  // namespace

std::vector<OverCession> over_cessions(const Programme& programme) {
  const std::vector<double> parts = parts_left(programme);
  const std::vector<Band> bands = bands_of(programme);
  std::vector<OverCession> found;
  std::set<std::size_t> named;
  for (const std::uint16_t captive : captives_of(programme)) {
    for (const Band& band : bands) {
      const auto over = over_cession(programme, parts, band, captive);
      if (over && named.insert(over->treaty).second) found.push_back(*over);
    }
  }
  return found;
}

}  // namespace corridor
