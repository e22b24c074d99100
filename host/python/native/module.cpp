// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>

#include "host/python/native/errors.hpp"
#include "host/python/native/parts.hpp"

/// The library for the Python package corridor; its own modules alone use it.
NB_MODULE(_native, module) {
  corridor::python::translate_errors();
  corridor::python::declare_books(module);
  corridor::python::declare_checks(module);
  corridor::python::declare_info(module);
  corridor::python::declare_options(module);
  corridor::python::declare_results(module);
  corridor::python::declare_runs(module);
}
