// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bitset>
#include <map>
#include <set>

#include "host/scenario/column_edit.hpp"
#include "host/scenario/scale_bins.hpp"
#include "host/scenario/stressed_parts.hpp"

namespace corridor {
namespace {

constexpr std::size_t law_indices = 1 << 16;

/// The laws of a book, to which others are added under names and numbers of their own.
class LawShelf {
 public:
  explicit LawShelf(std::vector<DistributionSpec>& laws) : laws_(laws) {
    for (const DistributionSpec& law : laws) {
      taken_.set(law.index);
      names_.insert(law.name);
    }
  }

  const DistributionSpec& at(std::uint16_t index) const {
    return *std::find_if(laws_.begin(), laws_.end(),
                         [&](const DistributionSpec& law) { return law.index == index; });
  }

  /// A law of kind `kind` over another; returns its number.
  std::uint16_t add(std::string_view kind, std::uint16_t base,
                    std::map<std::string, std::vector<double>> numbers) {
    DistributionSpec law;
    law.texts["base"] = at(base).name;
    law.maximum_usd = at(base).maximum_usd;
    law.kind = kind;
    law.numbers = std::move(numbers);
    law.index = free_index();
    law.name = free_name(law.texts["base"] + " " + law.kind);
    laws_.push_back(law);
    return law.index;
  }

 private:
  std::uint16_t free_index() {
    while (next_ < law_indices && taken_[next_]) ++next_;
    if (next_ == law_indices) {
      throw Error(ErrorKind::bad_data,
                  "the stress needs more laws than a book can number. Fewer laws or scales of the "
                  "book's members make fewer");
    }
    taken_.set(next_);
    return static_cast<std::uint16_t>(next_);
  }

  std::string free_name(const std::string& wanted) {
    std::string name = wanted;
    for (int i = 2; !names_.insert(name).second; ++i) name = wanted + " " + std::to_string(i);
    return name;
  }

  std::vector<DistributionSpec>& laws_;
  std::bitset<law_indices> taken_;
  std::set<std::string> names_;
  std::size_t next_ = 0;
};

/// Attributes of a with_rare law for members of a scale.
std::map<std::string, std::vector<double>> rare_costs(const Stress& stress, const BaseFacts& facts,
                                                      double scale) {
  std::vector<double> frequency, cost;
  for (std::size_t t = 0; t < stress.therapies.size(); ++t) {
    for (const SharedCost& each : facts.therapies[t]) {
      const double per_million = stress.therapies[t].frequency_per_million * each.share;
      if (per_million <= 0) continue;
      frequency.push_back(per_million);
      cost.push_back(each.cost_usd / scale);
    }
  }
  if (cost.empty()) return {};
  return {{"frequency_per_million", frequency}, {"cost_usd", cost}};
}

/// Makes one law of a bin out of the book's.
class LawMaker {
 public:
  LawMaker(const Stress& stress, const BaseFacts& facts, LawShelf& shelf)
      : stress_(stress), facts_(facts), shelf_(shelf) {}

  std::uint16_t law_of(const ScaleBin& bin) {
    std::uint16_t law = with_frequency(bin.law);
    if (stress_.severity_factor != 1) {
      law = shelf_.add("scaled_above", law,
                       {{"from_usd", {stress_.severity_above_usd / bin.scale}},
                        {"factor", {stress_.severity_factor}}});
    }
    if (auto costs = rare_costs(stress_, facts_, bin.scale); !costs.empty()) {
      law = shelf_.add("with_rare", law, std::move(costs));
    }
    return law;
  }

 private:
  /// One law for all scales.
  std::uint16_t with_frequency(std::uint16_t law) {
    if (stress_.pandemic_frequency == 1) return law;
    const auto made = more_frequent_.find(law);
    if (made != more_frequent_.end()) return made->second;
    const std::uint16_t added =
        shelf_.add("frequency_scaled", law, {{"factor", {stress_.pandemic_frequency}}});
    return more_frequent_[law] = added;
  }

  const Stress& stress_;
  const BaseFacts& facts_;
  LawShelf& shelf_;
  std::map<std::uint16_t, std::uint16_t> more_frequent_;
};

}  // namespace

void stress_laws(const Stress& stress, const BaseFacts& facts, Portfolio& portfolio) {
  const bool changes = stress.pandemic_frequency != 1 || stress.severity_factor != 1 ||
                       !rare_costs(stress, facts, 1).empty();
  if (!changes) return;
  LawShelf shelf(portfolio.distributions);
  LawMaker maker(stress, facts, shelf);
  std::vector<std::uint16_t> law = u16_column(portfolio.members, "distribution");
  for (const ScaleBin& bin : scale_bins(portfolio)) {
    const std::uint16_t made = maker.law_of(bin);
    for (const std::uint64_t row : bin.members) law[row] = made;
  }
  u16_column(portfolio.members, "distribution") = std::move(law);
}

}  // namespace corridor
