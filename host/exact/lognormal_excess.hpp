// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/exact/table_law.hpp"

namespace corridor {

/// E(f x - t)+ for a lognormal factor f with mean 1 and log-deviation sigma > 0, x > 0, t > 0.
/// Source: Black and Scholes, Journal of Political Economy 81, 1973.
double lognormal_call(double x, double threshold, double sigma);

/// E(f X - t)+ for a table's law X and such a factor. The factor is integrated in closed form and X
/// by Gauss-Legendre panels of at most sigma, so atoms of the law cost no accuracy. Relative error
/// measured: 1e-12. Takes about 3 us + 250 us * sigma for a table's law.
double lognormal_excess(const TableLaw& law, double threshold, double sigma);

/// P(f X > t), the same way.
double lognormal_survival(const TableLaw& law, double threshold, double sigma);

}  // namespace corridor
