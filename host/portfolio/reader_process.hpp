// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/h5/read_dataset.hpp"
#include "host/portfolio/raw_book.hpp"

namespace corridor {

/// First argument of the program when it is to be a reader: `corridor __read-book ...`.
inline constexpr const char* reader_subcommand = "__read-book";

/// The reader's main: what the program does when its first argument is `reader_subcommand`. Limits
/// its own memory and time, reads the file and leaves what it held in the descriptor it was given.
/// Called before anything else has run in the process.
///
/// argv     program, reader_subcommand, then what read_in_helper passes
/// returns  the exit status; 0 when the exchange memory is complete
int run_reader(int argc, char** argv);

/// Reads a book in a helper process, so that what the file does to HDF5 stays there. Which program
/// helps: the environment's CORRIDOR_READER; else this program where it is called corridor; else
/// the corridor beside it, beside this library or in the build tree. CORRIDOR_READ_IN_PROCESS=1
/// reads here instead, for fuzzers and debuggers.
///
/// limits.bytes binds all columns of a book that is read into memory; of one that is read into a
/// scratch file all but the members'.
///
/// throws  Error{bad_data} "reader died of signal N" when the file was too much for the helper,
///         Error{internal} when there is no helper; as ScratchFile
RawBook read_in_helper(const std::string& path, const h5::ReadLimits& limits,
                       ExchangeKind kind = ExchangeKind::memory);

/// The file's bytes with root attribute content_sha256 set to `digest`; made in a helper as above.
std::vector<std::byte> sealed_in_helper(const std::string& path, const std::string& digest,
                                        const h5::ReadLimits& limits);

}  // namespace corridor
