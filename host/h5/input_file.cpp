// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/h5/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "corridor/error.hpp"

namespace corridor::h5 {
namespace {

constexpr std::array<unsigned char, 8> signature = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : value_(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int value() const { return value_; }

 private:
  int value_;
};

[[noreturn]] void refuse(ErrorKind kind, const std::string& path, const std::string& code,
                         const std::string& message, const std::string& fix) {
  Problem problem;
  problem.code = code;
  problem.file = path;
  problem.message = message;
  problem.fix = fix;
  throw Error(kind, std::vector<Problem>{problem});
}

herr_t refuse_link(const char*, const char*, const char*, const char*, unsigned*, hid_t, void*) {
  return -1;
}

Properties access_rules() {
  Properties access(H5Pcreate(H5P_FILE_ACCESS), "prepare to open a file");
  check(H5Pset_file_locking(access.id(), true, true), "set file locking");
  check(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "set how files close");
  return access;
}

/// Links are listed before anything is opened and only hard ones are followed; this is the second
/// lock on the same door.
Properties strict(hid_t kind) {
  Properties access(H5Pcreate(kind), "prepare to open an object");
  check(H5Pset_elink_cb(access.id(), refuse_link, nullptr), "refuse external links");
  check(H5Pset_nlinks(access.id(), 1), "refuse chains of links");
  return access;
}

Link::Kind kind_of(hid_t group, const char* name) {
  H5O_info_t info;
  if (H5Oget_info_by_name2(group, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
    return Link::Kind::other;
  }
  if (info.type == H5O_TYPE_GROUP) return Link::Kind::group;
  return info.type == H5O_TYPE_DATASET ? Link::Kind::dataset : Link::Kind::other;
}

struct Listing {
  std::vector<Link> found;
  std::size_t most;
};

herr_t list_one(hid_t group, const char* name, const H5L_info_t* info, void* out) {
  auto& listing = *static_cast<Listing*>(out);
  if (listing.found.size() == listing.most) return -1;
  Link link{name, Link::Kind::other, info->type != H5L_TYPE_HARD};
  if (!link.leads_elsewhere) link.kind = kind_of(group, name);
  listing.found.push_back(std::move(link));
  return 0;
}

}  // namespace

std::uint64_t check_input(const std::string& path) {
  const Descriptor file(path);
  struct stat status {};
  if (file.value() < 0 || fstat(file.value(), &status) != 0) {
    refuse(ErrorKind::missing_input, path, "E_CANNOT_OPEN",
           std::string("cannot be opened: ") + std::strerror(errno),
           "Check the path and the permissions");
  }
  if (!S_ISREG(status.st_mode)) {
    refuse(ErrorKind::missing_input, path, "E_CANNOT_OPEN", "is not a regular file",
           "Give the path of a book");
  }
  std::array<unsigned char, signature.size()> start{};
  const ssize_t got = pread(file.value(), start.data(), start.size(), 0);
  if (got < 0) {
    refuse(ErrorKind::missing_input, path, "E_CANNOT_OPEN",
           std::string("cannot be read: ") + std::strerror(errno), "Check the disk");
  }
  if (got != static_cast<ssize_t>(start.size()) || start != signature) {
    refuse(ErrorKind::bad_data, path, "E_NOT_HDF5", "is not an HDF5 file",
           "Give a book; data/README.md describes the format");
  }
  return static_cast<std::uint64_t>(status.st_size);
}

File open_input(const std::string& path) {
  quiet();
  H5PLset_loading_state(0);
  const Properties access = access_rules();
  return File(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), "open the file");
}

Group open_group(const File& file, const std::string& path) {
  return Group(H5Gopen2(file.id(), path.c_str(), strict(H5P_GROUP_ACCESS).id()), "open " + path);
}

Dataset open_dataset(const File& file, const std::string& path) {
  return Dataset(H5Dopen2(file.id(), path.c_str(), strict(H5P_DATASET_ACCESS).id()),
                 "open " + path);
}

std::vector<Link> links(hid_t group, std::size_t most) {
  Listing listing{{}, most};
  hsize_t position = 0;
  if (H5Literate(group, H5_INDEX_NAME, H5_ITER_INC, &position, list_one, &listing) < 0) {
    if (listing.found.size() == most) {
      throw Error(ErrorKind::bad_data, "more than " + std::to_string(most) + " entries");
    }
    fail("cannot list the entries");
  }
  return std::move(listing.found);
}

}  // namespace corridor::h5
