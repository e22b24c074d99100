# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Workbooks as they arrive: what is certain is read, all else is named with its place, and nothing is written."""
import import_files as files
import numpy as np
import pytest


def test_the_plain_workbook_becomes_a_book(tmp_path):
    book = files.book(tmp_path, files.good(tmp_path / "a.xlsx"))
    assert list(book["groups"]["group_id"]) == [b"A", b"B"] and list(
        book["groups"]["member_offset"]) == [0, 2, 3]
    assert list(book["groups"]["specific_deductible_usd"]) == [50_000, 75_000] and list(
        book["groups"]["aggregate_corridor"]) == [1.25, 1.2]
    assert book["groups"]["employees"].tolist() == [[2, 0, 0, 0], [1, 0, 0, 0]]
    assert list(book["members"]["age_band"]) == [4, 6, 3]


def test_text_numbers_signs_and_spaces_are_read(tmp_path):
    groups = [["A\u00a0", " texas", "$50,000 ", "125%"], ["B", "ga", "75k", "1.2"]]
    plain = files.book(tmp_path, files.good(tmp_path / "a.xlsx"))
    again = files.book(tmp_path, files.good(tmp_path / "b.xlsx", groups=groups))
    for key, values in plain["groups"].items():
        assert np.array_equal(values, again["groups"][key]), key


def test_a_title_above_the_header_and_blank_rows_are_passed_over(tmp_path):
    path = files.workbook(tmp_path / "a.xlsx",
                          Groups=[["Acme census, 2026"], [], files.GROUP_HEADER,
                                  files.GROUP_ROWS[0], [], [None, " "], files.GROUP_ROWS[1]],
                          Members=[files.MEMBER_HEADER, *files.MEMBER_ROWS])
    assert len(files.book(tmp_path, path)["groups"]["group_id"]) == 2


def test_a_problem_names_file_sheet_row_column_value_and_fix(tmp_path):
    problem = files.only_problem(
        tmp_path,
        files.good(tmp_path / "a.xlsx", groups=[["A", "TX", "lots", 1.25], ["B", "GA", 1, 1.2]]))
    assert (problem.code, problem.place.file, problem.place.sheet, problem.place.row, problem.place.column, problem.value) == \
        ("E_NUMBER", "a.xlsx", "Groups", 2, "Specific deductible", "lots")
    assert problem.fix and "'lots'" in problem.what


def test_every_problem_is_listed_at_once(tmp_path):
    found = files.codes(
        tmp_path,
        files.good(tmp_path / "a.xlsx",
                   groups=[["A", "ZZ", "x", 1.25], ["A", "GA", -5, 1.2]],
                   members=[["A", "1", 200, "Q", "employee", "EE"],
                            ["C", "1", 5, "M", "child", "EE"]]))
    assert sorted(found) == [
        "E_DUPLICATE", "E_NEGATIVE", "E_NUMBER", "E_RANGE", "E_REFERENCE", "E_VALUE",
        "E_VALUE"
    ]


def test_only_the_first_problems_are_listed_and_the_others_counted(tmp_path):
    members = [["A", str(i), 40, "?", "employee", "EE"] for i in range(30)]
    outcome = files.imported(tmp_path,
                             files.good(tmp_path / "a.xlsx",
                                        members=members + [["B", "1", 40, "M", "employee", "EE"]]),
                             most_errors=7)
    assert len(outcome.problems.errors) == 7 and outcome.problems.more == 23


def test_an_unknown_column_is_named_with_the_nearest_field(tmp_path):
    def spoil(book):
        book["Groups"]["C1"] = "Specific dedutible amnt"

    problem = files.imported(tmp_path, files.edited(files.good(tmp_path / "a.xlsx"),
                                                    spoil)).problems.errors[0]
    assert problem.code == "E_COLUMN" and "specific_deductible_usd" in problem.what
    assert '"Specific dedutible amnt" = "specific_deductible_usd"' in problem.fix


def test_personal_columns_are_never_kept(tmp_path):
    path = files.workbook(tmp_path / "a.xlsx",
                          Groups=[files.GROUP_HEADER, *files.GROUP_ROWS],
                          Members=[[*files.MEMBER_HEADER, "SSN", "Last Name"],
                                   *([*row, "078-05-1120", "Woolworth"]
                                     for row in files.MEMBER_ROWS)])
    files.book(tmp_path, path)
    assert b"078-05-1120" not in (tmp_path / "book.h5").read_bytes()


