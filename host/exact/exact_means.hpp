// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "corridor/plan.hpp"
#include "kernels/book.hpp"

namespace corridor {

/// Sets base_effect of every group whose effect acts on frequency, so that effects leave the
/// expected ground-up claims where they are without them: a person whose exposure * frequency
/// passes 1 claims no more than surely, which takes something off. Other groups keep theirs. Caps
/// on a person's claims are left aside. Expects `book.effects` and `group_of_job` of one entry a
/// job.
void recentre(Book& book);

/// Expected ground-up claims of every group and expected figures of every row, in closed form from
/// the tables: over the claims, the exposures, the group's and the shared effects, with caps,
/// lasers and limits. Takes every core; the result does not depend on how many.
ExactMeans exact_means(const Book& book);

}  // namespace corridor
