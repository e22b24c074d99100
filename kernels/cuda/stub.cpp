// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "corridor/error.hpp"
#include "kernels/backend.hpp"

namespace corridor::cuda {

Availability availability() { return {false, "built without CUDA", ""}; }

std::unique_ptr<Backend> make_backend(const BackendOptions&, TableSet) {
  throw Error(ErrorKind::device,
              "no CUDA back end (built without CUDA). Build with -DCORRIDOR_CUDA=ON, or take the "
              "processor with --device cpu");
}

}  // namespace corridor::cuda
