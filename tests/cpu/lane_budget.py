#!/usr/bin/env python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Holds the lane to a number of instructions a member-year.

counted    runs a program under callgrind for two numbers of years; the difference is the lane's
assembled  for AVX-512, which callgrind cannot run: counts the instructions of the hot loops in the
           disassembly and divides by the member-years that one turn of each serves
"""

import argparse
import re
import subprocess
import sys
import tempfile

MEMBERS = 250
FEW_YEARS, MANY_YEARS = 256, 1280

# A loop of the AVX-512 lane: an instruction that only it has, and the member-years of one turn.
HOT_LOOPS = {
    "draw": (re.compile(r"vpmuludq .*zmm"), 50, 2 * 4 * 16),
    "look up": (re.compile(r"vperm[it]2ps .*zmm"), 16, 64),
    "sum and list": (re.compile(r"vpcompressd .*zmm"), 4, 64),
}


def instructions(program, instruction_set, years):
    with tempfile.NamedTemporaryFile() as profile:
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile.name}", program,
             instruction_set, str(years)], check=True, capture_output=True, text=True)
    return int(re.search(r"Collected : (\d+)", result.stderr).group(1))


def counted(program, instruction_set):
    few = instructions(program, instruction_set, FEW_YEARS)
    many = instructions(program, instruction_set, MANY_YEARS)
    return (many - few) / (MEMBERS * (MANY_YEARS - FEW_YEARS))


def disassembled(library, symbol):
    """(address, text) of every instruction of the functions whose name contains `symbol`."""
    listing = subprocess.run(["objdump", "-d", "-C", "--no-show-raw-insn", library], check=True,
                             capture_output=True, text=True).stdout
    inside, lines = False, []
    for line in listing.splitlines():
        if re.match(r"^[0-9a-f]+ <", line):
            inside = symbol in line
        match = re.match(r"^\s+([0-9a-f]+):\s+(.*)", line)
        if inside and match:
            lines.append((int(match.group(1), 16), match.group(2)))
    return lines


def loops(lines):
    """Bodies from the target of a backward jump to the jump."""
    position = {address: i for i, (address, _) in enumerate(lines)}
    for i, (address, text) in enumerate(lines):
        match = re.match(r"j\w+\s+([0-9a-f]+)", text)
        start = position.get(int(match.group(1), 16)) if match else None
        if start is not None and start < i:
            yield [text for _, text in lines[start:i + 1]]


def assembled(library, symbol):
    bodies = list(loops(disassembled(library, symbol)))
    total = 0
    for name, (mark, least, member_years) in HOT_LOOPS.items():
        sizes = [len(body) for body in bodies
                 if sum(bool(mark.search(text)) for text in body) >= least]
        if not sizes:
            sys.exit(f"no loop '{name}' found in {library}: the lane has changed its shape")
        print(f"{name}: {min(sizes)} instructions for {member_years} member-years")
        total += min(sizes) / member_years
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=["counted", "assembled"])
    parser.add_argument("what", help="the program, or the library to disassemble")
    parser.add_argument("name", help="the instruction set, or the symbol")
    parser.add_argument("most", type=float, help="instructions a member-year")
    arguments = parser.parse_args()
    measure = counted if arguments.how == "counted" else assembled
    found = measure(arguments.what, arguments.name)
    print(f"{found:.3f} instructions a member-year (at most {arguments.most})")
    return 0 if found <= arguments.most else 1


if __name__ == "__main__":
    sys.exit(main())
