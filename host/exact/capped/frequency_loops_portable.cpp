// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#define CORRIDOR_LANE_BYTES 16
#define CORRIDOR_LOOPS portable_frequency_loops
#define CORRIDOR_LOOPS_NAME "portable"
#include "host/exact/capped/frequency_loops_body.hpp"
