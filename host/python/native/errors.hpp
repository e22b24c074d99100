// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <vector>

#include "corridor/error.hpp"

namespace corridor::python {

/// Problems as a list of dicts, keys as the fields of corridor.errors.Problem.
nanobind::list as_list(const std::vector<Problem>& problems);

/// From now on an Error of the library is raised as the exception of its kind in corridor.errors.
void translate_errors();

}  // namespace corridor::python
