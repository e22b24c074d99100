// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/pipeline_shards.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <numeric>

#include "corridor/info.hpp"
#include "host/digest.hpp"
#include "host/pipeline_shards_codec.hpp"
#include "host/shards/files.hpp"
#include "host/simulate/simulate.hpp"

namespace corridor {
namespace {

namespace fs = std::filesystem;

// Measured on one core of a Zen 4 with AVX-512: a draw with 8 deductibles, and a quote's exact laws.
constexpr double core_s_a_member_year = 0.7e-9, core_s_an_exact_quote = 0.01;
// Five minutes of a core: about a minute of a small node or of a device several times as fast.
constexpr double unit_core_s = 300;
constexpr double most_units = 10'000;

[[noreturn]] void refuse(const std::string& folder, const char* code, const std::string& message,
                         const std::string& fix) {
  Problem problem;
  problem.code = code;
  problem.file = (fs::path(folder) / "manifest.json").string();
  problem.message = message;
  problem.fix = fix;
  throw Error(ErrorKind::bad_data, std::vector<Problem>{problem});
}

[[noreturn]] void refuse_bits(const std::string& folder, const std::string& which) {
  refuse(folder, "E_RUN_PROGRAM",
         "this machine's closed forms have other bits than those planned (" + which + ")",
         "Run the program with the same libraries on every machine");
}

/// "3, 4, 17 and 5 more"
std::string listed(const std::vector<std::uint32_t>& units) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, units.size()); ++i) {
    text += (i == 0 ? "" : ", ") + std::to_string(units[i]);
  }
  if (units.size() > most) text += " and " + std::to_string(units.size() - most) + " more";
  return text;
}

std::string digest_of_file(const std::string& path) {
  const auto bytes = shards::bytes_of(path);
  return bytes ? sha256_hex(*bytes) : "";
}

void require_inputs(const std::string& folder, const RunManifest& manifest) {
  for (const RunInput& input : manifest.inputs) {
    const std::string found = digest_of_file(input.path);
    if (found == input.digest) continue;
    refuse(folder, "E_RUN_INPUT",
           input.flag + " " + input.path + " had the digest " + input.digest +
               " when the run was planned, and has " + (found.empty() ? "none: it is gone" : found),
           "Bring that file back, or plan a run with this one in another folder");
  }
}

void require_units(const std::string& folder, const shards::FolderStore& store,
                   std::uint32_t units) {
  std::vector<std::uint32_t> missing;
  for (std::uint32_t unit = 0; unit < units; ++unit) {
    if (!store.read(unit)) missing.push_back(unit);
  }
  if (missing.empty()) return;
  throw Error(ErrorKind::incomplete,
              std::to_string(missing.size()) + " of " + std::to_string(units) +
                  " units are missing or damaged (" + listed(missing) + "). Run corridor work " +
                  folder + " until it says that all is done, then merge again");
}

/// "cpu avx512, 2 threads (10 units); cuda ... (3 units)"
std::string devices_text(const std::map<std::string, std::uint64_t>& units_of) {
  std::string text;
  for (const auto& [device, units] : units_of) {
    text += (text.empty() ? "" : "; ") + device + " (" + std::to_string(units) +
            (units == 1 ? " unit)" : " units)");
  }
  return text;
}

}  // namespace

RunOptions unit_options(RunOptions options, IdleWatch& idle) {
  options.should_stop = [&idle] { return idle.asked(); };
  if (options.on_progress) {
    options.on_progress = [&idle, tell = options.on_progress](Progress progress) {
      progress.phase = idle.label() + ", " + progress.phase;
      tell(progress);
    };
  }
  return options;
}

std::vector<double> group_costs_s(const Plan& plan, std::size_t groups) {
  std::vector<double> costs(groups, 0);
  const RunOptions& options = plan.options;
  for (std::size_t job = 0; job < plan.book->jobs.size(); ++job) {
    if (options.method == Method::exact) continue;
    costs[plan.book->group_of_job[job]] +=
        core_s_a_member_year * static_cast<double>(member_years(plan, job, options.years));
  }
  for (const QuoteKey& key : plan.quotes) {
    if (options.method != Method::simulate) costs[key.group] += core_s_an_exact_quote;
  }
  return costs;
}

std::vector<std::uint32_t> even_bounds(const std::vector<double>& costs, std::uint32_t parts) {
  const auto count = static_cast<std::uint32_t>(costs.size());
  parts = std::clamp(parts, 1u, std::max(count, 1u));
  const double total = std::accumulate(costs.begin(), costs.end(), 0.0);
  std::vector<std::uint32_t> bounds{0};
  double before = 0;
  std::uint32_t at = 0;
  for (std::uint32_t part = 1; part < parts; ++part) {
    while (at < count && before < total * part / parts) before += costs[at++];
    bounds.push_back(std::clamp(at, bounds.back() + 1, count - (parts - part)));
  }
  bounds.push_back(count);
  return bounds;
}

