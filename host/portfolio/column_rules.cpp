// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/column_rules.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/lane/terms/terms.hpp"

namespace corridor {
namespace {

using h5::ValueType;

constexpr double u16_max = 65'535, u32_max = 4'294'967'295.0, u64_max = 1.8446744073709552e19;

Range between(double least, double most) { return {least, most}; }
Range above(double least, double most) { return {least, most, true}; }
Range usd() { return {0, usd_max}; }
Range usd_or_none() { return {0, usd_max, false, true}; }  // infinity: no deductible, no limit
Range with_nan(Range range) {
  range.neutral = NAN;
  return range;
}

ColumnRule f64(std::string name, Range range, std::string description,
               std::vector<std::uint64_t> row_shape = {}) {
  return {std::move(name),
          {ValueType::f64, 0, std::move(row_shape)},
          range,
          Form::number,
          std::move(description)};
}

ColumnRule whole(ValueType type, std::string name, Range range, std::string description,
                 std::vector<std::uint64_t> row_shape = {}) {
  return {std::move(name),
          {type, 0, std::move(row_shape)},
          range,
          Form::number,
          std::move(description)};
}

ColumnRule text(std::string name, std::size_t length, Form form, std::string description) {
  return {std::move(name), {ValueType::text, length, {}}, {}, form, std::move(description)};
}

ColumnRule required(ColumnRule rule) {
  rule.required = true;
  return rule;
}

Range range_of(const FieldSpec& spec) {
  Range range{spec.least, spec.most, false, std::isinf(spec.most), spec.neutral};
  if (range.infinite) range.most = usd_max;
  return range;
}

/// What every term says of its own columns.
struct TermColumns {
  std::vector<ColumnRule>& rules;

