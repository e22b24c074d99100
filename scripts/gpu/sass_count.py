#!/usr/bin/env python3
# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Holds the CUDA kernel to its budgets without a GPU.

Compiles kernels/cuda/lane_kernel.cu for every architecture; checks that nothing spills and that the
registers leave room for the blocks a multiprocessor should hold; counts the instructions of the hot
loop in sm_90's machine code; looks for arithmetic that would change a bit. Prints the figures; exits
1 when one is over its budget.

usage: scripts/gpu/sass_count.py [--nvcc PATH] [--arch sm_90 ...]
"""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import sass_decode

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARCHITECTURES = ["sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_120"]
COUNTED = "sm_90"
REGISTERS_MOST = {8: 80, 16: 128, 32: 128}  # three blocks of 256 threads, two, two
STEP_MEMBERS, FLUSH_MEMBERS = 8, 32
INSTRUCTIONS_MOST = {False: 27, True: 32}  # a member-year, neutral and thinned

# Which instance: thresholds, thinned, staged.
INSTANCE = re.compile(r"11lane_kernelINS\d*_5ShapeILi(\d+)ELb([01])ELb([01])E")

# The kernel for contract bases: thresholds, staged. Two blocks of 256 threads, one, one.
BASIS_INSTANCE = re.compile(r"12basis_kernelINS\d*_5ShapeILi(\d+)ELb1ELb([01])E")
BASIS_REGISTERS_MOST = {8: 128, 16: 168, 32: 200}


def find_nvcc():
    for candidate in (os.environ.get("CUDACXX"), shutil.which("nvcc"), "/usr/local/cuda/bin/nvcc"):
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    return None


def instance_of(mangled):
    match = INSTANCE.search(mangled)
    return (int(match[1]), match[2] == "1", match[3] == "1") if match else None


def basis_instance_of(mangled):
    match = BASIS_INSTANCE.search(mangled)
    return (int(match[1]), match[2] == "1") if match else None


def compile_cubin(nvcc, arch, folder):
    """Returns (path of the cubin, what ptxas says of its resources); the PTX stays beside it."""
    kept = pathlib.Path(folder) / arch
    kept.mkdir()
    cubin = kept / "lane_kernel.cubin"
    command = [nvcc, "-std=c++17", "-O3", "--fmad=false", f"-arch={arch}", "-Xptxas", "-v", "-cubin",
               "--keep", "--keep-dir", str(kept), f"-I{ROOT}", "-o", str(cubin), str(ROOT / "kernels/cuda/lane_kernel.cu")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return cubin, done.stderr


def check_arithmetic(ptx):
    """Yields arithmetic in the kernel's PTX that would give other bits than the processor."""
    operations = collections.Counter(
        re.findall(r"\b(?:add|sub|mul|fma|mad|div|rcp|sqrt|ex2|lg2)\.[a-z.]*f(?:32|64)\b", ptx))
    if not operations:
        yield "no arithmetic was found in the PTX"
    for operation in sorted(operations):
        if ".rn" not in operation or ".ftz" in operation or operation == "fma.rn.f64":
            yield f"PTX: {operation} rounds otherwise, flushes or fuses ({operations[operation]} times)"


