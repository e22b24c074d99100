// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "host/pipeline_memory.hpp"
#include "host/pipeline_pricing.hpp"
#include "host/pipeline_shards.hpp"
#include "host/pipeline_shards_codec.hpp"

namespace corridor {
namespace {

/// A pricing in units of groups.
class PriceStudy : public UnitStudy {
 public:
  PriceStudy(const std::string& book, const RunOptions& options, const PricingBasis& basis)
      : run_(book, options, basis) {}

  const Portfolio& book() const override { return run_.book().head(); }
  const RunOptions& options() const override { return run_.book().options(); }
  const BookTables& tables() const override { return run_.book().tables(); }
  Backend& backend() override { return run_.backend(); }
  std::string figures_digest(GroupRange groups) override {
    std::vector<std::string> digests;
    for (const GroupRange part : run_.book().cut(groups)) {
      const BookSlice& slice = run_.slice_of(part);
      append_figures(slice.plan, slice.local(part), digests);
    }
    return joint_digest(digests);
  }
  shards::Bytes unit(const shards::UnitRange& range, Backend& backend) override {
    return encoded(run_.results_of({range.first_group, range.last_group}, backend));
  }
  PricingRun& run() { return run_; }

 private:
  PricingRun run_;
};

/// How many years a group gets for a target goes by memory, and machines have different ones.
void require_memory_limit(const RunOptions& options) {
  if (!(options.target_se > 0) || options.memory_limit_bytes != 0) return;
  throw Error(ErrorKind::usage,
              "--target-se in a run of several machines needs --memory-limit too: it decides how "
              "many years a group may have, and machines differ. Give --memory-limit SIZE");
}

}  // namespace

RunState plan_price(const std::string& folder, const std::string& book, const RunOptions& options,
                    const PricingBasis& basis, const CutOptions& cut) {
  require_memory_limit(options);
  PriceStudy study(book, options, basis);
  std::vector<double> costs_s;
  std::vector<std::string> figures;
  study.run().check_all([&](const BookSlice& slice) {
    const std::vector<double> more = group_costs_s(slice.plan, slice.groups.count());
    costs_s.insert(costs_s.end(), more.begin(), more.end());
    append_figures(slice.plan, slice.local(slice.groups), figures);
  });
  const double cost_s = std::accumulate(costs_s.begin(), costs_s.end(), 0.0);
  RunManifest manifest = manifest_of("price", study, book, cut);
  manifest.group_bounds = even_bounds(costs_s, cut.units > 0 ? cut.units : usual_units(cost_s));
  manifest.year_bounds = {0, options.years};
  manifest.figures_digests = digests_of_units(manifest.group_bounds, figures);
  return placed(folder, manifest, cut.restart);
}

WorkReport work_on_price(const std::string& folder, const RunOptions& options,
                         const PricingBasis& basis, const WorkOptions& work) {
  const RunManifest manifest = read_run(folder);
  IdleWatch idle;
  PriceStudy study(book_of(manifest, work.book), unit_options(options, idle), basis);
  return worked(folder, manifest, study, idle, work);
}

Quotes merge_price(const std::string& folder, const RunOptions& options,
                   const PricingBasis& basis, const std::string& book) {
  const RunManifest manifest = read_run(folder);
  PriceStudy study(book_of(manifest, book), options, basis);
  require_planned(folder, manifest, study);
  study.run().require_room();
  const auto take = [&](std::uint32_t unit, std::span<const std::byte> payload) {
    require_figures(folder, manifest, unit, study);
    study.run().take(decoded_groups(payload));
  };
  const RunFacts facts = merged(folder, manifest, take);
  Quotes quotes = study.run().finish(facts.device);
  quotes.run.units = facts.units;
  quotes.run.bad_units = facts.bad_units;
  quotes.run.self_checked_units = facts.self_checked_units;
  quotes.run.arguments = facts.arguments;
  return quotes;
}

}  // namespace corridor
