# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Completions and manual pages are made from the declared options, and their programs take them."""
import re
import shutil
import subprocess

import pytest

from corridor_program import OK, USAGE, corridor


def commands():
    listed = corridor("--help").out.split("Commands:\n")[1].split("\n\n")[0]
    return [line.split()[0] for line in listed.splitlines()]


def flags(command):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", corridor(command, "--help").out))


@pytest.fixture(scope="module")
def bash(tmp_path_factory):
    script = tmp_path_factory.mktemp("completions") / "corridor"
    script.write_text(corridor("completions", "bash").out)

    def complete(*words):
        line = " ".join(f"'{word}'" for word in ("corridor", *words))
        run = subprocess.run(
            ["bash", "--norc", "-c", f"compopt() {{ :; }}; . {script}; COMP_WORDS=({line}); "
             f"COMP_CWORD={len(words)}; _corridor; printf '%s\\n' \"${{COMPREPLY[@]}}\""],
            text=True, capture_output=True, check=True)
        return run.stdout.split()

    return complete


def test_bash_completes_commands_and_flags(bash):
    assert set(commands()) <= set(bash(""))
    assert bash("ti") == [] and bash("tai") == ["tail"]
    for command in commands():
        assert flags(command) <= set(bash(command, "-")), command
    assert bash("price", "book.h5", "--instr") == ["--instruction-set"]


def test_bash_completes_names_lists_and_files(bash, tmp_path):
    assert bash("price", "--device", "") == ["auto", "cpu", "cuda"]
    assert bash("price", "--device", "=", "cu") == ["cuda"]
    assert bash("price", "--principles", "expected_value,std") == []
    assert bash("price", "--principles", "expected_value,stan") == ["expected_value,standard_deviation"]
    assert bash("tail", "--table", "tre") == ["treaties"]
    assert bash("completions", "z") == ["zsh"]
    assert bash("help", "lay") == ["layers"]
    assert bash("price", "--years", "") == []
    (tmp_path / "book.h5").touch()
    assert bash("price", f"{tmp_path}/b") == [f"{tmp_path}/book.h5"]
    assert bash("price", "-o", f"{tmp_path}/b") == [f"{tmp_path}/book.h5"]


def test_bash_knows_which_argument_is_which(bash, tmp_path):
    listed = corridor("scenario", "--list", "--json").json()
    stresses = {stress["name"] for stress in listed}
    (tmp_path / "trend.toml").touch()
    assert len(stresses) > 5 and stresses <= set(bash("scenario", "book.h5", ""))
    assert stresses <= set(bash("scenario", "--years", "20", "--no-treaties", "book.h5", ""))
    assert not stresses & set(bash("scenario", "--years", "20", ""))
    assert bash("scenario", "book.h5", "--method", "") == ["both", "simulate"]
    assert bash("scenario", "book.h5", f"{tmp_path}/tr") == [f"{tmp_path}/trend.toml"]
    assert bash("plan", "") == ["price", "tail"] and bash("plan", "t") == ["tail"]
    assert bash("plan", "price", f"{tmp_path}/tr") == [f"{tmp_path}/trend.toml"]
    assert bash("work", f"{tmp_path}/tr") == [f"{tmp_path}/trend.toml"]


def test_bash_completes_programs_beside_the_commands(bash, tmp_path, monkeypatch):
    program = tmp_path / "corridor-mine"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert bash("min") == ["mine"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
@pytest.mark.parametrize("line, found", [("scenario book.h5 trend_plus", "trend_plus_4"), ("plan ta", "tail"),
                                         ("price --method ex", "exact")])
def test_fish_completes_the_same(tmp_path, line, found):
    (tmp_path / "script").write_text(corridor("completions", "fish").out)
    said = subprocess.run(["fish", "--no-config", "-c", f"source script; complete -C 'corridor {line}'"],
                          cwd=tmp_path, text=True, capture_output=True, check=True)
    assert [answer.split("\t")[0] for answer in said.stdout.splitlines()] == [found]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(shell, tmp_path):
    done = corridor("completions", shell)
    assert done.code == OK
    for command in commands():
        assert command in done.out
    assert done.out.count("instruction-set") >= 2
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here to read it")
    (tmp_path / "script").write_text(done.out)
    read = subprocess.run([shell, "-n", "script"], cwd=tmp_path, text=True, capture_output=True,
                          check=False)
    assert read.returncode == 0 and read.stderr == "", read.stderr


def test_an_unknown_shell_is_refused_with_the_nearest():
    refused = corridor("completions", "bosh")
    assert refused.code == USAGE and "Did you mean bash?" in refused.err


def rendered(page):
    run = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-P-cbou"], input=page, text=True,
                         capture_output=True, check=False)
    assert run.returncode == 0 and run.stderr == "", run.stderr
    return run.stdout


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff renders the pages")
def test_every_page_renders_and_names_every_flag():
    program = rendered(corridor("man").out)
    for command in commands():
        assert command in program
        page = re.sub(r"[‐−]", "-", rendered(corridor("man", command).out))
        assert "EXAMPLES" in page and "EXIT STATUS" in page
        for flag in flags(command):
            assert flag in page, (command, flag)


@pytest.mark.skipif(shutil.which("man") is None, reason="no man here")
def test_man_shows_a_page(tmp_path):
    (tmp_path / "corridor-price.1").write_text(corridor("man", "price").out)
    shown = subprocess.run(["man", "-l", "corridor-price.1"], cwd=tmp_path, text=True,
                           capture_output=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert "--target" in re.sub(r"[‐−]", "-", shown.stdout)


def test_help_of_a_command_by_either_word():
    assert corridor("help", "price").out == corridor("price", "--help").out
    refused = corridor("help", "prise")
    assert refused.code == USAGE and "Did you mean price?" in refused.err
