// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "host/exact/exact_means.hpp"
#include "host/pipeline_tail_tables.hpp"
#include "host/risk/risk.hpp"
#include "host/risk/table_builder.hpp"
#include "host/risk/year_statistics.hpp"
#include "host/tail/layer_book.hpp"

namespace corridor {
namespace {

struct LayerRow {
  const Treaty& treaty;
  YearStatistics years;
  double exact_usd;

  double z() const {
    return years.se_usd > 0 ? (years.mean_usd - exact_usd) / years.se_usd
                            : std::numeric_limits<double>::quiet_NaN();
  }
};

ResultTable layer_table(std::span<const LayerRow> rows) {
  using Row = const LayerRow&;
  TableBuilder<LayerRow> table(
      "layers", "What treaties of persons cover, before shares and annual amounts", rows);
  table.text("treaty", "name", [](Row r) { return r.treaty.name; });
  table.usd("attachment_usd", "of what the specific pays for a person",
            [](Row r) { return r.treaty.attachment_usd; });
  table.usd("limit_usd", "width of the layer", [](Row r) { return r.treaty.limit_usd; });
  table.usd("mean_usd", "mean of a year, all persons", [](Row r) { return r.years.mean_usd; });
  table.usd("se_usd", "its standard error", [](Row r) { return r.years.se_usd; });
  table.usd("exact_usd", "the mean in closed form", [](Row r) { return r.exact_usd; });
  table.number("z", "1", "(mean - exact) / se", [](Row r) { return r.z(); });
  table.usd("sd_usd", "standard deviation of a year", [](Row r) { return r.years.sd_usd; });
  table.count("hits", "years with a loss", [](Row r) { return r.years.hits; });
  return table.take();
}

}  // namespace

LayerMeans::LayerMeans(BookRun& run) : run_(run), exact_usd_(run.layers().size()) {}

void LayerMeans::add(GroupRange part) {
  if (exact_usd_.empty()) return;
  const std::span<const TailGroup> groups = run_.groups(part);
  const std::shared_ptr<Book> book = layer_book(*run_.slice(part).plan.book, groups);
  for (const std::vector<ExactRow>& rows : exact_means(*book).rows) {
    for (std::size_t l = 0; l < exact_usd_.size(); ++l) {
      exact_usd_[l] += rows[l].specific_before_asd_usd;
    }
  }
}

void LayerMeans::add_to(ResultFile& file) const {
  if (exact_usd_.empty()) return;
  std::vector<LayerRow> rows;
  for (const Treaty& treaty : run_.programme().treaties) {
    if (!treaty.of_persons()) continue;
    const std::size_t layer = rows.size();
    rows.push_back({treaty, year_statistics(ascending(run_.years().layers[layer])),
                    exact_usd_[layer]});
  }
  file.tables.push_back(layer_table(rows));
}

}  // namespace corridor
