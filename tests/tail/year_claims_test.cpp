// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/tail/year_claims.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <optional>

#include "host/tail/book_years.hpp"
#include "tests/cpu/backends.hpp"

namespace corridor {
namespace {

constexpr std::uint32_t years = 48;

/// A group with a row of random terms; with `counted` its aggregate is on another basis.
struct MadeUpJob {
  made_up::Group group, counted_group;
  made_up::Grid grid;
  std::optional<GroupView> counted;
  GroupJob job;
  std::uint64_t seed;

  explicit MadeUpJob(std::mt19937_64& rng) : seed(rng()) {
    const auto members = static_cast<std::uint32_t>(1 + rng() % 300);
    const auto thresholds = static_cast<std::uint32_t>(1 + rng() % 6);
    group = rng() % 3 == 0 ? made_up::random_group(rng, members, thresholds)
                           : made_up::random_basis_group(rng, members, thresholds,
                                                         static_cast<std::uint32_t>(rng() % 4));
    grid = made_up::plain_grid(group, {1.1});
    made_up::add_terms(grid, group, rng);
    job = grid.job(group);
    if (rng() % 3 != 0) return;
    counted_group = group;
    counted_group.basis = made_up::random_basis(rng, static_cast<std::uint32_t>(rng() % 3));
    counted = counted_group.view();
    job.counted = &*counted;
  }

