# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""A pandemic from the book to the quotes: exact laws against a second program
(plain_convolution.py), means by hand, the simulation against both, and what the whole book shows."""

import csv
import math
import shutil

import h5py
import numpy as np
import pytest
import small_book
from corridor_program import BAD_DATA, OK, SAMPLE, corridor
from plain_convolution import (Class, Lognormal, Pareto, Thinned, Total, effects,
                               frequency_effects, recentred)

Q, TIMES = 0.04, 1.6
LEVEL = 0.99
DEDUCTIBLE = 32_000.0
LAWS = [Lognormal(9_000, 3.0, 0.125), Pareto(2.0, 3_000, 0.25)]

# (law, scale, exposure, count); in a pandemic most of them are sure to claim
PERSONS = [(0, 0.6, 1, 9), (0, 1.5, 0.5, 5), (1, 1.2, 0.75, 6)]
GROUPS = {"plain": {}, "severity": {"effect_cv": 0.2},
          "frequency": {"effect_cv": 0.3, "effect_frequency_share": 0.5}}


def write_book(path):
    rows = [(law, scale, exposure) for law, scale, exposure, count in PERSONS
            for _ in range(count)] * len(GROUPS)
    with h5py.File(path, "w") as book:
        book.attrs["schema"] = np.bytes_("corridor.book")
        book.attrs["schema_version"] = np.array([1, 0], "i4")
        market = book.create_group("market")
        market.attrs["pandemic_probability"], market.attrs["pandemic_frequency"] = Q, TIMES
        for index, made in enumerate(LAWS):
            at = book.create_group(f"distributions/law{index}")
            at.attrs["index"] = np.uint16(index)
            for name, value in made.facts.items():
                at.attrs[name] = np.bytes_(value) if isinstance(value, bytes) else value
        book["groups/group_id"] = np.array(list(GROUPS), "S32")
        book["groups/member_offset"] = np.arange(len(GROUPS) + 1, dtype="u8") * 20
        for name in ("effect_cv", "effect_frequency_share"):
            book[f"groups/{name}"] = np.array([g.get(name, 0.0) for g in GROUPS.values()])
        law, scale, exposure = np.array(rows).T
        book["members/distribution"] = law.astype("u2")
        book["members/scale"] = scale
        book["members/exposure"] = exposure.astype("f4")


@pytest.fixture(scope="module")
def quotes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pandemic")
    write_book(folder / "book.h5")
    run = corridor("price", folder / "book.h5", "--csv", folder / "quotes.csv", "--quiet",
                   "--method", "both", "--levels", LEVEL, "--years", 200_000,
                   "--specific", DEDUCTIBLE, "--corridor", 1.1)
    assert run.code == OK, run.why
    with open(folder / "quotes.csv", newline="") as file:
        return {row["group_id"]: row for row in csv.DictReader(file)}


def classes(lines):
    return [Class(LAWS[law], scale, exposure, lines, count)
            for law, scale, exposure, count in PERSONS]


def year_effects(name):
    """(severity, frequency, weight) over a year's effects; the pandemic is not centred away."""
    cv, share = (GROUPS[name].get(key, 0.0) for key in ("effect_cv", "effect_frequency_share"))
    if share == 0:
        usual = shocked = effects(cv, 0.0, 0.4)
    else:
        usual, fine = (frequency_effects(classes([]), cv, 0.0, share, density)
                       for density in (2, 8))
        usual = shocked = recentred(classes([]), usual, fine)
        # The same nodes bend elsewhere in a pandemic: finer ones there.
        shocked = recentred(classes([]), fine, fine)
    return [(s, f, (1 - Q) * w) for s, f, w in usual] + [(s, TIMES * f, Q * w) for s, f, w in shocked]


@pytest.mark.parametrize("name", GROUPS)
def test_both_covers_agree_with_plain_convolutions(quotes, name):
    row = quotes[name]
    specific = Total(classes([(DEDUCTIBLE, 1.0)]), year_effects(name), DEDUCTIBLE / 32, 6e7)
    aggregate = Total(classes([(0.0, 1.0), (DEDUCTIBLE, 0.0)]), year_effects(name),
                      DEDUCTIBLE / 64, 20 * DEDUCTIBLE * 1.01)
    attachment = float(row["aggregate_attachment_usd"])
    for cover, law, at in (("specific", specific, 0.0), ("aggregate", aggregate, attachment)):
        wanted = law.cover(at, 1.0, math.inf, LEVEL)
        assert row[f"{cover}_method"] == "exact"
        for figure, column, tolerance in (("mean", "mean_usd", 2e-5), ("sd", "sd_usd", 2e-5),
                                          ("probability", "probability", 1e-4),
                                          # The laws jump at the ends of their tables' buckets.
                                          ("var", "var_99_usd", 4e-4), ("tvar", "tvar_99_usd", 4e-5)):
            found = float(row[f"{cover}_{column}"])
            assert found == pytest.approx(wanted[figure], rel=tolerance), (cover, figure)


