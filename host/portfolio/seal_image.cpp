// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/seal_image.hpp"

#include <vector>

#include "corridor/error.hpp"
#include "host/h5/value_type.hpp"
#include "host/portfolio/exchange.hpp"

namespace corridor {
namespace {

constexpr std::size_t growth_bytes = 1u << 20;
constexpr const char* attribute_name = "content_sha256";

/// The file as a copy in memory: changes never reach the disk.
h5::File open_copy(const std::string& path) {
  const h5::Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare to open a file");
  h5::check(H5Pset_fapl_core(access.id(), growth_bytes, false), "keep a file in memory");
  return h5::File(H5Fopen(path.c_str(), H5F_ACC_RDWR, access.id()), "open the file");
}

void set_digest(const h5::File& file, const std::string& digest) {
  if (H5Aexists(file.id(), attribute_name) > 0) {
    h5::check(H5Adelete(file.id(), attribute_name), "remove the old seal");
  }
  const h5::Type type = h5::memory_type(h5::ValueType::text, digest.size());
  const h5::Space space(H5Screate(H5S_SCALAR), "describe a scalar");
  const h5::Attribute attribute(
      H5Acreate2(file.id(), attribute_name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
      "create the seal");
  h5::check(H5Awrite(attribute.id(), type.id(), digest.data()), "write the seal");
}

std::vector<std::byte> bytes_of(const h5::File& file) {
  h5::check(H5Fflush(file.id(), H5F_SCOPE_GLOBAL), "finish the file");
  const ssize_t size = H5Fget_file_image(file.id(), nullptr, 0);
  if (size < 0) h5::fail("cannot take the file's bytes");
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  if (H5Fget_file_image(file.id(), bytes.data(), bytes.size()) < 0) {
    h5::fail("cannot take the file's bytes");
  }
  return bytes;
}

}  // namespace

void seal_image(const std::string& path, const std::string& digest, int descriptor) {
  h5::quiet();
  H5PLset_loading_state(0);
  const h5::File file = open_copy(path);
  set_digest(file, digest);
  const std::vector<std::byte> image = bytes_of(file);
  write_exchange(descriptor, image, 0);
}

}  // namespace corridor
