# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The program in a process of its own, its events and its error as a run of this process has them."""
from __future__ import annotations

import json
import signal
import subprocess
import tempfile
from typing import Any, Iterator, Sequence

from .errors import InternalError, from_native
from .program import PROGRAM
from .progress import Callback, Display


def answer(arguments: Sequence[str], finished: tuple[int, ...] = (0,), *,
           progress: bool | Callback = False) -> str:
    """What `corridor ARGUMENTS` writes to standard output.

    `finished`  exit codes that are no failure
    Ctrl-C stops the program after its unit of work; a second one ends it at once.
    Raises the exception of the program's exit code.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output, Display(progress) as display:
        child = _started(arguments, output)
        failure: dict[str, Any] = {}
        try:
            for event in _events(child):
                failure = _taken(event, display) or failure
        except BaseException:
            _stopped(child)
            raise
        if child.wait() not in finished:
            raise _error(child.returncode, failure)
        output.seek(0)
        return output.read()


def _started(arguments: Sequence[str], output: Any) -> subprocess.Popen[str]:
    # A session of its own: of Ctrl-C on a terminal this process alone decides.
    command = [str(PROGRAM), *arguments, "--log-format", "json"]
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, text=True,
                                stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
                                start_new_session=True)
    except OSError as error:
        raise InternalError(f"{PROGRAM} cannot be started: {error.strerror}. Install the package "
                            "again") from error


def _events(child: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert child.stderr is not None
    with child.stderr as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                event = {"event": "message", "message": line.rstrip()}
            if isinstance(event, dict):
                yield event


def _taken(event: dict[str, Any], display: Display) -> dict[str, Any] | None:
    """Shows an event; returns it where it is the error that ends the program."""
    kind = event.get("event")
    if kind == "progress":
        display.on_progress(event["phase"], event["done"], event["total"], event["elapsed_s"])
    elif kind == "message":
        display.on_message(event["message"])
    return event if kind == "error" else None


def _stopped(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGINT)
    try:
        child.wait()
    except BaseException:
        child.kill()
        child.wait()
        raise


def _error(code: int, failure: dict[str, Any]) -> Exception:
    if not failure:
        return InternalError(f"the program ended with {code} and did not say why")
    problems = [{key: value if value is not None or key == "row" else ""
                 for key, value in problem.items()} for problem in failure["problems"]]
    return from_native(code, failure["message"], problems)
