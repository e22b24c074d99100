// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "corridor/employer.hpp"
#include "corridor/pricing.hpp"
#include "corridor/rules.hpp"
#include "corridor/run_options.hpp"
#include "corridor/scenario.hpp"
#include "host/python/native/parts.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

void set_method(RunOptions& options, const std::string& name) {
  options.method = name == "exact"      ? Method::exact
                   : name == "simulate" ? Method::simulate
                                        : Method::both;
}

void set_levels(RunOptions& options, const std::vector<std::string>& texts) {
  options.levels.clear();
  for (const std::string& text : texts) options.levels.push_back(parse_level(text));
}

void set_rules(RunOptions& options, const std::string& path) {
  options.rules = std::make_shared<const RuleBook>(load_rules(path));
}

void declare_run_options(nb::module_& module) {
  nb::class_<RunOptions>(module, "RunOptions")
      .def(nb::init<>())
      .def_rw("joint", &RunOptions::joint)
      .def_rw("years", &RunOptions::years)
      .def_rw("target_se", &RunOptions::target_se)
      .def_rw("max_years", &RunOptions::max_years)
      .def_rw("control_variates", &RunOptions::control_variates)
      .def_rw("seed", &RunOptions::seed)
      .def_rw("specific_usd", &RunOptions::specific_usd)
      .def_rw("corridor", &RunOptions::corridor)
      .def_rw("principles", &RunOptions::principles)
      .def_rw("explain_group", &RunOptions::explain_group)
      .def_rw("device", &RunOptions::device)
      .def_rw("instruction_set", &RunOptions::instruction_set)
      .def_rw("threads", &RunOptions::threads)
      .def_rw("memory_limit_bytes", &RunOptions::memory_limit_bytes)
      .def("set_method", set_method, nb::arg("name"))
      .def("set_levels", set_levels, nb::arg("texts"), "Decimals as text: exact.")
      .def("set_rules", set_rules, nb::arg("path"));
}

}  // namespace

void declare_options(nb::module_& module) {
  declare_run_options(module);
  nb::class_<PricingBasis>(module, "PricingBasis")
      .def(nb::init<>())
      .def("apply", apply_load, nb::arg("assignment"), "\"specific.expense=0.08\"");
  module.def("load_pricing", load_pricing, nb::arg("path"));
  module.def("parse_pricing", parse_pricing, nb::arg("text"), nb::arg("name"));
  nb::class_<Stress>(module, "Stress").def_ro("name", &Stress::name);
  module.def("find_stress", find_stress, nb::arg("name_or_path"));
  module.def("parse_stress", parse_stress, nb::arg("text"), nb::arg("name"));
  nb::class_<Arrangement>(module, "Arrangement")
      .def(nb::init<>())
      .def_rw("confidence", &Arrangement::confidence)
      .def_rw("monthly_years", &Arrangement::monthly_years);
  module.def("load_arrangement", load_arrangement, nb::arg("path"));
  module.def("parse_arrangement", parse_arrangement, nb::arg("text"), nb::arg("name"));
}

}  // namespace corridor::python
