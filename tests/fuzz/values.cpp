// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/cli/values.hpp"

#include "corridor/pricing.hpp"
#include "tests/fuzz/text.hpp"

namespace {

/// The first byte says which flag's value the rest is.
void parse(const std::string& whole) {
  namespace cli = corridor::cli;
  if (whole.empty()) return;
  const std::string text = whole.substr(1);
  switch (static_cast<unsigned char>(whole[0]) % 9) {
    case 0:
      cli::whole_number("--years", text, 1, 4'000'000'000);
      break;
    case 1:
      cli::deductibles_usd("--specific", text);
      break;
    case 2:
      cli::corridors("--corridor", text);
      break;
    case 3:
      cli::levels("--levels", text);
      break;
    case 4:
      cli::return_periods("--return-periods", text, 1'000'000);
      break;
    case 5:
      cli::part_of_mean("--target-se", text);
      break;
    case 6:
      cli::names("--principle", text, {"expected_value", "standard_deviation"});
      break;
    case 7:
      cli::memory_bytes("--memory-limit", text);
      break;
    default: {
      corridor::PricingBasis basis;
      corridor::apply_load(basis, text);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  return corridor::fuzz::with_text(bytes, size, parse);
}
