# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The commands as a user runs them: template, import, validate, price."""
import json
import os
import re
import subprocess
import sys

import corridor_program
import import_files as files
import openpyxl
import pytest
from corridor.importing import headers, template_sheets
from corridor.importing.template import write_template


def run(module, *arguments, cwd):
    environment = {
        **os.environ, "PYTHONPATH": str(files.SOURCES), "CORRIDOR": corridor_program.PROGRAM
    }
    return subprocess.run(
        [sys.executable, "-B", "-m", f"corridor.importing.{module}", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False)


def test_the_template_imports_as_it_is_and_is_priced(tmp_path):
    assert run("template", "-o", "t.xlsx", "--map", "map.toml", cwd=tmp_path).returncode == 0
    made = run("command", "t.xlsx", "--map", "map.toml", "-o", "book.h5", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert corridor_program.corridor("validate", "book.h5", cwd=tmp_path).code == 0
    priced = corridor_program.corridor("price",
                                       "book.h5",
                                       "-o",
                                       "quotes.h5",
                                       "--years",
                                       "500",
                                       cwd=tmp_path)
    assert priced.code == 0 and "G-0002" in priced.out, priced.why


def test_every_header_of_the_template_is_a_field_and_no_text_is_a_formula(tmp_path):
    write_template(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for sheet in template_sheets.SHEETS:
        table = sheet.name.lower()
        assert all(headers.column_of(column.header, table) for column in sheet.columns), table
        cells = book[sheet.name]
        assert cells.protection.sheet and cells[
            "A2"].protection.locked and not cells["A3"].protection.locked
        assert cells["A2"].comment and cells.freeze_panes == "B3"
        choices = {
            str(rule.sqref).split(":")[0]
            for rule in cells.data_validations.dataValidation if rule.type == "list"
        }
        assert len(choices) == sum(bool(column.choices) for column in sheet.columns)
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows()
                   for cell in row)


def test_the_template_is_the_same_bytes_every_time(tmp_path):
    write_template(tmp_path / "a.xlsx")
    write_template(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_json_has_the_problems_and_the_exit_code_says_bad_data(tmp_path):
    files.good(tmp_path / "a.xlsx", groups=[["A", "ZZ", 1, 1.25], files.GROUP_ROWS[1]])
    done = run("command", "a.xlsx", "-o", "book.h5", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert done.returncode == 65 and told["errors"] == 1 and told["output"] is None
    assert told["problems"][0] | {"what": "", "fix": ""} == {
        "code": "E_VALUE", "file": "a.xlsx", "sheet": "Groups", "row": 2, "column": "State",
        "value": "ZZ", "what": "", "fix": ""
    }


@pytest.mark.parametrize("arguments, code", [(["none.xlsx", "-o", "b.h5"], 66), (["a.xlsx"], 64),
                                             (["a.xlsx", "-o", "b.h5", "--dry-run"], 64),
                                             (["-o", "b.h5"], 64),
                                             (["a.xlsx", "-o", "no/b.h5"], 73),
                                             (["a.xlsx", "-o", "a.xlsx"], 73),
                                             (["a.xlsx", "--wrong"], 64)])
def test_exit_codes(tmp_path, arguments, code):
    files.good(tmp_path / "a.xlsx")
    done = run("command", *arguments, cwd=tmp_path)
    assert done.returncode == code and done.stderr.startswith("corridor import: "), done.stderr


def test_equal_inputs_give_equal_books(tmp_path):
    path = files.good(tmp_path / "a.xlsx")
    books = []
    for _ in range(2):
        assert files.imported(tmp_path, path).written
        books.append((tmp_path / "book.h5").read_bytes())
    assert books[0] == books[1]


def test_the_tables_that_come_with_the_package_are_the_sample_books(tmp_path):
    made = subprocess.run(
        [sys.executable, "-B", corridor_program.ROOT / "scripts" / "make_import_tables", tmp_path],
        check=False)
    assert made.returncode == 0
    shipped = corridor_program.ROOT / "host" / "python" / "corridor" / "importing" / "tables"
    for name in ("claim_laws.csv", "age_sex.csv", "families.csv"):
        pairs = zip((shipped / name).read_text().split("\n"),
                    (tmp_path / name).read_text().split("\n"),
                    strict=True)
        for old, new in pairs:
            for a, b in zip(old.split(","), new.split(","), strict=True):
                assert a == b or float(a) == pytest.approx(float(b), rel=1e-9), (name, old)


def test_the_examples_of_the_documentation_run(tmp_path):
    page = (corridor_program.ROOT / "data" / "importing.md").read_text()
    examples = dict(re.findall(r"^`([\w.]+)`:\n\n```\w*\n(.*?)```", page, re.DOTALL | re.MULTILINE))
    assert set(examples) == {"groups.csv", "members.csv", "census.csv", "map.toml"}
    for name, content in examples.items():
        files.text(tmp_path / name, content)
    command = next(line for line in page.splitlines()
                   if line.startswith("corridor import groups.csv"))
    done = run("command", *command.split()[2:], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 groups" in done.stdout and "Total" not in done.stderr
    assert corridor_program.corridor("price", "book.h5", "--years", "1000", cwd=tmp_path).code == 0
