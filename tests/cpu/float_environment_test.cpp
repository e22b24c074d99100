// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cpu/float_environment.hpp"

#include <gmock/gmock.h>

#include <cfenv>

#include "corridor/error.hpp"
#include "kernels/backend.hpp"

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace corridor {
namespace {

class FloatEnvironment : public testing::Test {
 protected:
  FloatEnvironment() { std::fegetenv(&before_); }
  ~FloatEnvironment() override { std::fesetenv(&before_); }

 private:
  std::fenv_t before_;
};

TEST_F(FloatEnvironment, IsFineAsAProgramStarts) {
  EXPECT_NO_THROW(cpu::check_float_environment());
}

TEST_F(FloatEnvironment, IsRefusedUnderAnyOtherRounding) {
  for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
    std::fesetround(mode);
    EXPECT_THROW(cpu::check_float_environment(), Error);
    EXPECT_THROW(cpu::make_backend({}, {}), Error);
  }
}

#if defined(__SSE2__)
TEST_F(FloatEnvironment, IsRefusedWhenSubnormalsAreFlushed) {
  constexpr unsigned flush_results = 0x8000, flush_operands = 0x0040;
  const unsigned before = _mm_getcsr();
  for (const unsigned flag : {flush_results, flush_operands}) {
    _mm_setcsr(before | flag);
    EXPECT_THROW(cpu::check_float_environment(), Error) << flag;
  }
}
#endif

}  // namespace
}  // namespace corridor
