// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/exact/lattice/oracle_total.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::oracle {
namespace {

/// h(min(y + certain, maximum)) for y even between two amounts: even again from kink to kink.
void add_between(Lattice& to, const PersonFunction& paid, const AlikePersons& persons, double low,
                 double high, double probability) {
  const auto of = [&](double y) {
    return paid(std::min(y + persons.certain_usd, persons.maximum_usd));
  };
  if (!(high > low)) return to.add_atom(of(low), probability);
  std::vector<double> kinks{low, high};
  const auto kink = [&](double y) {
    if (y > low && y < high) kinks.push_back(y);
  };
  kink(persons.maximum_usd - persons.certain_usd);
  for (const PersonFunction::Line& line : paid.lines) kink(line.from_usd - persons.certain_usd);
  std::sort(kinks.begin(), kinks.end());
  for (std::size_t i = 1; i < kinks.size(); ++i) {
    to.add_uniform(of(kinks[i - 1]), of(kinks[i]),
                   probability * (kinks[i] - kinks[i - 1]) / (high - low));
  }
}

Lattice person_total(const YearModel& model, const AlikePersons& persons,
                     const PersonFunction& paid, double severity, const Mesh& mesh) {
  Lattice lattice(mesh.step_usd, mesh.points);
  double rest = 1;
  for (const LawShare& share : persons.mixture()) {
    const TableLaw& law = *model.laws[share.law];
    for (int i = 0; i < law.piece_count(); ++i) {
      const TableLaw::Piece& piece = law.piece(i);
      const double scale = severity * persons.scale;
      add_between(lattice, paid, persons, scale * piece.bottom, scale * piece.top,
                  share.weight * piece.width);
    }
    rest -= share.weight;
  }
  add_between(lattice, paid, persons, 0, 0, rest);
  return lattice;
}

Lattice total_on(const YearModel& model, const PersonFunction& of_members,
                 const std::vector<PersonFunction>& of_personal, const Mesh& mesh,
                 double effect_step) {
  Spectrum sum(mesh.points / 2 + 1);
  for (const YearSlice& slice : model.slices) {
    const int half = slice.sigma > 0 ? static_cast<int>(7 / effect_step) : 0;
    double whole = 0;
    for (int i = -half; i <= half; ++i) whole += std::exp(-i * effect_step * i * effect_step / 2);
    for (int i = -half; i <= half; ++i) {
      const double z = i * effect_step, weight = std::exp(-z * z / 2) / whole;
      Spectrum product(sum.size(), {1, 0});
      for (const AlikePersons& persons : slice.persons) {
        const bool member = persons.personal == AlikePersons::nobody;
        const PersonFunction& paid = member ? of_members : of_personal[persons.personal];
        const double severity = std::exp(slice.log_severity + slice.sigma * z);
        multiply(product, spectrum_of(person_total(model, persons, paid, severity, mesh)),
                 persons.count);
      }
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += slice.weight * weight * product[k];
    }
  }
  return lattice_of(sum, mesh.step_usd, mesh.points);
}

double improved(double coarse, double fine) { return fine + (fine - coarse) / 3; }

double squared_excess(const Lattice& lattice, double amount) {
  double sum = 0;
  for (std::size_t k = 0; k < lattice.mass.size(); ++k) {
    const double excess = std::max(0.0, static_cast<double>(k) * lattice.step - amount);
    sum += lattice.mass[k] * excess * excess;
  }
  return sum;
}

/// P(X > t) as the slope of E(X - t)+ over some steps.
double survival(const Lattice& lattice, double amount, double reach) {
  const auto slope = [&](double width) {
    return (lattice.stop_loss(amount - width) - lattice.stop_loss(amount + width)) / (2 * width);
  };
  return improved(slope(2 * reach), slope(reach));
}

}  // namespace

OracleTotal::OracleTotal(const YearModel& model, const PersonFunction& of_members,
                         const std::vector<PersonFunction>& of_personal, Mesh mesh,
                         double effect_step)
    : coarse_(total_on(model, of_members, of_personal, mesh, effect_step)),
      fine_(total_on(model, of_members, of_personal, {mesh.step_usd / 2, 2 * mesh.points},
                     effect_step)) {}

double OracleTotal::mean() const { return fine_.mean(); }

double OracleTotal::sd() const { return std::sqrt(improved(coarse_.variance(), fine_.variance())); }

TailAt OracleTotal::at(double amount_usd) const {
  const double reach = 2 * coarse_.step;
  return {improved(survival(coarse_, amount_usd, reach), survival(fine_, amount_usd, reach)),
          improved(coarse_.stop_loss(amount_usd), fine_.stop_loss(amount_usd)),
          improved(squared_excess(coarse_, amount_usd), squared_excess(fine_, amount_usd))};
}

}  // namespace corridor::oracle
