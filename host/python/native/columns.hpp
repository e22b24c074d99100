// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <vector>

#include "corridor/result_file.hpp"

namespace corridor::python {

/// A table as {"name", "description", "columns": [{"name", "units", "description", "values"}]}:
/// values are a numpy array that owns its memory, or a list of str.
nanobind::dict as_table(const std::string& name, const std::string& description,
                        const std::vector<QuoteColumn>& columns);

/// Yearly amounts in the same form.
nanobind::dict as_table(const std::vector<YearSeries>& losses);

}  // namespace corridor::python
