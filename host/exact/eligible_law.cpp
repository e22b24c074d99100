// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/eligible_law.hpp"

#include <algorithm>
#include <cmath>

namespace corridor {
namespace {

using Piece = TableLaw::Piece;

constexpr double small_claim = double{small_claim_usd}, large_claim = double{large_claim_usd};
constexpr double lines_per_octave = 64;

/// Eligible part of a claim, falling with S as the claim does.
struct Share {
  double small, large_less_small, level;

  double of(double claim) const {
    return level * claim * (small + large_less_small * large_weight_of(claim));
  }
};

/// One line for a piece of claims in which the share is a parabola at most, so that Simpson's rule
/// gives the mean of the eligible part.
Piece line_of(const Piece& claims, const Share& share) {
  const double top = share.of(claims.top), bottom = share.of(claims.bottom);
  const double mean = (top + 4 * share.of((claims.top + claims.bottom) / 2) + bottom) / 6;
  return {mean + (top - bottom) / 2, mean - (top - bottom) / 2, claims.low, claims.width};
}

/// The largest end of a line below `claim`.
double line_end_below(double claim) {
  if (claim > large_claim) return large_claim;
  if (claim <= small_claim) return -large_claim;  // none: the share no longer changes
  const double line = std::ceil(std::log2(claim / small_claim) * lines_per_octave - 1e-9) - 1;
  return small_claim * std::exp2(line / lines_per_octave);
}

void add_lines(Piece claims, const Share& share, std::vector<Piece>& lines) {
  while (share.large_less_small != 0) {
    const double end = line_end_below(claims.top);
    if (end <= claims.bottom) break;
    Piece upper = claims;
    upper.bottom = end;
    upper.width = claims.width * (claims.top - end) / (claims.top - claims.bottom);
    lines.push_back(line_of(upper, share));
    claims.width -= upper.width;
    claims.low += upper.width;
    claims.top = end;
  }
  lines.push_back(line_of(claims, share));
}

TableLaw month_law(const TableLaw& claims, const Share& share) {
  std::vector<Piece> lines;
  for (int p = 0; p < claims.piece_count(); ++p) add_lines(claims.piece(p), share, lines);
  return TableLaw(std::move(lines));
}

/// Walks down a law: probabilities of being above an amount, amounts descending.
class Descent {
 public:
  Descent(const MonthLaw& part) : weight_(part.weight), law_(part.law) {}

  /// P(X > amount), an atom at the amount left out.
  double above(double amount) {
    while (next_ < law_.piece_count() && at().bottom >= amount && at().top > amount) ++next_;
    return reached(amount);
  }
  double at_least(double amount) {
    while (next_ < law_.piece_count() && at().bottom >= amount) ++next_;
    return reached(amount);
  }

 private:
  const Piece& at() const { return law_.piece(next_); }
  double reached(double amount) const {
    if (next_ == law_.piece_count()) return weight_;
    const double share = at().top > amount ? (at().top - amount) / (at().top - at().bottom) : 0.0;
    return weight_ * (at().low + at().width * share);
  }

  double weight_;
  const TableLaw& law_;
  int next_ = 0;
};

/// Where some part begins or ends a piece, descending.
std::vector<double> ends_of(const std::vector<MonthLaw>& parts) {
  std::vector<double> ends;
  for (const MonthLaw& part : parts) {
    for (int p = 0; p < part.law.piece_count(); ++p) {
      ends.push_back(part.law.piece(p).top);
      ends.push_back(part.law.piece(p).bottom);
    }
  }
  std::sort(ends.begin(), ends.end(), std::greater<>());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  return ends;
}

/// Pieces side by side in S.
class Pieces {
 public:
  void add(double top, double bottom, double up_to) {
    if (!(up_to > low_)) return;
    pieces_.push_back({top, bottom, low_, up_to - low_});
    low_ = up_to;
  }
  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  std::vector<Piece> pieces_;
  double low_ = 0;
};

}  // namespace

double large_weight_of(double claim) {
  if (claim <= small_claim) return 0;
  if (claim >= large_claim) return 1;
  constexpr auto parabola = static_cast<double>(octave_parabola);
  const double ratio = claim / small_claim, octave = ratio < 2 ? 0 : 1;
  const double part = ratio / (octave + 1) - 1;
  return std::min(1.0, (octave + part + parabola * part * (1 - part)) / 2);
}

std::vector<MonthShare> month_shares(const Basis& basis, std::uint32_t back) {
  double slots[month_cells] = {};
  for (std::uint32_t c = 0; c < month_cells; ++c) {
    slots[c] += basis.months.cut[c];
    slots[basis.months.other[c]] += slots_per_cell - basis.months.cut[c];
  }
  std::vector<MonthShare> result;
  for (std::uint32_t month = 0; month < month_cells; ++month) {
    if (slots[month] == 0) continue;
    const double small = double{basis.shares[back].small[month]};
    const double large = double{basis.shares[back].large_less_small[month]};
    const auto same = std::find_if(result.begin(), result.end(), [&](const MonthShare& other) {
      return other.small == small && other.large_less_small == large;
    });
    if (same == result.end()) {
      result.push_back({small, large, slots[month] / month_slots});
    } else {
      same->weight += slots[month] / month_slots;
    }
  }
  return result;
}

TableLaw mixture(const std::vector<MonthLaw>& parts) {
  std::vector<Descent> descents(parts.begin(), parts.end());
  Pieces pieces;
  double before = 0;
  for (const double end : ends_of(parts)) {
    double above = 0, at_least = 0;
    for (Descent& descent : descents) {
      above += descent.above(end);
      at_least += descent.at_least(end);
    }
    pieces.add(before, end, above);
    pieces.add(end, end, at_least);
    before = end;
  }
  pieces.add(before, before, 1);
  return TableLaw(pieces.take());
}

EligibleLaw::EligibleLaw(TableLaw law) : months_{{1, std::move(law)}}, law_(months_[0].law) {}

EligibleLaw::EligibleLaw(const TableLaw& claims, const Basis& basis, std::uint32_t back)
    : months_([&] {
        std::vector<MonthLaw> months;
        const double level = double{basis.relative_scale[back]};
        for (const MonthShare& share : month_shares(basis, back)) {
          const Share of{share.small, share.large_less_small, level};
          months.push_back({share.weight, month_law(claims, of)});
        }
        return months;
      }()),
      law_(months_.size() == 1 ? months_[0].law : mixture(months_)) {}

}  // namespace corridor
