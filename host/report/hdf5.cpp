// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/apart.hpp"
#include "host/report/hdf5_parts.hpp"
#include "host/report/writers.hpp"

namespace corridor {

std::string hdf5_bytes(const Quotes& quotes, const ReportOptions&) {
  return h5::built([&] {
    h5::ImageFile file;
    write_head(file, quotes_schema, quotes_schema_major, quotes_schema_minor);
    write_columns(file, "/summary", quotes.columns);
    write_gate(file, quotes.gate);
    write_warnings(file, quotes.warnings);
    write_run(file, quotes.run);
    return file.image();
  });
}

}  // namespace corridor
