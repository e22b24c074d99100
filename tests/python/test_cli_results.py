# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The numbers do not depend on the machine, the company a group keeps or the form they are read in."""
import csv
import io
import json
import subprocess

import h5py
import numpy as np
import pytest

import small_book
from corridor_program import DEVICE, OK, ROOT, SAMPLE, corridor


def priced(*arguments):
    done = corridor("price", *arguments)
    assert done.code in (OK, 1), done.why
    return done.out


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return small_book.good(tmp_path_factory.mktemp("book") / "book.h5")


def agree(found, expected, tolerance):
    """Simulated figures have the same bits; closed forms, and the z-scores on them, agree closely."""
    assert len(found) == len(expected) > 0
    for row, other in zip(found, expected):
        for name, value in other.items():
            closed_form = name.startswith(("expected_", "experience_", "laser_credit", "maturity_",
                                           "outside_basis")) or name.endswith(("_exact_usd", "_z"))
            if closed_form and value != "":
                assert float(row[name]) == pytest.approx(float(value), rel=tolerance, abs=tolerance), name
            else:
                assert row[name] == value, name


GRID = ("--years", 3000, "--specific", "20000,50000", "--corridor", "1.1,1.25",
        "--levels", "0.9,0.995", "--principles",
        "expected_value,standard_deviation,variance,ph_transform,wang_transform,tvar,cost_of_capital")


SIMULATED = ("--method", "simulate")


def instruction_sets():
    return json.loads(corridor("info", "--json").out)["instruction_sets"]


def test_threads_and_instruction_sets_change_no_bit():
    reference = priced(SAMPLE, *GRID, "--csv", "-", "--device", "cpu", "--threads", 1,
                       "--instruction-set", "scalar")
    assert len(rows(reference)) == 4 * 48
    for threads in (1, 2, 3):
        for name in instruction_sets():
            other = priced(SAMPLE, *GRID, "--csv", "-", "--device", "cpu", "--threads", threads,
                           "--instruction-set", name)
            assert other == reference, f"{threads} threads, {name}"


def test_an_instruction_set_that_is_not_here_is_refused_by_name(book):
    for name in {"scalar", "avx2", "avx512"} - set(instruction_sets()):
        refused = corridor("price", book, "--instruction-set", name, "--years", 100)
        assert refused.code in (64, DEVICE), refused.why
        assert name in refused.err


def test_exact_figures_of_a_group_are_the_same_in_any_company(tmp_path):
    content = small_book.content()
    del content["groups"]["aggregate_corridor"]
    book = small_book.write(tmp_path / "book.h5", content)
    both = rows(priced(book, "--method", "exact", "--specific", "20000,50000", "--csv", "-"))
    one = rows(priced(book, "--method", "exact", "--specific", "50000", "--csv", "-"))
    both = [row for row in both if float(row["specific_deductible_usd"]) == 50000]
    for row, other in zip(one, both, strict=True):
        assert row["specific_method"] == "exact"
        for figure in ("mean_usd", "sd_usd", "probability", "var_99_usd", "tvar_99_usd"):
            assert float(row[f"specific_{figure}"]) == pytest.approx(float(other[f"specific_{figure}"]), rel=1e-5)


def cut(source, target, first_group, last_group):
    """The book of some groups of another, with their experience."""
    with h5py.File(source) as whole, h5py.File(target, "w") as part:
        part.attrs.update({key: value for key, value in whole.attrs.items() if key != "content_sha256"})
        offset = whole["groups/member_offset"][first_group:last_group + 1]
        for name in whole:
            if name in ("experience", "large_claims"):
                owner = whole[name]["group"][:]
                kept = (owner >= first_group) & (owner < last_group)
                if not kept.any():
                    continue
            whole.copy(name, part)
            for column in part[name]:
                path = f"{name}/{column}"
                if path == "groups/member_offset":
                    values = offset - offset[0]
                elif name == "groups":
                    values = whole[path][first_group:last_group]
                elif name == "members":
                    values = whole[path][int(offset[0]):int(offset[-1])]
                elif name in ("experience", "large_claims"):
                    values = whole[path][:][kept]
                    values = values - first_group if column == "group" else values
                else:
                    continue
                del part[path]
                part[path] = values.astype(whole[path].dtype)


def quoted(book, target):
    done = corridor("price", book, "--years", "200", "-o", target, "-q")
    assert done.code in (OK, 1), done.why
    with h5py.File(target) as results:
        return results["summary"][:]


@pytest.mark.parametrize("name,first,last,group", [("sample", 10, 20, 17), ("contracts", 2, 6, 3)])
def test_a_group_has_the_same_bits_in_any_company(name, first, last, group, tmp_path):
    """Closed forms, exact laws and simulated figures alike, whatever contracts other groups have."""
    source = ROOT / "data" / "books" / f"{name}.h5"
    cut(source, tmp_path / "several.h5", first, last)
    cut(source, tmp_path / "one.h5", group, group + 1)
    several = quoted(tmp_path / "several.h5", tmp_path / "several.quotes.h5")
    own = quoted(tmp_path / "one.h5", tmp_path / "one.quotes.h5")
    among = several[several["group_id"] == own["group_id"][0]]
    assert len(own) == len(among) > 0
    for column in own.dtype.names:
        if column != "flags":  # the gate's limit goes by how many cells the run has
            np.testing.assert_array_equal(own[column], among[column], err_msg=column)


