# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Results keep units, gate and origin on their way to other libraries."""
import io
import json
import subprocess
import sys

import h5py
import numpy as np
import pytest

from corridor_program import ROOT, SAMPLE, corridor as program

corridor = pytest.importorskip("corridor")
pandas = pytest.importorskip("pandas")
TREATIES = ROOT / "data" / "books" / "treaties.h5"


@pytest.fixture(scope="module")
def tail():
    return corridor.tail(TREATIES, years=120, progress=False)


@pytest.fixture(scope="module")
def quotes(tmp_path_factory):
    path = tmp_path_factory.mktemp("quotes") / "quotes.h5"
    outcome = program("price", SAMPLE, "-o", path, "--years", 100, "--method", "simulate", "--quiet")
    assert outcome.code in (0, 1), outcome.why
    return path


def test_a_table_is_columns_with_units_and_meaning(quotes):
    summary = corridor.read_results(quotes)["summary"]
    assert summary.units["specific_mean_usd"] == "USD" and summary.descriptions["members"]
    assert (summary["members"].dtype, summary["state"].dtype) == (np.uint64, object)
    assert len(summary) == 480 and list(summary)[0] == "group_id" and "flags" in summary
    first = next(summary.rows())
    assert first["specific_deductible_usd"] == 50_000.0 and isinstance(first["state"], str)
    with pytest.raises(corridor.UsageError, match="has no column 'premium'"):
        summary["premium"]


def test_yearly_amounts_are_whole_cents_that_add_up(tail):
    losses = tail.losses
    assert all(losses[name].dtype == np.int64 and len(losses[name]) == 120 for name in losses)
    assert np.array_equal(losses["specific"] + losses["aggregate"], losses["gross"])
    assert losses.units["gross"] == "cents"
    metrics = tail["metrics"].to_pandas().set_index("metric")
    assert losses["net"].mean() / 100 == pytest.approx(metrics.loc["net", "mean_usd"], rel=1e-12)


def test_pandas_keeps_units_in_attrs(tail):
    frame = tail.to_pandas("risk")
    assert frame.attrs["units"]["var_usd"] == "USD" and frame.attrs["table"] == "risk"
    assert list(frame.columns) == list(tail["risk"]) and len(frame) == len(tail["risk"])


def test_polars_has_the_same_values(quotes):
    polars = pytest.importorskip("polars")
    results = corridor.read_results(quotes)
    frame = results.to_polars()
    assert frame.schema["group_id"] == polars.String
    for name in ("group_id", "members", "specific_mean_usd"):
        assert frame[name].to_list() == results["summary"][name].tolist()


def test_arrow_and_parquet_keep_units_gate_and_run(tail, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    tail.to_parquet(tmp_path / "risk.parquet", "risk")
    table = parquet.read_table(tmp_path / "risk.parquet")
    assert table.field("var_usd").metadata[b"units"] == b"USD"
    about = table.schema.metadata
    assert json.loads(about[b"run"])["seed"] == 1 and about[b"schema"] == b"corridor.tail"
    assert json.loads(about[b"gate"])["passed"] is tail.gate.passed
    assert table.column("var_usd").to_pylist() == tail["risk"]["var_usd"].tolist()
    with pytest.raises(corridor.CannotCreateError):
        tail.to_parquet(tmp_path / "risk.parquet", "losses")
    tail.to_parquet(tmp_path / "risk.parquet", "losses", replace=True)
    assert parquet.read_table(tmp_path / "risk.parquet").num_rows == 120
    assert [path.name for path in tmp_path.iterdir()] == ["risk.parquet"]


def test_a_notebook_shows_headline_gate_and_first_rows_escaped(tail):
    html = tail._repr_html_()
    assert "120 years" in html and "exact means" in html and "ground_up" in html
    tail.run.__dict__["input_path"], path = "<script>x</script>.h5", tail.run.input_path
    try:
        assert "<script>" not in tail._repr_html_() and "&lt;script&gt;" in tail._repr_html_()
    finally:
        tail.run.__dict__["input_path"] = path


def test_a_gate_says_how_it_went():
    passed = corridor.Gate(True, 324, 1e-4, 5.12, 3.21)
    assert str(passed) == ("exact means: 324 compared with the simulation, largest |z| 3.21, "
                           "limit 5.12: agreed")
    failed = corridor.Gate(False, 324, 1e-4, 5.12, 7.5, ["G1 specific"])
    assert str(failed).endswith("1 DISAGREE")
    assert str(corridor.Gate()) == "exact means: none to compare the simulation with"


def test_text_of_a_file_cannot_break_out_of_a_notebook(quotes, tmp_path):
    (tmp_path / "evil.h5").write_bytes(quotes.read_bytes())
    with h5py.File(tmp_path / "evil.h5", "r+") as file:
        rows = file["summary"][:]
        rows["group_id"][0] = b"<b onload=x>"
        file["summary"][:] = rows
    html = corridor.read_results(tmp_path / "evil.h5")._repr_html_()
    assert "<b onload" not in html and "&lt;b onload" in html


def test_results_are_read_without_the_native_module(quotes, tmp_path):
    """As where the package was only unpacked: a machine that reads what another priced."""
    script = ("import sys; sys.modules['corridor._native'] = None; import corridor; "
              f"print(len(corridor.read_results({str(quotes)!r})['summary']))")
    source = str(ROOT / "host" / "python")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path,
                          env={"PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}, check=False)
    assert done.stdout == "480\n", done.stderr


def test_results_come_from_bytes_too(quotes):
    assert corridor.read_results(io.BytesIO(quotes.read_bytes())).kind == "quotes"


def test_what_holds_no_results_is_refused_with_what_to_do(quotes, tmp_path):
    def code_of(path, kind=corridor.BadDataError):
        with pytest.raises(kind) as caught:
            corridor.read_results(path)
        return caught.value.problems[0].code

    (tmp_path / "text.h5").write_text("no HDF5")
    assert code_of(tmp_path / "text.h5") == "E_NOT_HDF5"
    assert code_of(tmp_path / "none.h5", corridor.MissingInputError) == "E_CANNOT_OPEN"
    assert code_of(tmp_path, corridor.MissingInputError) == "E_CANNOT_OPEN"
    assert code_of(SAMPLE) == "E_SCHEMA"
    (tmp_path / "cut.h5").write_bytes(quotes.read_bytes()[:3000])
    assert code_of(tmp_path / "cut.h5") == "E_NOT_HDF5"
    with h5py.File(tmp_path / "later.h5", "w") as file:
        file.attrs["schema"], file.attrs["schema_version"] = np.bytes_("corridor.tail"), [2, 0]
    assert code_of(tmp_path / "later.h5") == "E_SCHEMA"


def test_links_to_other_files_are_not_followed(quotes, tmp_path):
    (tmp_path / "linked.h5").write_bytes(quotes.read_bytes())
    with h5py.File(tmp_path / "linked.h5", "r+") as file:
        file["other"] = h5py.ExternalLink(str(quotes), "/summary")
    assert list(corridor.read_results(tmp_path / "linked.h5").tables) == ["summary"]


def test_an_unknown_table_is_named_with_those_that_there_are(tail):
    with pytest.raises(corridor.UsageError, match="There are metrics, risk"):
        tail.to_pandas("riks")