@pytest.mark.parametrize("name", GROUPS)
def test_the_simulation_agrees_with_the_exact_figures(quotes, name):
    for cover in ("specific", "aggregate"):
        assert abs(float(quotes[name][f"{cover}_z"])) < 4, (name, cover)


def test_expected_claims_are_those_of_both_kinds_of_years(quotes):
    def mean_at(times):
        return sum(count * scale * Thinned(LAWS[law], exposure * times).stop_loss(0.0)
                   for law, scale, exposure, count in PERSONS)

    wanted = (1 - Q) * mean_at(1) + Q * mean_at(TIMES)
    # The cap on a person's claims takes less than 1e-3 of these laws, the tables' ramps less still.
    assert float(quotes["plain"]["expected_claims_usd"]) == pytest.approx(wanted, rel=1e-3)
    assert wanted > 1.008 * mean_at(1)


def priced(book, out):
    run = corridor("price", book, "--csv", out, "--quiet", "--years", 2_000)
    assert run.code == OK, run.why
    return out.read_bytes()


def with_market(path, **attributes):
    with h5py.File(path, "r+") as book:
        market = book.require_group("market")
        for name, value in attributes.items():
            market.attrs[name] = value
        book.attrs.pop("content_sha256", None)
    return path


@pytest.mark.parametrize("market", [
    {"pandemic_probability": 0.0, "pandemic_frequency": 1.5},
    {"pandemic_probability": 0.02, "pandemic_frequency": 1.0}])
def test_a_pandemic_that_changes_nothing_moves_no_digit_of_the_sample_book(tmp_path, market):
    shutil.copy(SAMPLE, tmp_path / "book.h5")
    plain = priced(tmp_path / "book.h5", tmp_path / "plain.csv")
    assert priced(with_market(tmp_path / "book.h5", **market), tmp_path / "idle.csv") == plain


def test_one_attribute_without_the_other_is_warned_about(tmp_path):
    small_book.good(tmp_path / "book.h5")
    with_market(tmp_path / "book.h5", pandemic_probability=0.02)
    run = corridor("validate", tmp_path / "book.h5")
    assert run.code == OK, run.why
    assert "/market@pandemic_probability" in run.out + run.err and "W_IDLE" in run.out + run.err


def test_run_in_beside_a_pandemic_is_refused_by_name(tmp_path):
    book = small_book.content()
    book["groups"]["run_in_months"] = np.array([0, 3, 0], np.uint8)
    small_book.write(tmp_path / "book.h5", book)
    with_market(tmp_path / "book.h5", pandemic_probability=0.02, pandemic_frequency=1.5)
    run = corridor("price", tmp_path / "book.h5", "--years", 100)
    assert run.code == BAD_DATA, run.why
    assert "E_NOT_PRICED" in run.err and "run_in_months[1]" in run.err and "pandemic" in run.err


@pytest.mark.parametrize("value", [-0.1, 1.5, math.nan])
def test_a_probability_that_is_none_is_refused(tmp_path, value):
    small_book.good(tmp_path / "book.h5")
    with_market(tmp_path / "book.h5", pandemic_probability=value, pandemic_frequency=1.5)
    run = corridor("validate", tmp_path / "book.h5")
    assert run.code == BAD_DATA, run.why
    assert "/market@pandemic_probability" in run.out + run.err


def test_a_replayed_year_tells_of_the_pandemic(tmp_path):
    write_book(tmp_path / "book.h5")
    with_market(tmp_path / "book.h5", pandemic_probability=1.0)
    with h5py.File(tmp_path / "book.h5", "r+") as book:
        book["groups/specific_deductible_usd"] = np.full(len(GROUPS), DEDUCTIBLE)
    run = corridor("replay", tmp_path / "book.h5", "--group", "plain", "--year", 5, "--years", 100)
    assert run.code == OK, run.why
    line = next(line for line in run.out.splitlines() if "pandemic" in line)
    assert f"{TIMES:.2f}"[:3] in line, line
