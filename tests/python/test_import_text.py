# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""CSV files: encodings, delimiters, quotes, rows of another length; and the map that explains what headers do not."""
import import_files as files
import numpy as np
import pytest
from corridor.importing.text_file import delimiter_of, encoding_of

GROUPS = "Group ID,State,Specific deductible,Aggregate corridor\nA,TX,50000,1.25\nB,GA,\"75,000\",120%\n"
MEMBERS = "Group ID,Member ID,Age,Sex\nA,1,40,M\nA,2,61,F\nB,1,33,F\n"


def both(tmp_path, groups=GROUPS, members=MEMBERS, encoding="utf-8"):
    return files.text(tmp_path / "groups.csv", groups,
                      encoding), files.text(tmp_path / "members.csv", members, encoding)


@pytest.mark.parametrize("encoding",
                         ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_book(tmp_path, encoding):
    groups = GROUPS.replace("State,", "State,First name,").replace("TX,", "TX,Ren\u00e9e,").replace(
        "GA,", "GA,Zo\u00eb,")
    book = files.book(tmp_path, *both(tmp_path, groups, encoding=encoding))
    assert list(book["groups"]["specific_deductible_usd"]) == [50_000, 75_000]


def test_utf8_and_windows_1252_in_one_file_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Ren\u00e9e\n".encode() + "Zo\u00eb\n".encode("cp1252"))
    with pytest.raises(files.CellError) as caught:
        encoding_of(path)
    assert caught.value.code == "E_ENCODING"


def test_a_long_character_across_two_blocks_is_no_error(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"x" * ((1 << 20) - 1) + "\u20ac".encode() * 10 + b"\n")
    assert encoding_of(path) == "utf-8"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, mark):
    groups = GROUPS.replace('"75,000"', "75000").replace(",", mark)
    assert len(files.book(tmp_path, *both(tmp_path, groups))["groups"]["group_id"]) == 2


def test_the_line_that_excel_begins_with_states_the_delimiter(tmp_path):
    assert delimiter_of("sep=|\na,b|c,d\n") == "|"
    assert len(
        files.book(
            tmp_path,
            *both(
                tmp_path, "sep=;\n" +
                GROUPS.replace('"75,000"', "75000").replace(",", ";")))["groups"]["group_id"]) == 2


def test_a_quote_that_does_not_close_is_named(tmp_path):
    problem = files.only_problem(tmp_path, *both(tmp_path, GROUPS + '"C,TX,1,1\nD,TX,1,1\n'))
    assert problem.code == "E_QUOTE" and "row 4" in problem.what


@pytest.mark.parametrize("row", ["C,TX,1", "C,TX,1,1,9"])
def test_a_row_of_another_length_is_named(tmp_path, row):
    found = files.imported(tmp_path, *both(tmp_path, GROUPS + row + "\n",
                                           MEMBERS + "C,1,4,M\n")).problems.errors
    assert [problem.code
            for problem in found] in (["E_LENGTH"], ["E_COLUMN"]) and found[0].place.row == 4


def test_leading_zeros_lost_in_one_file_are_found_in_the_other(tmp_path):
    groups, members = GROUPS.replace("\nA", "\n007").replace("\nB", "\n012"), MEMBERS.replace(
        "\nA", "\n7").replace("\nB", "\n12")
    assert list(files.book(tmp_path, *both(tmp_path, groups,
                                           members))["groups"]["member_offset"]) == [0, 2, 3]


def test_an_unknown_group_is_named_with_the_nearest(tmp_path):
    problem = files.only_problem(
        tmp_path,
        *both(
            tmp_path, GROUPS.replace("\nA", "\nCase-1"),
            MEMBERS.replace("\nA,1",
                            "\nCase-1").replace("\nA",
                                                "\nCase-11").replace("Case-1,40", "Case-1,1,40")))
    assert problem.code == "E_REFERENCE" and "Case-1" in problem.fix


