// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/failure.hpp"

#include <hdf5.h>

#include "corridor/error.hpp"

namespace corridor::h5 {

void quiet() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

std::string reason() {
  std::string text;
  const auto keep_first = [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
    auto& innermost = *static_cast<std::string*>(out);
    if (innermost.empty() && entry->desc != nullptr) innermost = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text);
  return text;
}

void fail(const std::string& what) {
  const std::string why = reason();
  throw Error(ErrorKind::bad_data, why.empty() ? what : what + ": " + why);
}

void check(int status, const std::string& doing) {
  if (status < 0) fail("cannot " + doing);
}

}  // namespace corridor::h5
