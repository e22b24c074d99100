// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <exception>

#include "tests/money/example_quotes.hpp"
#include "tests/money/example_results.hpp"

/// Writes the example quotes as FOLDER/quotes.h5 and FOLDER/quotes.csv, for readers in other
/// languages; a second HDF5 file differs in its run alone. Then example results as FOLDER/tail.h5.
int main(int argc, char** argv) try {
  if (argc != 2) return 64;
  const std::string folder = argv[1];
  corridor::ReportOptions options;
  options.replace = true;
  corridor::Quotes quotes = corridor::made_up::example_quotes();
  corridor::write_report(quotes, folder + "/quotes.h5", options);
  corridor::write_report(quotes, folder + "/quotes.csv", options);
  quotes.run.device = "cuda NVIDIA H100";
  quotes.run.command_line += " --device cuda --threads 16 --memory-limit 64GB";
  quotes.run.timings = {{"load", 0.75}, {"simulate", 0.125}, {"price", 1}};
  corridor::write_report(quotes, folder + "/other_run.h5", options);
  corridor::write_results(corridor::made_up::example_results(), folder + "/tail.h5", true);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 70;
}
