// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/subject.hpp"

#include <algorithm>

namespace corridor {

std::vector<double> parts_left(const Programme& programme) {
  std::vector<double> parts;
  double left = 1, taken = 0;  // by lower orders; by this one of what they left
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    const Treaty& treaty = programme.treaties[t];
    if (t > 0 && programme.treaties[t - 1].order != treaty.order) {
      left *= std::max(1 - taken, 0.0);
      taken = 0;
    }
    parts.push_back(left);
    if (treaty.kind == TreatyKind::quota_share) taken += treaty.share;
  }
  return parts;
}

}  // namespace corridor
