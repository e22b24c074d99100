// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0

// A program that is a reader and nothing else, so that these tests need no command line.
#include "host/portfolio/reader_process.hpp"

int main(int argc, char** argv) { return corridor::run_reader(argc, argv); }
