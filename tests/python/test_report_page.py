# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Reports in a real browser without a network: everything is drawn, filters work, nothing is fetched or run from a book's text."""

import re

import numpy as np
import pytest
import report_files as files
from corridor_program import OK
from headless_chromium import PROGRAM as CHROMIUM
from headless_chromium import Chromium

pytest.importorskip("vl_convert", reason="reports need the packages of scripts/setup")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed: scripts/setup installs it"
)
KINDS = [
    "quotes",
    "tail",
    "scenario",
    "employer",
    "layers",
    "replay",
    "replay-book",
    "maturity",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reports")


@pytest.fixture(scope="module")
def pages(folder):
    """{kind: page}, and the quotes twice more: with names that are markup, and of 10,000 groups."""
    results = {kind: files.make(folder, kind) for kind in KINDS}
    results["hostile"] = files.changed(
        results["quotes"],
        folder / "hostile.h5",
        "group_id",
        lambda ids: np.where(ids == ids[0], np.bytes_(files.HOSTILE), ids),
    )
    results["hostile-tail"] = files.changed(
        results["tail"],
        folder / "hostile-tail.h5",
        "treaty",
        lambda names: np.where(names == names[0], np.bytes_(files.HOSTILE), names),
        "treaties",
    )
    results["many"] = files.many_groups(results["quotes"], folder / "many.h5", 10_000)
    for kind, path in results.items():
        outcome = files.report(path, "-o", folder / f"{kind}.html", cache=folder / "cache")
        assert outcome.code == OK, outcome.why
    return {kind: folder / f"{kind}.html" for kind in results}


@pytest.fixture(scope="module")
def browser(folder):
    made = Chromium(folder / "profile")
    yield made
    made.close()


@pytest.fixture
def opened(browser, pages):
    """Opens a page and returns the browser; afterwards nothing may have been complained about or fetched."""
    browser.console.clear()
    browser.requests.clear()

    def open_(kind):
        browser.seconds = browser.open(pages[kind])
        return browser

    yield open_
    assert browser.console == []
    assert [
        url for url in browser.requests if not url.startswith(("file:", "data:", "blob:"))
    ] == []


@pytest.mark.parametrize(
    "kind, charts",
    [
        ("quotes", 2),
        ("tail", 10),
        ("scenario", 3),
        ("employer", 6),
        ("layers", 3),
        ("replay", 1),
        ("replay-book", 1),
        ("maturity", 2),
    ],
)
def test_pages_begin_with_quality_and_every_chart_has_marks_and_a_table(opened, kind, charts):
    page = opened(kind)
    drawn = page.run(
        "[...document.querySelectorAll('.chart')].map(c => c.querySelectorAll('svg .mark-rect path, svg .mark-line path, svg .mark-symbol path').length)"
    )
    assert len(drawn) >= charts and all(marks > 0 for marks in drawn)
    assert page.run(
        "[...document.querySelectorAll('figure')].every(f => f.querySelector('table') || f.closest('.explorer'))"
    )
    assert page.run(
        "[...document.querySelectorAll('.chart')].every(c => c.getAttribute('aria-label').length > 20)"
    )
    sections = page.run("[...document.querySelectorAll('main > section')].map(s => s.id)")
    assert sections[:2] == ["quality", "headline"] and sections[-1] == "provenance"


@pytest.mark.parametrize("kind", KINDS)
def test_no_width_makes_the_page_scroll_sideways(opened, kind):
    page = opened(kind)
    for width in (360, 768, 1440):
        page.resize(width)
        assert page.run("document.documentElement.scrollWidth") <= width
    page.resize(1280)


def rows(page):
    return page.run(
        "[...document.querySelectorAll('#quotes tbody tr')].map(r => [...r.children].map(c => c.textContent))"
    )


def set_value(page, selector, value, event):
    page.run(
        f"(() => {{ const e = document.querySelector({selector!r}); e.value = {value!r}; e.dispatchEvent(new Event({event!r})); }})()"
    )


def test_searching_a_group_shows_it_alone_in_table_grid_and_curves(opened):
    page = opened("quotes")
    first = rows(page)[0][0]
    before = page.run("document.querySelector('#heat tbody td').textContent")
    set_value(page, "#quotes-filters input", first[:12].upper(), "input")
    page.wait("document.getElementById('quotes-scope').textContent.includes('group ')")
    shown = rows(page)
    assert len(shown) == 10 and {row[0] for row in shown} == {first}
    cell = page.run("document.querySelector('#heat tbody td').textContent")
    assert cell != before and cell == next(
        row[5] for row in shown if row[3] == "$50,000" and row[4] == "1.10"
    )
    page.wait(
        f"document.querySelector('#premium-curve .chart').getAttribute('aria-label').includes({first!r})"
    )


def test_sums_of_the_grid_are_those_of_the_written_table(opened):
    page = opened("quotes")
    written = page.run(
        "[...document.querySelectorAll('#all-groups tbody tr')].map(r => r.children[6].textContent)"
    )
    grid = page.run("[...document.querySelectorAll('#heat tbody td')].map(c => c.textContent)")
    assert grid == written and len(grid) == 10


def test_a_state_and_a_flag_choose_rows_and_reset_brings_all_back(opened):
    page = opened("quotes")
    state = rows(page)[0][1]
    page.run(
        f"(() => {{ const s = document.querySelector('#quotes-filters select'); s.value = [...s.options].find(o => o.text === {state!r}).value;"
        " s.dispatchEvent(new Event('change')); })()"
    )
    assert {row[1] for row in rows(page)} == {state}
    flag = page.run("document.querySelector('[data-flag]').dataset.flag")
    counted = page.run(
        "document.querySelector('[data-flag]').closest('tr').children[2].textContent"
    )
    page.run("document.querySelector('[data-flag]').click()")
    assert (
        page.run("document.getElementById('quotes-count').textContent")
        == f"{counted} of 480 quotes"
    )
    assert all(flag in row[-1] for row in rows(page))
    page.run("[...document.querySelectorAll('#quotes-filters button')].pop().click()")
    assert page.run("document.getElementById('quotes-count').textContent") == "480 quotes"


def test_sorting_and_paging_reach_the_largest_and_the_least(opened):
    page = opened("quotes")
    number = lambda text: float(re.sub(r"[^0-9.]", "", text))  # noqa: E731
    page.run("document.querySelector('[data-column=quoted_premium_usd]').click()")
    top = [number(row[5]) for row in rows(page)]
    assert (
        top == sorted(top, reverse=True)
        and page.run("document.querySelector('#quotes [aria-sort=descending]').textContent")
        == "Premium"
    )
    page.run("[...document.querySelectorAll('#quotes .pager button')].pop().click()")
    last = [number(row[5]) for row in rows(page)]
    assert last == sorted(last, reverse=True) and last[0] <= top[-1] and len(last) == 30


@pytest.mark.parametrize("kind", ["hostile", "hostile-tail"])
def test_markup_in_names_stays_text(opened, kind):
    page = opened(kind)
    assert page.run("document.querySelectorAll('img').length") == 0
    assert page.run("document.body.textContent.includes('</script><img onerror=x>')")
    if kind == "hostile":
        set_value(page, "#quotes-filters input", "<img", "input")
        page.wait("document.getElementById('quotes-scope').textContent.includes('onerror')")
        assert len(rows(page)) == 10 and page.run("document.querySelectorAll('img').length") == 0


def test_no_text_becomes_code(opened):
    page = opened("quotes")
    policy = page.run("document.querySelector('meta[http-equiv=Content-Security-Policy]').content")
    assert (
        "default-src 'none'" in policy
        and "unsafe-eval" not in policy
        and "script-src 'sha256-" in policy
    )
    assert (
        page.run(
            "(() => { try { return new Function('return 1')(); } catch (e) { return e.name; } })()"
        )
        == "EvalError"
    )
    page.console.clear()  # the browser's own note about this refusal


def test_every_control_has_a_name_and_a_visible_focus(opened):
    page = opened("quotes")
    nameless = page.run(
        "[...document.querySelectorAll('input, select')].filter(e => !e.labels?.length || !e.labels[0].textContent.trim()).length"
    )
    assert nameless == 0 and page.run("document.documentElement.lang") == "en"
    assert page.run(
        "[...document.querySelectorAll('table')].every(t => t.caption || t.closest('[aria-label]'))"
    )


CONTRAST = """(() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = parse(c).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if ((parse(c)[3] ?? 1) === 1) return c; } return 'rgb(255,255,255)'; };
  const poor = [];
  for (const e of document.querySelectorAll('main *, header *, nav *')) {
    if (e.closest('svg, script, option, noscript, button[disabled]') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility()) continue;
    const a = light(getComputedStyle(e).color), b = light(ground(e)), ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([e.tagName, e.className, e.textContent.slice(0, 30), ratio.toFixed(2)].join(' '));
  }
  return poor.slice(0, 5);
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["quotes", "scenario", "layers", "replay", "maturity"])
def test_text_stands_out_from_its_ground(opened, kind, scheme):
    page = opened(kind)
    page.call(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}]
    )
    assert page.run(CONTRAST) == []
    page.call("Emulation.setEmulatedMedia", features=[])


def test_paper_gets_pages_of_whole_tables(opened, tmp_path):
    page = opened("quotes")
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    assert len(rows(page)) == 300 and "300 of 480" in page.run(
        "document.querySelector('#quotes .print-note').textContent"
    )
    page.run("window.dispatchEvent(new Event('afterprint'))")
    assert len(rows(page)) == 50
    page.pdf(tmp_path / "page.pdf")
    assert 5 < len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "page.pdf").read_bytes())) < 40


def test_ten_thousand_groups_open_and_filter(opened, pages):
    page = opened("many")
    assert pages["many"].stat().st_size < 12e6
    assert page.run("document.getElementById('quotes-count').textContent") == "100,000 quotes"
    assert page.run("document.querySelectorAll('#quotes tbody tr').length") == 50
    set_value(page, "#quotes-filters input", "g009999", "input")
    page.wait("document.getElementById('quotes-scope').textContent.includes('group G009999')")
    assert len(rows(page)) == 10
