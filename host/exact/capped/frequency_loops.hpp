// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "host/exact/capped/frequency_block.hpp"

namespace corridor {

/// Chebyshev sums take points in multiples of this.
inline constexpr std::size_t chebyshev_points = 32;

/// Phase and damping that a node's product still lacks, as functions of the frequency z:
/// exp(i shift z - variance z^2 / 2).
struct NodeFinish {
  double first_z, step_z;  ///< z of the block's first frequency, and between frequencies
  double shift, variance;
};

/// The loops over frequencies, compiled once an instruction set. All sets give the same bits: the
/// loops go element by element, in the same order of operations, without fused multiply-adds.
struct FrequencyLoops {
  const char* name;

  /// sums[m] = sum of weight * T_m(x) over `count` points, a multiple of chebyshev_points.
  void (*add_chebyshev)(const double* x, const double* weight, std::size_t count, double* sums,
                        std::size_t degrees);

  /// rows[r] = sum over m of moments[r * stride + m] times column m; `degrees` is even. Columns of
  /// even m are real parts, of odd m imaginary ones; block_frequencies values a column.
  void (*phi_rows)(const double* moments, std::size_t stride, int row_count, int degrees,
                   const double* columns, FrequencyBlock* rows);

  /// rows[r] = weight * base, or rows[r] += weight * others[r].
  void (*set_rows)(FrequencyBlock* rows, int row_count, const FrequencyBlock& base, double weight);
  void (*add_rows)(FrequencyBlock* rows, int row_count, const FrequencyBlock* others,
                   double weight);

  /// Replaces rows by their logarithms, each the branch next to the row before; row 0 is one
  /// already in `first_log`. False, with rows spoiled, where a row is too far from the one before
  /// for the series, which it is near a zero.
  bool (*log_rows)(FrequencyBlock* rows, int row_count, const FrequencyBlock& first_log);

  /// sum += sum over r of weights[r] * rows[r].
  void (*add_weighted)(FrequencyBlock& sum, const FrequencyBlock* rows, const double* weights,
                       int row_count);

  /// product *= (sum over the six rows of weights[q] * rows[q] + share * edge) ^ power.
  void (*multiply_six)(FrequencyBlock& product, const FrequencyBlock* rows, const double* weights,
                       const FrequencyBlock& edge, double share, unsigned long long power);

  /// sum += log + share * edge * exp(-log / count), what `count` persons with the logarithm `log`
  /// gain when share * edge is spread over them.
  void (*add_corrected)(FrequencyBlock& sum, const FrequencyBlock& log, const FrequencyBlock& edge,
                        double share, double count);

  /// product *= exp(log_sum) * what `finish` says.
  void (*finish_node)(FrequencyBlock& product, const FrequencyBlock& log_sum,
                      const NodeFinish& finish);

  /// sum += weight * block; returns the largest |block|^2.
  double (*add_block)(FrequencyBlock& sum, const FrequencyBlock& block, double weight);
};

/// Those of the best instruction set of this processor.
const FrequencyLoops& frequency_loops();

/// All that this build and this processor have, portable ones first.
const FrequencyLoops* const* frequency_loops_list(int& count);

}  // namespace corridor
