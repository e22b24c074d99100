// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/watch/run_account.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace corridor {
namespace {

void wait(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

TEST(RunAccount, PhasesOfOneNameAreOneEntryInTheOrderOfTheirFirst) {
  RunAccount account({});
  account.next("plan");
  account.next("simulate");
  account.add_draws(30);
  wait(20);
  account.next("plan");
  account.next("simulate");
  account.add_draws(12);
  RunFacts facts;
  account.finish(facts);
  ASSERT_EQ(facts.timings.size(), 2u);
  EXPECT_EQ(facts.timings[0].phase, "plan");
  EXPECT_EQ(facts.timings[0].member_years, 0u);
  EXPECT_EQ(facts.timings[1].member_years, 42u);
  EXPECT_GE(facts.timings[1].seconds, 0.02);
  EXPECT_GE(facts.cost.elapsed_s, facts.timings[0].seconds + facts.timings[1].seconds);
}

TEST(RunAccount, DrawsBelongToThePhaseInProgress) {
  RunAccount account({});
  account.next("first");
  account.add_draws(5);
  account.next("second");
  RunFacts facts;
  account.finish(facts);
  EXPECT_EQ(facts.timings[0].member_years, 5u);
  EXPECT_EQ(facts.timings[1].member_years, 0u);
}

TEST(RunAccount, TellsEveryStepOnce) {
  std::vector<std::string> told;
  RunOptions options;
  options.on_event = [&](const RunEvent& event) { told.push_back(event.name); };
  RunAccount account(options);
  account.next("load");
  account.device("cpu avx2, 3 threads");
  account.next("simulate");
  RunFacts facts;
  account.finish(facts);
  EXPECT_EQ(told, (std::vector<std::string>{"phase_begun", "device", "phase_ended", "phase_begun",
                                            "phase_ended"}));
  EXPECT_EQ(facts.device, "cpu avx2, 3 threads");
  EXPECT_EQ(facts.cost.instruction_set, "avx2");
}

TEST(RunAccount, ADeviceWithoutAnInstructionSetHasNone) {
  for (const char* device : {"cpu", "cuda Some GPU"}) {
    RunAccount account({});
    account.device(device);
    RunFacts facts;
    account.finish(facts);
    EXPECT_EQ(facts.cost.instruction_set, "") << device;
  }
}

}  // namespace
}  // namespace corridor
