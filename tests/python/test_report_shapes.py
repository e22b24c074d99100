# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""What reports make of columns: formats, names, packing, sums. No browser."""

import base64
import json
import zlib

import numpy as np
import pytest
import report_files  # noqa: F401  puts the package on the path

pytest.importorskip("vl_convert", reason="reports need the packages of scripts/setup")
from corridor.reporting import (
    amounts,
    columns,
    employer,
    html,
    layers,
    maturity,
    numbers,
    packed,
    pricing,
    quality,
    replay,
    source,
)  # noqa: E402
from corridor.reporting.blocks import TableBlock  # noqa: E402
from corridor.reporting.columns import Column  # noqa: E402
from corridor.reporting.source import Table  # noqa: E402


@pytest.mark.parametrize(
    "value, form, text",
    [
        (1234567.4, "money", "$1,234,567"),
        (-1234.5, "cents", "−$1,234.50"),
        (float("nan"), "money", "–"),
        (float("inf"), "money", "unlimited"),
        (-0.2, "money", "$0"),
        (0.0345, "percent", "3.5%"),
        (1.1, "ratio", "1.10"),
        (1.125, "ratio", "1.125"),
        (12669, "count", "12,669"),
        (-3.071, "decimal", "−3.07"),
    ],
)
def test_numbers_read_as_people_write_them(value, form, text):
    assert numbers.text_of(value, form) == text


@pytest.mark.parametrize(
    "value, text",
    [
        (94_822_031, "$94.8M"),
        (9_999, "$9,999"),
        (25_782, "$25.8k"),
        (1_484_000, "$1.48M"),
        (999_600, "$1.00M"),
        (2_500_000_000, "$2.50B"),
        (-41_200, "−$41.2k"),
    ],
)
def test_headlines_keep_three_figures(value, text):
    assert numbers.short_money(value) == text


@pytest.mark.parametrize(
    "name, label",
    [
        ("total_tvar_99_5_low_usd", "Total TVaR 99.5% from"),
        ("quantile_99_5", "P99.5"),
        ("var_usd", "VaR"),
        ("probability_above_1_se", "Chance above 100% ±"),
        ("quoted_premium_usd", "Premium"),
    ],
)
def test_columns_have_names_for_people(name, label):
    assert columns.label_of(name) == label


@pytest.mark.parametrize(
    "name, units, form",
    [
        ("specific_rate_ee_usd", "USD", "cents"),
        ("total_mean_usd", "USD", "money"),
        ("expected_loss_ratio", "1", "percent"),
        ("aggregate_corridor", "1", "ratio"),
        ("retained_z", "1", "decimal"),
        ("variance_ratio", "1", "plain"),
    ],
)
def test_columns_are_shown_in_their_units(name, units, form):
    table = Table({name: np.array([1.0])}, {name: units}, {})
    assert columns.form_of(table, name) == form


def unpacked(column):
    """What the page's unpack.js reads."""
    size = column["bits"] // 8
    shuffled = (
        np.frombuffer(zlib.decompress(base64.b64decode(column["data"])), "u1").reshape(size, -1).T
    )
    kind = {"codes": f"<u{size}", "scaled": "<i4", "float": "<f8"}[column["kind"]]
    data = np.ascontiguousarray(shuffled).view(kind).reshape(-1)
    if column["kind"] == "codes":
        return [column["values"][code] for code in data]
    if column["kind"] == "scaled":
        ends = {packed.NOT_A_NUMBER: None, packed.INFINITE: "inf"}
        return [ends.get(int(v), v / column["scale"]) for v in data]
    return data.tolist()


def packed_column(values, form, **extra):
    block = TableBlock("t", "", [Column("x", "X", form)], {"x": np.asarray(values)}, extra=extra)
    return packed.packed(block)["columns"][0]


def test_packed_money_keeps_every_dollar_shown():
    values = np.random.default_rng(1).uniform(-1e6, 9e8, 5000)
    assert np.array_equal(unpacked(packed_column(values, "money")), np.rint(values))


def test_columns_that_are_summed_keep_their_cents():
    values = np.random.default_rng(2).uniform(0, 1e6, 5000)
    assert np.allclose(
        unpacked(packed_column(values, "money", summed=["x"])), values, rtol=0, atol=0.005 + 1e-9
    )


def test_packed_columns_keep_what_is_no_number_apart():
    values = np.concatenate([[np.nan, np.inf, 0.0], np.arange(3000.0)])
    assert unpacked(packed_column(values, "money"))[:3] == [None, "inf", 0]
    few = unpacked(packed_column(np.array([np.nan, np.inf, 2.5] * 40), "money"))
    assert [None if v is None or v != v else v for v in few[:3]] == [None, "inf", 2.5]


