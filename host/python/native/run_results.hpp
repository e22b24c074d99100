// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nanobind/nanobind.h>

#include <string>
#include <variant>

#include "corridor/employer.hpp"
#include "corridor/quotes.hpp"
#include "corridor/result_file.hpp"
#include "host/python/native/parts.hpp"

namespace corridor::python {

/// What a run of the library left, kept for its writers.
class RunResults {
 public:
  template <class Results>
  explicit RunResults(Results results) : results_(std::move(results)) {}

  std::string schema() const;

  /// Says how the run was asked for and of what: the caller's words, and a book's name instead of
  /// the path of a temporary file; empty: the path that was read.
  void set_origin(const std::string& command_line, const std::string& input);

  FactsList tables() const;  ///< as as_table() has them; empty for an employer's study
  Facts losses() const;
  Facts gate() const;
  FactsList warnings() const;
  Facts run() const;
  std::string explanation() const;  ///< JSON; "" where none was asked for

  /// The results as the bytes of a file: "hdf5", "csv" (of one table), "json", "text".
  std::string render(const std::string& format, const std::string& table) const;

  /// throws  Error{usage} for an unknown ending, Error{cannot_create}, Error{io}
  void write(const std::string& path, const std::string& table, bool replace) const;

 private:
  const RunFacts& facts() const;

  std::variant<Quotes, ResultFile, EmployerStudy> results_;
};

}  // namespace corridor::python
