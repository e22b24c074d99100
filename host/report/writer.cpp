// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <filesystem>
#include <functional>
#include <span>

#include "corridor/error.hpp"
#include "host/h5/atomic_write.hpp"
#include "host/report/writers.hpp"

namespace corridor {
namespace {

struct Writer {
  const char* name;
  const char* extension;
  void (*stream)(const Quotes& quotes, const ReportOptions& options, const ReportSink& sink);
};

/// THE list of formats.
constexpr std::array writers{Writer{"hdf5", ".h5", stream_hdf5}, Writer{"csv", ".csv", stream_csv},
                             Writer{"json", ".json", stream_json},
                             Writer{"text", ".txt", stream_table}};

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
  std::string bytes;
  stream_report(
      quotes, format, [&](std::string_view piece) { bytes += piece; }, options);
  return bytes;
}

void stream_report(const Quotes& quotes, std::string_view format, const ReportSink& sink,
                   const ReportOptions& options) {
  writer_named(format).stream(quotes, options, sink);
}

void check_report_path(const std::string& path, const ReportOptions& options) {
  writer_for(path);
  h5::check_output(path, options.replace ? h5::Overwrite::replace : h5::Overwrite::refuse);
}

void write_report(const Quotes& quotes, const std::string& path, const ReportOptions& options) {
  const Writer& writer = writer_for(path);
  const auto overwrite = options.replace ? h5::Overwrite::replace : h5::Overwrite::refuse;
  const auto build = [&](const std::string& name) { return build_hdf5(quotes, name); };
  const bool on_disk = quotes.stored && writer.stream == stream_hdf5;
  if (on_disk && h5::build_atomically(path, build, overwrite)) return;
  h5::write_pieces_atomically(
      path, [&](const h5::Sink& sink) { writer.stream(quotes, options, sink); }, overwrite);
}

}  // namespace corridor
