// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/failure.hpp"

#include <hdf5.h>

#include <cstdlib>
#include <new>
#include <string_view>

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

namespace {

/// Whether the innermost failure is that there was no memory, which is nobody's bad data.
bool ran_out_of_memory() {
  const auto is_memory = [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
    *static_cast<bool*>(out) = entry->maj_num == H5E_RESOURCE &&
                               (entry->min_num == H5E_NOSPACE || entry->min_num == H5E_CANTALLOC);
    return 1;
  };
  bool found = false;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, is_memory, &found);
  return found;
}

/// The errno that HDF5 states in a reason; 0 where it states none.
int error_in(const std::string& why) {
  constexpr std::string_view mark = "errno = ";
  const std::size_t at = why.find(mark);
  return at == std::string::npos ? 0 : std::atoi(why.c_str() + at + mark.size());
}

}  // namespace

void fail(const std::string& what) {
  if (ran_out_of_memory()) throw std::bad_alloc();
  const std::string why = reason();
  const std::string whole = why.empty() ? what : what + ": " + why;
  if (const int error = error_in(why)) throw SystemFailure(whole, error);
  throw Error(ErrorKind::bad_data, whole);
}

void check(int status, const std::string& doing) {
  if (status < 0) fail("cannot " + doing);
}

}  // namespace corridor::h5
