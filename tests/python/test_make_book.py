# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""scripts/make_book: the law against published figures, the books against the law, the files against their rules."""
import subprocess
import sys
from pathlib import Path

import pytest

h5py = pytest.importorskip("h5py")
import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
MAKE_BOOK = ROOT / "scripts" / "make_book"
SAMPLE = ROOT / "data" / "books" / "sample.h5"
SAMPLE_COMMAND = ["--groups", "48", "--tier", "mix", "--seed", "61"]
CONTRACTS = ROOT / "data" / "books" / "contracts.h5"
TREATIES = ROOT / "data" / "books" / "treaties.h5"
sys.path.insert(0, str(ROOT / "scripts"))

from book import build, census, contracts, factors, known, laws, spread, tables, terms, treaties  # noqa: E402

CHECKS = tables.rows("published_checks.csv")


def run(*arguments):
    command = [sys.executable, str(MAKE_BOOK), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def datasets(file):
    found = {}
    file.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    return found


def columns(path, group):
    with h5py.File(path) as file:
        return {name: item[()] for name, item in file[group].items()}


@pytest.fixture(scope="module")
def thousand(tmp_path_factory):
    """A book of 1,000 groups, as a file."""
    path = tmp_path_factory.mktemp("books") / "thousand.h5"
    assert run(path, "--groups", 1000).returncode == 0
    return path


# The law.

def top_share(law, share):
    """Share of spending of the dearest share of people, straight between bucket ends below the tail."""
    grid = np.concatenate([law.upper, np.geomspace(law.upper[-1], laws.MAXIMUM_USD, 4000)[1:]])
    floor = np.interp(-share, -law.survival(grid), grid)
    return (law.excess(floor) + floor * share) / law.mean


def specific_pepm(law, deductible):
    return law.excess(deductible) * census.MEMBERS_PER_EMPLOYEE / 12


QUANTITIES = {
    "mean_usd": lambda law, at: law.mean,
    "limited_expected_value_usd": lambda law, at: law.limited(at),
    "survival": lambda law, at: law.survival(at),
    "claimants_per_million": lambda law, at: 1e6 * law.survival(at),
    "excess_usd": lambda law, at: law.excess(at),
    "top_1_percent_floor_usd": lambda law, at: law.quantile_above(0.01),
    "specific_pepm_usd": specific_pepm,
    "gold_excess_usd": lambda _, at: laws.published("gold").excess(at),
    **{f"top_{p}_percent_share": lambda law, at, p=p: top_share(law, p / 100) for p in (1, 5, 10, 20)},
}


@pytest.mark.parametrize("row", CHECKS, ids=[f"{r['kind']}-{r['quantity']}-{r['at_usd']}" for r in CHECKS])
def test_law_reproduces_the_published_figure(row):
    at = float(row["at_usd"] or "nan")
    measured = float(QUANTITIES[row["quantity"]](laws.published("silver"), at))
    assert measured == pytest.approx(float(row["value"]), rel=float(row["tolerance"])), row["source"]


@pytest.mark.parametrize("tier", laws.METAL_TIERS)
@pytest.mark.parametrize("law_of_tier", [laws.published, spread.person_law])
def test_law_is_a_law(tier, law_of_tier):
    law = law_of_tier(tier)
    columns = law.columns
    low = np.concatenate([[0], columns["upper_usd"][:-1]])
    filled = columns["probability"] > 0
    assert columns["probability"].sum() == pytest.approx(1, abs=1e-12)
    assert (columns["probability"] >= 0).all()
    assert (columns["mean_usd"] >= low)[filled].all() and (columns["mean_usd"] <= columns["upper_usd"])[filled].all()
    assert columns["probability"] @ columns["mean_usd"] == pytest.approx(law.mean, rel=1e-12)
    x = np.geomspace(1, laws.MAXIMUM_USD, 2000)
    assert (np.diff(law.survival(x)) <= 0).all()
    assert (np.diff(law.tail_from) > 0).all() and (law.tail_alpha > 1).all()


@pytest.mark.parametrize("tier", laws.METAL_TIERS)
@pytest.mark.parametrize("at,tolerance", [(100, .01), (1e3, .01), (1e4, .01), (5e4, .05), (1e5, .03), (5e5, .03), (2e6, .03)])
def test_person_law_times_factors_and_known_claimants_is_the_published_law(tier, at, tolerance):
    law, (factor, share) = spread.person_law(tier), factors.expected_spread()
    everybody = (1 - known.RATE) * (share @ law.survival(at / factor)) + known.RATE * known.expected_survival(np.array([at]))[0]
    assert everybody == pytest.approx(float(laws.published(tier).survival(at)), rel=tolerance)


def test_limited_expected_value_is_the_area_under_survival_in_the_tail():
    law = laws.published("silver")
    x = np.geomspace(50e3, 5e6, 20001)
    area = np.sum((law.survival(x)[1:] + law.survival(x)[:-1]) / 2 * np.diff(x))
    assert law.limited(5e6) - law.limited(50e3) == pytest.approx(area, rel=1e-6)


def test_spliced_law_has_the_mean_its_survival_integrates_to():
    law = known.known_laws()["known_complex"]
    x = np.concatenate([[1e-9], np.geomspace(1, 1e10, 40001)])
    area = np.sum((law.survival(x)[1:] + law.survival(x)[:-1]) / 2 * np.diff(x))
    assert law.mean == pytest.approx(area, rel=1e-4)


def test_factors_average_one():
    factor, share = factors.expected_spread()
    assert share.sum() == pytest.approx(1, abs=1e-12)
    assert factor @ share == pytest.approx(1, abs=1e-12)


def test_group_effect_follows_the_stated_sizes():
    assert terms.effect_cv(np.array([20, 50, 250, 1000, 5000])) == pytest.approx([.193, .163, .103, .070, .055], abs=.001)


# A book against the law.

def law_of(name, group):
    """The law as the file says it, not as the builder had it."""
    kind = group.attrs["kind"]
    if kind != b"continuance":
        return known.known_laws()[name]
    return laws.Continuance(*(group[c][:-1] for c in ("upper_usd", "probability", "mean_usd")),
                            group.attrs["tail_from_usd"], group.attrs["tail_alpha"], name)


def book_survival(path, x):
    """Share of member-years above x, in closed form."""
    member = columns(path, "members")
    above = 0.0
    with h5py.File(path) as file:
        for name, group in file["distributions"].items():
            mine = member["distribution"] == group.attrs["index"]
            if mine.any():
                law = law_of(name, group)
                above += member["exposure"][mine].astype(float) @ law.survival(x / member["scale"][mine])
    return above / member["exposure"].sum(dtype=float)


def expected_cost(path):
    member = columns(path, "members")
    cost = 0.0
    with h5py.File(path) as file:
        for name, group in file["distributions"].items():
            mine = member["distribution"] == group.attrs["index"]
            cost += law_of(name, group).mean * (member["exposure"][mine].astype(float) @ member["scale"][mine])
    return cost / member["exposure"].sum(dtype=float)


# 4 %: what the taking-out of the spread leaves, 3.5 % at worst (at 50,000). Known claimants are few: at 500,000 their chance counts.
@pytest.mark.parametrize("at,tolerance", [(1e3, .01), (1e4, .01), (5e4, .04), (1e5, .04), (2.5e5, .05), (5e5, .07)])
def test_book_has_as_many_claimants_as_the_published_law(thousand, at, tolerance):
    assert book_survival(thousand, at) == pytest.approx(float(laws.published("silver").survival(at)), rel=tolerance)


def test_book_expects_what_the_law_expects(thousand):
    assert expected_cost(thousand) == pytest.approx(laws.published("silver").mean, rel=5e-4)


def test_known_claimants_cost_comes_out_of_everybody_elses(thousand):
    member = columns(thousand, "members")
    base = member["known_claimant"] == 0
    with h5py.File(thousand) as file:
        mean = law_of("silver", file["distributions/silver"]).mean
    assert mean * np.average(member["scale"][base], weights=member["exposure"][base]) < laws.published("silver").mean


def test_published_law_on_request_keeps_the_mean_and_doubles_the_spread(tmp_path):
    path = tmp_path / "published.h5"
    assert run(path, "--groups", 200, "--law", "published").returncode == 0
    assert expected_cost(path) == pytest.approx(laws.published("silver").mean, rel=5e-4)
    assert book_survival(path, 2.5e5) > 1.15 * float(laws.published("silver").survival(2.5e5))


# Who is in it.

def within(count, total, share, errors=4.5):
    """Whether a count is as many standard errors or fewer from its share of the total."""
    return abs(count - total * share) <= errors * np.sqrt(total * share * (1 - share)) + 1


def test_offsets_cover_every_member_and_no_group_is_empty(thousand):
    group, member = columns(thousand, "groups"), columns(thousand, "members")
    offset = group["member_offset"].astype(np.int64)
    assert offset[0] == 0 and offset[-1] == len(member["scale"]) and len(offset) == len(group["group_id"]) + 1
    assert (np.diff(offset) > 0).all()
    assert len(np.unique(group["group_id"])) == 1000


def test_member_years_an_employee_are_those_of_the_tier_mix(thousand):
    group, member = columns(thousand, "groups"), columns(thousand, "members")
    years, employees = member["exposure"].sum(dtype=float), group["employees"].sum(dtype=float)
    spread_of_family = 1.25
    assert abs(years / employees - 2.0285) < 4.5 * spread_of_family / np.sqrt(employees)


def test_average_employees_are_the_employees_exposure(thousand):
    group, member = columns(thousand, "groups"), columns(thousand, "members")
    of = np.repeat(np.arange(1000), np.diff(group["member_offset"].astype(np.int64)))
    is_employee = member["relation"] == census.EMPLOYEE
    key = of[is_employee] * 4 + member["tier"][is_employee]
    years = np.bincount(key, member["exposure"][is_employee], 4000).reshape(1000, 4)
    assert np.abs(years - group["employees"]).max() < 1e-4


def test_families_are_what_their_tier_says(thousand):
    member = columns(thousand, "members")
    family = member["family"].astype(np.int64) - 1
    kinds = [np.bincount(family, member["relation"] == relation) for relation in range(3)]
    tier = np.zeros(len(kinds[0]), int)
    tier[family] = member["tier"]
    assert (kinds[0] == 1).all()
    assert (kinds[1] == np.isin(tier, (1, 3))).all()
    assert ((kinds[2] > 0) == np.isin(tier, (2, 3))).all()
    assert (np.diff(family) >= 0).all()
    of = np.repeat(np.arange(1000), np.diff(columns(thousand, "groups")["member_offset"].astype(np.int64)))
    first = np.full(len(tier), 10**9)
    np.minimum.at(first, family, of)
    assert (first[family] == of).all(), "a family lies in one group"


def test_children_are_young_and_adults_are_not(thousand):
    member = columns(thousand, "members")
    child = member["relation"] == census.CHILD
    assert member["age_band"][child].max() == 2 and member["age_band"][~child].min() == 2
    assert member["age_band"].max() <= 9 and set(np.unique(member["sex"])) == {0, 1}


def test_age_and_sex_mix_is_the_expected_one(thousand):
    member = columns(thousand, "members")
    seen = np.bincount(member["age_band"].astype(int) * 2 + member["sex"], minlength=20).reshape(10, 2) / len(member["sex"])
    # Work forces differ, so groups and not members are the sample: a percentage point covers the big ones.
    assert np.abs(seen - census.expected_shares()).max() < 0.01


def test_group_sizes_are_the_markets():
    rng = np.random.Generator(np.random.PCG64(1))
    size_class, employees = census.group_sizes(rng, 5000)
    for index, row in enumerate(tables.rows("group_sizes.csv")):
        mine = employees[size_class == index]
        assert within(len(mine), 5000, float(row["share"]))
        assert mine.size == 0 or (mine.min() >= int(row["employees_from"]) and mine.max() <= int(row["employees_to"]))


def test_tiers_are_the_markets(thousand):
    member = columns(thousand, "members")
    tier = member["tier"][member["relation"] == census.EMPLOYEE]
    for row in tables.rows("enrolment_tiers.csv"):
        assert within((tier == int(row["tier"])).sum(), len(tier), float(row["share"]))


def test_known_claimants_and_lasers_are_as_many_as_stated(thousand):
    group, member = columns(thousand, "groups"), columns(thousand, "members")
    deductible = np.repeat(group["specific_deductible_usd"], np.diff(group["member_offset"].astype(np.int64)))
    expected = known.rates(deductible).sum()
    flagged, lasered = member["known_claimant"] == 1, np.isfinite(member["laser_usd"])
    assert abs(flagged.sum() - expected) < 4.5 * np.sqrt(expected)
    assert expected / len(flagged) == pytest.approx(known.RATE, rel=.05)
    assert within(lasered.sum(), flagged.sum(), known.LASERED_SHARE)
    assert flagged[lasered].all()
    multiple = member["laser_usd"][lasered] / deductible[lasered]
    assert multiple.min() >= 2 and multiple.max() <= 4


def test_deductibles_follow_the_size_of_the_group(thousand):
    group = columns(thousand, "groups")
    employees = group["employees"].sum(axis=1)
    for row in tables.rows("group_sizes.csv"):
        mine = (employees >= int(row["employees_from"])) & (employees <= int(row["employees_to"]))
        assert np.isin(group["specific_deductible_usd"][mine], [float(d) for d in row["deductibles_usd"].split()]).all()


def test_corridors_are_1_25_mostly_and_none_for_large_groups(thousand):
    group = columns(thousand, "groups")
    employees = group["employees"].sum(axis=1)
    corridor = group["aggregate_corridor"]
    assert np.isinf(corridor[employees >= 1000]).all() and np.isfinite(corridor[employees < 1000]).all()
    assert (corridor == 1.25).mean() > 0.8 and {1.15, 1.20} < set(np.unique(corridor))
    assert (corridor[employees < 100] == 1.25).all()


def test_no_small_group_lies_where_stop_loss_is_barred_to_it(thousand):
    group = columns(thousand, "groups")
    small = group["employees"].sum(axis=1) <= 100
    assert not np.isin(group["state"][small], [b"NY", b"CA"]).any()


def test_contract_basis_columns_are_absent(thousand):
    assert not [name for name in columns(thousand, "groups") if "run_in" in name or "run_out" in name]


@pytest.fixture(scope="module")
def with_contracts(tmp_path_factory):
    """The same book with contracts."""
    path = tmp_path_factory.mktemp("books") / "contracts.h5"
    assert run(path, "--groups", 1000, "--contracts").returncode == 0
    return path


def test_contracts_leave_people_and_terms_as_they_were(thousand, with_contracts):
    for table in ("groups", "members"):
        plain, more = columns(thousand, table), columns(with_contracts, table)
        for name, values in plain.items():
            equal_nan = values.dtype.kind == "f"
            assert np.array_equal(values, more[name], equal_nan=equal_nan), name


def test_contract_bases_are_as_common_as_stated(with_contracts):
    group = columns(with_contracts, "groups")
    bases = np.stack([group["run_in_months"], group["run_out_months"]], axis=1)
    for basis, share in zip(contracts.BASES, contracts.BASIS_SHARES):
        found = (bases == np.array(basis)).all(axis=1).mean()
        assert abs(found - share) < 4 * np.sqrt(share * (1 - share) / len(bases)), basis
    assert set(np.unique(bases[:, 0])) == {0, 3, 6, 12, 255}


def test_current_rates_are_about_what_the_specific_costs(with_contracts):
    group = columns(with_contracts, "groups")
    renewal = group["new_or_renewal"] == 1
    assert np.isnan(group["current_rate_usd"][~renewal]).all()
    rate, count = group["current_rate_usd"][renewal], group["employees"][renewal]
    assert (rate > 0).all()
    premium = 12 * (rate * count).sum()
    tier = laws.published("silver")
    deductible = group["specific_deductible_usd"][renewal]
    expected = sum(float(tier.excess(d)) * n for d, n in
                   zip(deductible, count.sum(axis=1) * census.MEMBERS_PER_EMPLOYEE))
    assert abs(premium * 1.08 * contracts.TARGET_LOSS_RATIO / expected - 1) < 0.03


def test_experience_is_two_years_of_the_law_with_noise(with_contracts):
    group, experience = columns(with_contracts, "groups"), columns(with_contracts, "experience")
    size = group["employees"].sum(axis=1)
    assert set(experience["group"]) == set(np.flatnonzero(size >= contracts.EXPERIENCE_FROM))
    assert (experience["paid_usd"] > experience["paid_above_deductible_usd"]).all()
    mean = laws.published("silver").mean
    years = experience["employee_months"].sum(axis=1) / 12 * census.MEMBERS_PER_EMPLOYEE
    expected = mean * years / 1.08 ** (2026.0 - experience["period"])
    assert abs(experience["paid_usd"].sum() / expected.sum() - 1) < 0.05


def test_treaties_leave_people_and_terms_as_they_were():
    plain, more = (build.build(build.Options(groups=60, treaties=treaties)) for treaties in (False, True))
    assert more.groups.keys() - plain.groups.keys() == {"captive"} and not plain.treaties
    for table in ("groups", "members"):
        for name, values in getattr(plain, table).items():
            assert np.array_equal(values, getattr(more, table)[name], equal_nan=values.dtype.kind == "f"), name


def test_a_pandemic_is_two_attributes_and_moves_nothing_else():
    plain, more = (build.build(build.Options(groups=20, pandemic=given)) for given in (None, (0.02, 1.5)))
    assert more.market == plain.market | {"pandemic_probability": 0.02, "pandemic_frequency": 1.5}
    for name, values in plain.members.items():
        assert np.array_equal(values, more.members[name], equal_nan=values.dtype.kind == "f"), name


@pytest.mark.parametrize("given", ["0.02", "0,1.5", "1.1,1.5", "0.1,0", "a,b", "nan,2"])
def test_a_pandemic_that_is_none_is_refused(given, tmp_path):
    assert run(tmp_path / "x.h5", "--pandemic", given).returncode == 64


def test_captives_are_of_small_groups_and_limit_what_they_expect(tmp_path):
    book = build.build(build.Options(groups=1000, treaties=True))
    size, captive = book.groups["employees"].sum(axis=1), book.groups["captive"]
    for number, (low, high, share, limit) in enumerate(treaties.CAPTIVES, start=1):
        able = (size >= low) & (size < high)
        assert (captive[~able] != number).all()
        assert within((captive[able] == number).sum(), able.sum(), share)
        row = list(book.treaties["captive"]).index(number)
        assert book.treaties["limit_usd"][row] == limit
        years = np.bincount(np.repeat(np.arange(1000), np.diff(book.groups["member_offset"])),
                            book.members["exposure"])[captive == number]
        law, deductible = laws.published("silver"), book.groups["specific_deductible_usd"][captive == number]
        expected = sum(float(law.limited(d + limit) - law.limited(d)) * y for d, y in zip(deductible, years))
        assert expected * 1.3 <= book.treaties["annual_limit_usd"][row] <= expected * 1.3 + 1e4


def test_fixed_size_gives_every_group_that_many_members():
    book = build.build(build.Options(groups=30, members_per_group=100))
    assert (np.diff(book.groups["member_offset"]) == 100).all()


def test_one_member_a_group_is_a_book():
    book = build.build(build.Options(groups=3, members_per_group=1))
    assert len(book.members["scale"]) == 3 and (book.members["scale"] > 0).all()


def test_no_effects_asks_for_zero():
    book = build.build(build.Options(groups=5, effects=False))
    assert (book.groups["effect_cv"] == 0).all() and set(book.market) == {"trend"}


# The file.

def all_attributes(file):
    found = [file.attrs]
    file.visititems(lambda name, item: found.append(item.attrs) and None)
    return found


@pytest.mark.parametrize("arguments", [["--groups", 4, "--tier", "mix"], ["--groups", 2, "--minimal"]])
def test_every_dataset_obeys_the_physical_rules(tmp_path, arguments):
    path = tmp_path / "book.h5"
    assert run(path, *arguments).returncode == 0
    with h5py.File(path) as file:
        for name, item in datasets(file).items():
            assert (item.compression, item.compression_opts, item.shuffle, item.fletcher32) == ("gzip", 1, True, True), name
            assert item.chunks[0] == min(65536, len(item)), name
            assert item.attrs["units"] and item.attrs["description"], name
            assert h5py.check_string_dtype(item.dtype) is None or h5py.check_string_dtype(item.dtype).length, name
            assert not item.external and not item.is_virtual, name
        for attributes in all_attributes(file):
            for name in attributes:
                kind = attributes.get_id(name).dtype
                assert kind.kind != "O", f"{name} is of variable length"


def test_root_says_what_the_file_is(thousand):
    with h5py.File(thousand) as file:
        assert file.attrs["schema"] == b"corridor.book" and file.attrs["currency"] == b"USD"
        assert list(file.attrs["schema_version"]) == [1, 0] and file.attrs["schema_version"].dtype == np.int32
        assert file.attrs["policy_year"] == 2026 and b"--seed 2026" in file.attrs["generator"]
        assert "content_sha256" not in file.attrs


def test_minimal_book_is_four_columns_and_one_law(tmp_path):
    path = tmp_path / "least.h5"
    assert run(path, "--groups", 3, "--minimal").returncode == 0
    with h5py.File(path) as file:
        assert sorted(file) == ["distributions", "groups", "members"]
        assert sorted(file["groups"]) == ["group_id", "member_offset"]
        assert sorted(file["members"]) == ["distribution", "scale"]
        assert list(file["distributions"]) == ["silver"]
        assert (file["members/scale"][:] == 1).all()


def test_quote_grid_is_the_one_asked_for(tmp_path):
    path = tmp_path / "grid.h5"
    assert run(path, "--groups", 2, "--quote-specific", "75k,1.5M", "--quote-corridor", "none").returncode == 0
    with h5py.File(path) as file:
        assert list(file["quote/specific_deductible_usd"]) == [75e3, 1.5e6]
        assert list(file["quote"]) == ["specific_deductible_usd"]


def test_same_seed_same_bytes(tmp_path):
    one, two = tmp_path / "one.h5", tmp_path / "two.h5"
    for path in (one, two):
        assert run(path, "--groups", 20, "--seed", 7).returncode == 0
    assert one.read_bytes() == two.read_bytes()


def test_another_seed_another_book():
    one, two = (build.build(build.Options(groups=20, seed=seed)) for seed in (7, 8))
    assert set(one.groups["group_id"]).isdisjoint(two.groups["group_id"])
    assert len(one.members["scale"]) != len(two.members["scale"])


@pytest.mark.parametrize("book, more", [(SAMPLE, []), (CONTRACTS, ["--contracts"]), (TREATIES, ["--treaties"])])
def test_committed_sample_is_what_its_command_gives(book, more, tmp_path):
    path = tmp_path / "sample.h5"
    assert run(path, *SAMPLE_COMMAND, *more).returncode == 0
    with h5py.File(path) as fresh, h5py.File(book) as committed:
        assert committed.attrs["generator"] == fresh.attrs["generator"]
        assert datasets(fresh).keys() == datasets(committed).keys()
        for name, item in datasets(fresh).items():
            _equal(name, item[()], datasets(committed)[name][()])
        for name in fresh["distributions"]:
            for key, value in fresh["distributions"][name].attrs.items():
                _equal(f"{name}.{key}", np.asarray(value), np.asarray(committed["distributions"][name].attrs[key]))


def _equal(name, fresh, committed):
    if fresh.dtype.kind == "f":  # logarithms and powers differ in the last bit from one processor to another
        np.testing.assert_allclose(fresh, committed, rtol=1e-12, err_msg=name)
    else:
        assert np.array_equal(fresh, committed), name


def test_committed_contracts_hold_every_basis_and_option():
    group = columns(CONTRACTS, "groups")
    bases = set(zip(group["run_in_months"].tolist(), group["run_out_months"].tolist()))
    assert bases == set(contracts.BASES)
    for name in ("monthly_accommodation", "terminal_liability", "no_new_laser", "new_or_renewal"):
        assert set(group[name]) == {0, 1}, name
    for name in ("specific_family_deductible_usd", "run_in_limit_person_usd", "rate_cap"):
        assert np.isfinite(group[name]).any(), name
    assert (group["aggregate_counts"] & 1).any() and (group["aggregate_counts"] & 16).any()
    assert (group["aggregate_run_in_months"] != group["run_in_months"]).any()
    assert len(columns(CONTRACTS, "experience")["group"]) > 0


def test_committed_treaties_hold_every_kind():
    group, treaty = columns(TREATIES, "groups"), columns(TREATIES, "treaties")
    assert set(treaty["kind"]) == {0, 1, 2, 3}
    assert set(treaty["captive"]) == set(group["captive"]) == {0, 1, 2}
    assert np.isfinite(treaty["corridor_to_ratio"]).any() and (treaty["annual_deductible_usd"] > 0).any()
    assert len(set(treaty["name"])) == len(treaty["name"])
    for name, values in columns(SAMPLE, "groups").items():
        assert np.array_equal(values, group[name], equal_nan=values.dtype.kind == "f"), name


def test_committed_sample_holds_every_kind_of_law_and_of_term():
    group, member = columns(SAMPLE, "groups"), columns(SAMPLE, "members")
    with h5py.File(SAMPLE) as file:
        kinds = {law.attrs["kind"] for law in file["distributions"].values()}
        indices = sorted(int(law.attrs["index"]) for law in file["distributions"].values())
    assert kinds == {b"continuance", b"lognormal", b"gamma", b"spliced", b"generalized_pareto"}
    assert indices == list(range(len(indices)))
    assert set(range(7)) == set(np.unique(member["distribution"]))
    assert np.isfinite(member["laser_usd"]).sum() >= 5
    assert set(group["specific_limit_basis"][np.isfinite(group["specific_limit_usd"])]) == {0, 1, 2}
    assert (group["aggregating_specific_usd"] > 0).any() and (group["specific_reimbursement"] < 1).any()
    assert {1.15, 1.20, 1.25, np.inf} == set(group["aggregate_corridor"])
    assert 10_000 <= len(member["scale"]) <= 15_000 and SAMPLE.stat().st_size < 400_000


# The command.

@pytest.mark.parametrize("arguments", [
    [], ["--groups", "0"], ["--groups", "many"], ["--seed", "-1"], ["--tier", "tin"], ["--members-per-group", "0"],
    ["--quote-specific", "100k,50k"], ["--quote-specific", "100k,100k"], ["--quote-specific", "0"], ["--quote-specific", "nan"],
    ["--quote-specific", ""], ["--quote-corridor", "1.1,inf"], ["--quote-corridor", "12"], ["--minimal", "--tier", "mix"],
    ["--minimal", "--no-effects"], ["--minimal", "--contracts"], ["--minimal", "--treaties"], ["--colour"], ["second.h5"]])
def test_bad_arguments_exit_64_and_write_nothing(tmp_path, arguments):
    out = [tmp_path / "book.h5"] if arguments else []
    result = run(*out, *arguments)
    assert result.returncode == 64 and result.stderr.startswith("make_book: ")
    assert list(tmp_path.iterdir()) == []


def test_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "book.h5"
    path.write_text("precious")
    refused = run(path, "--groups", 1)
    assert refused.returncode == 73 and "--force" in refused.stderr
    assert path.read_text() == "precious"
    assert run(path, "--groups", 1, "--force").returncode == 0
    assert h5py.is_hdf5(path)
    assert list(tmp_path.iterdir()) == [path], "no temporary file stays behind"


def test_missing_folder_exits_73(tmp_path):
    result = run(tmp_path / "nowhere" / "book.h5", "--groups", 1)
    assert result.returncode == 73 and "nowhere" in result.stderr


def test_help_begins_with_examples():
    result = run("--help")
    assert result.returncode == 0
    assert result.stdout.index("examples:") < result.stdout.index("options:")
