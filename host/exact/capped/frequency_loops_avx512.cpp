// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#define CORRIDOR_LANE_BYTES 64
#define CORRIDOR_LOOPS avx512_frequency_loops
#define CORRIDOR_LOOPS_NAME "avx512"
#include "host/exact/capped/frequency_loops_body.hpp"
