# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Books made from frames are the books that h5py would write, and what is wrong is named by frame."""
import math
import pickle

import numpy as np
import pytest

from corridor_program import ROOT, SAMPLE, corridor as program
from frames_book import frames

corridor = pytest.importorskip("corridor")
pandas = pytest.importorskip("pandas")


def problems_of(**changed):
    """What from_frames finds wrong with the frames after `changed` took their places."""
    with pytest.raises(corridor.BadDataError) as caught:
        corridor.Book.from_frames(**{**frames(), **changed})
    return caught.value.problems


def with_column(table, **columns):
    return {table: {**frames()[table], **columns}}


@pytest.mark.parametrize("name", ["sample", "contracts", "treaties"])
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_book_taken_apart_and_put_together_has_the_same_content(name, library):
    if library == "polars":
        pytest.importorskip("polars")
    book = corridor.load(ROOT / "data" / "books" / f"{name}.h5")
    assert corridor.Book.from_frames(**book.to_frames(library)).digest == book.digest


def test_a_book_made_in_memory_is_written_sealed_and_the_program_takes_it(tmp_path):
    book = corridor.Book.from_frames(**frames())
    book.write(tmp_path / "book.h5")
    outcome = program("validate", tmp_path / "book.h5")
    assert outcome.code == 0, outcome.why
    again = corridor.load(tmp_path / "book.h5")
    assert (again.digest, again.sealed, again.policy_year) == (book.digest, True, 2026)
    assert (again.group_count, again.member_count) == (2, 5)
    facts = ("group_count", "member_count", "policy_year", "generator", "digest", "sealed")
    assert [getattr(book, fact) for fact in facts] == [getattr(again, fact) for fact in facts]
    assert [p.code for p in book.warnings] == [p.code for p in again.warnings]


def test_what_is_odd_about_a_book_is_said_with_the_frame_s_row():
    scales = [1.0, 1.1, 5000.0, 1.2, 1.0]
    book = corridor.Book.from_frames(**{**frames(), **with_column("members", scale=scales)})
    assert [(p.code, p.frame, p.column, p.row) for p in book.warnings if p.code == "W_SCALE"] \
        == [("W_SCALE", "members", "scale", 2)]
    assert corridor.validate(book) == book.warnings


def test_members_come_in_any_order_and_keep_theirs_within_a_group():
    members = corridor.Book.from_frames(**frames()).to_frames()["members"]
    assert list(members["group_id"]) == ["G1", "G1", "G1", "G2", "G2"]
    assert list(members["scale"]) == [1.1, 0.9, 1.0, 1.0, 1.2]
    assert list(members["distribution"]) == ["silver", "gold", "silver", "silver", "gold"]


@pytest.mark.parametrize("make", ["pandas", "polars", "pyarrow", "records"])
def test_frames_of_every_library_make_the_same_book(make):
    given = frames()
    if make == "records":
        members = np.array(list(zip(*given["members"].values())),
                           dtype=[("group_id", "S4"), ("distribution", "S8"), ("scale", "f8")])
    elif make == "pyarrow":
        members = pytest.importorskip("pyarrow").table(given["members"])
    else:
        members = pytest.importorskip(make).DataFrame(given["members"])
    assert corridor.Book.from_frames(**{**given, "members": members}).digest \
        == corridor.Book.from_frames(**given).digest


def test_a_categorical_law_and_nullable_whole_numbers_are_taken():
    members = pandas.DataFrame(frames()["members"])
    members["distribution"] = members["distribution"].astype("category")
    members["family"] = pandas.array([1, 1, 2, 2, 2], dtype="Int64")
    book = corridor.Book.from_frames(**{**frames(), "members": members})
    assert list(book.to_frames()["members"]["family"]) == [1, 2, 2, 1, 2]


def test_a_bad_value_is_named_with_its_frame_column_and_the_frame_s_own_row():
    found = problems_of(**with_column("members", scale=[1.0, 1.1, 0.9, -3.0, 1.0]))
    assert [(p.code, p.frame, p.column, p.row, p.value, p.file) for p in found] \
        == [("E_NOT_POSITIVE", "members", "scale", 3, "-3", "")]
    assert str(found[0]).startswith("frame members, column scale, row 3 (group G2): -3 is not above 0")
    found = problems_of(**with_column("members", sex=[0, 1, 300, 0, 1]))
    assert str(found[0]) == ("frame members, column sex, row 2: is outside 0 to 255 (found 300). "
                             "Give a number of that range [E_RANGE]")


def test_all_problems_of_all_frames_come_at_once():
    found = problems_of(
        **with_column("groups", specific_deductible_usd=[-1.0, 1.0], stat=["TX", "TX"]),
        **with_column("members", family=[1, 2.5, 3, None, 70_000], sex=[0, 1, 300, 0, 1]),
        market={"book_cv": 5.0})
    places = {(p.code, p.frame, p.column, p.row) for p in found}
    assert {("E_UNKNOWN", "groups", "stat", None), ("E_TYPE", "members", "family", 1),
            ("E_TYPE", "members", "family", 3), ("E_RANGE", "members", "sex", 2),
            ("E_RANGE", "market", "book_cv", None)} <= places
    assert ("groups", "specific_deductible_usd", 0) in {(p.frame, p.column, p.row) for p in found}
    assert "Did you mean state?" in str(found)


