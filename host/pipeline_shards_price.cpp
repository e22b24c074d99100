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

  const Portfolio& portfolio() const override { return run_.portfolio(); }
  const Plan& plan() const override { return run_.plan(); }
  Backend& backend() override { return run_.backend(); }
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
  const PriceStudy study(book, options, basis);
  RunManifest manifest = manifest_of("price", study, book, cut);
  const std::vector<double> costs_s = group_costs_s(study.plan(), study.portfolio().group_count());
  const double cost_s = std::accumulate(costs_s.begin(), costs_s.end(), 0.0);
  manifest.group_bounds = even_bounds(costs_s, cut.units > 0 ? cut.units : usual_units(cost_s));
  manifest.year_bounds = {0, options.years};
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
  pipeline::require_room(options, pipeline::quotes_bytes(study.plan()));
  const RunFacts facts = merged(folder, manifest, [&](std::span<const std::byte> payload) {
    study.run().take(decoded_groups(payload));
  });
  Quotes quotes = study.run().finish(facts.device);
  quotes.run.units = facts.units;
  quotes.run.bad_units = facts.bad_units;
  quotes.run.self_checked_units = facts.self_checked_units;
  quotes.run.arguments = facts.arguments;
  return quotes;
}

}  // namespace corridor
