// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace corridor::python {

// What each file adds to the module.
void declare_books(nanobind::module_& module);
void declare_info(nanobind::module_& module);
void declare_options(nanobind::module_& module);
void declare_results(nanobind::module_& module);
void declare_runs(nanobind::module_& module);

}  // namespace corridor::python
