// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// Makes the n-th call of one kind fail, in a program that knows nothing of it (LD_PRELOAD).
//
//   CORRIDOR_FAULT=KIND:N:ERRNO      the n-th (from 1) call of that kind since main began fails
//   CORRIDOR_FAULT_PROCESS=reader    in the helper that parses a book; without it, in the program
//   CORRIDOR_FAULT_REPORT=FILE       created when the call was met, so that a loop knows its end
//
// KIND is open, write, fsync, close, rename, link, map, allocate, or hdf5: what HDF5 and the libraries
// that unpack for it allocate, which 1.10 does not always survive. Calls that the C library makes within itself are not seen. Calls before main are not counted: no
// program can answer for them.
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<bool> armed{false};
std::atomic<long> left{0};  ///< calls of the kind until the one that fails
const char* kind = "";
const char* report = nullptr;
int error = EIO;

/// Where the code of HDF5 lies, and of what unpacks for it.
struct Code {
  std::uintptr_t begin = 0, end = 0;
};
Code hdf5[4];
int hdf5_parts = 0;

int note_hdf5(dl_phdr_info* library, std::size_t, void*) {
  bool wanted = false;
  for (const char* name : {"/libhdf5", "/libz.", "/libsz.", "/libaec."}) {
    wanted = wanted || std::strstr(library->dlpi_name, name) != nullptr;
  }
  for (int i = 0; wanted && i < library->dlpi_phnum; ++i) {
    const auto& part = library->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0 || hdf5_parts == 4) continue;
    const std::uintptr_t begin = library->dlpi_addr + part.p_vaddr;
    hdf5[hdf5_parts++] = {begin, begin + part.p_memsz};
  }
  return 0;
}

void arm() {
  const char* fault = std::getenv("CORRIDOR_FAULT");
  const char* process = std::getenv("CORRIDOR_FAULT_PROCESS");
  const bool reader = process != nullptr && std::strcmp(process, "reader") == 0;
  if (fault == nullptr || reader != (std::getenv("CORRIDOR_IS_READER") != nullptr)) return;
  static char text[64];
  std::strncpy(text, fault, sizeof text - 1);
  char* count = std::strchr(text, ':');
  if (count == nullptr) return;
  *count++ = '\0';
  if (char* number = std::strchr(count, ':')) error = std::atoi(number + 1);
  kind = text;
  report = std::getenv("CORRIDOR_FAULT_REPORT");
  left = std::atol(count);
  dl_iterate_phdr(note_hdf5, nullptr);
  armed = true;
}

bool strikes(const char* call) {
  if (!armed || std::strcmp(call, kind) != 0 || left.fetch_sub(1) != 1) return false;
  if (report != nullptr) {
    const long file = syscall(SYS_openat, AT_FDCWD, report, O_WRONLY | O_CREAT, 0666);
    if (file >= 0) syscall(SYS_close, file);
  }
  errno = error;
  return true;
}

bool allocation_strikes(void* caller) {
  if (!armed) return false;
  const auto place = reinterpret_cast<std::uintptr_t>(caller);
  for (const Code& code : hdf5) {
    if (place >= code.begin && place < code.end) return strikes("hdf5");
  }
  return strikes("allocate");
}

using Main = int (*)(int, char**, char**);
Main real_main = nullptr;

int armed_main(int argc, char** argv, char** environment) {
  arm();
  return real_main(argc, argv, environment);
}

int opened(int folder, const char* path, int flags, unsigned mode) {
  if (strikes("open")) return -1;
  return static_cast<int>(syscall(SYS_openat, folder, path, flags, mode));
}

unsigned mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, unsigned) : 0;
}

}  // namespace

extern "C" {

void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);

int __libc_start_main(Main main, int argc, char** argv, void (*begin)(), void (*end)(),
                      void (*last)(), void* stack) {
  using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);
  const auto start = reinterpret_cast<Start>(dlsym(RTLD_NEXT, "__libc_start_main"));
  real_main = main;
  return start(armed_main, argc, argv, begin, end, last, stack);
}

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const unsigned mode = mode_of(flags, arguments);
  va_end(arguments);
  return opened(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const unsigned mode = mode_of(flags, arguments);
  va_end(arguments);
  return opened(AT_FDCWD, path, flags, mode);
}
int openat(int folder, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const unsigned mode = mode_of(flags, arguments);
  va_end(arguments);
  return opened(folder, path, flags, mode);
}

ssize_t write(int file, const void* bytes, std::size_t count) {
  return strikes("write") ? -1 : syscall(SYS_write, file, bytes, count);
}
ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t offset) {
  return strikes("write") ? -1 : syscall(SYS_pwrite64, file, bytes, count, offset);
}
int fsync(int file) {
  return strikes("fsync") ? -1 : static_cast<int>(syscall(SYS_fsync, file));
}
/// As the kernel does it: the descriptor is gone, whatever close says of what was written.
int close(int file) {
  const bool fails = strikes("close");
  const int result = static_cast<int>(syscall(SYS_close, file));
  if (!fails) return result;
  errno = error;
  return -1;
}
int rename(const char* from, const char* to) noexcept {
  return strikes("rename") ? -1 : static_cast<int>(syscall(SYS_rename, from, to));
}
int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned flags) noexcept {
  return strikes("rename") ? -1
                           : static_cast<int>(
                                 syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}
int link(const char* from, const char* to) noexcept {
  return strikes("link") ? -1 : static_cast<int>(syscall(SYS_link, from, to));
}

void* mmap(void* address, std::size_t size, int protection, int flags, int file,
           off_t offset) noexcept {
  if (strikes("map")) return reinterpret_cast<void*>(-1);
  return reinterpret_cast<void*>(syscall(SYS_mmap, address, size, protection, flags, file, offset));
}
int memfd_create(const char* name, unsigned flags) noexcept {
  return strikes("map") ? -1 : static_cast<int>(syscall(SYS_memfd_create, name, flags));
}
int ftruncate(int file, off_t size) noexcept {
  return strikes("map") ? -1 : static_cast<int>(syscall(SYS_ftruncate, file, size));
}

void* malloc(std::size_t size) {
  return allocation_strikes(__builtin_return_address(0)) ? nullptr : __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  return allocation_strikes(__builtin_return_address(0)) ? nullptr : __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  return allocation_strikes(__builtin_return_address(0)) ? nullptr : __libc_realloc(block, size);
}
/// The C library's own would allocate in a place that does not tell for whom.
char* strdup(const char* text) noexcept {
  if (allocation_strikes(__builtin_return_address(0))) return nullptr;
  const std::size_t size = std::strlen(text) + 1;
  void* copy = __libc_malloc(size);
  return copy == nullptr ? nullptr : static_cast<char*>(std::memcpy(copy, text, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  return allocation_strikes(__builtin_return_address(0)) ? nullptr : __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  if (allocation_strikes(__builtin_return_address(0))) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}

}  // extern "C"
