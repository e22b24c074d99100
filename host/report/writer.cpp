// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <filesystem>
#include <span>

#include "corridor/error.hpp"
#include "host/h5/atomic_write.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

struct Writer {
  const char* name;
  const char* extension;
  std::string (*render)(const Quotes& quotes, const ReportOptions& options);
};

/// THE list of formats.
constexpr std::array writers{Writer{"hdf5", ".h5", hdf5_bytes}, Writer{"csv", ".csv", csv_text},
                             Writer{"json", ".json", json_text},
                             Writer{"text", ".txt", table_text}};

std::string known(const char* Writer::*what) {
  std::string list;
  for (const Writer& writer : writers)
    list += (list.empty() ? "" : ", ") + std::string(writer.*what);
  return list;
}

const Writer& writer_named(std::string_view name) {
  for (const Writer& writer : writers) {
    if (name == writer.name) return writer;
  }
  throw Error(ErrorKind::usage,
              "there is no format '" + std::string(name) + "'. Known are " + known(&Writer::name));
}

const Writer& writer_for(const std::string& path) {
  const std::string extension = std::filesystem::path(path).extension().string();
  for (const Writer& writer : writers) {
    if (extension == writer.extension) return writer;
  }
  throw Error(ErrorKind::usage, "the name '" + path +
                                    "' names no known format. Give it one of the endings " +
                                    known(&Writer::extension));
}

}  // namespace

std::vector<ReportFormat> report_formats() {
  std::vector<ReportFormat> formats;
  for (const Writer& writer : writers) formats.push_back({writer.name, writer.extension});
  return formats;
}

std::string render_report(const Quotes& quotes, std::string_view format,
                          const ReportOptions& options) {
  return writer_named(format).render(quotes, options);
}

void check_report_path(const std::string& path, const ReportOptions& options) {
  writer_for(path);
  h5::check_output(path, options.replace ? h5::Overwrite::replace : h5::Overwrite::refuse);
}

void write_report(const Quotes& quotes, const std::string& path, const ReportOptions& options) {
  const std::string bytes = writer_for(path).render(quotes, options);
  h5::write_atomically(path, std::as_bytes(std::span(bytes)),
                       options.replace ? h5::Overwrite::replace : h5::Overwrite::refuse);
}

}  // namespace corridor
