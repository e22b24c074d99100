// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "corridor/error.hpp"
#include "corridor/explain.hpp"
#include "corridor/pricing.hpp"

namespace corridor {

/// One column of the results, a value a row.
struct QuoteColumn {
  std::string name;
  std::string units;  ///< "USD", "1", "text", "count"
  std::string description;
  std::variant<std::vector<std::string>, std::vector<double>, std::vector<std::uint64_t>> values;
};

/// What one phase of a run took.
struct PhaseTime {
  std::string phase;
  double seconds = 0;              ///< by the monotonic clock
  std::uint64_t member_years = 0;  ///< drawn in it; 0 where it draws none
  std::uint64_t read_bytes = 0, written_bytes = 0;  ///< by this process and its reader
};

/// The machine and the time that a run took of it.
struct RunCost {
  std::string ended_at;     ///< UTC
  double elapsed_s = 0;     ///< by the monotonic clock, up to the results
  double clock_step_s = 0;  ///< how much farther than that the wall clock went
  std::uint64_t peak_memory_bytes = 0;         ///< of this process
  std::uint64_t reader_peak_memory_bytes = 0;  ///< of the largest helper that read a file
  std::string cpu_model;                       ///< as the system names it
  std::string instruction_set;                 ///< of the lane; "" on another device
  unsigned threads = 0;
  std::string gpu;  ///< name, capability, memory and driver; "" where none was used
};

/// Where results come from. All that may differ between two equal runs is here and nowhere else.
struct RunFacts {
  std::string version, git_revision, command_line, started_at;
  std::uint64_t seed = 0;
  std::uint32_t years = 0;
  std::uint64_t member_years = 0;
  std::string input_path, input_digest, table_digest;
  std::string device, driver, compiler, host;
  std::vector<PhaseTime> timings;
  std::vector<NamedValue> settings;  ///< loads, levels, principles
  std::vector<std::string> arguments;  ///< of the command, without outputs: what makes them again
  std::uint64_t units = 1;             ///< that the run was cut into
  std::uint64_t bad_units = 0;         ///< results of units that were damaged and computed again
  std::uint64_t self_checked_units = 0;  ///< computed twice, with equal bits
  RunCost cost;
};

/// Does the simulation agree with its own closed forms? See data/results.md, "The gate".
struct CredibilityGate {
  std::uint64_t checked = 0;          ///< z-scores counted
  double false_alarm_rate = 0;        ///< of a whole run
  double z_limit = 0;                 ///< two-sided, before the allowance for skewness
  double largest_z = 0;               ///< in absolute value, of those counted
  std::vector<std::string> failures;  ///< one line a cell; empty: passed

  bool passed() const { return failures.empty(); }
};

/// How far a run with RunOptions::target_se came.
struct TargetReport {
  double target_se = 0;
  std::size_t reached = 0;      ///< quotes whose every simulated mean is as sure as asked
  double years_most = 0;        ///< that the others would take; infinite: a cover has not paid yet
  std::uint32_t max_years = 0;
};

class QuoteRows;

/// Results: a row per group, deductible and corridor, groups in book order.
struct Quotes {
  std::size_t rows = 0;
  std::vector<QuoteColumn> columns;  ///< names and order of data/results.md
  /// Rows in a scratch file, of a run with RunOptions::rows_in_file: then `columns` have no values.
  std::shared_ptr<const QuoteRows> stored;
  std::vector<std::string> levels;   ///< column suffixes, ascending: "99", "99_5"
  std::vector<std::string> principles;
  CredibilityGate gate;
  std::optional<TargetReport> target;  ///< of a run with a target
  std::vector<Problem> warnings;
  RunFacts run;
  std::optional<Explanation> explanation;  ///< of a run with RunOptions::explain_group

  const QuoteColumn* find(std::string_view name) const;
  /// A numeric column's value. Expects the column to exist, with its values in memory.
  double number(std::string_view name, std::size_t row) const;
  /// A text column's value. Expects the column to exist, with its values in memory.
  const std::string& text(std::string_view name, std::size_t row) const;
};

/// Takes rows [first, first + length of the columns): all of the results' columns.
using PartVisitor = std::function<void(std::size_t first, std::span<const QuoteColumn> columns)>;

/// Every row in order, wherever rows lie: those in memory at once, those in a scratch file 1,024 at a
/// time.
/// throws  Error{io} when a scratch file cannot be read
void each_part(const Quotes& quotes, const PartVisitor& visit);

/// Takes the next bytes of a report.
using ReportSink = std::function<void(std::string_view)>;

struct ReportOptions {
  bool csv_bom = false;          ///< for spreadsheets that guess the encoding
  bool replace = false;          ///< an existing file may be replaced
  std::size_t text_groups = 20;  ///< most groups that the text table shows
  std::size_t text_rows = 40;    ///< most rows of them; a first group is shown whole
  std::string results_path;      ///< file that the text table points to for the rest
};

/// A file format results can be written in.
struct ReportFormat {
  std::string name, extension;
};
std::vector<ReportFormat> report_formats();

/// The results in a format, as the bytes of a file: "hdf5", "csv", "json", "text".
/// throws  Error{usage} for an unknown format
std::string render_report(const Quotes& quotes, std::string_view format,
                          const ReportOptions& options = {});

/// The same in pieces, as they are made: of a text format, in memory that does not grow with rows in a
/// scratch file.
/// throws  Error{usage} for an unknown format, Error{io} of the scratch file, what `sink` throws
void stream_report(const Quotes& quotes, std::string_view format, const ReportSink& sink,
                   const ReportOptions& options = {});

/// Says before a long run whether its report could be written; leaves nothing behind.
/// throws  Error{usage} for an unknown extension, Error{cannot_create}
void check_report_path(const std::string& path, const ReportOptions& options = {});

/// Writes the results in the format that the path's extension names; all of the file or nothing. Rows
/// in a scratch file are written a piece at a time; HDF5 of them takes the finished file's size in
/// memory but in the program, which builds it in a child process.
/// throws  Error{usage} for an unknown extension, Error{cannot_create}, Error{io}
void write_report(const Quotes& quotes, const std::string& path, const ReportOptions& options = {});

}  // namespace corridor
