# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rules from Python are the command line's, number for number."""
import csv
import io
import math

import numpy as np
import pytest

from corridor_program import SAMPLE, corridor as program

corridor = pytest.importorskip("corridor")
RULES = "state,applies_to,specific_usd,effect,status,citation,source,recorded_on,text\n"


def cells(*command):
    done = program(*command)
    assert done.code in (0, 1), done.why
    return list(csv.DictReader(io.StringIO(done.out)))


def number(cell):
    return math.nan if cell == "" else float(cell)


@pytest.mark.parametrize("rules", [None, "rules.csv"])
def test_findings_are_the_command_lines(rules, tmp_path):
    flags = []
    if rules:
        rules = tmp_path / rules
        rules.write_text(RULES + 'TX,all,40000,prohibits,binding,Code 7,a page,2026-11,"Forty thousand."\n')
        flags = ["--rules", rules]
    checked = corridor.check(SAMPLE, specific=30_000, corridor=1.25, rules=rules)
    theirs = cells("check", SAMPLE, "--specific", "30000", "--corridor", "1.25", "--csv", "-", "--all",
                   *flags)
    ours = checked.findings
    assert len(ours) == len(theirs) > 0
    for name in ours:
        column = [row[name] for row in theirs]
        if ours[name].dtype == object:
            assert ours[name].tolist() == column, name
        elif name == "rule_line":
            assert ours[name].tolist() == [int(cell or 0) for cell in column]
        else:
            assert np.array_equal(ours[name], list(map(number, column)), equal_nan=True), name
    assert set(checked.rules["line"].tolist()) == set(ours["rule_line"].tolist()) - {0}
    document = program("check", SAMPLE, "--specific", "30000", "--corridor", "1.25", "--json", "--all",
                       *flags)
    assert checked.outcomes == document.json()["summary"]
    assert checked.passed == (document.code == 0)
    assert [rule["text"] for rule in document.json()["rules"]] == checked.rules["text"].tolist()


def test_a_book_within_its_rules_passes(tmp_path):
    from frames_book import frames
    content = frames()
    states = set(np.asarray(content["groups"]["state"]).tolist())
    (tmp_path / "rules.csv").write_text(RULES + "".join(
        f'{state},all,1,prohibits,binding,Code 7,a page,2026-11,"A dollar."\n' for state in states))
    book = corridor.Book.from_frames(**content)
    checked = corridor.check(book, specific=30_000, rules=tmp_path / "rules.csv")
    assert checked.passed and checked.outcomes["ok"] == sum(checked.outcomes.values()) > 0, str(checked)
    pytest.importorskip("pyarrow")
    checked.findings.to_parquet(tmp_path / "findings.parquet")
    with pytest.raises(corridor.CannotCreateError):
        checked.findings.to_parquet(tmp_path / "findings.parquet")
    assert "violates" in str(checked) and "<table>" in checked._repr_html_()


def test_a_rule_file_that_is_none_is_refused_with_its_problems(tmp_path):
    (tmp_path / "rules.csv").write_text("state,colour\nTX,red\n")
    with pytest.raises(corridor.BadDataError) as caught:
        corridor.check(SAMPLE, rules=tmp_path / "rules.csv")
    assert caught.value.problems and "colour" in str(caught.value)
