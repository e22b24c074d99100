// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "corridor/error.hpp"
#include "host/cli/nearest.hpp"

namespace corridor::cli {
namespace {

constexpr double most_memory_bytes = 1e18;

[[noreturn]] void refuse(std::string_view flag, std::string_view text, const std::string& why) {
  throw Error(ErrorKind::usage, fmt::format("{} {}: {}", flag, text, why));
}

[[noreturn]] void refuse_name(std::string_view flag, std::string_view text, std::string_view name,
                              const std::vector<std::string>& known) {
  const std::string nearest = nearest_name(name, known);
  refuse(flag, text.empty() ? "''" : text,
         fmt::format("'{}' is unknown. {}", name,
                     nearest.empty() ? fmt::format("Known are {}", fmt::join(known, ", "))
                                     : fmt::format("Did you mean {}?", nearest)));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string> entries(std::string_view flag, std::string_view text,
                                 std::string_view example) {
  std::vector<std::string> result;
  std::size_t start = 0;
  while (true) {
    const std::size_t comma = text.find(',', start);
    const std::string_view entry = trimmed(text.substr(start, comma - start));
    if (entry.empty()) {
      refuse(flag, text.empty() ? "''" : text,
             fmt::format("an entry of the list is empty. Write it as {} {}", flag, example));
    }
    result.emplace_back(entry);
    if (comma == std::string_view::npos) return result;
    start = comma + 1;
  }
}

// from_chars knows no locale, no leading blank and no plus sign.
template <class Number>
std::optional<Number> parsed(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string listed(const std::vector<double>& values) {
  std::string result;
  for (const double value : values) result += fmt::format("{}{}", result.empty() ? "" : ",", value);
  return result;
}

void require_ascending(std::string_view flag, std::string_view text,
                       const std::vector<double>& values) {
  const auto not_less = [](double a, double b) { return !(a < b); };
  const auto wrong = std::adjacent_find(values.begin(), values.end(), not_less);
  if (wrong == values.end()) return;
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  const bool repeated = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  refuse(flag, text,
         fmt::format("{} (rows of the results follow this list). Use {} {}",
                     repeated ? fmt::format("a value is there twice")
                              : fmt::format("{} comes after {}", wrong[1], wrong[0]),
                     flag, listed(sorted)));
}

double list_number(std::string_view flag, std::string_view text, const std::string& entry,
                   std::string_view example) {
  const std::optional<double> value = parsed<double>(entry);
  if (!value || std::isnan(*value)) {
    refuse(flag, text,
           fmt::format("'{}' is not a number. Write plain numbers with commas between them only: "
                       "{} {}",
                       entry, flag, example));
  }
  return *value;
}

void require_deductible(std::string_view flag, std::string_view text, double value_usd) {
  if (!(value_usd > 0)) {
    refuse(flag, text,
           fmt::format("a deductible of {} is not above 0, at most {:.0f}. Write dollars without "
                       "thousands separators: {} 50000,100000",
                       value_usd, largest_deductible_usd, flag));
  }
  if (std::isinf(value_usd)) return;
  if (value_usd > largest_deductible_usd) {
    refuse(flag, text,
           fmt::format("a deductible of {} is above {:.0f}. Write inf for no specific cover",
                       value_usd, largest_deductible_usd));
  }
  const double cents = value_usd * 100;
  if (std::abs(cents - std::round(cents)) > 1e-6 * std::max(1.0, cents * 1e-8)) {
    refuse(flag, text,
           fmt::format("a deductible of {} is not in whole cents. Write for example {} {:.2f}",
                       value_usd, flag, std::max(value_usd, 0.01)));
  }
}

void require_corridor(std::string_view flag, std::string_view text, double value) {
  if (value >= 0.5 && value <= 5) return;
  const bool percent = value > 5 && value <= 500;
  const double meant = (value < 50 ? 100 + value : value) / 100;  // 25 above expected, or 125 of it
  refuse(
      flag, text,
      fmt::format("a corridor of {} is outside 0.5 to 5 (it multiplies expected claims). {}", value,
                  percent ? fmt::format("For {} percent write {}", value, meant)
                          : fmt::format("Write for example {} 1.10,1.25", flag)));
}

/// A number such as a user may have meant: what is usual, where it is in the range.
std::uint64_t example_within(std::uint64_t lowest, std::uint64_t highest) {
  return std::clamp<std::uint64_t>(highest > 100'000 ? 100'000 : 8, lowest, highest);
}

}  // namespace

std::uint64_t whole_number(std::string_view flag, std::string_view text, std::uint64_t lowest,
                           std::uint64_t highest) {
  const std::optional<std::uint64_t> value = parsed<std::uint64_t>(text);
  if (!value || *value < lowest || *value > highest) {
    refuse(flag, text.empty() ? "''" : text,
           fmt::format("not a whole number from {} to {}. Write digits alone, as {} {}", lowest,
                       highest, flag, example_within(lowest, highest)));
  }
  return *value;
}

std::vector<double> deductibles_usd(std::string_view flag, std::string_view text) {
  constexpr std::string_view example = "50000,100000";
  std::vector<double> values;
  for (const std::string& entry : entries(flag, text, example)) {
    const double value_usd = list_number(flag, text, entry, example);
    require_deductible(flag, text, value_usd);
    // A fraction of a cent lost here is below what the check above tells from a whole cent.
    values.push_back(std::isinf(value_usd) ? value_usd : std::round(value_usd * 100) / 100);
  }
  require_ascending(flag, text, values);
  return values;
}

std::vector<double> corridors(std::string_view flag, std::string_view text) {
  constexpr std::string_view example = "1.10,1.25";
  std::vector<double> values;
  for (const std::string& entry : entries(flag, text, example)) {
    const double value = list_number(flag, text, entry, example);
    require_corridor(flag, text, value);
    values.push_back(value);
  }
  require_ascending(flag, text, values);
  return values;
}

std::vector<double> return_periods(std::string_view flag, std::string_view text,
                                   std::uint64_t years) {
  constexpr std::string_view example = "10,100,250";
  std::vector<double> values;
  for (const std::string& entry : entries(flag, text, example)) {
    const double value = list_number(flag, text, entry, example);
    if (!(value >= 2 && (std::isinf(value) || value == std::floor(value)))) {
      refuse(flag, text,
             fmt::format("a return period of {} is not a whole number of years from 2 on (1 / the "
                         "probability of a year as bad). Write for example {} {}",
                         value, flag, example));
    }
    if (value > static_cast<double>(years)) {
      refuse(flag, text,
             fmt::format("a return period of {} years is longer than the {} years simulated. Leave "
                         "it out or give more --years",
                         value, years));
    }
    values.push_back(value);
  }
  require_ascending(flag, text, values);
  return values;
}

double part_of_mean(std::string_view flag, std::string_view text) {
  constexpr double least = 1e-5;
  const bool percent = text.ends_with('%');
  const std::string digits(text.substr(0, text.size() - (percent ? 1 : 0)));
  const std::optional<double> value = parsed<double>(digits);
  const double part = value ? *value / (percent ? 100 : 1) : 0;
  if (!(part >= least && part < 1)) {
    refuse(
        flag, text,
        fmt::format("it is a part of the mean from 0.001% to below 100%. Write it as a percentage "
                    "or a fraction: {} 0.5% or {} 0.005",
                    flag, flag));
  }
  return part;
}

double share_of_units(std::string_view flag, std::string_view text) {
  const bool percent = text.ends_with('%');
  const std::optional<double> value =
      parsed<double>(std::string(text.substr(0, text.size() - (percent ? 1 : 0))));
  const double share = value ? *value / (percent ? 100 : 1) : -1;
  if (!(share >= 0 && share <= 1)) {
    refuse(flag, text, fmt::format("it is a share of the units from 0 to 1. Write {} 1%", flag));
  }
  return share;
}

double hours_of(std::string_view flag, std::string_view text) {
  const std::optional<double> hours = parsed<double>(std::string(text));
  if (!hours || !(*hours >= 0)) {
    refuse(flag, text, fmt::format("it is hours, 0 or more. Write {} 11.5", flag));
  }
  return *hours;
}

std::vector<Level> levels(std::string_view flag, std::string_view text) {
  std::vector<Level> result;
  for (const std::string& entry : entries(flag, text, "0.99,0.995")) {
    Level level;
    try {
      level = parse_level(entry);
    } catch (const Error& error) {
      const std::optional<double> percent = parsed<double>(entry);
      const bool meant = percent && *percent > 1 && *percent < 100;
      refuse(flag, text,
             error.what() +
                 (meant ? fmt::format(". For {} percent write {}", entry, *percent / 100) : ""));
    }
    const auto same = [&](const Level& other) { return other.value == level.value; };
    if (std::any_of(result.begin(), result.end(), same)) {
      refuse(flag, text, fmt::format("{} is there twice. Give each level once", entry));
    }
    result.push_back(level);
  }
  return result;
}

std::string one_name(std::string_view flag, std::string_view text,
                     const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), text) != known.end()) return std::string(text);
  refuse_name(flag, text, text, known);
}

