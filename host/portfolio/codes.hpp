// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace corridor {

/// A kind of problem. Codes are stable: programs read them. "E_" stops a run, "W_" warns.
struct ProblemCode {
  std::string_view code;
  std::string_view meaning;
};

/// Every code that reading, checking, sealing or writing a file gives.
inline constexpr ProblemCode problem_codes[] = {
    {"E_CANNOT_CREATE", "the output's folder is missing or takes no new files"},
    {"E_CANNOT_OPEN", "the file is missing, unreadable or not a regular file"},
    {"E_CHUNK", "a chunk is larger than 16 MiB"},
    {"E_CURRENCY", "the book is not in USD"},
    {"E_DAMAGED", "HDF5 cannot read it: truncated, overwritten or a checksum does not match"},
    {"E_DIGEST", "the content is not what was sealed"},
    {"E_DUPLICATE", "a value that must be unique appears twice"},
    {"E_EXISTS", "the output is there already"},
    {"E_EXPANSION", "the data would grow beyond belief when unpacked"},
    {"E_EXTERNAL", "values are kept in other files"},
    {"E_FACTOR_MISSING", "aggregate factors are given for some tiers only"},
    {"E_FAMILY", "a family deductible without families, or below a person's deductible"},
    {"E_FILTER", "a compression filter other than shuffle, gzip and Fletcher-32"},
    {"E_FORMAT", "a text that does not have the form of its column"},
    {"E_GROUP_SIZE", "a group has no members, or more than 2^26"},
    {"E_HASH", "two group ids have one random stream"},
    {"E_LASER", "a laser is below the group's deductible"},
    {"E_LENGTH", "a column is not as long as its table"},
    {"E_LIMIT", "a limit leaves the cover nothing to pay"},
    {"E_LINK", "a link that leads to another place or file"},
    {"E_MISSING", "a required dataset or attribute is absent"},
    {"E_NEGATIVE", "a value below zero where none may be"},
    {"E_NO_DATA", "rows are claimed but no values are stored"},
    {"E_NO_EMPLOYEES", "monthly factors without employees to multiply"},
    {"E_NOT_ASCENDING", "values that must ascend do not"},
    {"E_NOT_FINITE", "NaN or infinity where it has no meaning"},
    {"E_NOT_HDF5", "the file is not HDF5"},
    {"E_NOT_POSITIVE", "a value that must be above zero is not"},
    {"E_NOT_PRICED", "a contract feature that this version does not price"},
    {"E_OFFSET", "member_offset does not cut the members into groups"},
    {"E_RANGE", "a value outside its range"},
    {"E_RATE_CAP", "a rate cap without today's rates"},
    {"E_REFERENCE", "a reference that leads nowhere"},
    {"E_SCHEMA", "not a book, or one of another major version"},
    {"E_SHAPE", "a dataset has another number of axes or values a row"},
    {"E_TOO_LARGE", "more rows, entries or bytes than the limits allow"},
    {"E_TWO_WAYS", "one thing is given in two ways"},
    {"E_TYPE", "a dataset or attribute has another type"},
    {"E_UNKNOWN", "a dataset that the format does not have, in a book to be sealed"},
    {"E_WRITE", "the disk is full or failing"},
    {"W_EXPERIENCE", "periods of experience that begin after the policy, or overlap"},
    {"W_LAG", "payment lags of small and of large claims that hardly belong together"},
    {"W_LOW_CORRIDOR", "an aggregate corridor below 1"},
    {"W_MORE", "how many further problems a dataset has"},
    {"W_NOT_USED", "read, but nothing in this version depends on it"},
    {"W_PERSONAL_DATA", "a dataset whose name suggests personal data"},
    {"W_SCALE", "a scale far from 1"},
    {"W_UNKNOWN", "a dataset, group or attribute that the format does not have; ignored"},
    {"W_UNSEALED", "the book states no digest of its content"},
};

}  // namespace corridor
