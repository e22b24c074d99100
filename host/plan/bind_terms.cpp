// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/plan/bind_terms.hpp"

#include "host/plan/money.hpp"

namespace corridor {
namespace {

struct Binder {
  Terms& terms;
  const Table& groups;
  std::size_t group;

  double value(const FieldSpec& spec) const {
    return groups.number(spec.column, group, spec.neutral);
  }
  template <class Term>
  void operator()(const AmountField<Term>& field) const {
    static_cast<Term&>(terms).*field.value = cents_of(value(field.spec));
  }
  template <class Term>
  void operator()(const RatioField<Term>& field) const {
    static_cast<Term&>(terms).*field.value = value(field.spec);
  }
  template <class Term>
  void operator()(const CodeField<Term>& field) const {
    static_cast<Term&>(terms).*field.value = static_cast<std::uint8_t>(value(field.spec));
  }
};

}  // namespace

Terms bind_terms(const Table& groups, std::size_t group) {
  Terms terms;
  Terms::each_field(Binder{terms, groups, group});
  terms.limit_is_on_payment = terms.basis == SpecificLimit::paid;
  return terms;
}

}  // namespace corridor
