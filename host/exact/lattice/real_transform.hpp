// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

namespace corridor {

/// Real and imaginary parts of the frequencies 0 to points / 2 of a real lattice.
struct Spectrum {
  std::vector<double> re, im;

  explicit Spectrum(std::size_t frequencies = 0) : re(frequencies), im(frequencies) {}
  std::size_t size() const { return re.size(); }
};

/// Discrete Fourier transform of real lattices of one length, a power of 2 of at least 4. Not for
/// two threads at once: it keeps its scratch.
class RealTransform {
 public:
  explicit RealTransform(std::size_t points);
  ~RealTransform();
  RealTransform(RealTransform&&) noexcept;

  std::size_t points() const { return points_; }
  std::size_t frequencies() const { return points_ / 2 + 1; }
  Spectrum forward(std::span<const double> mass);
  std::vector<double> inverse(const Spectrum& spectrum);

 private:
  struct Plans;
  std::size_t points_;
  std::unique_ptr<Plans> plans_;
};

}  // namespace corridor
