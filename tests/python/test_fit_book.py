# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""corridor fit --book: a fitted law put into a book, and a law of a book's own large claims."""
import json

import numpy as np
import pytest

import small_book
from fit_command import fit
from test_fit_laws import AMOUNT

corridor = pytest.importorskip("corridor")
content = pytest.importorskip("corridor.content")
pytest.importorskip("scipy")
QUICK = {"years": 200, "progress": False}


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    small_book.good(folder / "book.h5")
    (folder / "claims.csv").write_text("amount\n" + "\n".join(f"{x:.2f}" for x in AMOUNT) + "\n")
    return folder


def test_the_members_of_the_new_book_have_the_fitted_law(folder, tmp_path):
    done = fit(folder / "claims.csv", "--book", folder / "book.h5", "-o", tmp_path / "new.h5",
               "--threshold", "50,000", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["book"] == {"file": str(tmp_path / "new.h5"), "law": "fit", "members": 60, "with_law": 60}
    before, after = corridor.load(folder / "book.h5"), corridor.load(tmp_path / "new.h5")
    assert after.sealed and (after.member_count, after.group_count) == (60, 3)
    held = content.read(after.file)
    index = held.laws["fit"].attributes["index"]
    assert set(held.tables["members"]["distribution"].tolist()) == {index}
    assert held.tables["members"]["scale"].tolist() == [1.0] * 60
    assert len({int(law.attributes["index"]) for law in held.laws.values()}) == len(held.laws) == 5
    assert before.digest == corridor.load(folder / "book.h5").digest  # the book itself stays
    expected = corridor.price(after, specific=1e6, corridor=1.25, **QUICK)["summary"]["expected_claims_usd"]
    assert expected.tolist() == pytest.approx([n * facts["mean_usd"] for n in (10, 20, 30)], rel=3e-3)


def test_only_members_of_a_law_and_their_scales_may_stay(folder, tmp_path):
    done = fit(folder / "claims.csv", "--book", folder / "book.h5", "-o", tmp_path / "new.h5", "--name", "own",
               "--threshold", "50,000", "--instead-of", "plain", "--keep-scale", "--manual",
               "silver_published", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "30 of 60 members" in done.stdout and "own_credible" in done.stdout
    old, new = (content.read(path) for path in (folder / "book.h5", tmp_path / "new.h5"))
    was_plain = old.tables["members"]["distribution"] == old.laws["plain"].attributes["index"]
    now = new.tables["members"]["distribution"] == new.laws["own_credible"].attributes["index"]
    assert np.array_equal(was_plain, now)
    assert np.array_equal(old.tables["members"]["scale"], new.tables["members"]["scale"])


@pytest.mark.parametrize("arguments, code, words", [
    (["-o", "new.h5", "--instead-of", "gold"], 65, "no claim law gold"),
    (["-o", "new.h5", "--name", "plain"], 65, "Choose another --name"),
    (["-o", "law.toml", "--keep-scale"], 64, "-o NAME.h5"),
])
def test_what_does_not_fit_the_book_is_refused(arguments, code, words, folder, tmp_path):
    done = fit(folder / "claims.csv", "--book", folder / "book.h5", "--threshold", "50,000", *arguments, cwd=tmp_path)
    assert done.returncode == code and words in done.stderr, done.stderr
    assert not list(tmp_path.iterdir())


def experienced(path, employees=(5, 9, 15)):
    """A book whose large claims are those of AMOUNT above 20,000, and whose experience is of their members."""
    book = small_book.content()
    large = AMOUNT[AMOUNT >= 20_000]
    group = np.arange(len(large)) % 3
    members = len(AMOUNT) / 3  # a group and year
    employees = np.array([[n, 0, 0, 0] for n in employees], np.uint32)
    sizes = np.array([10, 20, 30])
    months = np.zeros((3, 4), np.uint32)
    months[:, 0] = np.round(12 * members * employees[:, 0] / sizes)
    book["groups"]["employees"] = employees
    path.unlink(missing_ok=True)
    small_book.write(path, {**book, "more": {
        "experience/group": np.arange(3, dtype=np.uint32), "experience/period": np.full(3, 2024, np.uint16),
        "experience/months": np.full(3, 12, np.uint8), "experience/employee_months": months,
        "experience/paid_usd": np.full(3, 1e6), "large_claims/group": group.astype(np.uint32),
        "large_claims/paid_usd": large * .75, "large_claims/pended_usd": large * .25}})
    return large


def test_a_books_own_large_claims_make_the_law_of_its_tail(tmp_path):
    large = experienced(tmp_path / "book.h5")
    done = fit("--book", "book.h5", "--truncated-below", "20,000", "--threshold", "50,000", "-o", "law.toml", "--json",
               cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    facts = json.loads(done.stdout)
    assert facts["claims"] == len(large) and facts["members"] == pytest.approx(len(AMOUNT), rel=1e-3)
    (tmp_path / "claims.csv").write_text("amount\n" + "\n".join(f"{x:.2f}" for x in large) + "\n")
    same = json.loads(fit("claims.csv", "--truncated-below", "20,000", "--members", len(AMOUNT), "--threshold",
                          "50,000", "--json", cwd=tmp_path).stdout)
    assert [facts[name] for name in ("xi", "sigma_usd")] == pytest.approx(
        [same[name] for name in ("xi", "sigma_usd")], rel=1e-6)
    assert facts["p_above"] == pytest.approx(same["p_above"], rel=1e-3)
    done = fit("--book", "book.h5", "--truncated-below", "20,000", "--threshold", "50,000", "-o", "new.h5", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert corridor.price(tmp_path / "new.h5", specific=1e5, corridor=1.25, **QUICK).gate.passed


def test_a_book_that_cannot_tell_is_asked_back(folder, tmp_path):
    bare = fit("--book", folder / "book.h5", cwd=tmp_path)
    assert bare.returncode == 65 and "holds no large claims" in bare.stderr
    experienced(tmp_path / "book.h5")
    open_end = fit("--book", "book.h5", cwd=tmp_path)
    assert open_end.returncode == 65 and "--truncated-below USD" in open_end.stderr
    experienced(tmp_path / "book.h5", employees=(5, 9, 0))
    no_members = fit("--book", "book.h5", "--truncated-below", "20,000", cwd=tmp_path)
    assert no_members.returncode == 65 and "--members N" in no_members.stderr
    assert fit(cwd=tmp_path).returncode == 64
    assert fit("claims.csv", "--book", "none.h5", cwd=tmp_path).returncode == 66
