// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "corridor/employer.hpp"

namespace corridor {

inline constexpr const char* employer_schema = "corridor.employer";
inline constexpr int employer_schema_major = 1, employer_schema_minor = 0;

/// One table of a study, as data/employer.md lists them. Files of every kind are made of these.
struct EmployerTable {
  std::string name;  ///< "options"
  std::size_t rows = 0;
  std::vector<QuoteColumn> columns;
};

/// The options first. A table without rows, because nothing of it was asked for, is left out.
std::vector<EmployerTable> employer_tables(const EmployerStudy& study);

/// Aligned columns for people.
std::string employer_text(const EmployerStudy& study, const ReportOptions& options);

}  // namespace corridor
