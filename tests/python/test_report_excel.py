# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Exhibits in Excel: figures in their cells, totals as formulas, text as text."""

import numpy as np
import pytest
import report_files as files

pytest.importorskip("xlsxwriter", reason="reports need the packages of scripts/setup")
openpyxl = pytest.importorskip("openpyxl", reason="reports need the packages of scripts/setup")
from corridor.reporting import command, excel, excel_sheet  # noqa: E402
from corridor.reporting.columns import Column  # noqa: E402

FORMULAS = [b"=cmd|' /C calc'!A0", b"+1+1", b"-2", b"@SUM(1)"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("excel")


def opened(folder, results, **options):
    path = folder / (results.stem + ".xlsx")
    assert (
        command.main([str(results), "--excel", str(path), "--no-html", "--force", "--quiet"]) == 0
    )
    return openpyxl.load_workbook(path, **options)


@pytest.fixture(scope="module")
def quotes(folder):
    return files.make(folder, "quotes")


@pytest.fixture(scope="module")
def book(folder, quotes):
    return opened(folder, quotes)


def rows_of(sheet):
    """Rows below the header as {header: value}."""
    header, *rows = list(sheet.iter_rows(min_row=4, values_only=True))
    return [dict(zip(header, row)) for row in rows]


def test_rates_are_those_of_the_results(folder, quotes):
    from corridor.reporting.source import read_results

    summary = read_results(quotes).tables["summary"]
    rows = rows_of(opened(folder, quotes, data_only=True)["Rates"])
    assert [row["Group"] for row in rows] == summary["group_id"].tolist()
    assert np.allclose([row["Specific rate FAM"] for row in rows], summary["specific_rate_fam_usd"])
    assert np.allclose([row["Premium"] for row in rows], summary["quoted_premium_usd"])
    assert np.allclose([row["Loss ratio"] for row in rows], summary["expected_loss_ratio"])


def test_totals_and_premiums_are_formulas_over_the_right_cells(book):
    assert book["Rates"]["S5"].value == "=Q5+R5" and book["Rates"]["S4"].value == "Premium"
    grid = book["Premium grid"]
    assert (
        grid.cell(53, 2).value == "=SUBTOTAL(109,B5:B52)"
        and grid.cell(52, 1).value
        and grid.cell(53, 1).value == "Total of rows shown"
    )


def test_sheets_are_ready_to_read_and_print(book):
    for sheet in book:
        assert sheet.page_setup.fitToHeight == 0 and sheet.page_setup.paperSize == 1
        if sheet.title != "Memorandum":
            assert (
                sheet.freeze_panes == "B5"
                and sheet.print_title_rows == "$4:$4"
                and sheet.auto_filter.ref
            )
    assert (
        book["Rates"]["P5"].number_format.startswith("$#,##0")
        and book["Rates"]["T5"].number_format == "0.0%"
    )


def test_text_that_begins_like_a_formula_stays_text(folder, quotes):
    def rename(ids):
        names = dict(zip(dict.fromkeys(ids.tolist()), FORMULAS))
        return np.array([names.get(i, i) for i in ids.tolist()])

    hostile = files.changed(quotes, folder / "hostile.h5", "group_id", rename)
    cells = [cell for sheet in opened(folder, hostile) for row in sheet.iter_rows() for cell in row]
    for formula in FORMULAS:
        found = [cell for cell in cells if cell.value == formula.decode()]
        assert len(found) >= 21 and all(
            cell.data_type == "s" and cell.quotePrefix for cell in found
        )


def test_the_memorandum_names_data_methods_assumptions_reliance_and_provenance(book):
    sheet = book["Memorandum"]
    said = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if row[0]}
    assert {"Scope", "Data", "Methods", "Assumptions", "Uncertainty", "Provenance"} <= set(said)
    assert (
        said["Groups"] == "48"
        and said["Members"] == "12,669"
        and said["Load: Expense"] == "0.08, both covers"
        and said["Seed"] == "1"
    )
    assert (
        len(said["Digest of its content (SHA-256)"]) == 64
        and "responsible actuary" in said["Intended users and purpose"]
    )


def test_amounts_without_a_value_are_blank_and_without_an_end_said(folder, quotes):
    changed = files.changed(
        quotes,
        folder / "edges.h5",
        "aggregate_attachment_usd",
        lambda values: np.where(np.arange(len(values)) == 0, np.nan, np.inf),
    )
    rows = rows_of(opened(folder, changed, data_only=True)["Rates"])
    assert rows[0]["Attachment"] is None and rows[1]["Attachment"] == "unlimited"


