// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "host/distribution/law_kind.hpp"
#include "host/distribution/piecewise_law.hpp"

namespace corridor {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double sum_tolerance = 1e-9;
constexpr double mean_slack = 1e-6;  // published means are rounded

constexpr AttributeRule options[] = {{"tail_from_usd", above_zero, true},
                                     {"tail_alpha", above_zero, true}};
constexpr ColumnRule columns[] = {
    {.name = "upper_usd", .infinite = true},
    {.name = "probability", .range = {.low = 0, .high = 1}},
    {.name = "mean_usd", .blank = true},
};

struct Buckets {
  const std::vector<double>&upper, &probability, &mean, &tail_from, &tail_alpha;

  explicit Buckets(const DistributionSpec& spec)
      : upper(column_of(spec, "upper_usd")),
        probability(column_of(spec, "probability")),
        mean(column_of(spec, "mean_usd")),
        tail_from(attribute_of(spec, "tail_from_usd")),
        tail_alpha(attribute_of(spec, "tail_alpha")) {}

  std::size_t count() const { return upper.size(); }
  double lower(std::size_t i) const { return i == 0 ? 0 : upper[i - 1]; }
  double tail_start() const { return tail_from.empty() ? infinite : tail_from.front(); }
};

void check_sum(const Buckets& buckets, LawProblems& problems) {
  const double sum = std::accumulate(buckets.probability.begin(), buckets.probability.end(), 0.0);
  if (std::fabs(sum - 1) <= sum_tolerance) return;
  problems.column("probability", {"E_SUM", shown(sum),
                                  "the probabilities add up to " + shown(sum) +
                                      ", not to 1 (within 1e-9 they would be rescaled)",
                                  "Give the share of people in every bucket, the last included"});
}

void check_uppers(const Buckets& buckets, LawProblems& problems) {
  if (buckets.upper.front() != 0) {
    problems.row("upper_usd", 0,
                 {"E_ZERO_BUCKET", shown(buckets.upper.front()),
                  "the first bucket holds the people without claims and ends at 0",
                  "Put a bucket with upper_usd 0 first, its probability 0 if all have claims"});
  }
  for (std::size_t i = 1; i < buckets.count(); ++i) {
    if (buckets.upper[i] > buckets.upper[i - 1]) continue;
    problems.row("upper_usd", i,
                 {"E_ORDER", shown(buckets.upper[i]),
                  "the bucket ends at or below the one before, at " + shown(buckets.upper[i - 1]),
                  "Sort the buckets and give each amount once"});
  }
  const std::size_t last = buckets.count() - 1;
  if (std::isinf(buckets.upper[last]) && buckets.probability[last] > 0 &&
      buckets.tail_start() > buckets.lower(last)) {
    problems.row("upper_usd", last,
                 {"E_UNLIMITED_BUCKET", "inf",
                  "the last bucket has people in it and no end, and no tail replaces it",
                  "Give it an end, or tail_from_usd at or below " + shown(buckets.lower(last)) +
                      " with tail_alpha"});
  }
}

void check_mean(const Buckets& buckets, std::size_t i, LawProblems& problems) {
  const double mean = buckets.mean[i], low = buckets.lower(i), high = buckets.upper[i];
  if (std::isnan(mean)) {
    problems.row("mean_usd", i,
                 {"E_BLANK_MEAN", "nan",
                  "the bucket has people in it but no mean (a blank is for buckets "
                  "with probability 0)",
                  "Give the average claims of the people in the bucket"});
  } else if (mean < low * (1 - mean_slack) || mean > high * (1 + mean_slack)) {
    problems.row("mean_usd", i,
                 {"E_BUCKET_MEAN", shown(mean),
                  "the mean lies outside its bucket, " + shown(low) + " to " + shown(high),
                  "Check the row: are all three columns of the same bucket?"});
  }
}

bool tail_arrays_match(const Buckets& buckets, LawProblems& problems) {
  if (buckets.tail_from.size() == buckets.tail_alpha.size()) return true;
  problems.attribute("tail_alpha",
                     {"E_LENGTH", std::to_string(buckets.tail_alpha.size()),
                      "tail_from_usd has " + std::to_string(buckets.tail_from.size()) +
                          " values and tail_alpha " + std::to_string(buckets.tail_alpha.size()),
                      "Give one index for each start"});
  return false;
}

/// P(X > upper end of the bucket before) for every bucket, and 0; rescaled to begin at 1.
std::vector<double> survival_above(const Buckets& buckets) {
  std::vector<double> above(buckets.count() + 1);  // summed from the top: small ones first
  for (std::size_t i = buckets.count(); i-- > 0;) above[i] = above[i + 1] + buckets.probability[i];
  const double sum = above.front();
  for (double& value : above) value /= sum;
  return above;
}

/// P(X > amount) as the buckets alone have it, at an amount inside their finite range.
double survival_at(const Buckets& buckets, double amount) {
  const auto beyond = std::upper_bound(buckets.upper.begin(), buckets.upper.end(), amount);
  if (beyond == buckets.upper.end()) return 0;
  const auto i = static_cast<std::size_t>(beyond - buckets.upper.begin());
  const std::vector<double> above = survival_above(buckets);
  if (amount == buckets.lower(i)) return above[i];
  std::vector<Piece> pieces;
  append_gap(pieces, 0, buckets.lower(i), above[i]);
  append_bucket(pieces, {buckets.lower(i), buckets.upper[i], above[i], above[i + 1], 0},
                buckets.probability[i] > 0 ? buckets.mean[i] : amount);
  return PiecewiseLaw(std::move(pieces)).survival(amount);
}

void check_tail(const Buckets& buckets, LawProblems& problems) {
  if (!tail_arrays_match(buckets, problems) || buckets.tail_from.empty()) return;
  for (std::size_t i = 1; i < buckets.tail_from.size(); ++i) {
    if (buckets.tail_from[i] > buckets.tail_from[i - 1]) continue;
    problems.attribute("tail_from_usd", {"E_ORDER", shown(buckets.tail_from[i]),
                                         "the starts of the tail's pieces do not ascend",
                                         "Sort them and give each amount once"});
  }
  if (buckets.tail_alpha.back() <= 1) {
    problems.attribute("tail_alpha",
                       {"E_INFINITE_MEAN", shown(buckets.tail_alpha.back()),
                        "the last index is not above 1, so the mean is infinite and every price "
                        "would be the cap's doing",
                        "Give the last piece an index above 1; 1.8 to 2.5 is usual"});
  }
  const std::size_t last = buckets.count() - 1;
  const double end = std::isinf(buckets.upper[last]) ? buckets.lower(last) : buckets.upper[last];
  if (buckets.tail_start() > end || survival_at(buckets, buckets.tail_start()) <= 0) {
    problems.attribute("tail_from_usd", {"E_NO_TAIL", shown(buckets.tail_start()),
                                         "no claims are above the start of the tail, so the tail "
                                         "would be empty",
                                         "Start it inside the buckets that have people in them"});
  }
}

void check(const DistributionSpec& spec, LawProblems& problems) {
  const Buckets buckets(spec);
  check_sum(buckets, problems);
  check_uppers(buckets, problems);
  for (std::size_t i = 0; i < buckets.count(); ++i) {
    if (buckets.probability[i] > 0) check_mean(buckets, i, problems);
  }
  if (!problems.has_errors()) check_tail(buckets, problems);
}

/// Pieces of the buckets that begin below `end`.
std::vector<Piece> bucket_pieces(const Buckets& buckets, double end) {
  const std::vector<double> above = survival_above(buckets);
  std::vector<Piece> pieces;
  for (std::size_t i = 1; i < buckets.count() && buckets.lower(i) < end; ++i) {
    const Piece bucket{buckets.lower(i), buckets.upper[i], above[i], above[i + 1], 0};
    if (buckets.probability[i] > 0) {
      append_bucket(pieces, bucket, buckets.mean[i]);
    } else if (!std::isinf(bucket.to_usd)) {
      append_gap(pieces, bucket.from_usd, bucket.to_usd, bucket.survival_to);
    }
  }
  return pieces;
}

void cut_at(std::vector<Piece>& pieces, double end) {
  while (pieces.back().from_usd >= end) pieces.pop_back();
  Piece& last = pieces.back();
  const double share = (end - last.from_usd) / (last.to_usd - last.from_usd);
  last.survival_to = std::lerp(last.survival_from, last.survival_to, share);
  last.to_usd = end;
}

std::unique_ptr<ClaimLaw> make(const DistributionSpec& spec, const std::vector<DistributionSpec>&) {
  const Buckets buckets(spec);
  std::vector<Piece> pieces = bucket_pieces(buckets, buckets.tail_start());
  if (buckets.tail_from.empty()) return std::make_unique<PiecewiseLaw>(std::move(pieces));
  cut_at(pieces, buckets.tail_start());
  double survival = survival_at(buckets, buckets.tail_start());
  for (std::size_t i = 0; i < buckets.tail_from.size(); ++i) {
    const bool last = i + 1 == buckets.tail_from.size();
    append_pareto(pieces, buckets.tail_from[i], last ? infinite : buckets.tail_from[i + 1],
                  survival, buckets.tail_alpha[i]);
    survival = pieces.back().survival_to;
  }
  return std::make_unique<PiecewiseLaw>(std::move(pieces));
}

}  // namespace

extern const LawKind continuance_kind;
constinit const LawKind continuance_kind{.name = "continuance",
                                         .parameters = {},
                                         .optional = options,
                                         .columns = columns,
                                         .parts = {},
                                         .check = check,
                                         .make = make};

}  // namespace corridor
