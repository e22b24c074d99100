// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <random>

#include "host/treaty/over_cession.hpp"
#include "tests/treaty/made_up_treaties.hpp"

namespace corridor {
namespace {

using made_up::aggregate;
using made_up::layer_of;
using made_up::person_excess;
using made_up::quota_share;
using made_up::usd;
using made_up::with_corridor;

constexpr double premium_usd = 2e6;

/// A programme and years of persons' payouts that fit it.
class Chance {
 public:
  explicit Chance(unsigned seed) : engine_(seed) {}

  double up_to(double most) { return std::uniform_real_distribution<>(0, most)(engine_); }
  unsigned below(unsigned count) { return static_cast<unsigned>(engine_() % count); }

  Treaty treaty(std::uint8_t order) {
    const unsigned kind = below(3);
    if (kind == 0) return quota_share(order, 0.05 + up_to(0.9));
    if (kind == 1) {
      Treaty treaty = aggregate(order, 0.3 + up_to(1), 0.1 + up_to(1), 0.3 + up_to(0.7));
      if (below(2) == 0) {
        const double from = treaty.attachment_ratio + up_to(treaty.limit_ratio / 2);
        treaty = with_corridor(treaty, from, from + up_to(0.3));
      }
      return treaty;
    }
    Treaty treaty = person_excess(order, up_to(4e5), 1e4 + up_to(1e6), 0.1 + up_to(0.9));
    if (below(2) == 0) treaty.annual_deductible_usd = up_to(3e5);
    if (below(2) == 0) treaty.annual_limit_usd = 1e4 + up_to(1e6);
    return treaty;
  }

  Programme programme() {
    Programme result;
    const unsigned count = 1 + below(5);
    std::uint8_t order = 0;
    for (unsigned t = 0; t < count; ++t) {
      result.treaties.push_back(treaty(order));
      order = static_cast<std::uint8_t>(order + below(2));
    }
    return result;
  }

  std::vector<double> payouts() {
    std::vector<double> result;
    const unsigned count = below(8);
    for (unsigned p = 0; p < count; ++p) {
      result.push_back(std::floor(1e7 * std::pow(up_to(1), 3)) / 10);
    }
    return result;
  }

 private:
  std::mt19937 engine_;
};

struct Years {
  std::vector<Cents> gross;
  std::vector<std::vector<double>> payouts;

  Years(Chance& chance, std::size_t count) {
    for (std::size_t year = 0; year < count; ++year) {
      payouts.push_back(chance.payouts());
      double sum = 0;
      for (const double payout : payouts.back()) sum += payout;
      // An aggregating specific may have taken any part of the year.
      gross.push_back(usd(chance.below(3) == 0 ? chance.up_to(sum) : sum));
    }
  }

  CededYears under(const Programme& programme) const {
    std::vector<std::vector<Cents>> layers;
    for (const Treaty& treaty : programme.treaties) {
      if (!treaty.of_persons()) continue;
      layers.emplace_back();
      for (const auto& year : payouts) layers.back().push_back(layer_of(treaty, year));
    }
    return apply_programme(programme, gross, layers, premium_usd);
  }
};

TEST(TreatyProperties, NetAndCessionsAddUpToGrossAndNothingIsNegative) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    Chance chance(seed);
    const Programme programme = chance.programme();
    const Years years(chance, 25);
    const CededYears result = years.under(programme);
    for (std::size_t year = 0; year < years.gross.size(); ++year) {
      Cents sum = result.net[year];
      for (const auto& ceded : result.ceded) {
        EXPECT_GE(ceded[year], 0);
        sum += ceded[year];
      }
      ASSERT_EQ(sum, years.gross[year]) << "seed " << seed << ", year " << year;
      ASSERT_GE(result.net[year], 0) << "seed " << seed << ", year " << year;
    }
  }
}

using Change = void (*)(Treaty&);

/// The treaty at the end of a programme takes as much or more in every year after `change`.
void expect_not_less(Change change) {
  std::size_t more = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Chance chance(seed);
    Programme programme = chance.programme();
    const Years years(chance, 25);
    const auto before = years.under(programme).ceded.back();
    change(programme.treaties.back());
    const auto after = years.under(programme).ceded.back();
    for (std::size_t year = 0; year < before.size(); ++year) {
      ASSERT_GE(after[year], before[year]) << "seed " << seed << ", year " << year;
      more += after[year] > before[year] ? 1 : 0;
    }
  }
  EXPECT_GT(more, 100U);  // or nothing was changed
}

TEST(TreatyProperties, WiderLayersTakeMore) {
  expect_not_less([](Treaty& t) {
    t.limit_usd *= 1.5;
    t.limit_ratio *= 1.5;
  });
}

