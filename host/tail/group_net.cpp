// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/group_net.hpp"

namespace corridor {

NetOfYear::NetOfYear(const Programme& programme, const CededYears& ceded, const BookYears& book,
                     std::uint32_t year) {
  std::size_t layer = 0;
  Cents left = book.gross(year);
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    const bool of_persons = programme.treaties[t].of_persons();
    const Cents covered = of_persons ? book.layers[layer][year] : left;
    const Cents taken = ceded.ceded[t][year];
    const double share =
        covered > 0 ? static_cast<double>(taken) / static_cast<double>(covered) : 0;
    treaties_.push_back({of_persons, layer, share});
    if (of_persons) ++layer;
    left -= taken;
  }
}

Cents NetOfYear::next(const GroupPayout& payout) {
  double left = static_cast<double>(payout.gross);
  for (const Part& treaty : treaties_) {
    const double covered =
        treaty.of_persons ? static_cast<double>(payout.layers[treaty.layer]) : left;
    left -= treaty.share * covered;
  }
  exact_ += left;
  const Cents before = rounded_;
  rounded_ = to_cents(exact_);
  return rounded_ - before;
}

}  // namespace corridor
