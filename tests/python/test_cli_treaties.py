# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Treaties by the program: what validate says of them, and that quotes stay before reinsurance."""
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, OK, ROOT, corridor

NAN = np.nan
GOOD = {"kind": ([0, 3, 2], "u1"), "order": ([0, 1, 2], "u1"), "share": ([0.3, 1, 0.9], "f8"),
        "limit_usd": ([np.inf, 250e3, np.inf], "f8"), "attachment_ratio": ([NAN, NAN, 1.1], "f8"),
        "limit_ratio": ([NAN, NAN, 0.5], "f8"), "captive": ([0, 1, 0], "u2"),
        "name": ([b"pro rata", b"", b""], "S32")}


def book(path, **columns):
    content = small_book.content()
    content["groups"]["captive"] = np.array([0, 1, 1], np.uint16)
    content["more"] = {f"treaties/{name}": np.array(values, kind) for name, (values, kind) in columns.items()}
    return small_book.write(path, content)


def found(path):
    done = corridor("validate", "--json", path)
    places = [(problem["code"], problem["dataset"], problem.get("row")) for problem in done.json()["problems"]]
    return done.code, [place for place in places if place[0] != "W_UNSEALED"]


def test_a_programme_that_makes_sense_has_no_problem(tmp_path):
    assert found(book(tmp_path / "book.h5", **GOOD)) == (OK, [])


@pytest.mark.parametrize("name", ["sample", "contracts", "treaties"])
def test_sample_books_have_none(name):
    assert found(ROOT / "data" / "books" / f"{name}.h5") == (OK, [])


def test_the_columns_of_older_books_are_enough(tmp_path):
    columns = {"kind": ([0, 1], "u1"), "share": ([0.5, 1], "f8"), "attachment_usd": ([0, 1e6], "f8"),
               "limit_usd": ([np.inf, 2e6], "f8"), "order": ([0, 1], "u1")}
    code, problems = found(book(tmp_path / "book.h5", **columns))
    assert (code, problems) == (OK, [("W_IDLE", "/groups/captive", None)])


def test_every_problem_is_listed_at_once(tmp_path):
    bad = GOOD | {"commission": ([1, 0, 0], "f8"), "annual_limit_usd": ([np.inf, np.inf, 5e6], "f8"),
                  "captive": ([0, 7, 0], "u2"), "order": ([0, 0, 2], "u1")}
    code, problems = found(book(tmp_path / "book.h5", **bad))
    assert code == BAD_DATA
    assert sorted(problems) == [("E_COMMISSION", "/treaties/commission", 0), ("E_REFERENCE", "/treaties/captive", 1),
                                ("E_TREATY", "/treaties/annual_limit_usd", 2),
                                ("E_TREATY_OVERLAP", "/treaties/share", 1), ("W_IDLE", "/groups/captive", None)]


def test_a_value_out_of_range_is_said_as_of_every_table(tmp_path):
    code, problems = found(book(tmp_path / "book.h5", **GOOD | {"share": ([0.3, 1.5, 0.9], "f8")}))
    assert (code, problems) == (BAD_DATA, [("E_RANGE", "/treaties/share", 1)])


def test_quotes_are_before_reinsurance(tmp_path):
    quotes = [corridor("price", book(tmp_path / name, **columns), "--years", 500, "--csv", "-", "-q")
              for name, columns in (("none.h5", {}), ("some.h5", GOOD))]
    assert all(run.code == OK for run in quotes), quotes[1].why
    assert quotes[0].out == quotes[1].out and quotes[0].out
    assert "treat" not in quotes[1].err
