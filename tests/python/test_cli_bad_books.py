# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Every way a book can be wrong: exit 65, the place named, nothing written."""
import h5py
import numpy as np
import pytest

import small_book
from corridor_program import BAD_DATA, MISSING_INPUT, OK, corridor, entries


def price_refuses(tmp_path, *fragments, code=BAD_DATA):
    """Both commands refuse book.h5 and name every fragment; price writes nothing."""
    before = entries(tmp_path)
    priced = corridor("price", "book.h5", "-o", "out.h5", "--csv", "out.csv", "--years", 100,
                      cwd=tmp_path)
    assert priced.code == code, priced.why
    assert entries(tmp_path) == before, priced.why
    assert priced.out == "", priced.why
    validated = corridor("validate", "book.h5", cwd=tmp_path)
    assert validated.code == code, validated.why
    for fragment in fragments:
        assert fragment in priced.err, priced.why
        assert fragment in validated.out + validated.err, validated.why


def changed(table, name, row, value):
    def change(book):
        book[table][name][row] = value
    return change


def without(table, name):
    def change(book):
        del book[table][name]
    return change


def put(table, name, value):
    def change(book):
        book[table][name] = value
    return change


def law(name, part, key, value):
    def change(book):
        book["laws"][name][part][key] = value
    return change


def root(key, value):
    def change(book):
        book["attributes"][key] = value
    return change


NAN, INF = float("nan"), float("inf")
SIXTY = small_book.MEMBERS

