// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/apply.hpp"

#include <algorithm>

#include "corridor/error.hpp"
#include "host/treaty/subject.hpp"
#include "host/treaty/year_layer.hpp"

namespace corridor {
namespace {

Cents part_of(Cents amount, double share) { return share == 1 ? amount : share_of(amount, share); }

void check_premium(const Programme& programme, double premium_usd) {
  for (const Treaty& treaty : programme.treaties) {
    if (!treaty.in_ratios() || premium_usd > 0) continue;
    throw Error(ErrorKind::bad_data,
                "treaty '" + treaty.name + "' (/treaties row " + std::to_string(treaty.row) +
                    ") is in points of loss ratio, and the book's premium is not above 0. Give "
                    "attachment_usd and limit_usd instead, or a book whose covers cost something");
  }
}

/// One treaty on the years, once what it acts on is known.
class TreatyOnYears {
 public:
  /// `part_left`  of every claim and of the premium
  /// `layer`      [year] of a treaty of persons
  TreatyOnYears(const Treaty& treaty, double part_left, double premium_usd,
                std::span<const Cents> layer)
      : treaty_(treaty),
        part_left_(part_left),
        covers_(year_layer(treaty, part_left * premium_usd)),
        layer_(layer) {}

  /// `before`  [year] what lower orders left
  /// `left`    [year] what is left now, of which the cession is taken
  std::vector<Cents> take(std::span<const Cents> before, std::vector<Cents>& left) const {
    std::vector<Cents> ceded(left.size());
    for (std::size_t year = 0; year < left.size(); ++year) {
      ceded[year] = smaller(due(before[year], year), left[year]);
      left[year] -= ceded[year];
    }
    return ceded;
  }

 private:
  Cents due(Cents before, std::size_t year) const {
    const Cents loss = treaty_.of_persons() ? part_of(layer_[year], part_left_) : before;
    return part_of(covers_.covered(loss), treaty_.share);
  }

  const Treaty& treaty_;
  double part_left_;
  YearLayer covers_;
  std::span<const Cents> layer_;
};

}  // namespace

CededYears apply_programme(const Programme& programme, std::span<const Cents> gross,
                           std::span<const std::vector<Cents>> layers, double premium_usd) {
  check_premium(programme, premium_usd);
  const std::vector<double> parts = parts_left(programme);
  CededYears result;
  result.net.assign(gross.begin(), gross.end());
  std::vector<Cents> before = result.net;
  std::size_t next_layer = 0;
  for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
    const Treaty& treaty = programme.treaties[t];
    if (t > 0 && programme.treaties[t - 1].order != treaty.order) before = result.net;
    const auto layer = treaty.of_persons() ? std::span<const Cents>(layers[next_layer++])
                                           : std::span<const Cents>{};
    result.ceded.push_back(
        TreatyOnYears(treaty, parts[t], premium_usd, layer).take(before, result.net));
  }
  return result;
}

}  // namespace corridor