std::vector<std::string> own_names(std::string_view flag, std::string_view text,
                                   std::string_view example) {
  std::vector<std::string> result;
  for (const std::string& entry : entries(flag, text, example)) {
    if (std::find(result.begin(), result.end(), entry) != result.end()) {
      refuse(flag, text, fmt::format("'{}' is there twice. Give each name once", entry));
    }
    result.push_back(entry);
  }
  return result;
}

std::vector<std::string> names(std::string_view flag, std::string_view text,
                               const std::vector<std::string>& known) {
  std::vector<std::string> result =
      own_names(flag, text, fmt::format("{}", fmt::join(known, ",")));
  for (const std::string& entry : result) {
    if (std::find(known.begin(), known.end(), entry) == known.end()) {
      refuse_name(flag, text, entry, known);
    }
  }
  return result;
}

std::size_t memory_bytes(std::string_view flag, std::string_view text) {
  struct Unit {
    std::string_view name;
    double bytes;
  };
  constexpr std::array units{Unit{"kib", 0x1p10}, Unit{"mib", 0x1p20}, Unit{"gib", 0x1p30},
                             Unit{"tib", 0x1p40}, Unit{"kb", 1e3},     Unit{"mb", 1e6},
                             Unit{"gb", 1e9},     Unit{"tb", 1e12},    Unit{"b", 1}};
  std::string lower(trimmed(text));
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  double unit_bytes = 1;
  for (const Unit& unit : units) {
    if (!lower.ends_with(unit.name)) continue;
    unit_bytes = unit.bytes;
    lower.resize(lower.size() - unit.name.size());
    break;
  }
  const std::optional<double> count = parsed<double>(trimmed(lower));
  const double bytes = count ? *count * unit_bytes : -1;
  if (!count) {
    refuse(flag, text.empty() ? "''" : text,
           fmt::format("not an amount of memory. Write for example {} 8GB, or 512MiB", flag));
  }
  if (!(bytes >= static_cast<double>(least_memory_bytes) && bytes <= most_memory_bytes)) {
    refuse(flag, text,
           fmt::format("outside 64MB to 1000000TB. The smallest run needs 64MB; write for example "
                       "{} 8GB, or 512MiB",
                       flag));
  }
  return static_cast<std::size_t>(bytes);
}

}  // namespace corridor::cli
