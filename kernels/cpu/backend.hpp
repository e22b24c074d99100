// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/backend.hpp"
#include "kernels/cpu/group_run.hpp"

namespace corridor::cpu {

/// The back end with a cutting of its own, for tests and measurements.
std::unique_ptr<Backend> make_backend(const BackendOptions& options, TableSet tables,
                                      Tuning tuning);

}  // namespace corridor::cpu
