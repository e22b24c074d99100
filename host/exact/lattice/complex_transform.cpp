// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/complex_transform.hpp"

#include <kissfft/kissfft.hh>

namespace corridor {

struct ComplexTransform::Plan {
  kissfft<double> transform;
  double factor;
};

ComplexTransform::ComplexTransform(std::size_t points, bool inverse)
    : plan_(std::make_unique<Plan>(
          Plan{kissfft<double>(points, inverse), inverse ? 1 / static_cast<double>(points) : 1})) {}
ComplexTransform::~ComplexTransform() = default;

std::vector<std::complex<double>> ComplexTransform::operator()(
    const std::vector<std::complex<double>>& from) const {
  std::vector<std::complex<double>> to(from.size());
  plan_->transform.transform(from.data(), to.data());
  for (std::complex<double>& value : to) value *= plan_->factor;
  return to;
}

}  // namespace corridor
