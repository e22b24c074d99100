// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/oracle/capped_total.hpp"

#include <algorithm>
#include <cmath>

namespace corridor::oracle {
namespace {

/// Adds min(scale * part, cap): what lies above the cap becomes an atom there.
void add_capped(Lattice& lattice, const Part& part, double scale, double cap) {
  const double low = part.low * scale, high = part.high * scale;
  if (high <= cap) return lattice.add_uniform(low, high, part.probability);
  const double above = low >= cap ? 1 : (high - cap) / (high - low);
  lattice.add_atom(cap, part.probability * above);
  if (above < 1) lattice.add_uniform(low, cap, part.probability * (1 - above));
}

double capped_part_mean(const Part& part, double scale, double cap) {
  const double low = part.low * scale, high = part.high * scale;
  if (high <= cap) return (low + high) / 2;
  if (low >= cap) return cap;
  const double above = (high - cap) / (high - low);
  return above * cap + (1 - above) * (low + cap) / 2;
}

Lattice capped_claim(const Persons& persons, double factor, double cap, double step,
                     std::size_t points) {
  Lattice claim(step, points);
  const double own_cap = persons.own_cap > 0 ? persons.own_cap : cap;
  for (const Part& part : persons.law) add_capped(claim, part, factor * persons.scale, own_cap);
  return claim;
}

}  // namespace

Parts parts_of(const Bucket* table, double frequency) {
  const double last = std::min(1.0, 1 / frequency);
  const auto value = [&](int b, double s) {
    return std::max(
        0.0, static_cast<double>(table[b].intercept) + static_cast<double>(table[b].slope) * s);
  };
  double low = std::ldexp(1.0, -table_octaves);
  Parts parts{{value(0, low), value(0, low), frequency * low}};
  for (int b = 0; b < sloped_bucket_count && low < last; ++b) {
    const double width =
        std::ldexp(1.0 / buckets_per_octave, b / buckets_per_octave - table_octaves);
    const double high = std::min(last, low + width);
    const double top = value(b, low), bottom = value(b, high);
    parts.push_back({std::min(top, bottom), std::max(top, bottom), frequency * (high - low)});
    low += width;
  }
  if (frequency < 1) parts.push_back({0, 0, 1 - frequency});
  return parts;
}

Lattice capped_total(const Group& group, double factor, double cap, double step,
                     std::size_t points) {
  Spectrum product(points / 2 + 1, {1, 0});
  for (const Persons& persons : group) {
    multiply(product, spectrum_of(capped_claim(persons, factor, cap, step, points)), persons.count);
  }
  return lattice_of(product, step, points);
}

double capped_mean(const Group& group, double factor, double cap) {
  double sum = 0;
  for (const Persons& persons : group) {
    const double own_cap = persons.own_cap > 0 ? persons.own_cap : cap;
    for (const Part& part : persons.law) {
      sum += persons.count * part.probability *
             capped_part_mean(part, factor * persons.scale, own_cap);
    }
  }
  return sum;
}

void over_factor(double cv, const std::function<void(double, double)>& visit, double step) {
  if (cv <= 0) return visit(1, 1);
  const double sigma = std::sqrt(std::log1p(cv * cv));
  const int half = static_cast<int>(6.5 / step);
  double total = 0;
  for (int i = -half; i <= half; ++i) total += std::exp(-i * step * i * step / 2);
  for (int i = -half; i <= half; ++i) {
    const double z = i * step;
    visit(std::exp(-z * z / 2) / total, std::exp(sigma * z - sigma * sigma / 2));
  }
}

Aggregate::Aggregate(const Group& group, double cv, double cap, double step, std::size_t points)
    : Aggregate(
          [&](double effect) {
            Group scaled = group;
            for (Persons& persons : scaled) persons.scale *= effect;
            return scaled;
          },
          cv, cap, step, points) {}

Aggregate::Aggregate(const std::function<Group(double)>& group_at, double cv, double cap,
                     double step, std::size_t points)
    : mixed_(step, points) {
  over_factor(cv, [&](double weight, double effect) {
    const Group group = group_at(effect);
    const Lattice total = capped_total(group, 1, cap, step, points);
    for (std::size_t k = 0; k < points; ++k) mixed_.mass[k] += weight * total.mass[k];
    mean_ += weight * capped_mean(group, 1, cap);
  });
}

AggregateFigures Aggregate::at(double attachment) const {
  return {mixed_.stop_loss(attachment), mixed_.survival(attachment)};
}

double Aggregate::deviation() const { return std::sqrt(mixed_.variance()); }

}  // namespace corridor::oracle
