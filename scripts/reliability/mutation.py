# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Row 24: small faults put into the pricing core; the tests should see them."""
import os
import random
import re
import shutil
import subprocess

from reliability.card import ROOT, NotHere, Result, Row, run

# Sources, and the tests that answer for them: name of the target, ctest's selection is all of it.
CORE = {"host/price/*.cpp": ["money_price", "money_quote", "money_credibility", "money_pricing_file",
                             "money_distortion", "money_explain", "money_target_se"],
        "kernels/lane/terms/*.hpp": ["lane_test"],
        "host/reduce/*.cpp": ["money_reduce", "money_level"]}

MUTANTS = 40

CHANGES = [(r" \+ ", " - "), (r" - ", " + "), (r" \* ", " / "), (r" / ", " * "), (r" < ", " <= "),
           (r" <= ", " < "), (r" > ", " >= "), (r" >= ", " > "), (r" == ", " != "), (r" != ", " == "),
           (r" && ", " || "), (r" \|\| ", " && "), (r"\bstd::max\b", "std::min"),
           (r"\bstd::min\b", "std::max"), (r"\b1\b", "2"), (r"\b0\b", "1"), (r"\breturn -", "return ")]


def places():
    """(file, line, begin, end, text) of every change that could be made to a statement."""
    found = []
    for pattern in CORE:
        for path in sorted(ROOT.glob(pattern)):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
                code = line.split("//")[0]
                if not code.startswith(" ") or '"' in code or "#include" in code or "<" in code and ">" in code:
                    continue
                for was, now in CHANGES:
                    found += [(pattern, path, number, match.start(), match.end(), now)
                              for match in re.finditer(was, code)]
    return found


def begin(tree, build):
    """Builds the tests once, with the flags of the cpu preset, so that ccache may know the objects."""
    cached = []
    if shutil.which("ccache"):
        os.environ.update(CCACHE_BASEDIR=str(tree), CCACHE_NOHASHDIR="1")
        cached = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache", "-DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON"]
    targets = sorted({target for tests in CORE.values() for target in tests})
    subprocess.run(["cmake", "--preset", "cpu", "-B", build, "-DCORRIDOR_BENCH=OFF", "-DCORRIDOR_PYTHON=OFF",
                    *cached], cwd=tree, check=True, capture_output=True)
    subprocess.run(["cmake", "--build", build, "--target", *targets], check=True, capture_output=True)


def mutation(bench):
    if not bench.long:
        raise NotHere("in the long form: it compiles the core again for every fault")
    tree = bench.folder / "tree"
    build = tree / "build" / "mutants"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns("build", ".git", ".venv"))
    begin(tree, build)
    counts = {"killed": 0, "refused by the compiler": 0, "alive": 0}
    alive = []
    for place in random.Random(bench.seed).sample(places(), MUTANTS):
        verdict = judged(place, tree, build)
        counts[verdict] += 1
        if verdict == "alive":
            alive.append(f"{place[1].relative_to(ROOT)}:{place[2] + 1}")
    tried = counts["killed"] + counts["alive"]
    share = counts["killed"] / max(tried, 1)
    return Result(share >= 0.9, f"{counts['killed']} of {tried} killed ({share:.0%}), "
                  f"{counts['refused by the compiler']} more refused by the compiler"
                  + (f"; alive: {', '.join(alive)}" if alive else ""))


def judged(place, tree, build):
    pattern, path, number, begin, end, now = place
    copy = tree / path.relative_to(ROOT)
    whole = copy.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    lines[number] = lines[number][:begin] + now + lines[number][end:]
    copy.write_text("".join(lines), encoding="utf-8")
    try:
        if run(["cmake", "--build", build, "--target", *CORE[pattern]], timeout=3600).returncode != 0:
            return "refused by the compiler"
        for target in CORE[pattern]:
            try:
                if run([build / "tests" / target, "--gtest_brief=1"], timeout=300).returncode != 0:
                    return "killed"
            except subprocess.TimeoutExpired:
                return "killed"
        return "alive"
    finally:
        copy.write_text(whole, encoding="utf-8")


ROWS = [Row(24, "a fault in the pricing core", "90% seen by the tests", mutation)]
