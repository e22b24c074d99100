// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/capped/chebyshev_moments.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>

#include "host/exact/capped/bessel_columns.hpp"
#include "host/exact/capped/frequency_block.hpp"
#include "host/exact/capped/frequency_loops.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor {
namespace {

/// E exp(i z Y) of the pieces, each in closed form.
std::complex<double> phi(const TableLaw& law, double kappa, double z) {
  std::complex<double> sum = 0;
  for (int p = 0; p < law.piece_count(); ++p) {
    const TableLaw::Piece& piece = law.piece(p);
    const double low = std::min(piece.top, piece.bottom) / kappa;
    const double high = std::max(piece.top, piece.bottom) / kappa;
    const double below = low >= 1 ? 0 : high <= 1 ? 1 : (1 - low) / (high - low);
    sum += piece.width * (1 - below) * std::polar(1.0, z);
    const double end = std::min(high, 1.0), half = z * (end - low) / 2;
    const double wave = std::abs(half) < 1e-4 ? 1 - half * half / 6 : std::sin(half) / half;
    if (below > 0) sum += piece.width * below * wave * std::polar(1.0, z * (low + end) / 2);
  }
  return sum;
}

TEST(ChebyshevMoments, TheFirstAreThoseOfTheLimitedLaw) {
  const made::Table table = made::table_of(made::lognormal(8'000, 4, 0.2));
  const TableLaw law(table.data());
  for (const double kappa : {50.0, 3'000.0, 80'000.0, 3e6, 1e9}) {
    std::vector<double> moments(moment_degrees);
    chebyshev_moments(law, kappa, moments);
    EXPECT_NEAR(moments[0], 1, 1e-13);
    EXPECT_NEAR((moments[1] + 1) / 2 / (law.limited(kappa) / kappa), 1, 1e-12 + 1e-15 * kappa);
  }
}

TEST(ChebyshevMoments, WithBesselFunctionsGiveTheCharacteristicFunction) {
  const made::Table table = made::table_of(made::lognormal(8'000, 4, 0.2));
  const TableLaw law(table.data());
  for (const double kappa : {300.0, 20'000.0, 400'000.0}) {
    std::vector<double> moments(moment_degrees);
    chebyshev_moments(law, kappa, moments);
    for (const double first : {0.0, 7.3, 80.0, 290.0}) {
      std::vector<double> columns(moment_degrees * block_frequencies);
      bessel_columns(first, 0.3, moment_degrees, columns);
      FrequencyBlock block;
      frequency_loops().phi_rows(moments.data(), moment_degrees, 1, moment_degrees, columns.data(),
                                 &block);
      for (int k = 0; k < block_frequencies; ++k) {
        const double z = first + 0.3 * k;
        const auto centred = phi(law, kappa, z) * std::polar(1.0, -z / 2);
        EXPECT_NEAR(block.re[k], centred.real(), 1e-10) << kappa << " " << z;
        EXPECT_NEAR(block.im[k], centred.imag(), 1e-10) << kappa << " " << z;
      }
    }
  }
}

TEST(BesselColumns, AreTheStandardFunctions) {
  std::vector<double> columns(moment_degrees * block_frequencies);
  bessel_columns(0, 9.1, moment_degrees, columns);
  for (int m = 0; m < moment_degrees; ++m) {
    for (int k = 0; k < block_frequencies; ++k) {
      const double sign = m % 4 >= 2 ? -1 : 1;
      const double expected = sign * (m == 0 ? 1 : 2) * std::cyl_bessel_j(m, 9.1 * k / 2);
      EXPECT_NEAR(columns[static_cast<std::size_t>(m * block_frequencies + k)], expected, 1e-12)
          << m << " " << k;
    }
  }
}

}  // namespace
}  // namespace corridor
