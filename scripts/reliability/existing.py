# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""Rows whose measure is a part of the test suite, or a script of their own."""
import re
import shutil

from reliability.card import ROOT, Result, Row, ctest, pytest, run


def both(*results):
    return Result(all(one.kept for one in results), "; ".join(one.figure for one in results))


def stopped(bench):
    return both(pytest(bench, ["test_cli_signals.py"]),
                pytest(bench, ["test_cli_shards.py"], "-k", "time_that_is_up or signal_ends_a_worker"))


def bad_values(bench):
    fast = ctest(bench, ["portfolio_test"], "-R", "EveryColumn|OneFault|Problems|Load")
    return both(Result(fast.kept, fast.figure + " (every column of the schema)"),
                pytest(bench, ["test_cli_bad_books.py"]))


EMULATED = ["emulated_backend_test", "emulated_kernel_test", "emulated_basis_test", "emulated_tally_test",
            "emulated_run_test"]


def device_memory(bench):
    return ctest(bench, EMULATED[:1], "-R", "^EmulatedBackend.(SmallerBatches|MemoryAsked|SecondViewsStay|DeviceTooSmall)|^PlanBatches")


def device_lost(bench):
    done = ctest(bench, ["emulated_backend_test", "emulated_run_test"], "-R",
                 "^EmulatedBackend.(WithoutA|Availability|Lost)|^LostDevice")
    asked = bench.run("price", ROOT / "data/books/sample.h5", "--device", "cuda", "--years", "10",
                      "--method", "simulate", "--quiet", "--csv", "out.csv")
    auto = bench.run("price", ROOT / "data/books/sample.h5", "--device", "auto", "--years", "10",
                     "--method", "simulate", "--json")
    has_device = shutil.which("nvidia-smi") is not None and run(["nvidia-smi", "-L"]).returncode == 0
    kept = auto.returncode in (0, 1) and (has_device or asked.returncode == 69)
    return Result(done.kept and kept, f"{done.figure} (emulation); without a device --device cuda exits "
                  f"{asked.returncode}, auto takes the CPU")


def same_bits_on_device(bench):
    done = ctest(bench, EMULATED, "-L", "emulation", "-E", "(asan|tsan)$")
    return Result(done.kept, done.figure + " of the CUDA kernels under emulation against the CPU's bits; "
                  "on a GPU: scripts/gpu-check")


def coverage(bench):
    if not bench.long:
        return ctest(bench, ["coverage_test", "risk_test", "risk_coverage_test"], "-R",
                     "^Intervals.Hold|^RiskIntervals|^ShareOfYears.Holds")
    bench.needs("coverage_table", "risk_coverage_table")
    tables = [run([bench.build / name, 10000], timeout=3600)
              for name in ("coverage_table", "risk_coverage_table")]
    claimed = re.findall(r"claim\w*[^\n]*", tables[0].stdout)[-1:]
    return Result(all(table.returncode == 0 for table in tables),
                  "10,000 replications of both tables" + (f": {claimed[0]}" if claimed else ""))


def streams(bench):
    return pytest(bench, ["test_cli_outputs.py", "test_cli_log.py"], "-k", "goes_away or closed_streams "
                  "or cannot_be_written or cannot_take or clock_that_jumps or full_disk_for_the_log or full_stream")


def provenance(bench):
    return pytest(bench, ["test_cli_shards.py"], "-k", "themselves_again or itself_again")


ROWS = [Row(2, "SIGTERM, SIGINT, SIGUSR1 in the middle of a run", "128 + signal and nothing written; a worker 75 after its unit",
            stopped),
        Row(8, "NaN, infinite, negative, too large, denormal, empty or twice the same",
            "exit 65 naming dataset[row] and code", bad_values),
        Row(11, "GPU out of memory", "smaller batches, same bits; else exit 69", device_memory),
        Row(12, "GPU lost or without a driver", "69; the CPU only with --device auto", device_lost),
        Row(18, "CPU and GPU", "equal bits", same_bits_on_device),
        Row(21, "coverage of the 95% intervals", "94 to 96% for what claims it", coverage),
        Row(26, "priced again from a results file", "same figures", provenance),
        Row(27, "closed streams, full log, a reader that goes away, a clock that jumps", "goes on or ends cleanly", streams)]
