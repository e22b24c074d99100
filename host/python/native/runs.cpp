// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "corridor/corridor.hpp"
#include "corridor/layers.hpp"
#include "corridor/maturity.hpp"
#include "corridor/replay.hpp"
#include "corridor/scenario.hpp"
#include "corridor/tail.hpp"
#include "host/python/native/parts.hpp"
#include "host/python/native/run_results.hpp"
#include "host/python/native/watch.hpp"

namespace nb = nanobind;

namespace corridor::python {
namespace {

RunResults price(const std::string& path, const RunOptions& options, const PricingBasis& basis,
                 nb::object on_progress, nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  const RunOptions watched = watch.watched(options);
  return RunResults(watch.run([&] { return price_book(path, watched, basis); }));
}

RunResults tail(const std::string& path, TailOptions options, nb::object on_progress,
                nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  options.run = watch.watched(options.run);
  return RunResults(watch.run([&] { return tail_book(path, options); }));
}

RunResults scenario(const std::string& path, const Stress& stress, TailOptions options,
                    nb::object on_progress, nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  options.run = watch.watched(options.run);
  return RunResults(watch.run([&] { return stress_book(path, stress, options); }));
}

RunResults layers(const std::string& path, LayersOptions options, nb::object on_progress,
                  nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  options.run = watch.watched(options.run);
  return RunResults(watch.run([&] { return rare_layers(path, options); }));
}

RunResults replay(const std::string& path, ReplayOptions options, nb::object on_progress,
                  nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  options.run = watch.watched(options.run);
  return RunResults(watch.run([&] { return replay_year(path, options); }));
}

RunResults maturity(const std::string& path, const RunOptions& options, nb::object on_progress,
                    nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  const RunOptions watched = watch.watched(options);
  return RunResults(watch.run([&] { return maturity_results(maturity_table(path, watched)); }));
}

RunResults employer(const std::string& path, const std::string& group,
                    const Arrangement& arrangement, const RunOptions& options,
                    const PricingBasis& basis, nb::object on_progress, nb::object on_message) {
  Watch watch(std::move(on_progress), std::move(on_message));
  const RunOptions watched = watch.watched(options);
  return RunResults(
      watch.run([&] { return study_employer(path, group, arrangement, watched, basis); }));
}

void set_layers(LayersOptions& options, const std::vector<std::pair<double, double>>& layers) {
  options.layers.clear();
  for (const auto& [attachment_usd, limit_usd] : layers) {
    options.layers.push_back({attachment_usd, limit_usd});
  }
}

void declare_study_options(nb::module_& module) {
  nb::class_<TailOptions>(module, "TailOptions")
      .def(nb::init<>())
      .def_rw("run", &TailOptions::run)
      .def_rw("basis", &TailOptions::basis)
      .def_rw("treaties", &TailOptions::treaties)
      .def_rw("return_periods_years", &TailOptions::return_periods_years)
      .def_rw("contribution_metric", &TailOptions::contribution_metric)
      .def_rw("largest_members", &TailOptions::largest_members)
      .def_rw("marginal_groups", &TailOptions::marginal_groups);
  nb::class_<LayersOptions>(module, "LayersOptions")
      .def(nb::init<>())
      .def_rw("run", &LayersOptions::run)
      .def_rw("basis", &LayersOptions::basis)
      .def_rw("groups", &LayersOptions::groups)
      .def("set_layers", set_layers, nb::arg("layers"));
  nb::class_<ReplayOptions>(module, "ReplayOptions")
      .def(nb::init<>())
      .def_rw("run", &ReplayOptions::run)
      .def_rw("group", &ReplayOptions::group)
      .def_rw("year", &ReplayOptions::year)
      .def_rw("floor_usd", &ReplayOptions::floor_usd);
}

}  // namespace

void declare_runs(nb::module_& module) {
  declare_study_options(module);
  const auto progress = nb::arg("on_progress").none();
  const auto message = nb::arg("on_message").none();
  module.def("price", price, nb::arg("path"), nb::arg("options"), nb::arg("basis"), progress,
             message);
  module.def("tail", tail, nb::arg("path"), nb::arg("options"), progress, message);
  module.def("scenario", scenario, nb::arg("path"), nb::arg("stress"), nb::arg("options"), progress,
             message);
  module.def("layers", layers, nb::arg("path"), nb::arg("options"), progress, message);
  module.def("replay", replay, nb::arg("path"), nb::arg("options"), progress, message);
  module.def("maturity", maturity, nb::arg("path"), nb::arg("options"), progress, message);
  module.def("employer", employer, nb::arg("path"), nb::arg("group"), nb::arg("arrangement"),
             nb::arg("options"), nb::arg("basis"), progress, message);
}

}  // namespace corridor::python
