# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Every --json output is the document that its schema describes."""
import json

import pytest

import json_schemas
import small_book
from corridor_program import OK, ROOT, corridor

TREATIES = ROOT / "data" / "books" / "treaties.h5"
YEARS = ["--years", "200", "--device", "cpu"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.write(tmp_path_factory.mktemp("json") / "book.h5", small_book.content())


def said(*arguments, code=OK):
    done = corridor(*arguments, "--json")
    assert done.code == code, done.why
    return done.json()


def test_every_schema_is_one():
    for path in json_schemas.FOLDER.glob("*.schema.json"):
        schema = json.loads(path.read_text())
        json_schemas.jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"] == path.name and schema["description"]


@pytest.mark.parametrize("name,arguments", [
    ("price", ["price", "BOOK", "--control-variates", *YEARS]),
    ("explain", ["price", "BOOK", "--explain", "G1", *YEARS]),
    ("employer", ["employer", "BOOK", "--group", "G1", "--monthly", *YEARS]),
    ("tail", ["tail", "BOOK", "--marginal", "G1", *YEARS]),
    ("tail", ["tail", TREATIES, *YEARS]),
    ("layers", ["layers", "BOOK", "--layer", "100000:inf", "--years", "200"]),
    ("scenario", ["scenario", "BOOK", "trend_plus_4", *YEARS]),
    ("scenario_list", ["scenario", "--list"]),
    ("replay", ["replay", "BOOK", "--group", "G1", "--year", "3"]),
    ("replay", ["replay", "BOOK", "--year", "3"]),
    ("validate", ["validate", "BOOK"]),
    ("maturity", ["maturity", "BOOK"]),
    ("dry_run", ["price", "BOOK", "--dry-run", *YEARS]),
    ("dry_run", ["tail", "BOOK", "--dry-run", *YEARS]),
    ("dry_run", ["layers", "BOOK", "--layer", "100000:inf", "--dry-run", "--years", "200"]),
    ("dry_run", ["scenario", "BOOK", "trend_plus_4", "--dry-run", *YEARS]),
    ("info", ["info"]),
    ("info_file", ["info", "BOOK"]),
])
def test_output_fits_its_schema(name, arguments, book):
    json_schemas.check(said(*[book if argument == "BOOK" else argument for argument in arguments]),
                       name)


def test_a_run_in_units_fits_its_schemas(book, tmp_path):
    run = tmp_path / "run"
    json_schemas.check(said("plan", "price", book, "-o", run, "--units", 2, "--years", "200"), "plan")
    json_schemas.check(said("work", run), "work")
    json_schemas.check(said("merge", run), "price")


def test_findings_of_rules_fit_their_schema():
    done = corridor("check", TREATIES, "--json", "--all")
    assert done.code == 1, done.why
    json_schemas.check(done.json(), "check")


def test_failures_fit_their_schema(book):
    json_schemas.check(said("price", book, "--years", "0", code=64), "error")
    json_schemas.check(said("price", "none.h5", code=66), "error")


def test_the_schemas_refuse_what_is_wrong(book):
    quotes = said("price", book, *YEARS)
    quotes["run"]["seed"] = "one"
    with pytest.raises(AssertionError):
        json_schemas.check(quotes, "price")
    quotes["run"]["seed"] = 1
    quotes["run"]["sed"] = 1
    with pytest.raises(AssertionError):
        json_schemas.check(quotes, "price")


def test_info_names_the_back_end_that_a_run_takes(book):
    facts, run = said("info"), said("price", book, "--years", "200")["run"]
    assert run["device"].startswith(facts["chosen"])
    assert facts["chosen"] == [end["name"] for end in facts["back_ends"] if end["usable"]][0]
    assert all(end["usable"] or end["reason"] for end in facts["back_ends"])
    assert facts["instruction_sets"][-1] in facts["chosen"] or facts["cuda_usable"]
