// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/lattice/real_transform.hpp"

#include <complex>
#include <kissfft/kissfft.hh>

namespace corridor {

struct RealTransform::Plans {
  explicit Plans(std::size_t points)
      : half(points / 2, false), whole(points, true), out(points), in(points) {}
  kissfft<double> half, whole;
  std::vector<std::complex<double>> out, in;
};

RealTransform::RealTransform(std::size_t points)
    : points_(points), plans_(std::make_unique<Plans>(points)) {}
RealTransform::~RealTransform() = default;
RealTransform::RealTransform(RealTransform&&) noexcept = default;

// The library packs the real frequencies 0 and points / 2 into the first number.
Spectrum RealTransform::forward(std::span<const double> mass) {
  plans_->half.transform_real(mass.data(), plans_->out.data());
  Spectrum spectrum(frequencies());
  for (std::size_t j = 1; j < points_ / 2; ++j) {
    spectrum.re[j] = plans_->out[j].real();
    spectrum.im[j] = plans_->out[j].imag();
  }
  spectrum.re[0] = plans_->out[0].real();
  spectrum.re[points_ / 2] = plans_->out[0].imag();
  return spectrum;
}

std::vector<double> RealTransform::inverse(const Spectrum& spectrum) {
  for (std::size_t j = 0; j < frequencies(); ++j) {
    plans_->in[j] = {spectrum.re[j], spectrum.im[j]};
    if (j > 0 && j < points_ / 2) plans_->in[points_ - j] = {spectrum.re[j], -spectrum.im[j]};
  }
  plans_->whole.transform(plans_->in.data(), plans_->out.data());
  std::vector<double> mass(points_);
  for (std::size_t k = 0; k < points_; ++k) {
    mass[k] = plans_->out[k].real() / static_cast<double>(points_);
  }
  return mass;
}

}  // namespace corridor