@pytest.mark.parametrize(
    "kind, sheets",
    [
        (
            "tail",
            {"Average year", "Bad years", "Exceedance", "Loss ratio", "Treaties", "Contributions"},
        ),
        ("scenario", {"Changes", "Groups"}),
        ("employer", {"Options", "Months"}),
        ("layers", {"Layers"}),
        ("replay", {"Members"}),
        ("maturity", {"Maturity"}),
    ],
)
def test_every_kind_of_results_has_its_tables(folder, kind, sheets):
    book = opened(folder, files.make(folder, kind))
    assert sheets | {"Memorandum"} <= set(book.sheetnames)


def test_the_same_results_give_the_same_workbook(folder, quotes):
    first = folder / "a.xlsx"
    assert command.main([str(quotes), "--excel", str(first), "--no-html", "--quiet"]) == 0
    again = folder / "b.xlsx"
    assert command.main([str(quotes), "--excel", str(again), "--no-html", "--quiet"]) == 0
    assert first.read_bytes() == again.read_bytes()


def sheet_of(path, shown, data, formulas=(), totals=()):
    """One table written as exhibits write theirs, and read again."""
    with excel.assembled(path) as book:
        excel_sheet.table_sheet(book, "Table", "Title", "note", shown, data, formulas, totals)
    return openpyxl.load_workbook(path)["Table"], openpyxl.load_workbook(path, data_only=True)["Table"]


def test_every_row_of_a_long_table_has_its_own_values_styles_and_formula(folder):
    count = 9001
    names = np.array([f"G{i % 700}" for i in range(count)])
    premium = np.arange(count) * 1.005 + 1000
    premium[[1, 2]] = np.nan, np.inf
    formula = ("Twice", "percent", lambda c: f'=IF({c["p"]}>0,2*{c["p"]},"")', np.where(
        np.isfinite(premium), 2 * premium, np.nan))
    shown = [Column("g", "Group", "text"), Column("p", "Premium", "money"), Column("p_se", "±", "cents")]
    data = {"g": names, "p": premium, "p_se": np.full(count, 0.123456789)}
    sheet, read = sheet_of(folder / "long.xlsx", shown, data, [formula], {"p"})
    for row in (0, 1, 2, 4095, 4096, 8192, count - 1):
        line = row + 5
        assert sheet.cell(line, 1).value == names[row]
        assert sheet.cell(line, 4).value == f'=IF(B{line}>0,2*B{line},"")'
        if np.isfinite(premium[row]):
            assert abs(sheet.cell(line, 2).value - premium[row]) <= 0.005 + 1e-9
            assert abs(read.cell(line, 4).value - 2 * premium[row]) < 1e-6
    assert sheet["B6"].value is None and sheet["B7"].value == "unlimited"
    assert [sheet.cell(line, 2).number_format for line in (5, 4101, count + 4)] == ["$#,##0;[Red]-$#,##0"] * 3
    assert abs(sheet["C9005"].value - 0.123456789) < 1e-8 and sheet["C9005"].font.color.rgb == "FF52606D"
    assert sheet.cell(count + 5, 2).value == f"=SUBTOTAL(109,B5:B{count + 4})"
    assert sheet.dimensions == f"A1:D{count + 5}" and sheet.auto_filter.ref == f"A4:D{count + 4}"


@pytest.mark.parametrize("text", ["<r><t>x</t></r>", "a & b < c", " blank before", "_x0041_", "bell\x07", "=1+1", "é😀"])
def test_any_text_comes_back_as_it_was(folder, text):
    sheet, _ = sheet_of(folder / "text.xlsx", [Column("t", "T", "text")], {"t": np.array([text] * 3)})
    assert [openpyxl.utils.escape.unescape(sheet.cell(line, 1).value) for line in (5, 7)] == [text] * 2


def test_rows_beyond_what_a_sheet_holds_are_said(folder, monkeypatch):
    monkeypatch.setattr(excel_sheet, "MOST_ROWS", 10)
    sheet, _ = sheet_of(folder / "short.xlsx", [Column("t", "T", "count")], {"t": np.arange(25)})
    assert sheet["A2"].value == "note. The first 10 of 25 rows: a sheet holds no more"
    assert sheet["A14"].value == 9 and sheet["A15"].value is None
