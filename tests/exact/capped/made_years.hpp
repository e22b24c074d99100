// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <vector>

#include "host/exact/capped/capped_total.hpp"
#include "host/exact/totals/year_model.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor::made {

/// Laws of claims with the tables that they are made of, for models that borrow them.
class Laws {
 public:
  explicit Laws(const std::vector<Law>& laws) {
    for (const Law& law : laws) tables_.push_back(table_of(law));
    for (const Table& table : tables_) made_.emplace_back(table.data());
  }
  const Bucket* table(std::size_t law) const { return tables_[law].data(); }
  YearModel model() const {
    YearModel model;
    for (const TableLaw& law : made_) model.laws.push_back(&law);
    return model;
  }

 private:
  std::vector<Table> tables_;
  std::vector<TableLaw> made_;
};

/// Four laws between which members of most groups lie.
inline Laws four_laws() {
  const auto law = [](double mean, double sigma, double p_zero) {
    return lognormal(mean / (1 - p_zero), std::sqrt(std::expm1(sigma * sigma)), p_zero);
  };
  return Laws(
      {law(7'000, 1.8, .15), law(5'000, 1.5, .25), law(9'000, 2.0, .10), law(3'500, 1.7, .35)});
}

inline YearSlice years_of_cv(double cv) {
  YearSlice slice;
  slice.sigma = std::sqrt(std::log1p(cv * cv));
  slice.log_severity = -slice.sigma * slice.sigma / 2;
  return slice;
}

inline AlikePersons alike(std::uint32_t law, double weight, double scale, double count) {
  AlikePersons persons;
  persons.shares[0] = {law, weight};
  persons.scale = scale;
  persons.count = count;
  return persons;
}

inline std::unique_ptr<TotalLaw> capped_total_of(const YearModel& model, const CapOfPersons& cap,
                                                 const TotalDemand& demand = {}) {
  MomentDemand moments;
  moments.add(model, cap);
  return capped_total(model, cap, MomentTables(moments), demand);
}

}  // namespace corridor::made