def test_a_row_of_totals_is_left_out_where_it_agrees(tmp_path):
    rows = [*files.GROUP_ROWS, ["Total", None, 125_000, None]]
    assert len(
        files.book(tmp_path, files.good(tmp_path / "a.xlsx",
                                        groups=rows))["groups"]["group_id"]) == 2


def test_a_row_of_totals_that_disagrees_is_a_problem(tmp_path):
    problem = files.only_problem(
        tmp_path,
        files.good(tmp_path / "a.xlsx",
                   groups=[*files.GROUP_ROWS, ["Grand total", None, 125_001, None]]))
    assert problem.code == "E_TOTAL" and problem.place.row == 4


def test_totals_between_records_are_a_problem(tmp_path):
    rows = [files.GROUP_ROWS[0], ["Subtotal", None, 50_000, None], files.GROUP_ROWS[1]]
    assert "E_TOTAL" in files.codes(tmp_path, files.good(tmp_path / "a.xlsx", groups=rows))


def test_a_merged_key_holds_for_all_its_rows(tmp_path):
    members = [["A", "1", 40, "M", "employee", "EE"], [None, "2", 61, "F", "employee", "EE"],
               ["B", "1", 33, "F", "employee", "EE"]]
    path = files.edited(files.good(tmp_path / "a.xlsx", members=members),
                        lambda book: book["Members"].merge_cells("A2:A3"))
    assert list(files.book(tmp_path, path)["groups"]["member_offset"]) == [0, 2, 3]


def test_a_merged_amount_is_a_problem(tmp_path):
    path = files.edited(files.good(tmp_path / "a.xlsx"),
                        lambda book: book["Groups"].merge_cells("C2:C3"))
    assert files.codes(tmp_path, path) == ["E_MERGED"]


def _hide_row(book):
    book["Groups"].row_dimensions[3].hidden = True


@pytest.mark.parametrize("map_text, groups", [('[book]\nhidden = "read"\n', 2),
                                              ('[book]\nhidden = "skip"\n', 1)])
def test_hidden_rows_are_read_or_skipped_as_the_map_says(tmp_path, map_text, groups):
    members = [files.MEMBER_ROWS[0]] if groups == 1 else None
    path = files.edited(files.good(tmp_path / "a.xlsx", members=members), _hide_row)
    assert len(files.book(tmp_path, path, map_text=map_text)["groups"]["group_id"]) == groups


def test_hidden_rows_columns_and_sheets_are_refused_otherwise(tmp_path):
    assert "E_HIDDEN" in files.codes(tmp_path,
                                     files.edited(files.good(tmp_path / "a.xlsx"), _hide_row))

    def hide_column(book):
        book["Groups"].column_dimensions["C"].hidden = True

    assert "E_HIDDEN" in files.codes(tmp_path,
                                     files.edited(files.good(tmp_path / "b.xlsx"), hide_column))

    def hide_sheet(book):
        book["Members"].sheet_state = "hidden"

    assert "E_HIDDEN" in files.codes(tmp_path,
                                     files.edited(files.good(tmp_path / "c.xlsx"), hide_sheet))


def test_a_formula_without_a_value_is_named(tmp_path):
    problem = files.only_problem(
        tmp_path,
        files.good(tmp_path / "a.xlsx",
                   groups=[["A", "TX", "=40000+10000", 1.25], files.GROUP_ROWS[1]]))
    assert problem.code == "E_FORMULA" and problem.place.row == 2 and "calculate" in problem.fix


def test_the_value_of_a_calculated_formula_is_used(tmp_path):
    import xlsxwriter
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for name, rows in (("Groups", [files.GROUP_HEADER, *files.GROUP_ROWS]),
                       ("Members", [files.MEMBER_HEADER, *files.MEMBER_ROWS])):
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
    book.get_worksheet_by_name("Groups").write_formula("C2", "=40000+10000", None, 50_000)
    book.close()
    assert files.book(tmp_path,
                      tmp_path / "a.xlsx")["groups"]["specific_deductible_usd"][0] == 50_000


def test_an_error_in_a_cell_is_named(tmp_path):
    problem = files.only_problem(
        tmp_path,
        files.good(tmp_path / "a.xlsx", groups=[["A", "TX", "#REF!", 1.25], files.GROUP_ROWS[1]]))
    assert "#REF!" in problem.what