  template <class Term>
  void operator()(const AmountField<Term>& field) const {
    rules.push_back(f64(field.spec.column, range_of(field.spec), field.spec.description));
  }
  template <class Term>
  void operator()(const RatioField<Term>& field) const {
    rules.push_back(f64(field.spec.column, range_of(field.spec), field.spec.description));
  }
  template <class Term>
  void operator()(const CodeField<Term>& field) const {
    rules.push_back(
        whole(ValueType::u8, field.spec.column, range_of(field.spec), field.spec.description));
  }
};

std::vector<ColumnRule> identity_columns() {
  return {
      required(text("group_id", 32, Form::key, "random key of the group")),
      required(whole(ValueType::u64, "member_offset", between(0, u64_max),
                     "members of group g are rows offset[g] to offset[g+1]-1")),
      text("state", 2, Form::state, "state of situs"),
      text("zip3", 3, Form::zip3, "first three digits of the postal code"),
      text("effective", 7, Form::month, "policy month"),
      whole(ValueType::u8, "policy_months", between(1, 12), "length of the policy in months"),
      whole(ValueType::u32, "employees", between(0, u32_max), "enrolled employees by tier", {4}),
      whole(ValueType::u32, "employees_monthly", between(0, u32_max),
            "enrolled employees by month and tier", {12, 4}),
      whole(ValueType::u32, "eligible_employees", between(0, u32_max), "employees who may enrol"),
      whole(ValueType::u32, "full_time_employees", between(0, u32_max), "full-time employees"),
      whole(ValueType::u32, "prior_year_employees", between(0, u32_max),
            "average employees of the prior calendar year"),
      f64("effect_cv", with_nan(between(0, 2)), "coefficient of variation of the group effect"),
      f64("effect_frequency_share", between(0, 1), "share of the effect that acts on frequency"),
      whole(ValueType::u16, "region", between(0, u16_max), "key of the regional effect"),
      whole(ValueType::u16, "industry", between(0, u16_max), "key of the industry effect"),
      whole(ValueType::u16, "captive", between(0, u16_max), "captive that the group is in; 0 none"),
  };
}

std::vector<ColumnRule> attachment_columns() {
  return {
      f64("aggregate_corridor", {0, 100, true, true}, "attachment over expected retained claims"),
      f64("aggregate_attachment_usd", with_nan(usd()), "explicit attachment"),
      f64("aggregate_factor_usd", with_nan(usd()), "monthly factors an employee by tier", {4}),
      whole(ValueType::u8, "aggregate_expected_basis", between(0, 1),
            "0 the aggregate's own contract basis, 1 mature"),
      f64("aggregate_minimum_usd", usd(), "smallest attachment as an amount"),
      f64("aggregate_minimum_first_month_pct", between(0, 2),
          "smallest attachment as a fraction of 12 times the first month"),
      f64("aggregate_minimum_quoted_pct", between(0, 2),
          "smallest attachment as a fraction of the quoted one"),
  };
}

std::vector<ColumnRule> basis_columns() {
  const Range months = between(0, 255);
  return {
      f64("specific_family_deductible_usd", usd_or_none(), "deductible of a family"),
      whole(ValueType::u8, "run_in_months", months, "months of incurral before the policy"),
      whole(ValueType::u8, "run_out_months", months, "months of payment after the policy"),
      whole(ValueType::u8, "aggregate_run_in_months", months, "the aggregate's run-in"),
      whole(ValueType::u8, "aggregate_run_out_months", months, "the aggregate's run-out"),
      whole(ValueType::u16, "months_since_original_effective", between(0, u16_max),
            "months since the first policy began"),
      f64("run_in_limit_person_usd", usd_or_none(), "run-in limit a person"),
      whole(ValueType::u8, "monthly_accommodation", between(0, 1), "1 if monthly accommodation"),
      whole(ValueType::u8, "terminal_liability", between(0, 1), "1 if terminal liability"),
      f64("terminal_probability", between(0, 1), "probability that terminal liability is used"),
  };
}

std::vector<ColumnRule> renewal_columns() {
  return {
      whole(ValueType::u8, "new_or_renewal", between(0, 1), "0 new, 1 renewal"),
      whole(ValueType::u8, "no_new_laser", between(0, 1), "1 if no new laser at renewal"),
      f64("rate_cap", {0, 10, true, true}, "most the rate may rise at renewal, as a fraction"),
      f64("commission", with_nan(between(0, 0.5)), "commission as a fraction of premium"),
      f64("credibility", with_nan(between(0, 1)), "weight of the group's own experience"),
      f64("current_rate_usd", with_nan(usd()), "current monthly rates by tier", {4}),
      f64("current_factor_usd", with_nan(usd()), "current aggregate factors by tier", {4}),
  };
}

void append(std::vector<ColumnRule>& rules, std::vector<ColumnRule> more) {
  std::move(more.begin(), more.end(), std::back_inserter(rules));
}

}  // namespace

std::vector<ColumnRule> group_columns() {
  std::vector<ColumnRule> rules = identity_columns();
  Terms::each_field(TermColumns{rules});
  append(rules, attachment_columns());
  append(rules, basis_columns());
  append(rules, renewal_columns());
  return rules;
}

std::vector<ColumnRule> member_columns() {
  return {
      required(
          whole(ValueType::u16, "distribution", between(0, u16_max), "index of the claim law")),
      required(f64("scale", between(1e-9, 1e9), "multiplies the claim law")),
      {"exposure",
       {ValueType::f32, 0, {}},
       between(1e-6, 1),
       Form::number,
       "share of the year covered"},
      f64("laser_usd", with_nan(usd_or_none()), "own specific deductible"),
      whole(ValueType::u32, "family", between(0, u32_max), "members of one family share it"),
      whole(ValueType::u8, "relation", between(0, 255), "0 employee, 1 spouse, 2 child"),
      whole(ValueType::u8, "age_band", between(0, 255), "age band"),
      whole(ValueType::u8, "sex", between(0, 255), "0 male, 1 female"),
      whole(ValueType::u8, "tier", between(0, 3), "0 EE, 1 EE+SP, 2 EE+CH, 3 FAM"),
      whole(ValueType::u8, "known_claimant", between(0, 1), "1 known large claimant"),
      f64("prior_year_paid_usd", with_nan(usd()), "claims paid in the prior year"),
      f64("prior_year_unpaid_usd", with_nan(usd()), "claims of the prior year not yet paid"),
  };
}

std::vector<ColumnRule> lag_columns() {
  return {
      f64("paid_fraction", between(0, 1), "share paid by the end of the n-th month after incurral"),
      f64("paid_fraction_large", between(0, 1), "the same for claims of 100,000 and more"),
      f64("incurral_weight", between(0, 1e6), "relative weight of each month of incurral"),
  };
}

std::vector<AttributeRule> lag_attributes() {
  return {{"incurral_spread", between(0, 1), "share of a claim spread over the year"}};
}

std::vector<AttributeRule> market_attributes() {
  return {{"book_cv", between(0, 2), "coefficient of variation of the book's common effect"},
          {"region_cv", between(0, 2), "of the regional effects"},
          {"industry_cv", between(0, 2), "of the industry effects"},
          {"group_cv", between(0, 2), "of the group effects where a group states none"},
          {"pandemic_probability", between(0, 1), "share of the years with a pandemic"},
          {"pandemic_frequency", between(0.01, 100), "times the claims of everybody in such a year"},
          {"trend", between(-0.5, 1), "yearly trend of claims"},
          {"year_correlation", between(0, 1), "of a group's effect from year to year"},
          {"persistence", between(0, 1), "chance that a person's year repeats"}};
}

std::vector<ColumnRule> treaty_columns() {
  const Range ratio = with_nan(above(0, 100)), line{0, usd_max, true, true};
  return {
      whole(ValueType::u8, "kind", between(0, 3),
            "0 quota share, 1 excess of each person, 2 aggregate of the book, 3 captive"),
      f64("attachment_usd", usd(), "amount above which the treaty pays"),
      f64("limit_usd", line, "width of the layer"),
      f64("share", above(0, 1), "share of the layer ceded"),
      whole(ValueType::u8, "order", between(0, 255), "treaties of a lower order act first"),
      f64("attachment_ratio", ratio, "attachment in points of loss ratio"),
      f64("limit_ratio", ratio, "width in points of loss ratio"),
      f64("corridor_from_ratio", ratio, "loss ratio from which the carrier keeps the loss"),
      f64("corridor_to_ratio", ratio, "loss ratio up to which the carrier keeps the loss"),
      f64("annual_deductible_usd", usd(), "losses of a year that the carrier keeps first"),
      f64("annual_limit_usd", line, "losses of a year that the treaty shares in at most"),
      f64("commission", between(0, 1), "ceding commission, part of the ceded premium"),
      f64("premium_usd", with_nan(usd()), "agreed premium of a year"),
      whole(ValueType::u16, "captive", between(0, u16_max), "captive whose groups it covers"),
      text("name", 32, Form::label, "name in tables"),
  };
}

std::vector<ColumnRule> quote_columns() {
  return {f64("specific_deductible_usd", {0, usd_max, true, true}, "specific deductibles to quote"),
          f64("aggregate_corridor", {0, 100, true, true}, "aggregate corridors to quote"),
          f64("specific_relativity", above(0, 100), "specific rate of each tier over EE's"),
          f64("factor_relativity", above(0, 100), "aggregate factor of each tier over EE's")};
}

std::vector<ColumnRule> experience_columns() {
  return {
      required(whole(ValueType::u32, "group", between(0, u32_max), "row of /groups")),
      required(
          whole(ValueType::u16, "period", between(1900, 2200), "calendar year in which it began")),
      whole(ValueType::u8, "months", between(1, 255), "length of the period"),
      whole(ValueType::u8, "basis", between(0, 1), "0 paid, 1 incurred"),
      required(whole(ValueType::u32, "employee_months", between(0, u32_max), "by tier", {4})),
      required(f64("paid_usd", usd(), "claims paid")),
      f64("paid_above_deductible_usd", usd(), "the part above the deductible then"),
      f64("deductible_usd", usd_or_none(), "specific deductible then"),
      whole(ValueType::u32, "shock_count", between(0, u32_max), "people above the deductible"),
  };
}

std::vector<ColumnRule> large_claim_columns() {
  return {
      required(whole(ValueType::u32, "group", between(0, u32_max), "row of /groups")),
      f64("paid_usd", usd(), "paid so far"),
      f64("pended_usd", usd(), "known and not yet paid"),
      whole(ValueType::u8, "prognosis", between(0, 255), "prognosis band"),
      whole(ValueType::u8, "status", between(0, 255), "status code"),
  };
}

}  // namespace corridor
