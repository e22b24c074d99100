// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "corridor/error.hpp"
#include "host/h5/apart.hpp"
#include "host/h5/failure.hpp"
#include "host/report/hdf5_parts.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

void fill(h5::ImageFile& file, const Quotes& quotes) {
  write_head(file, quotes_schema, quotes_schema_major, quotes_schema_minor);
  write_rows(file, "/summary", quotes);
  write_gate(file, quotes.gate);
  write_warnings(file, quotes.warnings);
  write_run(file, quotes.run);
}

}  // namespace

void stream_hdf5(const Quotes& quotes, const ReportOptions&, const ReportSink& sink) {
  sink(h5::built([&] {
    h5::ImageFile file;
    fill(file, quotes);
    return file.image();
  }));
}

std::optional<int> build_hdf5(const Quotes& quotes, const std::string& name) {
  const std::optional<std::string> error = h5::built_apart([&]() -> std::string {
    try {
      h5::ImageFile file(name);
      fill(file, quotes);
      file.finish();
    } catch (const h5::SystemFailure& failure) {
      return std::to_string(failure.error());
    } catch (const h5::Orphaned&) {
      unlink(name.c_str());
      throw;
    }
    return "";
  });
  if (!error) return std::nullopt;
  return error->empty() ? 0 : std::stoi(*error);
}

}  // namespace corridor