def test_references_that_lead_nowhere_are_named_with_what_was_meant():
    found = problems_of(**with_column("members", distribution=["silver", "silvr", "gold", "gold", None],
                                      group_id=["G2", "G1", "G3", "G2", "G1"]))
    assert [(p.code, p.column, p.row) for p in found] \
        == [("E_REFERENCE", "group_id", 2), ("E_REFERENCE", "distribution", 1),
            ("E_REFERENCE", "distribution", 4)]
    assert found[1].fix == "Did you mean silver?"


@pytest.mark.parametrize("changed, code, column", [
    (with_column("groups", employees=[[1, 2], [3, 4]]), "E_SHAPE", "employees"),
    ({"groups": {**{k: v for k, v in frames()["groups"].items() if k != "employees_fam"}}},
     "E_MISSING", "employees"),
    ({"members": {"group_id": ["G1", "G2"], "distribution": ["gold", "gold"]}}, "E_MISSING", "scale"),
    ({"groups": {"state": ["TX", "OH"]}}, "E_MISSING", "group_id"),
    (with_column("groups", state=["TX", "Ohio"]), "E_FORMAT", "state"),
    (with_column("groups", group_id=["G1", "G1"]), "E_DUPLICATE", "group_id"),
    (with_column("members", scale=["1", "2", "x", "3", "4"]), "E_TYPE", "scale"),
    ({"distributions": {}}, "E_MISSING", ""),
    ({"distributions": {"silver": {"kind": "lognormal", "mean_usd": -8.0, "cv": 4.0},
                        "gold": {"kind": "gamma", "shape": 2.0, "scale_usd": 10.0}}}, None, None),
    ({"market": {"bookcv": 0.1}}, "E_UNKNOWN", "bookcv"),
    ({"members": 7}, "E_TYPE", ""),
    ({"members": {"group_id": ["G1"], "distribution": ["silver", "gold"], "scale": [1.0]}},
     "E_LENGTH", ""),
])
def test_frames_that_make_no_book_are_refused(changed, code, column):
    found = problems_of(**changed)
    if code is not None:
        assert (code, column) in {(p.code, p.column) for p in found}, found


def test_many_bad_rows_are_counted_and_not_all_listed():
    rows = 500
    found = problems_of(members={"group_id": ["G1", "G2"] * (rows // 2), "distribution": ["gold"] * rows,
                                 "scale": ["x"] * rows})
    bad = [p for p in found if p.column == "scale"]
    assert len(bad) == 51 and "450 further rows" in bad[-1].message


def test_nothing_is_written_over_a_file_unless_asked(tmp_path):
    book, path = corridor.Book.from_frames(**frames()), tmp_path / "book.h5"
    path.write_text("mine")
    with pytest.raises(corridor.CannotCreateError) as caught:
        book.write(path)
    assert caught.value.problems[0].code == "E_EXISTS" and path.read_text() == "mine"
    book.write(path, replace=True)
    assert corridor.load(path).digest == book.digest
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.h5"]


def test_a_book_in_memory_takes_its_file_with_it():
    book = corridor.Book.from_frames(**frames())
    folder = (ROOT / book.file).parent
    assert folder.is_dir()
    del book
    assert not folder.exists()


def test_errors_of_files_have_their_kind_and_every_problem(tmp_path):
    with pytest.raises(corridor.MissingInputError) as missing:
        corridor.load(tmp_path / "none.h5")
    assert missing.value.exit_code == 66 and missing.value.problems[0].code == "E_CANNOT_OPEN"
    (tmp_path / "text.h5").write_text("no book")
    with pytest.raises(corridor.BadDataError) as bad:
        corridor.load(tmp_path / "text.h5")
    assert [p.code for p in bad.value.problems] == ["E_NOT_HDF5"]
    again = pickle.loads(pickle.dumps(bad.value))
    assert (type(again), again.problems) == (corridor.BadDataError, bad.value.problems)
    assert [p.code for p in corridor.validate(tmp_path / "text.h5")] == ["E_NOT_HDF5"]


def test_units_of_columns_are_those_of_the_sample_book(tmp_path):
    import h5py
    book = corridor.Book.from_frames(**corridor.load(SAMPLE).to_frames())
    book.write(tmp_path / "book.h5")
    with h5py.File(tmp_path / "book.h5") as made:
        scale = made["members/scale"]
        assert (scale.compression, scale.shuffle, scale.fletcher32, scale.chunks) \
            == ("gzip", True, True, (len(scale),))
        assert made["groups/specific_deductible_usd"].attrs["units"] == b"USD"
        assert all(made[f"groups/{name}"].attrs["description"] for name in made["groups"])
        assert math.isinf(made["groups/specific_limit_usd"][0]) or made["groups/specific_limit_usd"][0] > 0
