// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "host/exact/capped/band_spectrum.hpp"

namespace corridor {

/// Whether a characteristic function that has died away comes back at a higher frequency, as that
/// of a total of whole multiples of an amount does: all claims above the cap, or laws of few
/// amounts. Looked for at a few severities and at frequencies up to LawMoments::echo_count.
bool echoes(const CappedPersons& persons, const std::vector<SeverityNode>& nodes,
            const std::vector<BandSpectrum>& bands);

}  // namespace corridor
