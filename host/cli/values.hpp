// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "corridor/run_options.hpp"

namespace corridor::cli {

/// A billion dollars: far above any deductible sold, and far below where int64 cents end.
inline constexpr double largest_deductible_usd = 1e9;
inline constexpr std::uint64_t most_threads = 4096;
inline constexpr std::uint64_t most_years = 0xFFFFFFFF;
/// The program with a book of one group takes about 30 MB; less than this helps nobody.
inline constexpr std::uint64_t least_memory_bytes = 64'000'000;

// What the flags' values may be. Every function throws Error{usage} that names the flag, the value
// found and what to write instead. Numbers are read the same way in every locale.

/// Whole number from `lowest` to `highest`.
std::uint64_t whole_number(std::string_view flag, std::string_view text, std::uint64_t lowest,
                           std::uint64_t highest);

/// Ascending deductibles in dollars, above 0 and in whole cents; "inf" means no specific cover.
std::vector<double> deductibles_usd(std::string_view flag, std::string_view text);

/// Ascending aggregate corridors, 0.5 to 5: multiples of expected claims, not percent.
std::vector<double> corridors(std::string_view flag, std::string_view text);

/// Probabilities strictly between 0 and 1, each once.
std::vector<Level> levels(std::string_view flag, std::string_view text);

/// Ascending return periods in whole years from 2 to `years`, the years of the run.
std::vector<double> return_periods(std::string_view flag, std::string_view text,
                                   std::uint64_t years);

/// Part of a mean: "0.5%" or "0.005", at least 0.00001 and below 1.
double part_of_mean(std::string_view flag, std::string_view text);

/// Share of a run's units: "1%" or "0.01", 0 to 1.
double share_of_units(std::string_view flag, std::string_view text);

/// Hours, 0 or more: "11.5".
double hours_of(std::string_view flag, std::string_view text);

/// Names out of `known`, each once, comma between.
std::vector<std::string> names(std::string_view flag, std::string_view text,
                               const std::vector<std::string>& known);

/// Names of a book's own, each once, comma between.
std::vector<std::string> own_names(std::string_view flag, std::string_view text,
                                   std::string_view example);

/// One name out of `known`.
std::string one_name(std::string_view flag, std::string_view text,
                     const std::vector<std::string>& known);

/// "8GB", "512MB", "2GiB", or plain bytes.
std::size_t memory_bytes(std::string_view flag, std::string_view text);

}  // namespace corridor::cli