def test_the_order_of_groups_changes_the_order_of_rows_alone(tmp_path, book):
    turned = small_book.content()
    order = [2, 0, 1]
    starts, ends = turned["groups"]["member_offset"][:-1], turned["groups"]["member_offset"][1:]
    members = np.concatenate([np.arange(starts[g], ends[g], dtype=int) for g in order])
    sizes = [int(ends[g] - starts[g]) for g in order]
    turned["groups"] = {name: values[order] for name, values in turned["groups"].items()
                        if name != "member_offset"}
    turned["groups"]["member_offset"] = np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64)
    turned["members"] = {name: values[members] for name, values in turned["members"].items()}
    small_book.write(tmp_path / "turned.h5", turned)
    by_key = lambda row: (row["group_id"], float(row["specific_deductible_usd"]),  # noqa: E731
                          float(row["aggregate_corridor"]))
    straight = sorted(rows(priced(book, *GRID, "--csv", "-")), key=by_key)
    agree(sorted(rows(priced(tmp_path / "turned.h5", *GRID, "--csv", "-")), key=by_key), straight, 0)


def test_fewer_deductibles_give_the_same_figures_for_those_left(tmp_path):
    content = small_book.content()
    del content["groups"]["aggregate_corridor"]  # an attachment follows from a closed form, to the cent
    book = small_book.write(tmp_path / "book.h5", content)
    both = rows(priced(book, "--years", 2000, *SIMULATED, "--specific", "20000,50000", "--csv", "-"))
    one = rows(priced(book, "--years", 2000, *SIMULATED, "--specific", "50000", "--csv", "-"))
    agree(one, [row for row in both if float(row["specific_deductible_usd"]) == 50000], 1e-6)


def test_another_seed_gives_other_figures_and_the_same_exact_means(book):
    first = rows(priced(book, "--years", 500, "--csv", "-"))
    second = rows(priced(book, "--years", 500, "--csv", "-", "--seed", 2))
    assert first != second
    for name in ("expected_claims_usd", "expected_retained_usd", "aggregate_attachment_usd"):
        assert [row[name] for row in first] == [row[name] for row in second]


def contents(path):
    """Every dataset and attribute outside /run, as bytes."""
    found = {}
    with h5py.File(path) as file:
        def note(name, item):
            if name == "run" or name.startswith("run/"):
                return
            if isinstance(item, h5py.Dataset):
                found[name] = item[()].tobytes()
            for key, value in item.attrs.items():
                found[f"{name}@{key}"] = np.asarray(value).tobytes()
        note("", file)
        file.visititems(note)
    return found


def test_a_rerun_writes_the_same_outside_run(book, tmp_path):
    for name in ("a.h5", "b.h5"):
        priced(book, *GRID, "-o", tmp_path / name)
    first, second = contents(tmp_path / "a.h5"), contents(tmp_path / "b.h5")
    assert "summary" in first
    assert first == second


def test_hdf5_csv_and_json_hold_the_same_values(book, tmp_path):
    document = json.loads(priced(book, *GRID, "-o", tmp_path / "q.h5", "--csv", tmp_path / "q.csv",
                                 "--json"))
    lines = rows((tmp_path / "q.csv").read_text())
    with h5py.File(tmp_path / "q.h5") as file:
        summary = file["summary"][()]
    assert list(summary.dtype.names) == list(lines[0]) == list(document["rows"][0])
    assert len(summary) == len(lines) == len(document["rows"]) == 12
    for record, line, entry in zip(summary, lines, document["rows"]):
        for name in summary.dtype.names:
            value = record[name]
            if isinstance(value, bytes):
                assert value.decode() == line[name] == entry[name]
            elif np.isnan(value):
                assert line[name] == "" and entry[name] is None
            else:
                assert float(line[name]) == float(value) == float(entry[name]), name


def test_the_results_say_where_they_come_from(book, tmp_path):
    done = corridor("price", book, "-o", tmp_path / "q.h5", "--years", 300, "--seed", 9)
    assert done.code in (OK, 1), done.why
    facts = json.loads(corridor("info", "--json").out)
    with h5py.File(tmp_path / "q.h5") as file:
        run = {name: value.decode() if isinstance(value, bytes) else value
               for name, value in file["run"].attrs.items()}
    assert (run["years"], run["seed"], run["member_years"]) == (300, 9, 60 * 300)
    assert run["version"] == facts["version"] and run["git_revision"] == facts["git_revision"]
    assert run["command_line"] == f"corridor price {book} -o {tmp_path}/q.h5 --years 300 --seed 9"
    assert len(run["input_digest"]) == len(run["table_digest"]) == 64
    assert run["compiler"] and run["started_at"].endswith("Z")


