// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/h5/handle.hpp"

namespace corridor::h5 {

/// Looks at a file without HDF5: it opens, is a regular file, begins with HDF5's signature.
///
/// returns  its size in bytes
/// throws   Error{missing_input} where it cannot be opened, Error{bad_data} where it is something
/// else
std::uint64_t check_input(const std::string& path);

/// Opens a file to read it and nothing else: links to other files and filter plug-ins are refused,
/// a read-only folder or a file system without locks is no obstacle.
///
/// throws  Error{bad_data} with HDF5's reason
File open_input(const std::string& path);

/// Opens what stands in the file itself: external links are refused, chains of links too.
///
/// throws  Error{bad_data} with HDF5's reason
Group open_group(const File& file, const std::string& path);
Dataset open_dataset(const File& file, const std::string& path);

struct Link {
  std::string name;
  enum class Kind { group, dataset, other } kind = Kind::other;
  bool leads_elsewhere = false;  ///< soft, external or user-defined: never followed
};

/// The links of a group, by name ascending. Throws Error{bad_data} beyond `most` of them.
std::vector<Link> links(hid_t group, std::size_t most);

}  // namespace corridor::h5