std::uint32_t usual_units(double cost_s) {
  return static_cast<std::uint32_t>(std::clamp(cost_s / unit_core_s + 0.5, 1.0, most_units));
}

std::vector<std::string> digests_of_units(const std::vector<std::uint32_t>& group_bounds,
                                          const std::vector<std::string>& groups) {
  std::vector<std::string> units;
  for (std::size_t i = 0; i + 1 < group_bounds.size(); ++i) {
    units.push_back(joint_digest(std::span(groups).subspan(
        group_bounds[i], group_bounds[i + 1] - group_bounds[i])));
  }
  return units;
}

RunManifest manifest_of(const std::string& command, const UnitStudy& study,
                        const std::string& book, const CutOptions& cut) {
  RunManifest run;
  run.command = command;
  run.arguments = cut.arguments;
  run.book_path = fs::absolute(book).lexically_normal().string();
  run.book_given = book;
  run.book_digest = study.book().digest;
  run.inputs = cut.inputs;
  for (RunInput& input : run.inputs) input.digest = digest_of_file(input.path);
  run.seed = study.options().seed;
  run.years = study.options().years;
  run.version = build_facts().version;
  run.git_revision = build_facts().git_revision;
  run.table_digest = study.tables().digest;
  return run;
}

RunState placed(const std::string& folder, const RunManifest& manifest, bool restart) {
  shards::place_manifest(folder, manifest, restart);
  shards::FolderStore store(folder, manifest.digest());
  return state_of(store, manifest);
}

RunState state_of(shards::FolderStore& store, const RunManifest& manifest) {
  RunState state{manifest.units(), 0, store.bad_files()};
  for (std::uint32_t unit = 0; unit < state.units; ++unit) {
    state.done += store.is_done(unit, shards::UnitStore::Look::presence) ? 1 : 0;
  }
  return state;
}

void require_planned(const std::string& folder, const RunManifest& manifest,
                     const UnitStudy& study) {
  if (study.book().digest != manifest.book_digest) {
    refuse(folder, "E_RUN_BOOK",
           "the run was planned for a book of the digest " + manifest.book_digest + ", and " +
               study.book().path + " has " + study.book().digest,
           "Bring that book back, or plan a run of this one in another folder");
  }
  require_inputs(folder, manifest);
  const BuildFacts& build = build_facts();
  if (build.version != manifest.version || build.git_revision != manifest.git_revision) {
    refuse(folder, "E_RUN_PROGRAM",
           "the run was planned with corridor " + manifest.version + " (" + manifest.git_revision +
               "), and this is " + build.version + " (" + build.git_revision + ")",
           "Run the same program on every machine");
  }
  if (study.tables().digest == manifest.table_digest) return;
  refuse_bits(folder, "tables " + study.tables().digest + " against " + manifest.table_digest);
}

void require_figures(const std::string& folder, const RunManifest& manifest, std::uint32_t unit,
                     UnitStudy& study) {
  const shards::UnitRange range = shards::range_of(manifest, unit);
  const GroupRange groups{range.first_group, range.last_group};
  if (study.has_checked(groups)) return;
  const std::size_t periods = manifest.year_bounds.size() - 1;
  const std::string& planned = manifest.figures_digests.at(unit / periods);
  const std::string found = study.figures_digest(groups);
  if (found == planned) return study.set_checked(groups);
  refuse_bits(folder, "figures of unit " + std::to_string(unit) + " " + found + " against " + planned);
}

RunFacts merged(const std::string& folder, const RunManifest& manifest,
                const std::function<void(std::uint32_t, std::span<const std::byte>)>& take) {
  const shards::FolderStore store(folder, manifest.digest());
  require_units(folder, store, manifest.units());
  RunFacts facts;
  std::map<std::string, std::uint64_t> units_of;
  for (std::uint32_t unit = 0; unit < manifest.units(); ++unit) {
    const auto record = store.read(unit);
    if (!record) require_units(folder, store, manifest.units());
    take(unit, record->payload);
    ++units_of[record->origin.device];
    facts.self_checked_units += record->origin.self_checked ? 1 : 0;
  }
  facts.units = manifest.units();
  facts.bad_units = store.bad_files();
  facts.device = devices_text(units_of);
  facts.arguments = manifest.arguments;
  return facts;
}

std::string book_of(const RunManifest& manifest, const std::string& given) {
  if (!given.empty()) return given;
  std::error_code ignored;
  return fs::exists(manifest.book_path, ignored) ? manifest.book_path : manifest.book_given;
}

}  // namespace corridor