def test_a_book_order_mark_only_when_asked_for(book):
    with_mark = subprocess.check_output([*_command(book), "--csv-bom"], stderr=subprocess.DEVNULL)
    without = subprocess.check_output(_command(book), stderr=subprocess.DEVNULL)
    assert with_mark == b"\xef\xbb\xbf" + without


def _command(book):
    from corridor_program import PROGRAM
    return [PROGRAM, "price", str(book), "--years", "100", "--csv", "-"]


def has_cuda():
    return json.loads(corridor("info", "--json").out)["cuda_usable"]


@pytest.mark.skipif(has_cuda(), reason="there is a CUDA device")
def test_without_a_device_cuda_is_69_and_auto_says_so_once(book, tmp_path):
    refused = corridor("price", book, "--device", "cuda", "-o", tmp_path / "q.h5", "--years", 100)
    assert refused.code == DEVICE, refused.why
    assert not (tmp_path / "q.h5").exists()
    went_on = corridor("price", book, "--device", "auto", "--years", 100)
    assert went_on.code == OK
    assert sum("CUDA" in line for line in went_on.err.splitlines()) == 1, went_on.why
    assert "CUDA" not in corridor("price", book, "--device", "cpu", "--years", 100).err


def test_loads_reach_the_premium(book):
    plain = rows(priced(book, "--years", 500, "--csv", "-", "--principles", "expected_value"))
    loaded = rows(priced(book, "--years", 500, "--csv", "-", "--principles", "expected_value",
                         "--load", "expense=0.2"))
    for before, after in zip(plain, loaded):
        ratio = float(after["premium_expected_value_usd"]) / float(before["premium_expected_value_usd"])
        assert ratio == pytest.approx((1 - 0.255) / (1 - 0.375), rel=1e-12)


def test_info_of_a_book_counts_what_is_in_it(book):
    facts = json.loads(corridor("info", book, "--json").out)
    assert (facts["groups"], facts["members"], facts["sealed"]) == (3, 60, False)
    assert facts["distributions"] == {"plain": {"kind": "lognormal", "members": 30},
                                      "buckets": {"kind": "continuance", "members": 30}}
    assert (facts["smallest_group"], facts["largest_group"]) == (10, 30)
    shown = corridor("info", book)
    assert "groups" in shown.out and "60" in shown.out


def test_info_of_results_says_how_they_were_made(book, tmp_path):
    seed = 2**64 - 1  # every digit of it
    priced(book, "-o", tmp_path / "q.h5", "--years", 200, "--seed", seed)
    facts = json.loads(corridor("info", tmp_path / "q.h5", "--json").out)
    assert facts["schema"] == "corridor.quotes" and facts["rows"] == 3
    assert (facts["run.years"], facts["run.seed"]) == (200, seed)
    assert "run.command_line" in corridor("info", tmp_path / "q.h5").out


def test_info_of_what_is_no_file_of_ours(tmp_path):
    assert corridor("info", tmp_path / "none.h5").code == 66
    (tmp_path / "text.h5").write_text("hello")
    assert corridor("info", tmp_path / "text.h5").code == 65
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file.attrs["schema"] = np.bytes_("weather")
    refused = corridor("info", tmp_path / "other.h5")
    assert refused.code == 65 and "weather" in refused.err, refused.why


def test_info_survives_broken_files(book, tmp_path):
    priced(book, "-o", tmp_path / "q.h5", "--years", 200)
    data = (tmp_path / "q.h5").read_bytes()
    for byte in np.random.default_rng(2).integers(0, min(len(data), 8192), 60):
        broken = bytearray(data)
        broken[byte] ^= 0xff
        (tmp_path / "broken.h5").write_bytes(broken)
        shown = corridor("info", tmp_path / "broken.h5")
        assert shown.code in (OK, 65), f"byte {byte}: {shown.why}"


def test_info_of_this_build(book):
    shown = corridor("info")
    assert shown.code == OK
    for fact in ("version", "git_revision", "compiler", "instruction_sets", "scalar"):
        assert fact in shown.out, shown.why


def test_a_seal_is_kept_and_names_the_digest(tmp_path):
    path = small_book.good(tmp_path / "book.h5")
    sealed = corridor("seal", path)
    assert sealed.code == OK, sealed.why
    digest = sealed.out.split()[0]
    assert len(digest) == 64
    facts = json.loads(corridor("info", path, "--json").out)
    assert facts["sealed"] and facts["digest"] == digest
    assert "W_UNSEALED" not in corridor("validate", path).out
    assert [entry.name for entry in tmp_path.iterdir()] == ["book.h5"]


def test_a_sealed_book_with_another_value_is_refused(tmp_path):
    path = small_book.good(tmp_path / "book.h5")
    assert corridor("seal", path).code == OK
    with h5py.File(path, "r+") as file:
        file["members/scale"][7] = 1.1
    refused = corridor("price", path, "--years", 100)
    assert refused.code == 65, refused.why
    assert "E_DIGEST" in refused.err
