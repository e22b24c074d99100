// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/price/columns.hpp"

#include "host/price/column_builder.hpp"
#include "host/price/credibility.hpp"
#include "host/price/target_se.hpp"

namespace corridor {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ";") + part;
  return text;
}

void add_keys(ColumnBuilder& add) {
  using Row = const QuoteRow&;
  add.text("group_id", "the book's key of the group", [](Row row) { return row.group->group_id; });
  add.text("state", "situs", [](Row row) { return row.group->state; });
  add.count("members", "members of the group", [](Row row) { return row.group->members; });
  add.usd("specific_deductible_usd",
          "each person's deductible a policy year; inf: no specific cover",
          [](Row row) { return row.key->specific_deductible_usd; });
  add.ratio("aggregate_corridor",
            "attachment over expected retained claims; NaN where stated otherwise",
            [](Row row) { return row.key->has_aggregate ? row.key->aggregate_corridor : nothing; });
  add.usd(
      "aggregate_attachment_usd", "claims above it are the aggregate's; NaN: no aggregate cover",
      [](Row row) { return row.key->has_aggregate ? row.key->aggregate_attachment_usd : nothing; });
  add.usd("expected_claims_usd", "ground-up claims a year, closed form, over all effects",
          [](Row row) { return row.expected_claims_usd; });
  add.usd("expected_retained_usd",
          "claims that count to the aggregate a year, closed form, over all effects",
          [](Row row) { return row.exact->retained_usd; });
  add.count("years", "policy years simulated", [](Row row) { return row.retained.loss->years; });
}

using CellOfRow = Cell QuoteRow::*;

void add_mean(ColumnBuilder& add, const std::string& figure, CellOfRow cell) {
  add.usd(figure + "_mean_usd", figure + ": mean a year",
          [=](const QuoteRow& r) { return (r.*cell).loss->mean_usd; });
  add.usd(figure + "_se_usd", figure + ": standard error of the simulated mean",
          [=](const QuoteRow& r) { return (r.*cell).loss->se_usd; });
}

/// Bounds of a 95% interval, which `bounds_of` says of a row's cell.
template <class BoundsOf>
void add_interval(ColumnBuilder& add, const std::string& name, const std::string& of,
                  CellOfRow cell, BoundsOf bounds_of) {
  add.usd(name + "_low_usd", of + ", lower end of a 95% interval; NaN: none is claimed",
          [=](const QuoteRow& r) { return bounds_of(r.*cell).low_usd; });
  add.usd(name + "_high_usd", of + ", upper end of a 95% interval; NaN: none is claimed",
          [=](const QuoteRow& r) { return bounds_of(r.*cell).high_usd; });
}

void add_exact(ColumnBuilder& add, const std::string& figure, CellOfRow cell) {
  add.usd(figure + "_exact_usd", figure + ": mean in closed form; NaN where there is none",
          [=](const QuoteRow& r) { return (r.*cell).exact_usd; });
}

void add_z(ColumnBuilder& add, const std::string& figure, CellOfRow cell) {
  add.ratio(figure + "_z", figure + ": (simulated mean - exact) / se; NaN without either",
            [=](const QuoteRow& r) { return z_score(*(r.*cell).loss, (r.*cell).exact_usd); });
}

std::string method_name(FigureSource source) {
  switch (source) {
    case FigureSource::simulated:
      return "simulated";
    case FigureSource::exact_mean:
      return "exact_mean";
    case FigureSource::exact:
      return "exact";
  }
  return "";
}

/// How the figures of a cover came about, and what the run says beside exact ones.
void add_method(ColumnBuilder& add, const std::string& cover, CellOfRow cell) {
  add.text(cover + "_method",
           cover + ": exact, exact_mean (spread and tail simulated) or simulated",
           [=](const QuoteRow& r) { return method_name((r.*cell).loss->source); });
  add.usd(cover + "_exact_error_usd",
          cover + ": estimated error of the least certain exact figure; NaN without one",
          [=](const QuoteRow& r) { return (r.*cell).loss->exact_error_usd; });
  add.usd(cover + "_simulated_usd", cover + ": simulated mean a year; NaN without a simulation",
          [=](const QuoteRow& r) { return (r.*cell).loss->simulated_usd; });
}