CASES = {
    "missing scale": (without("members", "scale"), "/members/scale", "E_MISSING"),
    "missing group_id": (without("groups", "group_id"), "/groups/group_id", "E_MISSING"),
    "missing offsets": (without("groups", "member_offset"), "/groups/member_offset", "E_MISSING"),
    "scale is text": (put("members", "scale", np.array([b"1.0"] * SIXTY, "S3")),
                      "/members/scale", "E_TYPE"),
    "scale is 32 bits": (put("members", "scale", np.ones(SIXTY, np.float32)),
                         "/members/scale", "E_TYPE"),
    "scale is a matrix": (put("members", "scale", np.ones((SIXTY, 2))), "/members/scale", "E_SHAPE"),
    "ids are of another length": (put("groups", "group_id", np.array([b"1", b"2", b"3"], "S40")),
                                  "/groups/group_id", "E_TYPE"),
    "a short column": (put("members", "exposure", np.ones(SIXTY - 1, np.float32)),
                       "/members/exposure", "E_LENGTH"),
    "NaN": (changed("members", "scale", 7, NAN), "/members/scale[7] (group G1)", "E_NOT_FINITE"),
    "infinity": (changed("members", "scale", 12, INF), "/members/scale[12] (group G2)",
                 "E_NOT_FINITE"),
    "negative scale": (changed("members", "scale", 59, -1.5), "/members/scale[59] (group G3)", "-1.5",
                       "E_NOT_POSITIVE"),
    "zero scale": (changed("members", "scale", 0, 0), "/members/scale[0]", "E_NOT_POSITIVE"),
    "exposure above 1": (changed("members", "exposure", 3, 1.5), "/members/exposure[3]", "1.5",
                         "E_RANGE"),
    "negative deductible": (changed("groups", "specific_deductible_usd", 1, -5),
                            "/groups/specific_deductible_usd[1] (group G2)", "-5", "E_NEGATIVE"),
    "NaN deductible": (changed("groups", "specific_deductible_usd", 2, NAN),
                       "/groups/specific_deductible_usd[2]", "E_NOT_FINITE"),
    "overflow of cents": (changed("groups", "specific_deductible_usd", 0, 1e17),
                          "/groups/specific_deductible_usd[0] (group G1)", "E_RANGE"),
    "probabilities do not sum to 1": (law("buckets", "columns", "probability",
                                          np.array([0.25, 0.5, 0.2, 0.04])),
                                      "/distributions/buckets", "probability"),
    "negative probability": (law("buckets", "columns", "probability",
                                 np.array([0.25, 0.75, 0.2, -0.2])), "/distributions/buckets"),
    "buckets do not ascend": (law("buckets", "columns", "upper_usd",
                                  np.array([0.0, 20000.0, 1000.0, 100000.0])),
                              "/distributions/buckets"),
    "bucket mean outside the bucket": (law("buckets", "columns", "mean_usd",
                                           np.array([0.0, 4000.0, 6000.0, 50000.0])),
                                       "/distributions/buckets"),
    "unknown law": (changed("members", "distribution", 41, 9), "/members/distribution[41] (group G3)",
                    "9", "E_REFERENCE"),
    "unknown kind": (law("plain", "attributes", "kind", small_book.text("lognormall")),
                     "/distributions/plain", "lognormall"),
    "law without its parameters": (lambda book: book["laws"]["plain"]["attributes"].pop("cv"),
                                   "/distributions/plain"),
    "cap below 15 million": (law("plain", "attributes", "maximum_usd", 1e6),
                             "/distributions/plain@maximum_usd", "1000000"),
    "offsets fall": (put("groups", "member_offset", np.array([0, 30, 10, 60], np.uint64)),
                     "/groups/member_offset[2]", "E_OFFSET"),
    "offsets start late": (put("groups", "member_offset", np.array([1, 10, 30, 60], np.uint64)),
                           "/groups/member_offset[0]", "E_OFFSET"),
    "offsets end early": (put("groups", "member_offset", np.array([0, 10, 30, 59], np.uint64)),
                          "/groups/member_offset[3]", "59", "60"),
    "a group without members": (put("groups", "member_offset", np.array([0, 10, 10, 60], np.uint64)),
                                "(group G2)", "E_GROUP_SIZE"),
    "duplicate ids": (changed("groups", "group_id", 2, b"G1"), "/groups/group_id[2]", "G1",
                      "E_DUPLICATE"),
    "a laser below the deductible": (put("members", "laser_usd", np.full(SIXTY, 25000.0)),
                                     "/members/laser_usd[10] (group G2)", "E_LASER"),
    "a limit below zero": (put("groups", "run_in_limit_person_usd", np.array([np.inf, -3.0, np.inf])),
                           "/groups/run_in_limit_person_usd[1] (group G2)", "-3", "E_NEGATIVE"),
    "another currency": (root("currency", small_book.text("EUR")), "EUR", "E_CURRENCY"),
    "another schema": (root("schema", small_book.text("corridor.quotes")), "E_SCHEMA"),
    "a later major version": (root("schema_version", np.array([2, 0], np.int32)), "E_SCHEMA"),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_content_is_refused_with_its_place(case, tmp_path):
    change, *fragments = CASES[case]
    book = small_book.content()
    change(book)
    small_book.write(tmp_path / "book.h5", book)
    price_refuses(tmp_path, *fragments)


def test_the_unbroken_book_is_priced(tmp_path):
    small_book.good(tmp_path / "book.h5")
    assert corridor("validate", "book.h5", cwd=tmp_path).code == OK
    priced = corridor("price", "book.h5", "-o", "out.h5", "--years", 1000, cwd=tmp_path)
    assert priced.code == OK, priced.why


def test_all_problems_are_listed_at_once_errors_first(tmp_path):
    book = small_book.content()
    book["members"]["scale"][[3, 5]] = [-1, NAN]
    book["groups"]["group_id"][2] = b"G1"
    book["laws"]["buckets"]["columns"]["probability"][3] = 0.04
    book["more"] = {"members/shoe_size": np.zeros(SIXTY)}
    small_book.write(tmp_path / "book.h5", book)
    validated = corridor("validate", "book.h5", cwd=tmp_path)
    assert validated.code == BAD_DATA, validated.why
    lines = validated.out.splitlines()
    for place in ("/members/scale[3]", "/members/scale[5]", "/groups/group_id[2]",
                  "/distributions/buckets", "/members/shoe_size"):
        assert any(place in line for line in lines), validated.why
    kinds = [line.split(":")[0] for line in lines[:-1]]
    assert kinds == sorted(kinds), validated.why  # "error" before "warning"
    assert lines[-1].startswith("book.h5: 4 errors, "), validated.why


def test_a_thousand_problems_are_counted_and_fifty_shown(tmp_path):
    book = small_book.content()
    book["groups"] = {"group_id": np.array([f"G{i % 500}" for i in range(1000)], "S32"),
                      "member_offset": np.arange(1001, dtype=np.uint64)}
    book["members"] = {"distribution": np.zeros(1000, np.uint16), "scale": np.ones(1000)}
    small_book.write(tmp_path / "book.h5", book)
    shown = corridor("validate", "book.h5", cwd=tmp_path)
    assert shown.code == BAD_DATA
    assert sum(line.startswith("error: ") for line in shown.out.splitlines()) == 50, shown.why
    assert "more not shown" in shown.out
    few = corridor("validate", "book.h5", "--max-errors", 3, cwd=tmp_path)
    assert sum(line.startswith("error: ") for line in few.out.splitlines()) == 3, few.why


def test_validate_speaks_json(tmp_path):
    book = small_book.content()
    book["members"]["scale"][7] = -2
    small_book.write(tmp_path / "book.h5", book)
    found = corridor("validate", "book.h5", "--json", cwd=tmp_path)
    assert found.code == BAD_DATA
    document = found.json()
    assert document["errors"] == 1
    problem = document["problems"][0]
    assert (problem["severity"], problem["dataset"], problem["row"], problem["group"]) == (
        "error", "/members/scale", 7, "G1")
    assert problem["value"] == "-2"


def test_price_speaks_json_of_its_errors(tmp_path):
    book = small_book.content()
    book["members"]["scale"][7] = -2
    small_book.write(tmp_path / "book.h5", book)
    refused = corridor("price", "book.h5", "--json", cwd=tmp_path)
    assert refused.code == BAD_DATA
    error = refused.json()["error"]
    assert (error["kind"], error["exit_code"]) == ("bad_data", BAD_DATA)
    assert error["problems"][0]["row"] == 7
    assert "/members/scale[7]" in refused.err


# Files that are no book at all.

@pytest.fixture
def bytes_of_a_book(tmp_path):
    path = small_book.good(tmp_path / "whole.h5")
    data = path.read_bytes()
    path.unlink()
    return data


def test_a_file_that_is_not_there_is_66(tmp_path):
    price_refuses(tmp_path, "book.h5", code=MISSING_INPUT)


def test_a_folder_is_no_book(tmp_path):
    (tmp_path / "book.h5").mkdir()
    price_refuses(tmp_path, "book.h5", code=MISSING_INPUT)


def test_text_and_nothing_are_no_hdf5(tmp_path):
    for data in (b"", b"group_id,state\n", b"\x89HDF\r\n\x1a\n"):
        (tmp_path / "book.h5").write_bytes(data)
        price_refuses(tmp_path, "book.h5")


@pytest.mark.parametrize("part", [0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999])
def test_a_truncated_file_is_refused(part, tmp_path, bytes_of_a_book):
    (tmp_path / "book.h5").write_bytes(bytes_of_a_book[:int(len(bytes_of_a_book) * part)])
    price_refuses(tmp_path, "book.h5")


def test_a_flipped_bit_in_a_sealed_book_is_refused_or_harmless(tmp_path):
    book = small_book.good(tmp_path / "sealed.h5")
    assert corridor("seal", book).code == OK
    whole = corridor("price", book, "--years", 200, "--method", "simulate", "--csv", "-")
    assert whole.code == OK, whole.why
    data = book.read_bytes()
    refused = 0
    for bit in np.random.default_rng(1).integers(0, 8 * len(data), 150):
        broken = bytearray(data)
        broken[bit // 8] ^= 1 << (bit % 8)
        (tmp_path / "book.h5").write_bytes(broken)
        priced = corridor("price", tmp_path / "book.h5", "--years", 200, "--method", "simulate", "--csv", "-")
        assert priced.code in (OK, BAD_DATA), f"bit {bit}: {priced.why}"
        assert priced.code == BAD_DATA or priced.out == whole.out, f"bit {bit}: another price"
        refused += priced.code == BAD_DATA
    assert refused > 0


def hostile_huge(group, name, values):
    if name != "scale":
        return False
    group.create_dataset(name, shape=(10**15,), dtype="f8", chunks=(1024,))
    return True


def hostile_bomb(group, name, values):
    if name != "scale":
        return False
    group.create_dataset(name, data=np.ones(5_000_000), chunks=(1_000_000,), compression="gzip")
    group.file["groups"].attrs["note"] = small_book.text("x")
    return True


def hostile_external_link(group, name, values):
    if name != "scale":
        return False
    group[name] = h5py.ExternalLink("/etc/passwd", "/x")
    return True


def hostile_soft_link(group, name, values):
    if name != "scale":
        return False
    group[name] = h5py.SoftLink("/members/scale")
    return True


def hostile_external_storage(group, name, values):
    if name != "scale":
        return False
    group.create_dataset(name, shape=(SIXTY,), dtype="f8", external=[("/etc/passwd", 0, 8 * SIXTY)])
    return True


def hostile_virtual(group, name, values):
    if name != "scale":
        return False
    layout = h5py.VirtualLayout(shape=(SIXTY,), dtype="f8")
    layout[:] = h5py.VirtualSource("/etc/passwd", "x", shape=(SIXTY,))
    group.create_virtual_dataset(name, layout)
    return True


def hostile_variable_length(group, name, values):
    if name != "group_id":
        return False
    group.create_dataset(name, data=["G1", "G2", "G3"], dtype=h5py.string_dtype())
    return True


def hostile_big_chunk(group, name, values):
    if name != "scale":
        return False
    group.create_dataset(name, data=values, maxshape=(None,), chunks=(4 << 20,))
    return True


@pytest.mark.parametrize("hostile", [
    hostile_huge, hostile_bomb, hostile_external_link, hostile_soft_link, hostile_external_storage,
    hostile_virtual, hostile_variable_length, hostile_big_chunk])
def test_hostile_hdf5_is_refused(hostile, tmp_path):
    small_book.write(tmp_path / "book.h5", small_book.content(), hostile)
    name = "group_id" if hostile is hostile_variable_length else "scale"
    price_refuses(tmp_path, name)
