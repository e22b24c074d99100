// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/exact/totals/law_store.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "host/exact/group_means.hpp"
#include "host/exact/law_claims.hpp"
#include "host/exact/run_in_law.hpp"

namespace corridor {
namespace {

EligibleLaw year_law(const Book& book, const Basis* basis, LawKey key) {
  const TableLaw claims = law_claims(book, key.table, basis);
  return basis ? EligibleLaw(claims, *basis, 0) : EligibleLaw(claims);
}

/// The windows with the years' effects at their deviations.
Basis at_deviations(Basis basis, const YearDeviations& deviations) {
  for (std::uint32_t back = 0; back <= basis.prior_years; ++back) {
    basis.relative_scale[back] *= static_cast<float>(std::exp(deviations[back]));
  }
  return basis;
}

/// The laws of one ratio node at every node of exposure.
std::vector<std::unique_ptr<TableLaw>> laws_at(const RunInLaw& law, const LatticeLaw& claims,
                                               const Lattice& lattice, std::size_t degree,
                                               std::size_t exposures) {
  std::vector<std::unique_ptr<TableLaw>> result;
  for (std::size_t n = 0; n < exposures; ++n) {
    const LatticeLaw at = law.of(claims, exposure_node(degree, n));
    result.push_back(std::make_unique<TableLaw>(pieces_of(at, lattice.first)));
  }
  return result;
}

/// S up to 1 / weight of a law, stretched over all of S.
TableLaw stretched(const TableLaw& law, double weight) {
  std::vector<TableLaw::Piece> pieces;
  for (int p = 0; p < law.piece_count() && law.piece(p).low * weight < 1; ++p) {
    TableLaw::Piece piece = law.piece(p);
    piece.low *= weight;
    piece.width *= weight;
    if (piece.low + piece.width > 1) {
      const double kept = 1 - piece.low;
      piece.bottom = piece.top + (piece.bottom - piece.top) * kept / piece.width;
      piece.width = kept;
    }
    pieces.push_back(piece);
  }
  return TableLaw(std::move(pieces));
}

}  // namespace

TableLaw cut_law(const EligibleLaw& law, double weight) {
  std::vector<MonthLaw> months;
  for (const MonthLaw& month : law.months()) {
    months.push_back({month.weight, stretched(month.law, weight)});
  }
  return months.size() == 1 ? months[0].law : mixture(months);
}

LawStore::LawStore(const Book& book, const BasisNumbers& bases, const UsesByRung& uses) {
  for (const auto& [rung, of_rung] : uses) {
    for (const LawUse& use : of_rung) {
      const Basis* basis = bases.basis(use.key.basis);
      if (basis == nullptr || basis->prior_years == 0) years_[use.key] = nullptr;
    }
  }
  std::vector<LawKey> keys;
  for (const auto& [key, law] : years_) keys.push_back(key);
  tbb::parallel_for(std::size_t{0}, keys.size(), [&](std::size_t i) {
    years_.at(keys[i]) =
        std::make_unique<EligibleLaw>(year_law(book, bases.basis(keys[i].basis), keys[i]));
  });
  for (const auto& [rung, of_rung] : uses) make_run_in(book, bases, of_rung, rung);
}

void LawStore::make_run_in(const Book& book, const BasisNumbers& bases,
                           const std::vector<LawUse>& uses, double rung) {
  std::map<std::uint32_t, std::vector<LawUse>> of_basis;
  for (const LawUse& use : uses) {
    const Basis* basis = bases.basis(use.key.basis);
    if (basis == nullptr || basis->prior_years == 0) continue;
    of_basis[use.key.basis].push_back(use);
    const std::uint32_t years = basis->prior_years + 1;
    run_in_keys_.insert(use.key);
    RunIn& made = run_in_[{use.key, rung}];
    made.ratios = &ratios_.try_emplace({years, rung}, years, rung).first->second;
    made.degree = years;
    made.at.resize(made.ratios->size());
  }
  for (const auto& [number, laws] : of_basis) {
    const Basis& basis = *bases.basis(number);
    const RatioNodes& ratios = ratios_.at({basis.prior_years + 1, rung});
    tbb::parallel_for(std::size_t{0}, ratios.size(), [&, &uses_of = laws](std::size_t r) {
      const RunInLaw law(at_deviations(basis, ratios.at(r)), 0);
      for (const LawUse& use : uses_of) {
        const TableLaw claims = law_claims(book, use.key.table, &basis);
        const Lattice lattice = lattice_for(claims);
        RunIn& made = run_in_.at({use.key, rung});
        made.at[r] = laws_at(law, on_lattice(claims, lattice.first, lattice.nodes), lattice,
                             made.degree, use.thinned ? made.degree : 1);
      }
    });
  }
}

const TableLaw& CutLaws::of(const EligibleLaw& law, LawKey key, double weight) {
  const std::lock_guard lock(mutex_);
  auto& cut = laws_[{key, weight}];
  if (!cut) cut = std::make_unique<TableLaw>(cut_law(law, weight));
  return *cut;
}

std::vector<const TableLaw*> CutLaws::all() const {
  const std::lock_guard lock(mutex_);
  std::vector<const TableLaw*> result;
  for (const auto& [key, law] : laws_) result.push_back(law.get());
  return result;
}

std::vector<const TableLaw*> LawStore::all() const {
  std::vector<const TableLaw*> result;
  for (const auto& [key, law] : years_) result.push_back(&law->law());
  for (const auto& [key, run_in] : run_in_) {
    for (const auto& exposures : run_in.at) {
      for (const auto& law : exposures) result.push_back(law.get());
    }
  }
  const std::vector<const TableLaw*> cut = cut_.all();
  result.insert(result.end(), cut.begin(), cut.end());
  return result;
}

}  // namespace corridor