  /// Row `r` with its attachment set.
  GridRow bound(std::uint32_t r) const {
    GridRow row = job.rows[r];
    row.terms.attachment = row.attachment_count == 0 ? unlimited : row.attachments[0];
    return row;
  }
};

/// Calls check(job, row, generator, year) for jobs, rows and years of every kind.
template <class Check>
void each_year(const Check& check) {
  std::mt19937_64 rng(77);
  for (int round = 0; round < 60; ++round) {
    const MadeUpJob made(rng);
    const Philox draw{round_keys(made.seed)};
    for (std::uint32_t year = 0; year < 8; ++year) {
      const GridRow row = made.bound(static_cast<std::uint32_t>(rng() % made.job.row_count));
      check(made.job, row, draw, static_cast<std::uint32_t>(rng()));
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

class ReplayedYear : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Cpu, ReplayedYear, testing::ValuesIn(cpu::instruction_sets()),
                         [](const auto& set) { return set.param; });

TEST_P(ReplayedYear, HasTheBackEndsSumsToTheCent) {
  const std::unique_ptr<Backend> backend = made_up::backend(GetParam());
  std::mt19937_64 rng(41);
  for (int round = 0; round < 60; ++round) {
    const MadeUpJob made(rng);
    const auto first = static_cast<std::uint32_t>(rng());
    const std::uint32_t columns = job_columns(made.job);
    std::vector<Cents> sums(std::size_t{columns} * years);
    backend->simulate(made.job.group, made.seed, first, years, {sums.data(), years});
    if (made.job.counted != nullptr) {
      Cents* behind = sums.data() + std::size_t{sums_columns(made.job.group)} * years;
      backend->simulate(*made.job.counted, made.seed, first, years, {behind, years});
    }
    for (std::uint32_t y = 0; y < years; ++y) {
      const GroupReplay replay =
          replayed(made.job, made.bound(0), Philox{round_keys(made.seed)}, first + y);
      for (std::uint32_t c = 0; c < columns; ++c) {
        ASSERT_EQ(replay.sums[c], sums[std::size_t{c} * years + y]) << "column " << c;
      }
    }
  }
}

TEST(ReplayedYears, PayWhatTheTermsMakeOfTheirSums) {
  each_year([](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    GroupReplay replay = replayed(job, row, draw, year);
    const made_up::RowAmounts amounts = made_up::amounts(job, row, replay.view(), 1);
    EXPECT_EQ(replay.state.counted, amounts.counted[0]);
    EXPECT_EQ(replay.state.specific_before_asd, amounts.specific_before_asd[0]);
    EXPECT_EQ(replay.state.specific, amounts.specific[0]);
    EXPECT_EQ(carrier(replay.state), amounts.total[0][0]);
  });
}

TEST(ReplayedYears, AreThoseOfTheBooksRunOverItsOwnThresholds) {
  const std::unique_ptr<Backend> backend = made_up::backend("");
  std::mt19937_64 rng(8);
  for (int round = 0; round < 30; ++round) {
    const MadeUpJob made(rng);
    GridRow row = made.bound(0);
    row.limit_threshold = GridRow::no_limit;  // made-up limits are no amounts of the terms
    GroupJob job = made.job;
    job.rows = &row;
    job.row_count = 1;
    const TailGroup group(job, {}, 0);
    const auto visit = [&](std::size_t, std::uint32_t year, SumsView sums, std::uint64_t at) {
      const GroupYear of_book = group.year(sums, at);
      const YearState state = replayed(job, row, Philox{round_keys(made.seed)}, year).state;
      ASSERT_EQ(of_book.ground_up, state.ground_up);
      ASSERT_EQ(of_book.specific, state.specific);
      ASSERT_EQ(of_book.aggregate, state.aggregate);
    };
    const std::vector<std::uint32_t> chosen{0, 1, 2, 40, 99'999};
    each_chosen_year(std::span(&group, 1), *backend, made.seed, chosen, visit);
  }
}

struct PersonSums {
  Cents claims = 0, run_in = 0, excess = 0, covered = 0, countable = 0;

  explicit PersonSums(std::span<const PersonReplay> persons) {
    for (const PersonReplay& person : persons) {
      claims += person.claim.claim;
      run_in += person.claim.run_in;
      excess += person.excess;
      covered += person.covered;
      countable += person.countable;
    }
  }
};

TEST(ReplayedPersons, ExcessesAddUpToTheLanesSums) {
  int hits = 0;
  each_year([&](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    const GroupReplay replay = replayed(job, row, draw, year);
    const PersonSums sums(replayed_persons(job, row, draw, year));
    ASSERT_EQ(sums.excess, replay.drawn.excess - replay.drawn.laser_band);
    ASSERT_EQ(sums.covered + replay.drawn.family, replay.state.layer);
    hits += sums.excess > 0 && replay.drawn.laser_band > 0 && sums.covered < sums.excess;
  });
  EXPECT_GT(hits, 5) << "years with an excess, a band and a limit that bites";
}

/// What fp32 sums of claims lose, and rounding to cents once a person.
Cents rounding(const GroupView& group, Cents sum) {
  return static_cast<Cents>(static_cast<double>(sum) * 0x1p-22) + group.member_count + 1;
}

/// What the lane's fp32 sums hold before it takes off what the cap cuts.
Cents uncut_claims(GroupView group, const Philox& draw, std::uint32_t year) {
  group.maximum = unlimited;
  std::vector<YearClaim> claims;
  add_claims_above(group, draw, year, 0, claims);
  Cents sum = 0;
  for (const YearClaim& claim : claims) sum += claim.claim;
  return sum;
}

TEST(ReplayedPersons, ClaimsAddUpToTheGroupsButForRounding) {
  each_year([](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    const GroupReplay replay = replayed(job, row, draw, year);
    const std::vector<PersonReplay> persons = replayed_persons(job, row, draw, year);
    const PersonSums sums(persons);
    const Cents lost = rounding(job.group, uncut_claims(job.group, draw, year));
    ASSERT_LE(std::abs(sums.claims - replay.state.ground_up), lost);
    const GroupView& counts = job.counted != nullptr ? *job.counted : job.group;
    const std::uint32_t first = job.counted != nullptr ? sums_columns(job.group) : 0;
    const Cents credit =
        has_families(counts)
            ? replay.sums[first + family_column(counts) + row.deductible_threshold]
            : 0;
    // Without a claim on the specific's basis a person has no row and may count all the same.
    if (job.counted == nullptr) {
      ASSERT_LE(std::abs(sums.countable - replay.drawn.countable - credit), lost);
    }
    for (const PersonReplay& person : persons) {
      ASSERT_LE(person.claim.run_in, person.claim.claim);
      ASSERT_GE(person.covered, 0);
    }
  });
}

TEST(ReplayedPersons, CountWhatTheAggregatesBasisTakes) {
  int different = 0;
  each_year([&](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    if (job.counted == nullptr) return;
    GroupJob other = job;
    other.group = *job.counted;
    other.counted = nullptr;
    std::vector<Cents> countable(job.group.member_count);
    for (const PersonReplay& person : replayed_persons(other, row, draw, year)) {
      countable[person.claim.member] = person.countable;
    }
    for (const PersonReplay& person : replayed_persons(job, row, draw, year)) {
      ASSERT_EQ(person.countable, countable[person.claim.member]);
      different += person.countable != smaller(person.claim.claim, person.deductible);
    }
  });
  EXPECT_GT(different, 1000);
}

TEST(ReplayedPersons, RunInAddsUpWhereNoCapBites) {
  int years_with_run_in = 0;
  each_year([&](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    const std::vector<PersonReplay> persons = replayed_persons(job, row, draw, year);
    for (const PersonReplay& person : persons) {
      if (person.claim.capped) return;
    }
    const GroupReplay replay = replayed(job, row, draw, year);
    const Cents run_in = has_run_in(job.group) ? replay.sums[run_in_column(job.group)] : 0;
    const PersonSums sums(persons);
    ASSERT_LE(std::abs(sums.run_in - run_in), rounding(job.group, sums.claims));
    years_with_run_in += run_in > 0;
  });
  EXPECT_GT(years_with_run_in, 50);
}

TEST(ReplayedFamilies, AddUpToTheFamilyColumn) {
  int hits = 0;
  each_year([&](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    const std::vector<PersonReplay> persons = replayed_persons(job, row, draw, year);
    Cents covered = 0;
    for (const FamilyReplay& family : replayed_families(job.group, row, persons)) {
      ASSERT_EQ(family.covered, family.kept - family.deductible);
      covered += family.covered;
    }
    ASSERT_EQ(covered, replayed(job, row, draw, year).drawn.family);
    hits += covered > 0;
  });
  EXPECT_GT(hits, 5);  // few of the random groups have families that pay
}

TEST(ClaimsAboveAnAmount, AreThoseOfAllClaims) {
  each_year([](const GroupJob& job, const GridRow&, const Philox& draw, std::uint32_t year) {
    std::vector<YearClaim> all, above{{9, 9, 9, 9, true}};
    add_claims_above(job.group, draw, year, 0, all);
    for (const Cents amount : {job.group.thresholds[0], to_cents(5e5)}) {
      above.resize(1);
      add_claims_above(job.group, draw, year, amount, above);
      std::size_t next = 1;
      for (const YearClaim& claim : all) {
        if (claim.claim <= amount) continue;
        ASSERT_LT(next, above.size());
        ASSERT_EQ(above[next].member, claim.member);
        ASSERT_EQ(above[next].person, claim.person);
        ASSERT_EQ(above[next].claim, claim.claim);
        ASSERT_EQ(above[next++].run_in, claim.run_in);
      }
      ASSERT_EQ(next, above.size());
      ASSERT_EQ(above[0].member, 9u) << "what was there stays";
    }
  });
}

TEST(EffectFactors, MultiplyToTheYearsEffects) {
  std::size_t prior = 0;
  each_year([&](const GroupJob& job, const GridRow& row, const Philox& draw, std::uint32_t year) {
    const BasisEffects effects = replayed(job, row, draw, year).effects;
    double severity[basis_years_max], frequency[basis_years_max];
    std::fill_n(severity, basis_years_max, static_cast<double>(job.group.base_effect));
    std::fill_n(frequency, basis_years_max, 1.0);
    for (const EffectFactors& factors : effect_factors(job.group, draw, year)) {
      severity[factors.years_before] *= factors.severity;
      frequency[factors.years_before] *= factors.frequency;
      prior += factors.years_before > 0 && factors.purpose == Purpose::group_effect_year;
    }
    const std::uint32_t prior_years = job.group.basis != nullptr ? job.group.basis->prior_years : 0;
    for (std::uint32_t back = 0; back <= prior_years; ++back) {
      const float level = job.group.basis != nullptr ? job.group.basis->relative_scale[back] : 1;
      const YearEffect& effect = effects.year[back];
      ASSERT_NEAR(severity[back] * static_cast<double>(level) /
                      static_cast<double>(effect.severity),
                  1, 1e-6);
      ASSERT_NEAR(frequency[back] * static_cast<double>(effect.inverse_frequency), 1, 1e-6);
    }
  });
  EXPECT_GT(prior, 100u);
}

TEST(ReplayedPersons, KeepALasersBandOut) {
  made_up::Group group = made_up::plain_group(4, 1, 0);
  group.thresholds = {to_cents(1e4)};
  made_up::give_own_terms(group, 2, 1.5, unlimited);
  made_up::Grid grid = made_up::plain_grid(group, {});
  const GroupJob job = grid.job(group);
  const Philox draw{round_keys(5)};
  int lasered = 0;
  for (std::uint32_t year = 0; year < 200; ++year) {
    for (const PersonReplay& person : replayed_persons(job, grid.rows[0], draw, year)) {
      const Cents deductible = person.claim.member == 2 ? to_cents(1.5e4) : to_cents(1e4);
      ASSERT_EQ(person.deductible, deductible);
      ASSERT_EQ(person.excess, larger(person.claim.claim - deductible, 0));
      ASSERT_EQ(person.countable, smaller(person.claim.claim, to_cents(1e4)));
      lasered += person.claim.has_own_terms();
    }
  }
  EXPECT_GT(lasered, 100);
}

}  // namespace
}  // namespace corridor