def test_leading_zeros_come_back_from_the_format_or_the_other_sheet(tmp_path):
    def shape(book):
        book["Groups"]["A2"], book["Groups"]["A2"].number_format = 7, "0000"
        book["Groups"]["A3"] = "0012"
        for row, key in ((2, 7), (3, "0007"), (4, 12)):
            book["Members"].cell(row, 1).value = key

    book = files.book(tmp_path, files.edited(files.good(tmp_path / "a.xlsx"), shape))
    assert list(book["groups"]["group_id"]) == [b"0007", b"0012"] and list(
        book["groups"]["member_offset"]) == [0, 2, 3]


def test_a_member_that_stands_twice_is_named_with_its_first_row(tmp_path):
    problem = files.only_problem(
        tmp_path, files.good(tmp_path / "a.xlsx",
                             members=[*files.MEMBER_ROWS, files.MEMBER_ROWS[0]]))
    assert problem.code == "E_DUPLICATE" and problem.place.row == 5 and "row 2" in problem.what


def test_a_text_like_a_formula_is_a_text(tmp_path):
    path = files.good(tmp_path / "a.xlsx")

    def spoil(book):
        for sheet in ("Groups", "Members"):
            for row in book[sheet].iter_rows(min_row=2, max_col=1):
                if row[0].value == "A":
                    row[0].value, row[0].data_type = "=A", "s"

    assert files.book(tmp_path, files.edited(path, spoil))["groups"]["group_id"][0] == b"=A"


@pytest.mark.parametrize(
    "content",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, b"PK\x03\x04 cut", b"", b"no zip"])
def test_what_is_no_workbook_is_said_so(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert files.codes(tmp_path, tmp_path / "a.xlsx") == ["E_WORKBOOK"]


def test_headers_may_state_thousands(tmp_path):
    def shape(book):
        book["Groups"]["C1"], book["Groups"]["C2"], book["Groups"]["C3"] = "Spec Ded ($000)", 50, 75

    book = files.book(tmp_path, files.edited(files.good(tmp_path / "a.xlsx"), shape))
    assert list(book["groups"]["specific_deductible_usd"]) == [50_000, 75_000]


def test_two_columns_of_one_field_are_refused(tmp_path):
    path = files.edited(files.good(tmp_path / "a.xlsx"),
                        lambda book: book["Groups"].cell(1, 5, "ISL"))
    assert "E_TWO_WAYS" in files.codes(tmp_path, path)


def test_terms_on_a_sheet_of_their_own_join_their_groups(tmp_path):
    path = files.good(tmp_path / "a.xlsx",
                      Terms=[["Group", "Contract basis", "Aggregate basis", "Agg max"],
                             ["B", "24/12", "12/12", None], ["A", "12/18", None, "1,000,000"]])
    groups = files.book(tmp_path, path)["groups"]
    assert groups["run_in_months"].tolist() == [0, 12
                                                ] and groups["run_out_months"].tolist() == [6, 0]
    assert groups["aggregate_run_in_months"].tolist() == [
        0, 0
    ] and groups["aggregate_run_out_months"].tolist() == [6, 0]
    assert groups["aggregate_limit_usd"].tolist() == [1_000_000, np.inf]


def test_experience_and_large_claims_are_read(tmp_path):
    path = files.good(tmp_path / "a.xlsx",
                      Experience=[["Group", "Year", "Basis", "Employee months", "Paid claims"],
                                  ["B", 2025, "paid", 12, 9000.5]],
                      **{"Large claims": [["Group", "Paid", "Pended"], ["A", 60_000, 5_000]]})
    book = files.book(tmp_path, path)
    assert book["experience"]["group"].tolist() == [
        1
    ] and book["experience"]["period"].tolist() == [2025]
    assert book["experience"]["employee_months"].tolist() == [[
        12, 0, 0, 0
    ]] and book["experience"]["paid_usd"].tolist() == [9000.5]
    assert book["large_claims"]["pended_usd"].tolist() == [5000]


def test_a_dry_run_writes_nothing(tmp_path):
    outcome = files.import_book([files.good(tmp_path / "a.xlsx")], None)
    assert not outcome.problems.error_count and outcome.members == 3 and not outcome.written
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx"]


def test_what_the_program_refuses_is_refused(tmp_path):
    members = [["A", "1", 40, "M", "employee", "EE", 10],
               *([*row, None] for row in files.MEMBER_ROWS[1:])]
    path = files.workbook(tmp_path / "a.xlsx",
                          Groups=[files.GROUP_HEADER, *files.GROUP_ROWS],
                          Members=[[*files.MEMBER_HEADER, "Laser"], *members])
    problem = files.only_problem(tmp_path, path)
    assert problem.code == "E_LASER" and "group A" in problem.what
