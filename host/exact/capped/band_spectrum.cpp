// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/band_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "host/exact/capped/bessel_columns.hpp"
#include "host/exact/capped/frequency_loops.hpp"

namespace corridor {
namespace {

using Interpolation = RowWeights (*)(double);

/// A law's rows in a band, at the frequencies of one ratio, for all kinds that use them.
struct LawRows {
  const LawMoments* moments;
  std::size_t ratio;
  int first, last;
  std::vector<FrequencyBlock> phi;  ///< [row - first]

  const FrequencyBlock* at(int row) const { return phi.data() + (row - first); }
};

/// A kind's rows in a band and how its persons are multiplied in.
struct Rows {
  const PersonKind* kind;
  std::array<std::size_t, law_shares_max> laws;  ///< places in the list of LawRows
  int first, count;
  bool by_logs;
  double persons;
  std::vector<std::vector<double>> weights;  ///< [node][row], where by logs
  /// What interpolation lacks of E Y: [node][place], where by logs [node] of all persons.
  std::vector<std::vector<double>> lacking;
};

class Band {
 public:
  Band(const CappedPersons& persons, const std::vector<SeverityNode>& nodes,
       const SeverityBand& band)
      : persons_(persons), band_(band) {
    add_nodes(nodes);
    for (const PersonKind& kind : persons.kinds) rows_.push_back(rows_of(kind));
    columns_.resize(persons.ratios.size());
    halves_.resize(persons.ratios.size());
    edges_.resize(persons.ratios.size());
  }

  BandSpectrum spectrum(const std::vector<SeverityNode>& nodes) {
    for (int block = 0; work(block); ++block) {
    }
    return collected(nodes);
  }

 private:
  static constexpr std::size_t six_check = 2, four_check = 3, sum_count = 4;

  void add_nodes(const std::vector<SeverityNode>& nodes) {
    std::size_t heaviest = band_.first;
    for (std::size_t i = band_.first; i < band_.last; ++i) {
      if (nodes[i].node.weight > nodes[heaviest].node.weight) heaviest = i;
      worked_.push_back(worked(nodes[i], six_rows, {i % 2}));
      weight_ += nodes[i].node.weight;
    }
    worked_[heaviest - band_.first].outputs.push_back(six_check);
    worked_.push_back(worked(nodes[heaviest], four_rows, {four_check}));
    checked_ = heaviest;
  }

  struct Node {
    double rows_down, weight;
    Interpolation interpolate;
    std::vector<std::size_t> outputs;
    double variance;  ///< that interpolation lacks
    const std::vector<double>* kind_means;
    bool alive = true;
    FrequencyBlock log_sum{}, product{};
  };
  static Node worked(const SeverityNode& node, Interpolation interpolate,
                     std::vector<std::size_t> outputs) {
    return {node.node.log_severity / kappa_step,
            node.node.weight,
            interpolate,
            std::move(outputs),
            node.moments.variance,
            &node.kind_means};
  }

  Rows rows_of(const PersonKind& kind) {
    double least = worked_.front().rows_down, most = least;
    for (const Node& node : worked_) {
      least = std::min(least, node.rows_down);
      most = std::max(most, node.rows_down);
    }
    const int first = static_cast<int>(std::floor(kind.low_row - most)) - rows_before;
    const int last = static_cast<int>(std::floor(kind.high_row - least)) + rows_after;
    Rows rows{&kind, {}, first, last - first + 1, false, 0, {}, {}};
    for (std::uint32_t i = 0; i < kind.law_count; ++i) {
      rows.laws[i] = law_rows_of(kind.laws[i].moments, kind.ratio, first, last);
    }
    for (const PersonKind::Place& place : kind.places) rows.persons += place.count;
    rows.by_logs = logs_pay(rows);
    for (Node& node : worked_) rows.by_logs ? set_logs(rows, node) : set_products(rows, node);
    return rows;
  }

  /// Logarithms cost about 90 operations a row, and 4 a row and node; products 40 a person and
  /// node.
  bool logs_pay(const Rows& rows) const {
    const auto nodes = static_cast<double>(worked_.size());
    double products = 0;
    for (const PersonKind::Place& place : rows.kind->places) {
      products += nodes * (40 + 12 * std::log2(std::max(1.0, place.count)));
    }
    return rows.count * (90 + 4 * nodes) < products;
  }

