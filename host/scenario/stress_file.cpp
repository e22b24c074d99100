// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "corridor/scenario.hpp"
#include "host/scenario/law_table.hpp"
#include "host/toml/section.hpp"

namespace corridor {
namespace {

constexpr NumberRange fraction{0, 1}, cv{0, 2}, factor{0.01, 100};
constexpr NumberRange frequency_factor{0.01, 10};

constexpr double million_most = 1e6 - 1;

/// One way to state a thing, where the file has two.
void refuse_both(TomlSection& section, const std::string& first, const std::string& second) {
  if (!section.has(first) || !section.has(second)) return;
  section.wrong(second, section.source(second), "stands beside " + first,
                "Keep " + first + " or " + second, "E_TWO_WAYS");
}

void require_text(const std::string& text, const std::string& key, TomlSection& section,
                  const std::string& example) {
  if (!text.empty() || section.has(key)) return;  // of another type: said already
  section.wrong(key, section.source(), "is missing", "Add " + key + " = \"" + example + "\"",
                "E_MISSING");
}

void read_law(TomlSection& section, TomlProblems& problems, Therapy& therapy) {
  const toml::node* law = section.node("law");
  if (law == nullptr) return;
  therapy.place = toml_place(law->source());
  if (const toml::table* table = law->as_table()) {
    therapy.own_law = law_of_table(*table, "therapy.law.", problems);
  } else {
    therapy.law = section.text("law");
  }
}

Therapy read_therapy(TomlSection section, TomlProblems& problems) {
  Therapy therapy;
  therapy.place = toml_place(section.source());
  therapy.name = section.text("name");
  therapy.source = section.text("source");
  require_text(therapy.name, "name", section, "gene therapy");
  therapy.frequency_per_million = section.required("frequency_per_million", {0, million_most});
  const auto cost = section.number("cost_usd", {0.01, 1e9});
  therapy.cost_usd = cost.value_or(0);
  read_law(section, problems, therapy);
  refuse_both(section, "cost_usd", "law");
  if (!section.has("cost_usd") && !section.has("law")) {
    section.wrong("cost_usd", section.source(), "is missing",
                  "Give cost_usd = 2100000, or law = \"a law of the book\"", "E_MISSING");
  }
  section.finish();
  return therapy;
}

void refuse_certainty(const std::vector<Therapy>& therapies,
                      const std::vector<const toml::table*>& tables, TomlProblems& problems) {
  double sum = 0;
  for (const Therapy& therapy : therapies) sum += therapy.frequency_per_million;
  if (sum <= million_most) return;
  problems.add("therapy.frequency_per_million", "E_RANGE", tables.back()->source(),
               "the frequencies of all therapies add up to " + toml_number(sum) +
                   " in a million, and a member has one of them a year at most",
               "Lower them");
}

MixChange read_mix(TomlSection section) {
  MixChange mix;
  mix.place = toml_place(section.source());
  mix.from = section.text("from");
  mix.to = section.text("to");
  require_text(mix.from, "from", section, "silver");
  require_text(mix.to, "to", section, "gold");
  mix.share = section.required("share", fraction);
  if (!mix.from.empty() && mix.from == mix.to) {
    section.wrong("to", section.source("to"), "is the law that the members leave",
                  "Name another law of the book", "E_RANGE", mix.to);
  }
  section.finish();
  return mix;
}

EffectChanges read_effects(TomlSection section) {
  EffectChanges effects;
  effects.book_cv = section.number("book_cv", cv);
  effects.region_cv = section.number("region_cv", cv);
  effects.industry_cv = section.number("industry_cv", cv);
  effects.group_cv = section.number("group_cv", cv);
  effects.factor = section.number_or("factor", 1, {0, 10});
  section.finish();
  return effects;
}

TermChanges read_terms(TomlSection section) {
  TermChanges terms;
  terms.specific_deductible_usd = section.number("specific_deductible_usd", {0.01, usd_most});
  terms.specific_deductible_factor = section.number_or("specific_deductible_factor", 1, factor);
  refuse_both(section, "specific_deductible_usd", "specific_deductible_factor");
  terms.specific_reimbursement = section.number("specific_reimbursement", {0.01, 1});
  terms.aggregating_specific_usd = section.number("aggregating_specific_usd", {});
  terms.aggregate_attachment_factor = section.number_or("aggregate_attachment_factor", 1, factor);
  section.finish();
  return terms;
}

void read_claims(TomlSection& root, TomlProblems& problems, Stress& stress) {
  if (const toml::table* table = root.table("trend")) {
    TomlSection trend(*table, "trend.", problems);
    stress.trend_shock = trend.required("shock", {-0.9, 10});
    trend.finish();
  }
  if (const toml::table* table = root.table("severity")) {
    TomlSection severity(*table, "severity.", problems);
    stress.severity_above_usd = severity.number_or("above_usd", 0, {});
    stress.severity_factor = severity.required("factor", factor);
    severity.finish();
  }
  if (const toml::table* table = root.table("pandemic")) {
    TomlSection pandemic(*table, "pandemic.", problems);
    stress.pandemic_frequency = pandemic.number_or("frequency", 1, frequency_factor);
    stress.pandemic_severity = pandemic.number_or("severity", 1, factor);
    pandemic.finish();
  }
}

void read_members(TomlSection& root, TomlProblems& problems, Stress& stress) {
  const std::vector<const toml::table*> therapies = root.tables("therapy");
  for (const toml::table* table : therapies) {
    stress.therapies.push_back(read_therapy({*table, "therapy.", problems}, problems));
  }
  refuse_certainty(stress.therapies, therapies, problems);
  for (const toml::table* table : root.tables("mix")) {
    stress.mix.push_back(read_mix({*table, "mix.", problems}));
  }
}

Stress read(const toml::table& table, const std::string& file) {
  TomlProblems problems(file);
  TomlSection root(table, "", problems);
  Stress stress;
  stress.file = file;
  stress.name = root.text("name");
  stress.description = root.text("description");
  stress.source = root.text("source");
  require_text(stress.name, "name", root, "trend plus 4");
  stress.reprice = root.flag("reprice");
  read_claims(root, problems, stress);
  read_members(root, problems, stress);
  if (const toml::table* effects = root.table("effects")) {
    stress.effects = read_effects({*effects, "effects.", problems});
  }
  if (const toml::table* terms = root.table("terms")) {
    stress.terms = read_terms({*terms, "terms.", problems});
  }
  root.finish();
  problems.raise();
  return stress;
}

}  // namespace

Stress parse_stress(const std::string& text, const std::string& name) {
  return read(toml_root(text, name), name);
}

}  // namespace corridor
