// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/tsan/tbb/stand_in.hpp"
