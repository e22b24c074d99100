// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <memory>
#include <vector>

namespace corridor {

/// Discrete Fourier transform of complex numbers; the inverse divides by their count.
class ComplexTransform {
 public:
  ComplexTransform(std::size_t points, bool inverse);
  ~ComplexTransform();

  std::vector<std::complex<double>> operator()(const std::vector<std::complex<double>>& from) const;

 private:
  struct Plan;
  std::unique_ptr<Plan> plan_;
};

}  // namespace corridor
