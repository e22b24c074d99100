// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

namespace corridor::python {

// What functions return, so that the stub says dict[str, Any] and list[dict[str, Any]].
using Facts = nanobind::typed<nanobind::dict, nanobind::str, nanobind::any>;
using FactsList = nanobind::typed<nanobind::list, Facts>;
using Texts = nanobind::typed<nanobind::dict, nanobind::str, nanobind::str>;

// What each file adds to the module.
void declare_books(nanobind::module_& module);
void declare_checks(nanobind::module_& module);
void declare_info(nanobind::module_& module);
void declare_options(nanobind::module_& module);
void declare_results(nanobind::module_& module);
void declare_runs(nanobind::module_& module);

}  // namespace corridor::python
