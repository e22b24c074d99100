# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""How far a run is: one line that renews itself, on a terminal or below a notebook's cell."""
from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import Callable, TextIO

BAR_WIDTH = 24
SECONDS_BEFORE = 0.5
SECONDS_BETWEEN = 0.2


@dataclass(frozen=True)
class Progress:
    """What a callback gets, at most every 50 ms and always on the thread that called."""

    phase: str
    done: int
    """Member-years, or jobs of exact laws."""
    total: int
    """0 where it is not known."""
    elapsed_s: float

    @property
    def fraction(self) -> float:
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def left_s(self) -> float | None:
        """Seconds left if the rest goes as what is done; nothing before the first unit."""
        if not self.done or self.done > self.total:
            return None
        return self.elapsed_s * (self.total - self.done) / self.done


Callback = Callable[[Progress], object]


class Bar:
    """Shows progress on `stream`; nothing of runs that are over within half a second."""

    def __init__(self, stream: TextIO):
        self._stream, self._shown_at_s, self._phase, self._width = stream, 0.0, "", 0

    def __call__(self, progress: Progress) -> None:
        if progress.elapsed_s < SECONDS_BEFORE:
            return
        if progress.phase == self._phase and progress.elapsed_s < self._shown_at_s + SECONDS_BETWEEN:
            return
        self._phase, self._shown_at_s = progress.phase, progress.elapsed_s
        line = bar_text(progress)
        self._write("\r" + line.ljust(self._width))
        self._width = len(line)

    def message(self, line: str) -> None:
        self.clear()
        self._write(line + "\n")

    def clear(self) -> None:
        """Takes the line away."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
        self._width = 0

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def bar_text(progress: Progress) -> str:
    """ "simulate  [######------]  50%  12s left" """
    if not progress.total:
        return progress.phase
    filled = math.floor(BAR_WIDTH * progress.fraction)
    text = (f"{progress.phase}  [{'#' * filled}{'-' * (BAR_WIDTH - filled)}] "
            f"{math.floor(100 * progress.fraction):3d}%")
    return text if progress.left_s is None else f"{text}  {duration_text(progress.left_s)} left"


def duration_text(seconds: float) -> str:
    """ "45s", "1m30s", "2h46m" """
    whole = math.ceil(seconds)
    if whole < 60:
        return f"{whole}s"
    if whole < 3600:
        return f"{whole // 60}m{whole % 60:02d}s"
    return f"{whole // 3600}h{whole // 60 % 60:02d}m"


def watched_by_people() -> bool:
    """Standard error is a terminal or a notebook's."""
    return sys.stderr is not None and (sys.stderr.isatty() or "ipykernel" in type(sys.stderr).__module__)


class Display:
    """What a run reports to: a bar, a callback or nobody; and keeps its messages."""

    def __init__(self, progress: bool | Callback):
        self.messages: list[str] = []
        self._bar = Bar(sys.stderr) if progress is True and watched_by_people() else None
        self._callback: Callback | None = progress if callable(progress) else self._bar

    def on_progress(self, phase: str, done: int, total: int, elapsed_s: float) -> None:
        if self._callback is not None:
            self._callback(Progress(phase, done, total, elapsed_s))

    def on_message(self, line: str) -> None:
        self.messages.append(line)
        if self._bar is not None:
            self._bar.message(line)

    def __enter__(self) -> Display:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.clear()
