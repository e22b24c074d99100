# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The quote from the command line: rates by tier, experience against closed forms, renewals, and the
account of --explain, whose printed numbers are added up again."""
import csv
import io
import json
import math

import h5py
import numpy as np
import pytest
from scipy.stats import norm

import small_book
from corridor_program import OK, USAGE, corridor

TIERS = ("ee", "ee_sp", "ee_ch", "fam")
SPECIFIC, FACTOR = np.array([1, 2.05, 1.70, 2.75]), np.array([1, 2.00, 1.85, 2.95])


def rows(book, *arguments):
    done = corridor("price", book, "--years", 2000, "--csv", "-", *arguments)
    assert done.code in (OK, 1), done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def numbers(row, names):
    return np.array([float(row[name]) for name in names])


def renewals():
    """G2 renews under a cap; G2 and G3 bring experience; one person of G2 is lasered."""
    book = small_book.content()
    nan = np.nan
    book["groups"] |= {
        "new_or_renewal": np.array([0, 1, 1], np.uint8), "rate_cap": np.array([np.inf, 0.3, np.inf]),
        "current_rate_usd": np.array([[nan] * 4, [60.0, 120, 100, 170], [500.0, 900, 800, 1300]]),
        "state": np.array([b"TX", b"OH", b""], "S2"),
        "aggregating_specific_usd": np.array([0.0, 5000, 0])}
    book["members"]["laser_usd"] = np.full(small_book.MEMBERS, nan)
    book["members"]["laser_usd"][12] = 75_000.0
    book["more"] = {
        "experience/group": np.array([1, 1, 2], np.uint32),
        "experience/period": np.array([2024, 2025, 2025], np.uint16),
        "experience/months": np.array([12, 12, 12], np.uint8),
        "experience/basis": np.zeros(3, np.uint8),
        "experience/employee_months": np.array([[100, 24, 24, 24], [108, 24, 24, 24],
                                                [180, 48, 48, 48]], np.uint32),
        "experience/paid_usd": np.array([150_000.0, 120_000, 250_000]),
        "experience/paid_above_deductible_usd": np.array([30_000.0, 0, 20_000]),
        "experience/deductible_usd": np.array([25_000.0, 30_000, 40_000]),
        "experience/shock_count": np.array([1, 0, 1], np.uint32)}
    return book


def write(path, book, trend=0.0):
    small_book.write(path, book)
    with h5py.File(path, "r+") as file:
        file.require_group("market").attrs["trend"] = trend
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write(tmp_path_factory.mktemp("quote") / "book.h5", renewals(), trend=0.08)


def test_rates_and_factors_times_months_are_premium_and_attachment(book):
    employees = small_book.content()["groups"]["employees"]
    for row, by_tier in zip(rows(book), employees):
        months = 12.0 * by_tier
        rates = numbers(row, [f"specific_rate_{tier}_usd" for tier in TIERS])
        factors = numbers(row, [f"aggregate_factor_{tier}_usd" for tier in TIERS])
        assert rates @ months == pytest.approx(float(row["quoted_specific_premium_usd"]), rel=1e-14)
        assert factors @ months == pytest.approx(float(row["aggregate_attachment_usd"]), rel=1e-14)
        assert rates / rates[0] == pytest.approx(SPECIFIC, rel=1e-14)
        assert factors / factors[0] == pytest.approx(FACTOR, rel=1e-14)
        assert float(row["aggregate_rate_pepm_usd"]) * months.sum() == pytest.approx(
            float(row["quoted_aggregate_premium_usd"]), rel=1e-14)


def test_relativities_of_the_book_replace_the_defaults(tmp_path):
    content = small_book.content()
    content["more"] = {"quote/specific_relativity": np.array([2.0, 4, 3, 5])}
    row = rows(small_book.write(tmp_path / "book.h5", content))[0]
    rates = numbers(row, [f"specific_rate_{tier}_usd" for tier in TIERS])
    assert rates / rates[0] == pytest.approx([1, 2, 1.5, 2.5], rel=1e-14)


def test_a_renewal_is_capped_and_says_so(book):
    first, second, third = rows(book)
    today = 12 * np.array([9, 2, 2, 2]) @ [60.0, 120, 100, 170]
    assert float(second["quoted_specific_premium_usd"]) == pytest.approx(1.3 * today, rel=1e-14)
    assert float(second["renewal_change"]) == pytest.approx(0.3, rel=1e-12)
    assert "RATE_CAPPED" in second["flags"]
    assert first["renewal_change"] == "" and "RATE_CAPPED" not in third["flags"]


def excess_mean(threshold_usd, mean_usd=9000.0, cv=4.0, p_zero=0.1):
    """E[(X - d)+] of the plain law: lognormal with a mass at 0."""
    sigma = math.sqrt(math.log1p(cv * cv))
    mu = math.log(mean_usd) - sigma**2 / 2
    z = (mu - math.log(threshold_usd)) / sigma
    return (1 - p_zero) * (mean_usd * norm.cdf(z + sigma) - threshold_usd * norm.cdf(z))


@pytest.mark.parametrize("trend", [0.0, 0.08])
def test_experience_is_compared_with_the_leveraged_closed_form(tmp_path, trend):
    content = renewals()
    content["members"]["distribution"][:] = 0
    content["groups"]["effect_cv"] = np.zeros(3)
    scale = content["members"]["scale"][30:60]
    row = rows(write(tmp_path / "book.h5", content, trend))[2]
    factor, months = 1 + trend, 324 / (27 * 12)
    expected = sum(s * excess_mean(40_000 * factor / s) for s in scale) / factor * months
    # The closed form is of tables, which keep E[(X - d)+] to a few parts in 1e5.
    assert float(row["experience_factor_specific"]) == pytest.approx(20_000 / expected, rel=2e-4)
    below = sum(s * 0.9 * 9000 for s in scale) / factor * months - expected
    assert float(row["experience_factor_aggregate"]) == pytest.approx(230_000 / below, rel=2e-4)


def test_credibility_blends_the_factor_into_the_premium(book):
    row = rows(book)[2]
    credibility = 27 / (27 + 274)
    assert float(row["credibility"]) == pytest.approx(credibility, rel=1e-14)
    for cover in ("specific", "aggregate"):
        manual = float(row[f"manual_{cover}_premium_usd"])
        factor = float(row[f"experience_factor_{cover}"])
        assert float(row[f"quoted_{cover}_premium_usd"]) == pytest.approx(
            manual * max(credibility * factor + 1 - credibility, 0.6), rel=1e-13)


def test_loads_by_state_reach_the_premium(book, tmp_path):
    plain = rows(book)
    (tmp_path / "loads.toml").write_text("[premium_tax_state]\nTX = 0.0175\n")
    for arguments in (("--pricing", tmp_path / "loads.toml"), ("--load", "premium_tax_state.TX=0.0175")):
        taxed = rows(book, *arguments)
        ratio = [float(after["premium_expected_value_usd"]) / float(before["premium_expected_value_usd"])
                 for before, after in zip(plain, taxed)]
        assert ratio == pytest.approx([(1 - 0.255) / (1 - 0.2475), 1, 1], rel=1e-14)
    refused = corridor("price", book, "--load", "premium_tax_state.Texas=0.0175")
    assert refused.code == USAGE and "two capital letters" in refused.err, refused.why


def test_the_employers_maximum_adds_what_the_aggregate_does_not_count(book):
    first, second, _ = rows(book)
    assert float(first["maximum_liability_usd"]) == float(first["aggregate_attachment_usd"])
    assert float(second["maximum_liability_usd"]) == pytest.approx(
        float(second["aggregate_attachment_usd"]) + 5_000 + 45_000, abs=0.01)
    open_ended = rows(book, "--specific", "20000,inf")
    assert all(float(row["maximum_liability_usd"]) < math.inf for row in open_ended)


def sections(text):
    """{title: [(marker, label, amount)]} of a printed account of one option."""
    found, title = {}, None
    for line in text.splitlines():
        if line.startswith("  ") and title:
            amount = line[34:50].strip().replace(",", "")
            known = amount not in ("", "-", "unlimited")
            found[title].append((line[2], line[4:34].strip(), float(amount) if known else None))
        elif line:
            title = line
            found[title] = []
    return found


def test_the_printed_account_adds_up_to_the_cent(book):
    done = corridor("price", book, "--explain", "G2", "--years", 2000)
    assert done.code == OK, done.why
    totals = 0
    for title, lines in sections(done.out).items():
        cents = 0
        for marker, label, amount in lines:
            if marker in "+-":
                cents += round(100 * amount) * (1 if marker == "+" else -1)
            if marker == "=":
                assert cents == round(100 * amount), (title, label, done.out)
                totals += 1
    assert totals >= 14
    assert max(map(len, done.out.splitlines())) <= 100


def test_the_account_ends_at_the_row_of_the_whole_book(book):
    row = rows(book)[1]
    done = corridor("price", book, "--explain", "G2", "--years", 2000, "--json")
    account = done.json()
    assert (account["group_id"], account["principle"]) == ("G2", "expected_value")
    option, = account["options"]
    last = {(section["title"].split(":")[0], line["label"]): line["amount"]
            for section in option["sections"] for line in section["lines"]}
    assert last["Quoted premium", "quoted premium"] == pytest.approx(
        float(row["quoted_premium_usd"]), rel=1e-9)
    assert last["Employer's maximum", "maximum cost"] == pytest.approx(
        float(row["maximum_cost_usd"]), rel=1e-9)
    assert last["Aggregate", "attachment"] == float(row["aggregate_attachment_usd"])
    assert "RATE_CAPPED" in option["flags"]


def test_every_option_of_the_group_is_explained(book):
    done = corridor("price", book, "--explain", "G3", "--years", 500, "--specific", "20000,40000,inf",
                    "--corridor", "1.2,1.3", "--json")
    options = done.json()["options"]
    assert [option["specific_deductible_usd"] for option in options] == [20000.0] * 2 + [40000.0] * 2 + \
        ["inf"] * 2
    assert "6 options" in corridor("price", book, "--explain", "G3", "--years", 500, "--specific",
                                   "20000,40000,inf", "--corridor", "1.2,1.3").out


def test_an_unknown_group_names_the_nearest(book):
    refused = corridor("price", book, "--explain", "G22", "--years", 100)
    assert refused.code == USAGE, refused.why
    assert "no group 'G22'" in refused.err and "'G2'" in refused.err
    assert refused.out == ""


@pytest.mark.parametrize("arguments", [("-o", "q.h5"), ("--csv", "q.csv"), ("--dry-run",), ("--quiet",)])
def test_an_account_is_no_results_file(book, tmp_path, arguments):
    refused = corridor("price", book, "--explain", "G2", *arguments, cwd=tmp_path)
    assert refused.code == USAGE and "--explain" in refused.err, refused.why
    assert not list(tmp_path.iterdir())


def test_a_rate_cap_without_todays_rates_is_refused_by_name(tmp_path):
    content = small_book.content()
    content["groups"]["rate_cap"] = np.array([np.inf, 0.3, np.inf])
    assert rows(small_book.write(tmp_path / "new.h5", content))  # a promise for the next renewal
    content["groups"]["new_or_renewal"] = np.array([0, 1, 0], np.uint8)
    refused = corridor("price", small_book.write(tmp_path / "cap.h5", content), "--years", 100)
    assert refused.code == 65 and "E_RATE_CAP" in refused.err and "G2" in refused.err, refused.why


def test_a_deductible_above_every_claim_is_a_warning(book):
    done = corridor("price", book, "--years", 200, "--specific", "20000,30000000")
    assert done.code == OK and "W_DEDUCTIBLE_ABOVE_CAP" in done.err, done.why
