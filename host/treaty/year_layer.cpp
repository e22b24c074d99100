// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/year_layer.hpp"

#include <cmath>

namespace corridor {
namespace {

Cents between(Cents loss, Cents from, Cents to) {
  return from < to ? smaller(excess_over(loss, from), to - from) : 0;
}

Cents top_of(Cents attachment, Cents width) {
  return width < unlimited - attachment ? attachment + width : unlimited;
}

}  // namespace

Cents treaty_cents(double usd) {
  const double cents = 100 * usd;
  return cents < cents_max ? to_cents(cents) : unlimited;
}

Cents YearLayer::covered(Cents loss) const {
  return between(loss, attachment, top) -
         between(loss, larger(attachment, kept_from), smaller(top, kept_to));
}

Cents YearLayer::width() const { return top < unlimited ? covered(unlimited) : unlimited; }

YearLayer year_layer(const Treaty& treaty, double subject_premium_usd) {
  const auto points = [&](double ratio) { return treaty_cents(ratio * subject_premium_usd); };
  YearLayer layer;
  if (treaty.of_persons()) {
    layer.attachment = treaty_cents(treaty.annual_deductible_usd);
    layer.top = top_of(layer.attachment, treaty_cents(treaty.annual_limit_usd));
  } else if (treaty.kind == TreatyKind::book_aggregate) {
    layer.attachment = std::isnan(treaty.attachment_ratio) ? treaty_cents(treaty.attachment_usd)
                                                           : points(treaty.attachment_ratio);
    layer.top =
        top_of(layer.attachment, std::isnan(treaty.limit_ratio) ? treaty_cents(treaty.limit_usd)
                                                                : points(treaty.limit_ratio));
  }
  if (!std::isnan(treaty.corridor_from_ratio)) {
    layer.kept_from = points(treaty.corridor_from_ratio);
    layer.kept_to = points(treaty.corridor_to_ratio);
  }
  return layer;
}

}  // namespace corridor
