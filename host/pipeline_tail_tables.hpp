// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "host/pipeline_book.hpp"
#include "host/risk/tables.hpp"
#include "host/tail/contribution_pass.hpp"

namespace corridor {

/// The yearly amounts of a run of the book, in order of their names' appearance in results:
/// ground_up, retained, specific, aggregate, gross, ceded, net.
class BookMetrics {
 public:
  explicit BookMetrics(const BookRun& run);

  /// As results write them; nothing is left here.
  std::vector<YearSeries> take_series();
  /// Every metric sorted, with closed forms beside them; premiums are not known here.
  struct Sorted {
    std::vector<std::vector<Cents>> ascending;  ///< what `named` borrow
    std::vector<NamedYears> named;
  };
  Sorted sorted() const;

  /// [year] amounts of a metric. Expects the name to exist.
  const std::vector<Cents>& years(std::string_view name) const;

 private:
  struct Metric {
    std::string name, description;
    std::vector<Cents> years;
    double exact_usd, largest_usd;
  };
  std::vector<Metric> metrics_;
};

/// "0.99,0.995", as /run has it.
std::string level_list(std::span<const Level> levels);

/// The book's premium less the premiums of its treaties.
double net_premium_usd(const BookRun& run, const TailOptions& options);

/// Tables metrics, risk, loss_ratio, exceedance.
void add_book_tables(const BookRun& run, const BookMetrics& metrics, const TailOptions& options,
                     ResultFile& file);
/// Tables treaties and captives, where the book has such.
void add_treaty_tables(const BookRun& run, const TailOptions& options, ResultFile& file);
/// What the treaties of persons cover, before shares and annual amounts, beside its closed form, of
/// some groups at a time.
class LayerMeans {
 public:
  explicit LayerMeans(BookRun& run);

  /// The next groups: parts come in the book's order.
  void add(GroupRange part);
  /// Table layers; none without treaties of persons.
  void add_to(ResultFile& file) const;

 private:
  BookRun& run_;
  std::vector<double> exact_usd_;  ///< [layer], of the groups so far
};

/// Who makes the book's tail, from its years drawn once more, some groups at a time. Borrows.
class TailContributions {
 public:
  TailContributions(BookRun& run, const BookMetrics& metrics, const TailOptions& options);
  ~TailContributions();

  /// The next groups: parts come in the book's order.
  void add(GroupRange part);
  /// Table contributions; none where the options ask for none.
  void add_to(ResultFile& file) const;

 private:
  struct OfLevel;

  BookRun& run_;
  const TailOptions& options_;
  std::unique_ptr<const SimulatedBook> book_;
  std::vector<PartKeys> keys_;
  std::vector<std::unique_ptr<OfLevel>> levels_;
};

/// Table marginal: what each of the options' groups adds to the book. Expects the book to hold them.
void add_marginal_groups(BookRun& run, const BookMetrics& metrics,
                         const TailOptions& options, ResultFile& file);

}  // namespace corridor