def test_amounts_beyond_whole_numbers_of_32_bits_stay_whole():
    values = np.linspace(1, 9e12, 3000)
    assert (
        packed_column(values, "money")["kind"] == "float"
        and unpacked(packed_column(values, "money")) == values.tolist()
    )


def test_packed_text_comes_back_in_order():
    values = np.array([f"G{i % 700:04}" for i in range(3000)])
    assert unpacked(packed_column(values, "text")) == values.tolist()


def test_json_for_a_page_holds_no_markup_and_no_number_that_json_lacks():
    text = html.json_text(
        {"a": "</script><!--&\u2028", "b": float("nan"), "c": [np.float64(1.5), float("inf")]}
    )
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--&\u2028", "b": None, "c": [1.5, None]}


def test_written_tables_escape_what_a_book_says():
    block = TableBlock(
        "t", "<b>", [Column("x", "<i>", "text", '"note')], {"x": np.array(["<img onerror=x>"])}
    )
    assert (
        "<img" not in html.table(block)
        and "&lt;img" in html.table(block)
        and "<b>" not in html.table(block)
    )


def summary_of(groups, options, premium):
    count = len(groups) * len(options)
    deductibles, corridors = zip(*options)
    columns_ = {
        "group_id": np.repeat(groups, len(options)),
        "specific_deductible_usd": np.tile(np.array(deductibles, float), len(groups)),
        "aggregate_corridor": np.tile(np.array(corridors, float), len(groups)),
        "members": np.full(count, 10),
        "quoted_premium_usd": np.asarray(premium, float),
    }
    for name in (
        "aggregate_attachment_usd",
        "specific_mean_usd",
        "aggregate_mean_usd",
        "total_mean_usd",
    ):
        columns_[name] = np.asarray(premium, float) / 2
    return Table(columns_, {}, {})


def test_totals_add_up_each_option_over_all_groups():
    table = summary_of(["A", "B"], [(100, 1.25), (50, 1.25), (50, np.nan)], [1, 2, 3, 10, 20, 30])
    totals = pricing.grid_totals(table)
    assert totals["specific_deductible_usd"].tolist() == [50, 50, 100]
    assert np.isnan(totals["aggregate_corridor"][0]) and totals["aggregate_corridor"].tolist()[
        1:
    ] == [1.25, 1.25]
    assert totals["quoted_premium_usd"].tolist() == [33, 22, 11] and totals[
        "expected_loss_ratio"
    ].tolist() == [0.5, 0.5, 0.5]


def test_totals_leave_out_options_that_only_some_groups_have():
    table = summary_of(["A", "B"], [(50, 1.25), (100, 1.25)], [1, 2, 10, 20])
    table.columns["specific_deductible_usd"][3] = 250
    assert pricing.grid_totals(table)["specific_deductible_usd"].tolist() == [50]


def test_flags_are_counted_worst_first():
    counts = quality.flag_counts(
        np.array(["LOW_HITS;MANUAL_FLOOR", "LOW_HITS", "", "GATE_FAILED", "LOW_HITS;NEW_FLAG"])
    )
    assert counts == [("GATE_FAILED", 1), ("LOW_HITS", 3), ("NEW_FLAG", 1), ("MANUAL_FLOOR", 1)]


def test_a_failed_gate_is_said_first_and_plainly():
    badge = quality.gate_badge({"checked": 10, "largest_z": -9.0, "z_limit": 4.0, "passed": 0})
    assert badge.kind == "bad" and "9.00" in badge.text and "Do not use" in badge.text
    assert quality.gate_badge({"checked": 10, "largest_z": 2.0, "passed": 1}).kind == "good"
    assert quality.gate_badge({"checked": 0, "largest_z": 0.0, "passed": 1}).kind == "watch"


def test_an_exceedance_curve_ends_at_the_worst_year():
    periods, losses = amounts.curve(np.arange(1.0, 1001.0))
    assert periods[0] == 1000 and losses[0] == 1000
    assert (np.diff(losses) < 0).all() and np.allclose(losses, 1001 - 1000 / periods, rtol=1e-12)


def results_of(schema, tables, **run):
    return source.Results("file.h5", schema, tables, run={"settings": {}, **run})


def employer_tables():
    options = {"option": [0, 1], "specific_deductible_usd": [50_000, 100_000], "aggregate_corridor": [1.1, 1.25]}
    table = Table({name: np.array(values, float) for name, values in options.items()}, {}, {})
    years = {
        "option": np.array([0, 0, 0, 1]),
        "from_usd": np.array([0.0, 25_000, 50_000, 0]),
        "to_usd": np.array([25_000, 50_000, np.inf, np.inf]),
        "years": np.array([10, 20, 70, 100]),
    }
    return table, Table(years, {}, {})