TEST(TreatyProperties, LowerAttachmentsOfUnlimitedLayersTakeMore) {
  expect_not_less([](Treaty& t) {
    t.limit_usd += 0.4 * t.attachment_usd;
    t.attachment_usd *= 0.6;
    t.limit_ratio += 0.4 * t.attachment_ratio;
    t.attachment_ratio *= 0.6;
  });
}

TEST(TreatyProperties, LargerSharesTakeMore) {
  expect_not_less([](Treaty& t) { t.share = std::fmin(1, 1.3 * t.share); });
}

TEST(TreatyProperties, HigherAnnualLimitsAndLowerAnnualDeductiblesTakeMore) {
  expect_not_less([](Treaty& t) { t.annual_limit_usd *= 2; });
  expect_not_less([](Treaty& t) { t.annual_deductible_usd /= 2; });
}

TEST(TreatyProperties, NarrowerCorridorsTakeMore) {
  expect_not_less(
      [](Treaty& t) { t.corridor_to_ratio = (t.corridor_from_ratio + t.corridor_to_ratio) / 2; });
}

TEST(TreatyProperties, OrderMattersBetweenAnAggregateAndAQuotaShare) {
  const std::vector<double> payouts{2.4e6};
  const auto aggregate_first =
      made_up::one_year({{aggregate(1, 1, 0.1), quota_share(2, 0.5)}}, payouts, premium_usd);
  const auto share_first =
      made_up::one_year({{quota_share(1, 0.5), aggregate(2, 1, 0.1)}}, payouts, premium_usd);
  EXPECT_EQ(aggregate_first.ceded[0].front(), usd(200e3));
  EXPECT_EQ(share_first.ceded[1].front(), usd(100e3));
  EXPECT_EQ(aggregate_first.net.front(), usd(1.1e6));
  EXPECT_EQ(share_first.net.front(), usd(1.1e6));
  EXPECT_EQ(aggregate_first.ceded[1].front(), usd(1.1e6));
  EXPECT_EQ(share_first.ceded[0].front(), usd(1.2e6));
}

// Claim by claim, what is left of each payout in doubles: the yearly sums must give the same.
TEST(TreatyProperties, SharesAndLayersAreThoseOfEachClaim) {
  std::size_t checked = 0;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    Chance chance(seed);
    Programme programme;
    for (std::uint8_t order = 0; order < 4; ++order) {
      programme.treaties.push_back(chance.below(2) == 0
                                       ? quota_share(order, chance.up_to(0.9))
                                       : person_excess(order, chance.up_to(4e5),
                                                       1e4 + chance.up_to(5e5), chance.up_to(0.6)));
    }
    if (!over_cessions(programme).empty()) continue;
    ++checked;
    const std::vector<double> payouts = chance.payouts();
    const CededYears result = made_up::one_year(programme, payouts);
    double part = 1, left = 0;
    for (const double payout : payouts) left += payout;
    for (std::size_t t = 0; t < programme.treaties.size(); ++t) {
      const Treaty& treaty = programme.treaties[t];
      double ceded = 0;
      if (treaty.of_persons()) {
        for (const double payout : payouts) {
          ceded += treaty.share * part *
                   std::fmin(std::fmax(payout - treaty.attachment_usd, 0), treaty.limit_usd);
        }
      } else {
        ceded = treaty.share * left;
        part *= 1 - treaty.share;
      }
      left -= ceded;
      ASSERT_NEAR(static_cast<double>(result.ceded[t].front()), 100 * ceded, 4) << "seed " << seed;
    }
    EXPECT_GT(left, -1e-6) << "seed " << seed;
  }
  EXPECT_GT(checked, 200U);
}

// What is not refused never takes more of a claim than there is, whatever the claim.
TEST(TreatyProperties, ProgrammesThatPassTakeNoDollarTwice) {
  std::size_t refused = 0, passed = 0;
  for (unsigned seed = 1; seed <= 600; ++seed) {
    Chance chance(seed);
    Programme programme;
    std::uint8_t order = 0;
    for (unsigned t = 0; t < 4; ++t) {
      programme.treaties.push_back(chance.below(3) == 0
                                       ? quota_share(order, chance.up_to(0.6))
                                       : person_excess(order, chance.up_to(4e5),
                                                       1e4 + chance.up_to(5e5), chance.up_to(0.9)));
      order = static_cast<std::uint8_t>(order + chance.below(2));
    }
    const bool over = !over_cessions(programme).empty();
    bool cut = false;  // some dollar, looked for one thousand by one thousand
    Cents net = 0;
    for (double payout = 1e3; payout <= 1e6; payout += 1e3) {
      const Cents now = made_up::one_year(programme, {payout}).net.front();
      cut = cut || now < net - 5;  // the carrier keeps less of a larger claim
      net = now;
    }
    (over ? refused : passed) += 1;
    EXPECT_FALSE(cut && !over) << "seed " << seed;
  }
  EXPECT_GT(refused, 50U);
  EXPECT_GT(passed, 50U);
}

}  // namespace
}  // namespace corridor
