// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "corridor/error.hpp"

namespace corridor {

inline constexpr std::size_t tier_count = 4;  ///< EE, EE+SP, EE+CH, FAM

/// One column: `width` values a row, row-major, in the type the file holds.
struct Column {
  std::string name;
  std::size_t width = 1;
  std::variant<std::vector<double>, std::vector<float>, std::vector<std::uint8_t>,
               std::vector<std::uint16_t>, std::vector<std::uint32_t>, std::vector<std::uint64_t>,
               std::vector<std::string>>
      values;
};

/// Named columns of one length. A new contract term is one more column here, never a new member.
class Table {
 public:
  std::size_t rows = 0;
  std::vector<Column> columns;

  const Column* find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name) != nullptr; }

  /// Value of a numeric column as a double, or `neutral` where the table lacks the column.
  double number(std::string_view name, std::size_t row, double neutral,
                std::size_t position = 0) const;
  /// Text of a string column, or "" where the table lacks it.
  std::string text(std::string_view name, std::size_t row) const;
};

/// One claim law as the file states it: what one person's annual eligible claims may be, in dollars.
/// data/README.md says what each kind needs.
struct DistributionSpec {
  std::string name;
  std::uint16_t index = 0;  ///< the number members refer to
  std::string kind;         ///< continuance, excess_curve, lognormal, gamma, ...
  double maximum_usd = 25e6;
  std::map<std::string, std::vector<double>> numbers;  ///< attributes, scalars as one value
  std::map<std::string, std::string> texts;            ///< attributes body, tail of a spliced law
  std::map<std::string, std::vector<double>> columns;  ///< datasets
};

/// The book, checked: every value is inside its range, every reference leads somewhere.
struct Portfolio {
  std::string path;
  std::string digest;           ///< SHA-256 over the logical content, hex
  bool sealed = false;          ///< the file states the same digest
  std::string currency = "USD";
  int policy_year = 0;
  std::string generator;
  std::vector<DistributionSpec> distributions;
  Table groups;
  std::vector<std::uint64_t> member_offset;  ///< [groups + 1]
  Table members;
  std::map<std::string, double> market;      ///< attributes of /market
  std::vector<double> quote_specific_usd;    ///< /quote, empty where the book has none
  std::vector<double> quote_corridor;
  std::vector<double> quote_specific_relativity;  ///< [4] of EE, EE+SP, EE+CH, FAM; or empty
  std::vector<double> quote_factor_relativity;
  std::vector<double> lag_paid_fraction;     ///< /lag, empty where the book has none
  std::vector<double> lag_paid_fraction_large;
  std::vector<double> lag_incurral_weight;   ///< [12]
  Table treaties, experience, large_claims;  ///< without rows where the book has none
  std::vector<Problem> warnings;

  std::size_t group_count() const { return groups.rows; }
  std::size_t member_count() const { return members.rows; }
  double market_value(std::string_view name, double neutral) const;
};

struct LoadOptions {
  std::size_t memory_limit_bytes = 0;  ///< refuse a book that needs more; 0: half of the memory
};

/// Reads and checks a book. Parsing happens in a helper process, so that a hostile or broken file
/// cannot take the caller down.
///
/// throws  Error{missing_input} when it cannot be opened, Error{bad_data} with every problem found
Portfolio load_portfolio(const std::string& path, const LoadOptions& options = {});

/// A book as far as it could be read, with everything found wrong: for tools that go on looking after
/// the first errors. Columns that could not be read are absent.
struct Inspection {
  Portfolio portfolio;
  std::vector<Problem> problems;  ///< errors and warnings

  bool usable() const;  ///< no errors: load_portfolio would return this portfolio
};

/// throws  Error{missing_input} when the file cannot be opened
Inspection inspect_portfolio(const std::string& path, const LoadOptions& options = {});

/// Every problem of a book, errors and warnings, without throwing for bad content.
std::vector<Problem> validate_portfolio(const std::string& path, const LoadOptions& options = {});

/// Writes the digest of the logical content into the book, atomically. Returns the digest.
///
/// throws  as load_portfolio; Error{bad_data} too where the book holds a dataset that the format does
///         not have, because no seal would cover it; Error{cannot_create} and Error{io}
std::string seal_portfolio(const std::string& path);

}  // namespace corridor