  /// E Y and E Y^2 of a kind's mixture, of the Chebyshev moments of a row.
  static LawMoments::Limited row_moments(const PersonKind& kind, int row) {
    LawMoments::Limited sum{0, 0};
    for (const PersonKind::Law& law : kind.mixture()) {
      const double* m = law.moments->rows(row, 1);
      sum.mean += law.weight * (m[1] + m[0]) / 2;
      sum.square += law.weight * (m[2] + 4 * m[1] + 3 * m[0]) / 8;
    }
    return sum;
  }

  // A law's density jumps where its pieces meet. Where a cap passes such a point, E exp(i z Y) has
  // a jump in its second derivative that no polynomial follows: i z exp(i z) times that of E Y. E Y
  // is known more finely, so what interpolation lacks of it is put right with that factor, the
  // `edge`. The second moment then gains twice as much.
  void set_logs(Rows& rows, Node& node) {
    std::vector<double> weights(static_cast<std::size_t>(rows.count), 0.0);
    for (const PersonKind::Place& place : rows.kind->places) {
      const RowWeights six = node.interpolate(place.row - node.rows_down);
      double* to = weights.data() + (six.row - rows_before - rows.first);
      for (std::size_t q = 0; q < 6; ++q) to[q] += place.count * six.weight[q];
    }
    double mean = 0, variance = 0;
    for (int r = 0; r < rows.count; ++r) {
      const double weight = weights[static_cast<std::size_t>(r)];
      if (weight == 0) continue;
      const LawMoments::Limited of_row = row_moments(*rows.kind, rows.first + r);
      mean += weight * of_row.mean;
      variance += weight * (of_row.square - of_row.mean * of_row.mean);
    }
    const auto kind = static_cast<std::size_t>(rows.kind - persons_.kinds.data());
    const double exact = (*node.kind_means)[kind];
    const double lacking = exact - mean;
    variance += 2 * lacking * (1 - exact / rows.persons);
    const double ratio = persons_.ratios[rows.kind->ratio];
    node.variance -= ratio * ratio * variance;
    rows.weights.push_back(std::move(weights));
    rows.lacking.push_back({lacking});
  }

  void set_products(Rows& rows, Node& node) {
    std::vector<double> lacking;
    const double ratio = persons_.ratios[rows.kind->ratio];
    for (const PersonKind::Place& place : rows.kind->places) {
      const RowWeights six = node.interpolate(place.row - node.rows_down);
      LawMoments::Limited have{0, 0};
      for (int q = 0; q < 6; ++q) {
        const LawMoments::Limited of_row = row_moments(*rows.kind, six.row - rows_before + q);
        have.mean += six.weight[static_cast<std::size_t>(q)] * of_row.mean;
        have.square += six.weight[static_cast<std::size_t>(q)] * of_row.square;
      }
      const double exact = limited(*rows.kind, place.row - node.rows_down).mean;
      lacking.push_back(exact - have.mean);
      const double square = have.square + 2 * lacking.back();
      node.variance -= ratio * ratio * place.count * (square - exact * exact);
    }
    rows.lacking.push_back(std::move(lacking));
  }

  double step() const { return 2 * std::numbers::pi / band_.period; }

  /// One block of frequencies; false after the last.
  bool work(int block) {
    first_z_ = block * block_frequencies * step();
    const double last_z = first_z_ + (block_frequencies - 1) * step();
    if (last_z * persons_.largest_ratio() > frequency_max) return false;
    set_columns(last_z);
    for (Node& node : worked_) {
      std::fill_n(node.log_sum.re, block_frequencies, 0.0);
      std::fill_n(node.log_sum.im, block_frequencies, 0.0);
      std::fill_n(node.product.re, block_frequencies, 1.0);
      std::fill_n(node.product.im, block_frequencies, 0.0);
    }
    set_law_rows();
    for (const Rows& rows : rows_) multiply_in(rows);
    return finish_block();
  }

