# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The whole book's years and their tail against a second program (plain_treaties.py): chosen years
again from `corridor replay`, person by person through the treaties, and every table from the years."""
import csv
import io

import h5py
import numpy as np
import pytest
import scipy.stats

import plain_treaties as plain
import small_book
from corridor_program import OK, ROOT, corridor

TREATIES = ROOT / "data" / "books" / "treaties.h5"
NAN, INF = np.nan, np.inf
YEARS = 3000
LAYERS = "layers that quota shares of lower order scale, with annual terms"

# Each exercises what the others do not; columns as on the page of /treaties.
PROGRAMMES = {
    "pro rata in a row and side by side": {
        "kind": [0, 0, 0], "order": [0, 0, 3], "share": [0.3, 0.2, 0.1]},
    LAYERS: {
        "kind": [0, 1, 1, 2], "order": [0, 1, 1, 2], "share": [0.25, 0.9, 0.35, 0.8],
        "attachment_usd": [0, 10e3, 30e3, 0], "limit_usd": [INF, 20e3, INF, INF],
        "annual_deductible_usd": [0, 5e3, 0, 0], "annual_limit_usd": [INF, 20e3, INF, INF],
        "attachment_ratio": [NAN, NAN, NAN, 0.9], "limit_ratio": [NAN, NAN, NAN, 1.0],
        "corridor_from_ratio": [NAN, NAN, NAN, 1.0], "corridor_to_ratio": [NAN, NAN, NAN, 1.2]},
    "captive, corridor over a layer's losses, aggregate before a quota share": {
        "kind": [3, 1, 2, 0], "order": [0, 2, 4, 7], "share": [0.4, 0.2, 0.3, 0.3],
        "attachment_usd": [2e3, 0, 30e3, 0], "limit_usd": [8e3, 40e3, 25e3, INF],
        "annual_deductible_usd": [0, 4e3, 0, 0], "annual_limit_usd": [15e3, INF, INF, INF], "captive": [1, 0, 0, 0],
        "corridor_from_ratio": [NAN, 0.2, 0.6, NAN], "corridor_to_ratio": [NAN, 0.5, 0.7, NAN]},
    "a captive beside an excess of other persons, quota share first, terms in ratios": {
        "kind": [2, 0, 3, 1, 2], "order": [9, 1, 2, 2, 5], "share": [1, 0.5, 0.75, 0.25, 0.333],
        "attachment_usd": [0, 0, 0, 15e3, 0], "limit_usd": [INF, INF, 25e3, INF, 20e3],
        "annual_deductible_usd": [0, 0, 1e3, 2e3, 0], "annual_limit_usd": [INF, INF, 6e3, INF, INF],
        "captive": [0, 0, 1, 0, 0], "attachment_ratio": [0.8, NAN, NAN, NAN, 0.5],
        "limit_ratio": [0.75, NAN, NAN, NAN, NAN]},
}


def content():
    """Three groups with every term that decides what the specific pays of a person."""
    book = small_book.content()
    lasers = np.full(small_book.MEMBERS, NAN)
    lasers[[4, 20, 21, 50]] = 60e3, INF, 45e3, 55e3
    book["members"]["laser_usd"] = lasers
    book["groups"] |= {
        "captive": np.array([0, 1, 1], np.uint16),
        "state": np.array([b"TX", b"CA", b"TX"], "S2"),
        "region": np.array([1, 2, 1], np.uint16), "industry": np.array([7, 7, 3], np.uint16),
        "specific_deductible_usd": np.array([10e3, 12e3, 15e3]),
        "specific_reimbursement": np.array([1.0, 0.9, 0.85]),
        "specific_limit_usd": np.array([INF, 80e3, 100e3]),
        "specific_limit_basis": np.array([0, 0, 2], np.uint8),
        "aggregating_specific_usd": np.array([0.0, 8e3, 0.0]),
        "aggregate_limit_usd": np.array([INF, 50e3, INF])}
    book["more"] = {}
    return book


EFFECTS = {"book_cv": 0.1, "region_cv": 0.08, "industry_cv": 0.05}
TYPES = {"kind": np.uint8, "order": np.uint8, "captive": np.uint16}


def with_treaties(path, columns, book=None):
    book = book or content()
    for name, values in columns.items():
        book["more"][f"treaties/{name}"] = np.array(values, TYPES.get(name, float))
    return written(path, book)


def written(path, book):
    path = small_book.write(path, book)
    with h5py.File(path, "r+") as file:
        file.require_group("market").attrs.update(EFFECTS)
    return path


def studied(book, path, *arguments, years=YEARS):
    done = corridor("tail", book, "-o", path, "-q", "--years", years, *arguments)
    assert done.code == OK, done.why
    return path


def read(path):
    """(years' amounts in cents, tables)."""
    with h5py.File(path) as file:
        tables = {name: item[:] for name, item in file.items() if isinstance(item, h5py.Dataset)}
        return {name: item[:] for name, item in file["losses"].items()}, tables


def replayed(book, year, group=None):
    done = corridor("replay", book, "--year", year, "--json", "-q", *(["--group", group] if group else []))
    assert done.code == OK, done.why
    return done.json()["tables"]


def payouts(book, year, groups, captives, floor_usd):
    """Persons with payouts above `floor_usd`, and all those of groups in captives."""
    found = []
    for group, captive in zip(groups, captives):
        if captive == 0 and group["covered_usd"] * group["specific_reimbursement"] <= floor_usd:
            continue
        rows = replayed(book, year, group["group_id"])["members"]
        assert sum(round(row["covered_usd"] * 100) for row in rows) == round(group["covered_usd"] * 100)
        found += [plain.Payout(round(row["covered_usd"] * 100), group["specific_reimbursement"], int(captive))
                  for row in rows]
    return found


def agree_on(book, years, wanted, tables, slack):
    """What the treaties take of the replayed years is in /losses; `slack` cents for shares of
    payouts, which are rounded once a group."""
    premium = next(row["premium_usd"] for row in tables["loss_ratio"] if row["metric"] == b"gross")
    with h5py.File(book) as file:
        treaties, captives = plain.treaties_of(file), file["groups/captive"][:]
    excesses = [t["attachment_usd"] for t in treaties if t["kind"] == plain.PERSON_EXCESS]
    taken = []
    for number in wanted:
        groups = replayed(book, number)["groups"]
        for name in ("ground_up", "specific", "aggregate"):
            assert sum(group[f"{name}_cents"] for group in groups) == years[name][number], (number, name)
        gross = int(years["gross"][number])
        of = payouts(book, number, groups, captives, min(excesses, default=INF))
        ceded, net = plain.year(treaties, gross, of, premium)
        assert abs(sum(ceded) - years["ceded"][number]) <= slack, (number, ceded)
        assert abs(net - years["net"][number]) <= slack, number
        taken.append(ceded)
    return np.array(taken)


def test_the_sample_books_years_are_replayed_through_its_treaties(tmp_path):
    years, tables = read(studied(TREATIES, tmp_path / "tail.h5", years=20_000))
    taken = agree_on(TREATIES, years, [int(np.argmax(years["net"]))], tables, 0)
    assert (taken[0] > 0).all(), "the worst year reaches every treaty"


@pytest.mark.parametrize("name", PROGRAMMES)
def test_years_go_through_treaties_by_their_terms(name, tmp_path):
    book = with_treaties(tmp_path / "book.h5", PROGRAMMES[name])
    years, tables = read(studied(book, tmp_path / "tail.h5"))
    ordered = np.argsort(years["gross"], kind="stable")
    wanted = [int(year) for year in [*range(3), *ordered[-3:], *ordered[YEARS // 2:YEARS // 2 + 2]]]
    taken = agree_on(book, years, wanted, tables, 3)
    assert (taken.max(axis=0) > 0).all(), taken


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A book with treaties, its study's years and tables."""
    folder = tmp_path_factory.mktemp("mixed")
    book = with_treaties(folder / "book.h5", PROGRAMMES[LAYERS])
    return book, *read(studied(book, folder / "tail.h5", "--levels", "0.9,0.95,0.99,0.995",
                               "--return-periods", "2,3,7,50,1000"))


def test_risk_figures_are_of_the_years(mixed):
    _, years, tables = mixed
    assert len(tables["risk"]) == 7 * 4
    for row in tables["risk"]:
        amounts, level = years[row["metric"].decode()] / 100, row["level"]
        beyond = YEARS - plain.rank(level, YEARS)
        assert row["var_usd"] == plain.var(amounts, level) and row["tail_years"] == beyond
        assert row["tvar_usd"] == pytest.approx(plain.tvar(amounts, level), rel=1e-12)
        assert row["tvar_usd"] == pytest.approx((plain.tail_weights(amounts, level) * amounts).sum(), rel=1e-9)
        assert row["economic_capital_usd"] == pytest.approx(row["tvar_usd"] - amounts.mean(), rel=1e-9)
        assert row["economic_capital_var_usd"] == pytest.approx(row["var_usd"] - amounts.mean(), rel=1e-9)
        excess = np.maximum(amounts - row["var_usd"], 0)
        assert row["tvar_se_usd"] == pytest.approx(excess.std() / (1 - level) / YEARS**0.5, rel=1e-3)


def test_intervals_of_var_are_order_statistics_of_at_least_95_percent(mixed):
    _, years, tables = mixed
    for row in tables["risk"][tables["risk"]["metric"] == b"gross"]:
        ordered = np.sort(years["gross"]) / 100
        low, high = (np.searchsorted(ordered, row[f"var_{end}_usd"]) + 1 for end in ("low", "high"))
        assert ordered[low - 1] == row["var_low_usd"] and ordered[high - 1] == row["var_high_usd"]
        below = scipy.stats.binom(YEARS, row["level"])
        assert 0.95 <= below.cdf(high - 1) - below.cdf(low - 1) < 0.98


def test_means_and_loss_ratios_are_of_the_years(mixed):
    _, years, tables = mixed
    for row in tables["metrics"]:
        amounts = years[row["metric"].decode()] / 100
        assert row["mean_usd"] == pytest.approx(amounts.mean(), rel=1e-12)
        assert row["se_usd"] == pytest.approx(amounts.std(ddof=1) / YEARS**0.5, rel=1e-9)
        assert (row["least_usd"], row["largest_usd"]) == (amounts.min(), amounts.max())
        assert row["hits"] == (amounts > 0).sum() and row["probability"] == row["hits"] / YEARS
    for row in tables["loss_ratio"]:
        ratios = years[row["metric"].decode()] / 100 / row["premium_usd"]
        assert row["mean"] == pytest.approx(ratios.mean(), rel=1e-9)
        assert row["sd"] == pytest.approx(ratios.std(ddof=1), rel=1e-9)
        assert row["probability_above_1"] == (ratios > 1).mean()
        assert row["probability_above_1_low"] < row["probability_above_1"] < row["probability_above_1_high"]
        for name, level in {"50": "0.5", "75": "0.75", "90": "0.9", "95": "0.95", "99": "0.99"}.items():
            assert row[f"quantile_{name}"] == pytest.approx(plain.var(ratios, level), rel=1e-12)


def test_premiums_are_those_of_the_covers_and_of_the_treaties(mixed):
    """By expected value: closed-form means of specifics without an aggregating deductible, else the run's."""
    book, _, tables = mixed
    done = corridor("price", book, "--years", YEARS, "--method", "simulate", "--csv", "-", "-q")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    asd = content()["groups"]["aggregating_specific_usd"]
    specific = [float(row["specific_mean_usd" if deductible else "specific_exact_usd"])
                for row, deductible in zip(rows, asd)]
    means = sum(specific) + sum(float(row["aggregate_mean_usd"]) for row in rows)
    premium = {row["metric"]: row["premium_usd"] for row in tables["loss_ratio"]}
    treaties = tables["treaties"]
    assert premium[b"gross"] == pytest.approx(means * 1.05 / (1 - 0.08 - 0.10 - 0.025 - 0.05), rel=1e-9)
    assert premium[b"net"] == pytest.approx(premium[b"gross"] - treaties["premium_usd"].sum(), rel=1e-9)
    subject = premium[b"gross"] * np.where(treaties["kind"] == b"quota share", 1, 0.75)
    assert treaties["subject_premium_usd"] == pytest.approx(subject, rel=1e-9)
    quota = treaties["kind"] == b"quota share"
    assert treaties["premium_usd"][quota] == pytest.approx(0.25 * premium[b"gross"], rel=1e-9)
    assert treaties["premium_usd"][~quota] == pytest.approx(treaties["premium_expected_value_usd"][~quota])
    assert treaties["ceded_mean_usd"].sum() == pytest.approx(mixed[1]["ceded"].mean() / 100, rel=1e-12)
    result = treaties["premium_usd"] - treaties["commission_usd"] - treaties["ceded_mean_usd"]
    assert treaties["reinsurer_result_usd"] == pytest.approx(result)


def test_a_captive_pays_back_or_calls_what_its_years_leave(tmp_path):
    captive = {"kind": [3], "attachment_usd": [1e3], "limit_usd": [30e3], "annual_limit_usd": [90e3],
               "captive": [1], "commission": [0.08], "premium_usd": [70e3], "share": [0.9]}
    years, tables = read(studied(with_treaties(tmp_path / "book.h5", captive), tmp_path / "tail.h5"))
    row, treaty = tables["captives"][0], tables["treaties"][0]
    losses, funds = years["ceded"] / 100, 70e3 * 0.92
    dividend, call = np.maximum(funds - losses, 0), np.maximum(losses - funds, 0)
    assert losses.max() == 0.9 * 90e3 == treaty["line_usd"] and 0 < np.count_nonzero(call) < YEARS
    assert row["funds_usd"] == pytest.approx(funds) and row["losses_mean_usd"] == pytest.approx(losses.mean())
    for name, amounts in {"dividend": dividend, "call": call}.items():
        assert row[f"{name}_mean_usd"] == pytest.approx(amounts.mean(), rel=1e-9)
        assert row[f"{name}_probability"] == (amounts > 0).mean()
        assert row[f"{name}_99_usd"] == pytest.approx(plain.var(amounts, "0.99"), abs=0.01)
    assert treaty["loss_on_line"] == pytest.approx(losses.mean() / 81e3)
    assert treaty["burning_cost"] == pytest.approx(losses.mean() / treaty["subject_premium_usd"])


def test_exceedance_is_of_the_years(mixed):
    _, years, tables = mixed
    rows = tables["exceedance"][tables["exceedance"]["metric"] != b"largest_claim"]
    assert len(rows) == 7 * 5
    for row in rows:
        period = int(row["return_period_years"])
        ordered = np.sort(years[row["metric"].decode()]) / 100
        assert row["loss_usd"] == ordered[YEARS - YEARS // period - 1]
        assert row["probability"] == pytest.approx(1 / period)


def one_group(number):
    """The book of one group alone; its years are those it has in the whole book."""
    book, rows = content(), slice(*content()["groups"]["member_offset"][number:number + 2])
    book["groups"] = {name: values[number:number + 1] for name, values in book["groups"].items()}
    book["groups"]["member_offset"] = np.array([0, rows.stop - rows.start], np.uint64)
    book["members"] = {name: values[rows] for name, values in book["members"].items()}
    return book


def test_gross_contributions_are_those_of_each_group_by_itself(tmp_path):
    levels = ("0.9", "0.99")
    whole = written(tmp_path / "book.h5", content())
    years, tables = read(studied(whole, tmp_path / "tail.h5", "--contributions", "gross", "--levels", ",".join(levels)))
    alone = [read(studied(written(tmp_path / f"{g}.h5", one_group(g)), tmp_path / f"{g}-tail.h5"))[0]["gross"]
             for g in range(3)]
    assert (sum(alone) == years["gross"]).all()
    groups = content()["groups"]
    keys = {"group": groups["group_id"], "state": groups["state"], "industry": groups["industry"],
            "deductible": groups["specific_deductible_usd"].astype(int)}
    for level in levels:
        weights = plain.tail_weights(years["gross"], level)
        total = plain.tvar(years["gross"], level) / 100
        for by, of in keys.items():
            rows = tables["contributions"][(tables["contributions"]["by"] == by.encode())
                                           & (tables["contributions"]["level"] == float(level))]
            found = {row["key"].decode(): row for row in rows}
            assert len(found) == len(rows) == len(set(of.tolist()))
            assert rows["tvar_usd"].sum() == pytest.approx(total, rel=1e-9)
            for key, row in found.items():
                parts = [a for a, k in zip(alone, of.astype(str)) if k == key]
                part = sum(parts) / 100
                assert row["tvar_usd"] == pytest.approx((weights * part).sum(), rel=1e-9), (by, key)
                assert row["share"] == pytest.approx((weights * part).sum() / total, rel=1e-9)
                assert row["mean_usd"] == pytest.approx(part.mean(), rel=1e-9)


def test_net_contributions_are_each_groups_part_of_what_treaties_cover(tmp_path):
    years_in, level = 600, "0.99"
    book = with_treaties(tmp_path / "book.h5", PROGRAMMES[LAYERS])
    years, tables = read(studied(book, tmp_path / "tail.h5", "--levels", level, years=years_in))
    with h5py.File(book) as file:
        treaties = plain.treaties_of(file)
    premium = next(row["premium_usd"] for row in tables["loss_ratio"] if row["metric"] == b"gross")
    weights = plain.tail_weights(years["net"], level)
    wanted = np.zeros(3)
    for number in np.flatnonzero(weights):
        groups = replayed(book, number)["groups"]
        gross = np.array([group["specific_cents"] + group["aggregate_cents"] for group in groups], float)
        persons = [payouts(book, number, [group], [1], 0) for group in groups]
        ceded, _ = plain.year(treaties, int(gross.sum()), sum(persons, []), premium)
        left, at, order = gross.copy(), gross.copy(), None
        for treaty, amount in zip(treaties, ceded):
            if treaty["order"] != order:
                at, order = left.copy(), treaty["order"]
            of = at
            if treaty["kind"] in (plain.PERSON_EXCESS, plain.CAPTIVE):
                of = np.array([float(plain.person_losses(treaty, some)) for some in persons])
            left -= amount * of / max(of.sum(), 1)
        wanted += weights[number] * left / 100
    rows = tables["contributions"][tables["contributions"]["by"] == b"group"]
    found = {row["key"].decode(): row["tvar_usd"] for row in rows}
    assert [found[f"G{g + 1}"] for g in range(3)] == pytest.approx(wanted, abs=0.05)
