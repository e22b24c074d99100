// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/python/native/errors.hpp"

#include <nanobind/stl/string.h>

namespace nb = nanobind;

namespace corridor::python {
namespace {

nb::dict as_dict(const Problem& problem) {
  nb::dict facts;
  facts["severity"] = problem.severity == Problem::Severity::error ? "error" : "warning";
  facts["code"] = problem.code;
  facts["file"] = problem.file;
  facts["dataset"] = problem.dataset;
  facts["row"] = problem.row ? nb::object(nb::int_(*problem.row)) : nb::none();
  facts["group"] = problem.group;
  facts["value"] = problem.value;
  facts["message"] = problem.message;
  facts["fix"] = problem.fix;
  return facts;
}

void raise(const Error& error) {
  const nb::object exception = nb::module_::import_("corridor.errors")
                                   .attr("from_native")(error.exit_code(), error.what(),
                                                        as_list(error.problems()));
  PyErr_SetObject(exception.type().ptr(), exception.ptr());
}

}  // namespace

nb::list as_list(const std::vector<Problem>& problems) {
  nb::list result;
  for (const Problem& problem : problems) result.append(as_dict(problem));
  return result;
}

void translate_errors() {
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const Error& error) {
      raise(error);
    }
  });
}

}  // namespace corridor::python