MAP = """
[book]
policy_year = 2026
law = "mine"
scale = "one"
[laws.mine]
kind = "lognormal"
mean_usd = 8000.0
cv = 4.0
[quote]
specific = [50000, 100000]
[market]
group_cv = 0.1
[[source]]
table = "groups"
file = "groups.csv"
header_row = 1
decimal = ","
[source.columns]
"Fall" = "group_id"
"Selbstbehalt" = { field = "specific_deductible_usd", units = "thousands" }
"Weg" = "ignore"
[source.defaults]
aggregate_corridor = 1.25
[[source]]
table = "members"
file = "mem*.csv"
[source.values.sex]
"1" = "female"
"2" = "male"
"""


def test_a_map_says_what_headers_do_not(tmp_path):
    groups, members = "Fall;Selbstbehalt;Weg\nA;62,5;x\nB;1.000;y\n", "Group ID,Age,Sex\nA,40,1\nB,50,2\n"
    book = files.book(tmp_path, *both(tmp_path, groups, members), map_text=MAP)
    assert list(book["groups"]["specific_deductible_usd"]) == [62_500, 1_000_000] and list(
        book["groups"]["aggregate_corridor"]) == [1.25, 1.25]
    assert list(book["members"]["sex"]) == [1, 0] and list(book["members"]["scale"]) == [1, 1]
    assert list(book["quote"]["specific_deductible_usd"]) == [50_000, 100_000]


@pytest.mark.parametrize("spoil, word",
                         [(("policy_year = 2026", 'policy_year = "2026"'), "policy_year"),
                          (("scale =", "scales ="), "scale?"),
                          (('"group_id"', '"group_idd"'), "group_id?"),
                          (('"thousands"', '"tons"'), "thousands"),
                          (("table = \"groups\"", 'table = "group"'), "groups"),
                          (("[50000, 100000]", "[100000, 50000]"), "ascend"),
                          (('file = "groups.csv"', 'file = "nothing.csv"'), "fits no sheet"),
                          (('law = "mine"', 'law = "mein"'), "mine?"),
                          (("[book]", "[book"), "TOML"), (('"Fall"', '"Fal"'), "Fall")])
def test_a_wrong_map_is_named_key_by_key(tmp_path, spoil, word):
    groups, members = "Fall;Selbstbehalt;Weg\nA;62,5;x\nB;1.000;y\n", "Group ID,Age,Sex\nA,40,1\nB,50,2\n"
    outcome = files.imported(tmp_path,
                             *both(tmp_path, groups, members),
                             map_text=MAP.replace(*spoil))
    assert any(word in str(problem) for problem in outcome.problems.errors), outcome.problems.errors


def test_several_files_of_members_are_one_book(tmp_path):
    more = files.text(tmp_path / "members_2.csv", "Group ID,Age,Sex\nB,10,M\nA,12,F\n")
    assert list(files.book(tmp_path, *both(tmp_path), more)["groups"]["member_offset"]) == [0, 3, 5]


def test_the_years_of_slashed_dates_follow_the_column(tmp_path):
    groups = "Group ID,Effective date\nA,03/01/2026\nB,07/01/2026\n"
    assert list(files.book(tmp_path,
                           *both(tmp_path,
                                 groups))["groups"]["effective"]) == [b"2026-03", b"2026-07"]


def test_counts_of_employees_bring_their_families(tmp_path):
    rows = "".join(f"A,{band},{sex},{tier},{n}\n"
                   for band, sex, tier, n in (("25-34", "M", "EE", 100), ("35-44", "F", "FAM", 200),
                                              ("45-54", "F", "EE+CH", 100), ("65+", "M", "EE+SP",
                                                                             50)))
    members = files.book(
        tmp_path,
        files.text(tmp_path / "census.csv",
                   "Group ID,Age band,Sex,Tier,Employees\n" + rows))["members"]
    assert np.bincount(members["relation"]).tolist()[:2] == [450, 250]
    children = members["relation"] == 2
    assert abs(children.sum() - (1.85 * 200 + 1.6 * 100)) <= 3
    assert np.abs(np.bincount(members["age_band"][children]) / children.sum() -
                  [.05, .68, .27]).max() < .01
    assert abs(members["sex"][children].mean() - .49) < .01
    spouses = members["relation"] == 1
    assert set(members["sex"][spouses & (members["age_band"] == 4)]) == {0} and set(
        members["age_band"][spouses]) == {4, 7}
    assert np.bincount(members["family"])[1:].min() >= 0 and np.bincount(
        members["family"])[0] == 100


