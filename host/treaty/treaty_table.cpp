// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/treaty/treaty_table.hpp"

#include "host/treaty/read_treaties.hpp"
#include "host/treaty/result_columns.hpp"

namespace corridor {
namespace {

void add_keys(const Programme& programme, ResultColumns& table) {
  const auto treaty = [&](std::size_t row) -> const Treaty& { return programme.treaties[row]; };
  table.add("treaty", "text", "name", [&](std::size_t row) { return treaty(row).name; });
  table.add("kind", "text", "quota share, person excess, book aggregate or captive",
            [&](std::size_t row) { return kind_name(treaty(row).kind); });
  table.add("row", "count", "row of /treaties",
            [&](std::size_t row) { return std::uint64_t{treaty(row).row}; });
  table.add("order", "count", "treaties of a lower order act first",
            [&](std::size_t row) { return std::uint64_t{treaty(row).order}; });
  table.add("captive", "count", "captive whose groups it covers; 0: every group",
            [&](std::size_t row) { return std::uint64_t{treaty(row).captive}; });
}

/// Columns of figures.
class FigureColumns {
 public:
  FigureColumns(ResultColumns& table, std::span<const TreatyFigures> figures)
      : table_(table), figures_(figures) {}

  template <class Value>
  void usd(std::string name, std::string description, Value value) {
    add(std::move(name), "USD", std::move(description), value);
  }
  template <class Value>
  void ratio(std::string name, std::string description, Value value) {
    add(std::move(name), "1", std::move(description), value);
  }
  template <class Value>
  void count(std::string name, std::string description, Value value) {
    add(std::move(name), "count", std::move(description), value);
  }

 private:
  template <class Value>
  void add(std::string name, std::string units, std::string description, Value value) {
    table_.add(std::move(name), std::move(units), std::move(description),
               [&](std::size_t row) { return value(figures_[row]); });
  }

  ResultColumns& table_;
  std::span<const TreatyFigures> figures_;
};

using Of = const TreatyFigures&;

void add_cession(FigureColumns& add) {
  add.count("years", "policy years simulated", [](Of f) { return f.years; });
  add.usd("ceded_mean_usd", "expected cession", [](Of f) { return f.ceded_mean_usd; });
  add.usd("ceded_se_usd", "standard error of the mean", [](Of f) { return f.ceded_se_usd; });
  add.usd("ceded_sd_usd", "standard deviation of a year", [](Of f) { return f.ceded_sd_usd; });
  add.count("ceded_hits", "simulated years with a cession", [](Of f) { return f.hits; });
  add.ratio("ceded_probability", "share of years with a cession",
            [](Of f) { return f.probability(); });
}

void add_premium(FigureColumns& add) {
  add.usd("subject_premium_usd", "what quota shares of lower order leave of the book's premium",
          [](Of f) { return f.subject_premium_usd; });
  add.ratio("burning_cost", "expected cession over the subject premium",
            [](Of f) { return f.ceded_mean_usd / f.subject_premium_usd; });
  add.usd("line_usd",
          "the treaty's share of its limit a year, or a person without one; NaN: no limit, quota "
          "share",
          [](Of f) { return f.line_usd; });
  add.ratio("loss_on_line", "expected cession over the line",
            [](Of f) { return f.ceded_mean_usd / f.line_usd; });
  add.usd("premium_usd", "ceded premium: agreed, a quota share's share, or the first principle's",
          [](Of f) { return f.premium_usd; });
  add.ratio("rate_on_line", "ceded premium over the line",
            [](Of f) { return f.premium_usd / f.line_usd; });
  add.usd("commission_usd", "part of the ceded premium that comes back",
          [](Of f) { return f.commission_usd; });
  add.usd("reinsurer_result_usd", "expected: premium less commission less cession",
          [](Of f) { return f.result_usd(); });
}

}  // namespace

ResultTable treaty_table(const Programme& programme, std::span<const TreatyFigures> figures,
                         std::span<const std::string> principles) {
  ResultColumns table("treaties", "what each treaty takes and costs, a year", figures.size());
  add_keys(programme, table);
  FigureColumns add(table, figures);
  add_cession(add);
  add_premium(add);
  for (std::size_t p = 0; p < principles.size(); ++p) {
    add.usd("premium_" + principles[p] + "_usd", "premium of the cession by this principle",
            [p](Of f) { return f.premiums_usd.at(p); });
  }
  return table.take();
}

}  // namespace corridor