def resources(ptxas, instance_of=instance_of):
    """{instance: (registers, stack bytes, spilled bytes)}"""
    result, instance, memory = {}, None, (0, 0)
    for line in ptxas.splitlines():
        if match := re.search(r"Compiling entry function '(\S+)'", line):
            instance = instance_of(match[1])
        elif match := re.search(r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes", line):
            memory = (int(match[1]), int(match[2]) + int(match[3]))
        elif (match := re.search(r"Used (\d+) registers", line)) and instance:
            result[instance] = (int(match[1]), *memory)
    return result


def hot_loops(cubin):
    """{instance: HotLoop}"""
    return {instance_of(name): sass_decode.hot_loop(sass_decode.decode(code))
            for name, code in sass_decode.kernels(cubin) if instance_of(name)}


def check_resources(table):
    """Prints registers by instance and architecture; yields what is over."""
    instances = sorted({instance for row in table.values() for instance in row})
    print(f"{'registers':18}" + "".join(f"{arch:>8}" for arch in table))
    for instance in instances:
        slots, thinned, staged = instance
        label = f"{slots:2} {'thinned' if thinned else 'neutral'} {'shared' if staged else 'global'}"
        cells = [row.get(instance) for row in table.values()]
        print(f"{label:18}" + "".join(f"{cell[0] if cell else '?':>8}" for cell in cells))
        for arch, cell in zip(table, cells):
            if cell is None:
                yield f"{arch} {label}: not compiled"
                continue
            registers, stack, spilled = cell
            if spilled or stack:
                yield f"{arch} {label}: {spilled} bytes spilled, {stack} bytes of stack"
            if registers > REGISTERS_MOST[slots]:
                yield f"{arch} {label}: {registers} registers, {REGISTERS_MOST[slots]} allowed"
    expected = 12
    if len(instances) != expected:
        yield f"{len(instances)} instances of the kernel were found, not {expected}"


def check_basis_resources(table):
    """check_resources of the kernel for contract bases."""
    for slots in BASIS_REGISTERS_MOST:
        for staged in (False, True):
            label = f"{slots:2} basis   {'shared' if staged else 'global'}"
            cells = [row.get((slots, staged)) for row in table.values()]
            print(f"{label:18}" + "".join(f"{cell[0] if cell else '?':>8}" for cell in cells))
            for arch, cell in zip(table, cells):
                if cell is None:
                    yield f"{arch} {label}: not compiled"
                    continue
                registers, stack, spilled = cell
                if spilled or stack:
                    yield f"{arch} {label}: {spilled} bytes spilled, {stack} bytes of stack"
                if registers > BASIS_REGISTERS_MOST[slots]:
                    yield (f"{arch} {label}: {registers} registers, "
                           f"{BASIS_REGISTERS_MOST[slots]} allowed")


def check_hot_loops(loops):
    """Prints instructions a member-year; yields what is over, or is not the loop it should be."""
    print(f"\n{COUNTED}, instructions a member-year (the step of {STEP_MEMBERS} members + the flush)")
    for (slots, thinned, staged), loop in sorted(loops.items()):
        label = f"{slots:2} {'thinned' if thinned else 'neutral'} {'shared' if staged else 'global'}"
        names = collections.Counter(i.name for i in loop.step)
        each = len(loop.step) / STEP_MEMBERS
        flush = loop.around / FLUSH_MEMBERS
        common = " ".join(f"{name} {count}" for name, count in names.most_common(9))
        print(f"{label:18}{each:6.2f} +{flush:5.2f}   {common}")
        if names["FFMA"] != STEP_MEMBERS or names["STS"] != STEP_MEMBERS:
            yield f"{label}: the loop found does not look up and list {STEP_MEMBERS} claims"
        if each + flush > INSTRUCTIONS_MOST[thinned]:
            yield (f"{label}: {each + flush:.2f} instructions a member-year, "
                   f"{INSTRUCTIONS_MOST[thinned]} allowed")
        if names["LDL"] or names["STL"] or names["CALL.REL"]:
            yield f"{label}: local memory or a call in the hot loop"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nvcc", default=find_nvcc())
    parser.add_argument("--arch", nargs="+", default=ARCHITECTURES)
    options = parser.parse_args()
    if not options.nvcc:
        sys.exit("no nvcc was found: set CUDACXX to its path")
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(4) as pool:
        compiled = dict(zip(options.arch, pool.map(
            lambda arch: compile_cubin(options.nvcc, arch, folder), options.arch)))
        over = list(check_resources({arch: resources(log) for arch, (_, log) in compiled.items()}))
        over += check_basis_resources(
            {arch: resources(log, basis_instance_of) for arch, (_, log) in compiled.items()})
        if COUNTED in compiled:
            cubin = compiled[COUNTED][0]
            over += check_hot_loops(hot_loops(cubin))
            over += check_arithmetic(cubin.with_suffix(".ptx").read_text())
    for line in over:
        print("over budget: " + line)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