  void set_columns(double last_z) {
    for (std::size_t r = 0; r < persons_.ratios.size(); ++r) {
      const double ratio = persons_.ratios[r];
      const int degrees = degrees_for(last_z * ratio);
      columns_[r].resize(static_cast<std::size_t>(degrees * block_frequencies));
      bessel_columns(first_z_ * ratio, step() * ratio, degrees, columns_[r]);
      for (int k = 0; k < block_frequencies; ++k) {
        const double half = (first_z_ + k * step()) * ratio / 2;
        halves_[r].re[k] = std::cos(half);
        halves_[r].im[k] = -std::sin(half);
        edges_[r].re[k] = -2 * half * std::sin(half);
        edges_[r].im[k] = 2 * half * std::cos(half);
      }
    }
  }

  /// The law's place in the list, its rows widened to hold these.
  std::size_t law_rows_of(const LawMoments* moments, std::size_t ratio, int first, int last) {
    for (std::size_t i = 0; i < law_rows_.size(); ++i) {
      LawRows& rows = law_rows_[i];
      if (rows.moments != moments || rows.ratio != ratio) continue;
      rows.first = std::min(rows.first, first);
      rows.last = std::max(rows.last, last);
      return i;
    }
    law_rows_.push_back({moments, ratio, first, last, {}});
    return law_rows_.size() - 1;
  }

  void set_law_rows() {
    for (LawRows& rows : law_rows_) {
      const int count = rows.last - rows.first + 1;
      const std::vector<double>& columns = columns_[rows.ratio];
      const auto degrees = static_cast<int>(columns.size()) / block_frequencies;
      rows.phi.resize(static_cast<std::size_t>(count));
      loops_.phi_rows(rows.moments->rows(rows.first, count), moment_degrees, count, degrees,
                      columns.data(), rows.phi.data());
    }
  }

  void multiply_in(const Rows& rows) {
    const FrequencyBlock* phi =
        rows.kind->plain() ? law_rows_[rows.laws[0]].at(rows.first) : mixed(rows);
    if (!rows.by_logs || !add_logs(rows, phi)) add_products(rows, phi);
  }

  const FrequencyBlock* mixed(const Rows& rows) {
    mixed_.resize(static_cast<std::size_t>(rows.count));
    loops_.set_rows(mixed_.data(), rows.count, halves_[rows.kind->ratio], rows.kind->rest);
    for (std::uint32_t i = 0; i < rows.kind->law_count; ++i) {
      loops_.add_rows(mixed_.data(), rows.count, law_rows_[rows.laws[i]].at(rows.first),
                      rows.kind->laws[i].weight);
    }
    return mixed_.data();
  }

  bool add_logs(const Rows& rows, const FrequencyBlock* phi) {
    logs_.assign(phi, phi + rows.count);
    FrequencyBlock first;
    for (int k = 0; k < block_frequencies; ++k) {
      const std::complex<double> log = std::log(std::complex<double>(phi->re[k], phi->im[k]));
      first.re[k] = log.real();
      first.im[k] = log.imag();
    }
    if (!loops_.log_rows(logs_.data(), rows.count, first)) return false;
    for (std::size_t i = 0; i < worked_.size(); ++i) {
      if (!worked_[i].alive) continue;
      FrequencyBlock log{};
      loops_.add_weighted(log, logs_.data(), rows.weights[i].data(), rows.count);
      loops_.add_corrected(worked_[i].log_sum, log, edges_[rows.kind->ratio], rows.lacking[i][0],
                           rows.persons);
    }
    return true;
  }

  void add_products(const Rows& rows, const FrequencyBlock* phi) {
    for (std::size_t i = 0; i < worked_.size(); ++i) {
      Node& node = worked_[i];
      if (!node.alive) continue;
      for (std::size_t p = 0; p < rows.kind->places.size(); ++p) {
        const PersonKind::Place& place = rows.kind->places[p];
        const RowWeights six = node.interpolate(place.row - node.rows_down);
        const double lacking =
            rows.by_logs ? rows.lacking[i][0] / rows.persons : rows.lacking[i][p];
        loops_.multiply_six(node.product, phi + (six.row - rows_before - rows.first),
                            six.weight.data(), edges_[rows.kind->ratio], lacking,
                            static_cast<unsigned long long>(place.count));
      }
    }
  }