void add_cover(ColumnBuilder& add, const std::string& cover, CellOfRow cell,
               std::span<const ShownLevel> levels) {
  add_mean(add, cover, cell);
  add.usd(cover + "_sd_usd", cover + ": standard deviation of one year",
          [=](const QuoteRow& r) { return (r.*cell).loss->sd_usd; });
  add_interval(add, cover, cover + ": mean a year", cell,
               [](const Cell& c) { return c.claims.mean ? c.loss->mean_95 : Interval{}; });
  add_exact(add, cover, cell);
  add_z(add, cover, cell);
  add_method(add, cover, cell);
  add.count(cover + "_hits", cover + ": simulated years with a payout",
            [=](const QuoteRow& r) { return (r.*cell).loss->hits; });
  add.ratio(cover + "_probability", cover + ": share of years with a payout",
            [=](const QuoteRow& r) { return (r.*cell).loss->probability; });
  for (const ShownLevel& level : levels) {
    const std::size_t at = level.position;
    add.usd(cover + "_var_" + level.suffix + "_usd", cover + ": value at risk of a year",
            [=](const QuoteRow& r) { return (r.*cell).loss->var_usd.at(at); });
    add.usd(cover + "_tvar_" + level.suffix + "_usd", cover + ": mean of the worst years",
            [=](const QuoteRow& r) { return (r.*cell).loss->tvar_usd.at(at); });
    add_interval(
        add, cover + "_tvar_" + level.suffix, cover + ": mean of the worst years", cell,
        [at](const Cell& c) { return c.claims.tvar.at(at) ? c.loss->tvar_95.at(at) : Interval{}; });
  }
}

void add_premiums(ColumnBuilder& add, std::span<const std::string> principles) {
  for (std::size_t i = 0; i < principles.size(); ++i) {
    const std::string name = "premium_" + principles[i];
    add.usd(name + "_usd", "manual premium of both covers for the policy's months",
            [i](const QuoteRow& row) { return row.premiums.at(i).usd(); });
    add.usd(name + "_pepm_usd", "premium per employee and month; NaN without employees",
            [i](const QuoteRow& row) {
              const double months = row.group->employee_months;
              return months > 0 ? row.premiums.at(i).usd() / months : nothing;
            });
  }
}

}  // namespace

std::vector<QuoteColumn> quote_columns(std::span<const QuoteRow> rows,
                                       std::span<const ShownLevel> levels,
                                       std::span<const std::string> principles, double target_se) {
  ColumnBuilder add(rows);
  add_keys(add);
  add_mean(add, "retained", &QuoteRow::retained);
  add_z(add, "retained", &QuoteRow::retained);
  add_mean(add, "specific_before_asd", &QuoteRow::specific_before_asd);
  add_exact(add, "specific_before_asd", &QuoteRow::specific_before_asd);
  add_z(add, "specific_before_asd", &QuoteRow::specific_before_asd);
  add_cover(add, "specific", &QuoteRow::specific, levels);
  add_cover(add, "aggregate", &QuoteRow::aggregate, levels);
  add_cover(add, "total", &QuoteRow::total, levels);
  add_premiums(add, principles);
  add_quote_columns(add);
  if (target_se > 0) {
    add.ratio("years_for_target", "years after which its simulated means are as sure as asked",
              [=](const QuoteRow& row) { return years_for_target(row, target_se); });
  }
  add.text("flags", "codes of what to know about the row, joined by ;",
           [](const QuoteRow& row) { return joined(row.flags); });
  return add.take();
}

}  // namespace corridor