def test_scales_are_the_published_factors_times_the_groups_own(tmp_path):
    from corridor.importing import factor_tables
    groups = "Group ID,Area factor\nA,1.1\nB,\n"
    members = files.book(tmp_path, *both(tmp_path, groups))["members"]
    factor = factor_tables.age_sex()
    assert members["scale"] == pytest.approx([1.1 * factor[4, 0], 1.1 * factor[6, 1], factor[3, 1]],
                                             rel=1e-12)
    assert (factor * factor_tables.expected_shares()).sum() == pytest.approx(1, abs=1e-9)


def test_a_count_that_may_be_of_two_things_is_asked_back(tmp_path):
    path = files.text(tmp_path / "census.csv",
                      "Group ID,Age band,Sex,Tier,Count\nA,25-34,M,EE,10\n")
    assert files.only_problem(tmp_path, path).code == "E_AMBIGUOUS"
    assert len(
        files.book(tmp_path, path, map_text='[[source]]\ntable = "census"\ncounts = "members"\n')
        ["members"]["scale"]) == 10


def test_people_given_as_rows_and_as_counts_are_refused(tmp_path):
    census = files.text(tmp_path / "census.csv",
                        "Group ID,Age band,Sex,Tier,Employees\nA,25-34,M,EE,10\n")
    assert files.only_problem(tmp_path, *both(tmp_path), census).code == "E_TWO_WAYS"


EUROPEAN = "Group ID;State;Specific deductible;Aggregate corridor;Effective date\n"


def test_decimal_commas_of_a_file_with_semicolons_are_read_and_said(tmp_path):
    groups = EUROPEAN + "A;TX;50.000,00;1,25;01.01.2026\nB;GA;75000;120%;13.01.2026\n"
    paths = both(tmp_path, groups)
    book = files.book(tmp_path, *paths)
    assert list(book["groups"]["specific_deductible_usd"]) == [50_000, 75_000]
    assert list(book["groups"]["aggregate_corridor"]) == [1.25, 1.2]
    notes = files.import_book(list(paths)).problems.notes
    assert any("decimal commas" in note and "groups.csv" in note for note in notes)


@pytest.mark.parametrize("row", ["A;TX;50,000;1.25;2026-01", "A;TX;50000;1,25;2026-01\nB;TX;1234.50;1,2;2026-01"])
def test_points_or_thousands_of_a_file_with_semicolons_stay_what_they_are(tmp_path, row):
    outcome = files.import_book(list(both(tmp_path, EUROPEAN + row + "\n")))
    assert not any("decimal commas" in note for note in outcome.problems.notes)


def test_the_map_outdoes_the_marks_that_are_found(tmp_path):
    groups = EUROPEAN + "A;TX;50000;1,25;2026-01\n"
    paths = both(tmp_path, groups, "Group ID,Member ID,Age,Sex\nA,1,40,M\n")
    mapped = files.text(tmp_path / "map.toml", '[[source]]\nfile = "groups.csv"\ndecimal = "."\n')
    problems = files.import_book(list(paths), map_file=mapped).problems
    assert [problem.code for problem in problems.errors] == ["E_AMBIGUOUS"]


@pytest.mark.parametrize("ending", ["\r", "\r\n"])
def test_lines_of_every_system_are_lines(tmp_path, ending):
    book = files.book(tmp_path, *both(tmp_path, GROUPS.replace("\n", ending)))
    assert list(book["groups"]["specific_deductible_usd"]) == [50_000, 75_000]


def test_a_year_that_every_age_lacks_is_asked_for_once(tmp_path):
    members = "Group ID,Member ID,Date of birth,Sex\nA,1,1970-05-03,M\nA,2,1982.01.02,F\nB,1,1990/02/28,F\n"
    problem = files.only_problem(tmp_path, *both(tmp_path, members=members))
    assert problem.code == "E_MISSING" and problem.place.row == 2 and "policy_year" in problem.fix
    book = files.book(tmp_path, *both(tmp_path, members=members), map_text="[book]\npolicy_year = 2026\n")
    assert len(book["members"]["scale"]) == 3