  bool finish_block() {
    const std::size_t at = sums_[0].size();
    for (auto& sum : sums_) sum.emplace_back();
    bool any = false;
    for (Node& node : worked_) {
      if (!node.alive) continue;
      loops_.finish_node(node.product, node.log_sum,
                         {first_z_, step(), persons_.most / 2 - band_.origin, node.variance});
      double square = 0;
      for (const std::size_t output : node.outputs) {
        square = loops_.add_block(sums_[output][at], node.product, node.weight);
      }
      node.alive = std::sqrt(square) * node.weight > coefficient_end;
      any = any || node.alive;
    }
    died_away_ = !any;
    return any;
  }

  Coefficients coefficients(std::size_t output) const {
    Coefficients result;
    for (const FrequencyBlock& block : sums_[output]) {
      result.re.insert(result.re.end(), block.re, block.re + block_frequencies);
      result.im.insert(result.im.end(), block.im, block.im + block_frequencies);
    }
    return result;
  }

  BandSpectrum collected(const std::vector<SeverityNode>& nodes) const {
    BandSpectrum result;
    result.origin = band_.origin;
    result.width = band_.width;
    result.period = band_.period;
    result.nodes = band_.last - band_.first;
    for (std::size_t half = 0; half < 2; ++half) result.halves[half] = coefficients(half);
    for (std::size_t i = band_.first; i < band_.last; ++i) {
      const double mean = nodes[i].moments.mean - band_.origin;
      result.halves[i % 2].mean += nodes[i].node.weight * mean;
      result.halves[i % 2].square +=
          nodes[i].node.weight * (mean * mean + nodes[i].moments.variance);
    }
    result.interpolation = coefficients(four_check);
    const Coefficients six = coefficients(six_check);
    const double scale = weight_ / nodes[checked_].node.weight;
    for (std::size_t k = 0; k < six.re.size(); ++k) {
      result.interpolation.re[k] = scale * (result.interpolation.re[k] - six.re[k]);
      result.interpolation.im[k] = scale * (result.interpolation.im[k] - six.im[k]);
    }
    set_last(result);
    set_top(result);
    return result;
  }

  void set_top(BandSpectrum& result) const {
    for (std::size_t k = 0; k < result.halves[0].re.size(); ++k) {
      const double angle = static_cast<double>(k) * step() * band_.width;
      result.top.re.push_back(std::cos(angle));
      result.top.im.push_back(-std::sin(angle));
    }
  }

  void set_last(BandSpectrum& result) const {
    const std::size_t count = result.halves[0].re.size();
    // Where they have not died away they rise and fall with every 2 pi of the frequency.
    const auto window = died_away_ ? 8 : static_cast<std::size_t>(1.5 * band_.period) + 8;
    for (std::size_t k = count > window ? count - window : 0; k < count; ++k) {
      const double re = result.halves[0].re[k] + result.halves[1].re[k];
      const double im = result.halves[0].im[k] + result.halves[1].im[k];
      result.last_size = std::max(result.last_size, std::hypot(re, im));
    }
    result.died_away = died_away_;
    result.last_frequency = static_cast<double>(count) * step();
    if (count == 0) result.last_size = weight_;
  }

  const CappedPersons& persons_;
  SeverityBand band_;
  const FrequencyLoops& loops_ = frequency_loops();
  std::vector<Node> worked_;
  std::vector<Rows> rows_;
  std::vector<std::vector<double>> columns_;  ///< [ratio]
  std::vector<FrequencyBlock> halves_;        ///< [ratio], exp(-i z ratio / 2)
  std::vector<FrequencyBlock> edges_;         ///< [ratio], i z ratio exp(i z ratio / 2)
  std::vector<LawRows> law_rows_;
  std::vector<FrequencyBlock> mixed_, logs_;
  std::array<std::vector<FrequencyBlock>, sum_count> sums_;
  std::size_t checked_ = 0;
  double weight_ = 0, first_z_ = 0;
  bool died_away_ = false;
};

}  // namespace

BandSpectrum band_spectrum(const CappedPersons& persons, const std::vector<SeverityNode>& nodes,
                           const SeverityBand& band) {
  return Band(persons, nodes, band).spectrum(nodes);
}

}  // namespace corridor
