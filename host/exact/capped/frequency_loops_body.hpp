// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// The loops of FrequencyLoops, for an including file that defines CORRIDOR_LANE_BYTES, the width of
// a vector, and CORRIDOR_LOOPS, the name of the table. Everything here has internal linkage and
// calls nothing inline of others, so that no code for a newer processor can be taken by the linker
// for the whole program.
#include <stddef.h>
#include <stdint.h>

#include "host/exact/capped/frequency_loops.hpp"

namespace corridor {
namespace {

typedef double Lanes __attribute__((vector_size(CORRIDOR_LANE_BYTES), may_alias));
typedef int64_t Words __attribute__((vector_size(CORRIDOR_LANE_BYTES), may_alias));
constexpr Lanes zeros = {};
constexpr int lanes = CORRIDOR_LANE_BYTES / 8;
constexpr int vectors = block_frequencies / lanes;  // of a block

inline Lanes* of(double* values) { return reinterpret_cast<Lanes*>(values); }
inline const Lanes* of(const double* values) { return reinterpret_cast<const Lanes*>(values); }

// Four independent recurrences hide the latency of one.
constexpr int chebyshev_vectors = static_cast<int>(chebyshev_points) / lanes;

void chebyshev_chunk(const double* x, const double* weight, double* sums, size_t degrees) {
  Lanes twice[chebyshev_vectors], before[chebyshev_vectors], now[chebyshev_vectors];
  const Lanes* points = of(x);
  const Lanes* weights = of(weight);
  for (int v = 0; v < chebyshev_vectors; ++v) {
    twice[v] = points[v] + points[v];
    before[v] = points[v] * weights[v];  // T_{-1} = T_1
    now[v] = weights[v];
  }
  for (size_t m = 0; m < degrees; ++m) {
    Lanes* sum = of(sums + m * chebyshev_points);
    for (int v = 0; v < chebyshev_vectors; ++v) {
      sum[v] += now[v];
      const Lanes next = twice[v] * now[v] - before[v];
      before[v] = now[v];
      now[v] = next;
    }
  }
}

constexpr size_t degrees_max = 512;

void add_chebyshev(const double* x, const double* weight, size_t count, double* sums,
                   size_t degrees) {
  alignas(64) static thread_local double partial[degrees_max * chebyshev_points];
  for (size_t i = 0; i < degrees * chebyshev_points; ++i) partial[i] = 0;
  for (size_t i = 0; i < count; i += chebyshev_points) {
    alignas(64) double points[chebyshev_points], weights[chebyshev_points];
    for (size_t p = 0; p < chebyshev_points; ++p) {
      points[p] = x[i + p];
      weights[p] = weight[i + p];
    }
    chebyshev_chunk(points, weights, partial, degrees);
  }
  for (size_t m = 0; m < degrees; ++m) {
    double sum = 0;
    for (size_t p = 0; p < chebyshev_points; ++p) sum += partial[m * chebyshev_points + p];
    sums[m] = sum;
  }
}

// A tile of two rows and two vectors keeps its sums in registers.
constexpr int tile = 2;

void phi_tile(const double* moments, size_t stride, int degrees, const double* columns,
              FrequencyBlock* rows, int vector) {
  Lanes re[2][tile] = {}, im[2][tile] = {};
  for (int m = 0; m < degrees; m += 2) {
    const Lanes* even = of(columns + m * block_frequencies) + vector;
    const Lanes* odd = even + vectors;
    for (int r = 0; r < 2; ++r) {
      const double* moment = moments + static_cast<size_t>(r) * stride + m;
      for (int v = 0; v < tile; ++v) {
        re[r][v] += moment[0] * even[v];
        im[r][v] += moment[1] * odd[v];
      }
    }
  }
  for (int r = 0; r < 2; ++r) {
    for (int v = 0; v < tile; ++v) {
      of(rows[r].re)[vector + v] = re[r][v];
      of(rows[r].im)[vector + v] = im[r][v];
    }
  }
}

void phi_rows(const double* moments, size_t stride, int row_count, int degrees,
              const double* columns, FrequencyBlock* rows) {
  FrequencyBlock unused[2];
  for (int r = 0; r < row_count; r += 2) {
    const bool pair = r + 1 < row_count;
    const double* from = moments + static_cast<size_t>(r) * stride;
    FrequencyBlock* to = pair ? rows + r : unused;
    for (int v = 0; v < vectors; v += tile) {
      phi_tile(from, pair ? stride : 0, degrees, columns, to, v);
    }
    if (!pair) rows[r] = unused[0];
  }
}

void set_rows(FrequencyBlock* rows, int row_count, const FrequencyBlock& base, double weight) {
  for (int r = 0; r < row_count; ++r) {
    for (int v = 0; v < vectors; ++v) {
      of(rows[r].re)[v] = weight * of(base.re)[v];
      of(rows[r].im)[v] = weight * of(base.im)[v];
    }
  }
}

void add_rows(FrequencyBlock* rows, int row_count, const FrequencyBlock* others, double weight) {
  for (int r = 0; r < row_count; ++r) {
    for (int v = 0; v < vectors; ++v) {
      of(rows[r].re)[v] += weight * of(others[r].re)[v];
      of(rows[r].im)[v] += weight * of(others[r].im)[v];
    }
  }
}

double largest(Lanes values) {
  double most = 0;
  for (int i = 0; i < lanes; ++i) most = values[i] > most ? values[i] : most;
  return most;
}

/// u = (b - a) / (b + a), so that log(b / a) = 2 artanh u; returns the largest |u|^2, or infinity
/// where it is no number.
double half_steps(const FrequencyBlock& a, const FrequencyBlock& b, FrequencyBlock& u) {
  double most = 0;
  for (int v = 0; v < vectors; ++v) {
    const Lanes dr = of(b.re)[v] - of(a.re)[v], di = of(b.im)[v] - of(a.im)[v];
    const Lanes sr = of(b.re)[v] + of(a.re)[v], si = of(b.im)[v] + of(a.im)[v];
    const Lanes size = sr * sr + si * si;
    const Lanes ur = (dr * sr + di * si) / size, ui = (di * sr - dr * si) / size;
    of(u.re)[v] = ur;
    of(u.im)[v] = ui;
    const Lanes square = ur * ur + ui * ui;
    for (int i = 0; i < lanes; ++i) {
      if (!(square[i] <= most)) most = square[i] == square[i] ? square[i] : __builtin_inf();
    }
  }
  return most;
}

/// log += 2 artanh u = 2 (u + u^3 / 3 + ... + u^(2 terms - 1) / (2 terms - 1)).
template <int terms>
void add_artanh(const FrequencyBlock& u, FrequencyBlock& log) {
  for (int v = 0; v < vectors; ++v) {
    const Lanes ur = of(u.re)[v], ui = of(u.im)[v];
    const Lanes qr = ur * ur - ui * ui, qi = 2.0 * ur * ui;
    Lanes sr = zeros + 1.0 / (2 * terms - 1), si = {};
    for (int t = terms - 1; t > 0; --t) {
      const Lanes next = sr * qr - si * qi + 1.0 / (2 * t - 1);
      si = sr * qi + si * qr;
      sr = next;
    }
    of(log.re)[v] += 2.0 * (sr * ur - si * ui);
    of(log.im)[v] += 2.0 * (sr * ui + si * ur);
  }
}

bool log_rows(FrequencyBlock* rows, int row_count, const FrequencyBlock& first_log) {
  FrequencyBlock before = rows[0], log = first_log, u;
  rows[0] = log;
  for (int r = 1; r < row_count; ++r) {
    const double most = half_steps(before, rows[r], u);
    before = rows[r];
    // What each leaves out is below 1e-15.
    if (most < 0.006 * 0.006) {
      add_artanh<3>(u, log);
    } else if (most < 0.05 * 0.05) {
      add_artanh<5>(u, log);
    } else if (most < 0.25 * 0.25) {
      add_artanh<12>(u, log);
    } else {
      return false;
    }
    rows[r] = log;
  }
  return true;
}

void add_weighted(FrequencyBlock& sum, const FrequencyBlock* rows, const double* weights,
                  int row_count) {
  Lanes re[vectors], im[vectors];
  for (int v = 0; v < vectors; ++v) {
    re[v] = of(sum.re)[v];
    im[v] = of(sum.im)[v];
  }
  for (int r = 0; r < row_count; ++r) {
    const double weight = weights[r];
    if (weight == 0) continue;
    for (int v = 0; v < vectors; ++v) {
      re[v] += weight * of(rows[r].re)[v];
      im[v] += weight * of(rows[r].im)[v];
    }
  }
  for (int v = 0; v < vectors; ++v) {
    of(sum.re)[v] = re[v];
    of(sum.im)[v] = im[v];
  }
}

void multiply(FrequencyBlock& product, const FrequencyBlock& factor) {
  for (int v = 0; v < vectors; ++v) {
    const Lanes ar = of(product.re)[v], ai = of(product.im)[v];
    const Lanes br = of(factor.re)[v], bi = of(factor.im)[v];
    of(product.re)[v] = ar * br - ai * bi;
    of(product.im)[v] = ar * bi + ai * br;
  }
}

void multiply_six(FrequencyBlock& product, const FrequencyBlock* rows, const double* weights,
                  const FrequencyBlock& edge, double share, unsigned long long power) {
  FrequencyBlock factor;
  for (int v = 0; v < vectors; ++v) {
    Lanes re = share * of(edge.re)[v], im = share * of(edge.im)[v];
    for (int q = 0; q < 6; ++q) {
      re += weights[q] * of(rows[q].re)[v];
      im += weights[q] * of(rows[q].im)[v];
    }
    of(factor.re)[v] = re;
    of(factor.im)[v] = im;
  }
  for (; power > 1; power >>= 1) {
    if (power & 1) multiply(product, factor);
    const FrequencyBlock same = factor;
    multiply(factor, same);
  }
  if (power != 0) multiply(product, factor);
}

// Adding and taking away 1.5 * 2^52 rounds to a whole number, which stays in the low bits.
constexpr double rounder = 6755399441055744.0;

/// e^x for -700 < x < 700, to 2 ulp; below -700 as at -700.
inline Lanes exponential(Lanes x) {
  x = x < -700.0 ? zeros - 700.0 : x;
  const Lanes shifted = x * 1.4426950408889634 + rounder;
  const Lanes n = shifted - rounder;
  const Lanes r = (x - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33;
  Lanes sum = zeros + 1.0 / 6227020800.0;
  constexpr double inverse_factorial[] = {1,
                                          1,
                                          1.0 / 2,
                                          1.0 / 6,
                                          1.0 / 24,
                                          1.0 / 120,
                                          1.0 / 720,
                                          1.0 / 5040,
                                          1.0 / 40320,
                                          1.0 / 362880,
                                          1.0 / 3628800,
                                          1.0 / 39916800,
                                          1.0 / 479001600};
  for (int k = 12; k >= 0; --k) sum = sum * r + inverse_factorial[k];
  const Words bits = (Words)sum + ((Words)shifted << 52);
  return (Lanes)bits;
}

/// cos and sin of x for |x| < 2^20, to a few ulp of 1.
inline void cosine_and_sine(Lanes x, Lanes& cosine, Lanes& sine) {
  const Lanes shifted = x * 0.63661977236758134 + rounder;
  const Lanes n = shifted - rounder;
  // Pi / 2 in parts whose products with n are exact.
  const Lanes r =
      ((x - n * 0x1.921fb54400000p+0) - n * 0x1.0b4611a600000p-34) - n * 0x1.3198a2e037073p-69;
  const Lanes q = r * r;
  constexpr double s[] = {-1.0 / 6,        1.0 / 120,          -1.0 / 5040,           1.0 / 362880,
                          -1.0 / 39916800, 1.0 / 6227020800.0, -1.0 / 1307674368000.0};
  constexpr double c[] = {-1.0 / 2,       1.0 / 24,        -1.0 / 720,          1.0 / 40320,
                          -1.0 / 3628800, 1.0 / 479001600, -1.0 / 87178291200.0};
  Lanes sum_s = zeros + s[6], sum_c = zeros + c[6];
  for (int k = 5; k >= 0; --k) {
    sum_s = sum_s * q + s[k];
    sum_c = sum_c * q + c[k];
  }
  const Lanes sin_r = r + r * (q * sum_s), cos_r = 1.0 + q * sum_c;
  const Words quarter = (Words)shifted & 3;
  const Words odd = (quarter & 1) != 0;
  const Lanes even_cos = odd ? sin_r : cos_r, even_sin = odd ? cos_r : sin_r;
  cosine = (quarter == 1 || quarter == 2) ? -even_cos : even_cos;
  sine = quarter >= 2 ? -even_sin : even_sin;
}

void add_corrected(FrequencyBlock& sum, const FrequencyBlock& log, const FrequencyBlock& edge,
                   double share, double count) {
  const double part = -1 / count;
  for (int v = 0; v < vectors; ++v) {
    const Lanes lr = of(log.re)[v], li = of(log.im)[v];
    const Lanes size = share * exponential(part * lr);
    Lanes cosine, sine;
    cosine_and_sine(part * li, cosine, sine);
    const Lanes er = of(edge.re)[v], ei = of(edge.im)[v];
    of(sum.re)[v] += lr + size * (er * cosine - ei * sine);
    of(sum.im)[v] += li + size * (er * sine + ei * cosine);
  }
}

void finish_node(FrequencyBlock& product, const FrequencyBlock& log_sum, const NodeFinish& finish) {
  alignas(64) double z[block_frequencies];
  for (int k = 0; k < block_frequencies; ++k) z[k] = finish.first_z + k * finish.step_z;
  for (int v = 0; v < vectors; ++v) {
    const Lanes at = of(z)[v];
    const Lanes size = exponential(of(log_sum.re)[v] - (0.5 * finish.variance) * (at * at));
    Lanes cosine, sine;
    cosine_and_sine(of(log_sum.im)[v] + finish.shift * at, cosine, sine);
    const Lanes pr = size * of(product.re)[v], pi = size * of(product.im)[v];
    of(product.re)[v] = pr * cosine - pi * sine;
    of(product.im)[v] = pr * sine + pi * cosine;
  }
}

double add_block(FrequencyBlock& sum, const FrequencyBlock& block, double weight) {
  Lanes most = {};
  for (int v = 0; v < vectors; ++v) {
    const Lanes re = of(block.re)[v], im = of(block.im)[v];
    const Lanes square = re * re + im * im;
    most = square > most ? square : most;
    of(sum.re)[v] += weight * re;
    of(sum.im)[v] += weight * im;
  }
  return largest(most);
}

}  // namespace

extern const FrequencyLoops CORRIDOR_LOOPS;
const FrequencyLoops CORRIDOR_LOOPS{
    CORRIDOR_LOOPS_NAME, add_chebyshev, phi_rows,      set_rows,    add_rows, log_rows,
    add_weighted,        multiply_six,  add_corrected, finish_node, add_block};

}  // namespace corridor
