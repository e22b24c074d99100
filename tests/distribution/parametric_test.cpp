// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <functional>
#include <string>

#include "tests/distribution/laws.hpp"

namespace corridor {
namespace {

/// A positive law with its density written down anew.
struct Case {
  std::string name;
  DistributionSpec spec;
  std::function<double(double)> density;
  double from_usd = 0;
};

Case gamma_case(double shape, double scale) {
  return {"gamma " + std::to_string(shape),
          law_of("gamma", {{"shape", {shape}}, {"scale_usd", {scale}}}), [=](double x) {
            return std::exp((shape - 1) * std::log(x / scale) - x / scale - std::lgamma(shape)) /
                   scale;
          }};
}

Case weibull_case(double shape, double scale) {
  return {"weibull " + std::to_string(shape),
          law_of("weibull", {{"shape", {shape}}, {"scale_usd", {scale}}}), [=](double x) {
            const double power = std::pow(x / scale, shape);
            return shape / x * power * std::exp(-power);
          }};
}

Case gpd_case(double xi, double sigma, double threshold) {
  return {"generalized_pareto " + std::to_string(xi),
          law_of("generalized_pareto",
                 {{"xi", {xi}}, {"sigma_usd", {sigma}}, {"threshold_usd", {threshold}}}),
          [=](double x) {
            const double excess = (x - threshold) / sigma;
            if (xi == 0) return std::exp(-excess) / sigma;
            return std::pow(1 + xi * excess, -1 / xi - 1) / sigma;
          },
          threshold};
}

Case lognormal_case(double mu, double sigma) {
  return {"lognormal " + std::to_string(sigma),
          law_of("lognormal", {{"mu", {mu}}, {"sigma", {sigma}}}), [=](double x) {
            const double z = (std::log(x) - mu) / sigma;
            return std::exp(-z * z / 2) / (x * sigma * std::sqrt(2 * std::acos(-1.0)));
          }};
}

class ParametricLaw : public testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Laws, ParametricLaw,
                         testing::Values(gamma_case(.2, 40e3), gamma_case(2, 50e3),
                                         gamma_case(30, 1e3), weibull_case(.5, 5e3),
                                         weibull_case(1.5, 9e3), gpd_case(.366, 54667, 100e3),
                                         gpd_case(0, 30e3, 0), gpd_case(.7, 5e3, 0),
                                         lognormal_case(7.4, 1.7), lognormal_case(10, .3)),
                         [](const auto& row) {
                           std::string name = row.param.name;
                           for (char& c : name) c = std::isalnum(c) ? c : '_';
                           return name;
                         });

TEST_P(ParametricLaw, SurvivalAndExcessAreIntegralsOfTheDensity) {
  const auto law = law_from(GetParam().spec);
  boost::math::quadrature::exp_sinh<double> integrate;
  for (const double s : {.9, .5, .1, .01, 1e-4, 1e-6}) {
    const double d = law->quantile(s);
    const auto above = [&](auto weight) {
      return integrate.integrate(
          [&](double x) {
            const double value = weight(x) * GetParam().density(d + x);
            return std::isfinite(value) ? value : 0.0;
          },
          1e-13);
    };
    EXPECT_LT(relative_error(law->survival(d), above([](double) { return 1.0; })), 1e-9) << s;
    EXPECT_LT(relative_error(law->excess(d), above([](double x) { return x; })), 1e-9) << s;
  }
}

TEST_P(ParametricLaw, LimitedValueIsTheIntegralOfSurvival) {
  const auto law = law_from(GetParam().spec);
  boost::math::quadrature::tanh_sinh<double> integrate;
  for (const double s : {.999, .9, .5, .1, .01}) {
    const double d = law->quantile(s), from = GetParam().from_usd;
    const double area = integrate.integrate([&](double x) { return law->survival(x); }, from, d);
    EXPECT_LT(relative_error(law->limited_expected_value(d), from + area), 1e-9) << s;
    EXPECT_LT(relative_error(law->limited_expected_value(d) + law->excess(d), law->mean()), 1e-12);
  }
}

TEST_P(ParametricLaw, QuantileInvertsSurvival) {
  const auto law = law_from(GetParam().spec);
  for (double s = .97; s > 0x1p-45; s /= 1.37) {
    EXPECT_LT(relative_error(law->survival(law->quantile(s)), s), 1e-10) << s;
  }
}

TEST_P(ParametricLaw, QuantileIntegralIsTheIntegralOfTheQuantile) {
  const auto law = law_from(GetParam().spec);
  boost::math::quadrature::tanh_sinh<double> integrate;
  for (double low = 0x1p-42; low < 1; low *= 1.7) {
    const double high = std::min(low * 1.1, 1.0);
    const double area = integrate.integrate([&](double s) { return law->quantile(s); }, low, high);
    EXPECT_LT(relative_error(law->quantile_integral(low, high), area), 2e-11) << low;
  }
  EXPECT_LT(relative_error(law->quantile_integral(0, 1), law->mean()), 1e-12);
}

TEST(GeneralizedPareto, NegativeIndexEndsWhereItShould) {
  const auto law = law_from(law_of(
      "generalized_pareto", {{"xi", {-.5}}, {"sigma_usd", {1e5}}, {"threshold_usd", {5e4}}}));
  const double end = 5e4 + 1e5 / .5;
  EXPECT_EQ(law->survival(end), 0);
  EXPECT_EQ(law->excess(end), 0);
  EXPECT_DOUBLE_EQ(law->quantile(0), end);
  EXPECT_DOUBLE_EQ(law->mean(), 5e4 + 1e5 / 1.5);
  EXPECT_DOUBLE_EQ(law->survival(5e4 + 1e5), .25);  // (1 - .5)^2
}

TEST(Gamma, MeanAndCvGiveShapeAndScale) {
  const auto by_moments = law_from(law_of("gamma", {{"mean_usd", {100e3}}, {"cv", {.5}}}));
  const auto by_shape = law_from(law_of("gamma", {{"shape", {4}}, {"scale_usd", {25e3}}}));
  EXPECT_DOUBLE_EQ(by_moments->mean(), 100e3);
  EXPECT_NEAR(by_moments->survival(150e3), by_shape->survival(150e3), 1e-14);
}

}  // namespace
}  // namespace corridor