def test_a_histogram_draws_every_year_and_says_what_its_last_bar_holds():
    options, years = employer_tables()
    options.columns["cost_mean_usd"] = np.array([40_000.0, 10_000.0])
    figure = employer._histogram(years, options, 0)
    bars = figure.spec["data"]["values"]
    assert sum(bar["share"] for bar in bars) == pytest.approx(1)
    assert (bars[-1]["from"], bars[-1]["to"]) == (50_000, 75_000) and "and more: 70.0%" in bars[-1]["text"]
    assert "last bar" in figure.note


def test_tables_of_options_name_them():
    options, years = employer_tables()
    table = employer.by_option("t", "Years", years, options)
    assert table.data["option"].tolist()[2:] == ["$50k deductible, corridor 1.10", "$100k deductible, corridor 1.25"]
    assert [c.name for c in table.columns] == ["option", "from_usd", "to_usd", "years"]


def bases_table():
    bases, usd = ["12/12", "15/12", "incurred"], [50_000.0, 100_000.0]
    columns_ = {
        "basis": np.repeat(bases, 2),
        "run_in_months": np.repeat([0, 3, 0], 2),
        "specific_deductible_usd": np.tile(usd, 3),
        "specific": np.array([0.7, 0.6, 0.8, 0.75, 1, 1]),
        "retained": np.array([0.9, 0.8, 1.1, 1, 1, 1]),
        "ground_up": np.repeat([0.85, 0.95, 1], 2),
    }
    return Table(columns_, {}, {})


def test_contract_bases_stand_by_deductible():
    grid = maturity.Grid(bases_table())
    wide = grid.wide("w", "Wide", "specific", "percent", "ground_up")
    assert [c.label for c in wide.columns] == ["Basis", "All claims", "$50k", "$100k"]
    assert wide.data["100000.0"].tolist() == [0.6, 0.75, 1] and wide.data["ground_up"].tolist() == [0.85, 0.95, 1]
    figures = maturity.factors_section(results_of("corridor.maturity", {"maturity": bases_table()})).blocks
    drawn = [{value["basis"] for value in f.spec["data"]["values"]} for f in figures[:2]]
    assert drawn == [{"12/12"}, {"15/12"}]


def layers_table(groups):
    count = 2 * len(groups)
    columns_ = {name: np.full(count, 10.0) for name in ("exact_usd", "mean_usd", "se_usd", "probability", "probability_se")}
    columns_.update(
        group_id=np.repeat(groups, 2),
        attachment_usd=np.tile([1e6, 5e6], len(groups)),
        limit_usd=np.tile([1e6, np.inf], len(groups)),
    )
    columns_["exact_usd"] = np.arange(count, dtype=float)
    return Table(columns_, {}, {})


def test_layers_are_told_of_all_groups_and_then_of_each():
    table = layers_table(["A", "B", "all"])
    assert [layers.layer_name(table, row) for row in layers.together(table)] == ["$1M above $1M", "all above $5M"]
    assert table["group_id"][layers.together(table)].tolist() == ["all", "all"]
    figure = layers.groups_section(results_of("corridor.layers", {"layers": table})).blocks[0]
    assert [v["usd"] for v in figure.spec["data"]["values"]] == [0, 1, 2, 3]
    assert figure.spec["encoding"]["y"]["sort"] == ["B", "A"]
    alone = layers_table(["A", "all"])
    assert layers.groups_section(results_of("corridor.layers", {"layers": alone})) is None


def test_persons_of_a_replay_bear_what_they_claim():
    members = {
        "member_row": np.array([7, np.nan]),
        "persons": np.array([1, 30]),
        "claim_usd": np.array([500.0, 90]),
        "excess_usd": np.array([400.0, 0]),
        "covered_usd": np.array([300.0, 0]),
    }
    section = replay.persons_section(results_of("corridor.replay", {"members": Table(members, {}, {})}))
    parts = {v["part"]: v["usd"] for v in section.blocks[0].spec["data"]["values"]}
    assert parts == {"Up to the deductible": 100, "Covered by the specific": 300, "Above the limit": 100}
    assert section.blocks[0].table.data["person"].tolist() == ["member row 7", "30 others together"]


def test_kinds_without_a_gate_say_what_they_stand_on():
    closed = quality.check_badge(results_of("corridor.maturity", {}))
    again = quality.check_badge(results_of("corridor.replay", {}))
    assert closed.kind == again.kind == "good" and "Closed" in closed.title and "twice" in again.title
    z = Table({"retained_z": np.array([1.0, np.nan]), "specific_z": np.array([-7.0, 0])}, {}, {})
    differs = quality.check_badge(results_of("corridor.employer", {"options": z}))
    assert differs.kind == "watch" and "3 simulated" in differs.text and "7.00" in differs.text
