// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/distribution/compile.hpp"
#include "kernels/book.hpp"
#include "tests/exact/made_table.hpp"

namespace corridor::made {

inline Cents usd(double amount) { return static_cast<Cents>(std::llround(amount * 100)); }

/// One group as a test states it; everything has a neutral default.
struct Group {
  struct Personal {
    std::uint32_t member = 0;
    Member terms{};
    std::vector<Cents> thresholds;  ///< [threshold]
    Cents maximum = unlimited;
  };

  std::vector<Member> members;
  std::vector<Personal> personal;
  std::vector<Cents> thresholds{unlimited};
  Cents maximum = unlimited;
  std::vector<GridRow> rows;
  EffectModel effect{};
  bool yearly = false;  ///< the group effect in two parts, of which one is drawn anew every year
};

inline Member member(double scale, std::uint32_t table = 0, double exposure = 1) {
  return {static_cast<float>(scale), table, static_cast<float>(1 / exposure), 0};
}

/// A row of the plainest cover at threshold k.
inline GridRow plain_row(std::uint32_t threshold) {
  GridRow row;
  row.deductible_threshold = threshold;
  return row;
}

inline StreamKey key_of(std::size_t number) {
  char id[group_id_length] = {};
  const std::string text = "G" + std::to_string(number);
  text.copy(id, sizeof id);
  return stream_key(id);
}

/// A book of laws and groups, one job a group, effects drawn from tables made here.
class BookMaker {
 public:
  explicit BookMaker(std::vector<Table> laws) : laws_(std::move(laws)) {}

  void add(Group group) { groups_.push_back(std::move(group)); }

  Book book() {
    Book book;
    tables_ = std::make_shared<std::vector<Bucket>>();
    book.tables = tables_;
    for (const Table& law : laws_) append(law);
    std::vector<std::vector<std::size_t>> effect_tables;
    for (const Group& group : groups_) effect_tables.push_back(append_effects(group));
    std::size_t members = 0;
    for (const Group& group : groups_) members += group.members.size();
    book.members.reserve(members);
    for (std::size_t g = 0; g < groups_.size(); ++g) add_job(book, g, effect_tables[g]);
    return book;
  }

 private:
  std::size_t append(const Table& table) {
    tables_->insert(tables_->end(), table.begin(), table.end());
    return tables_->size() / bucket_count - 1;
  }

  /// Tables of the shared factor, the group's severity factor and its 1 / frequency, of the
  /// severity factor of a single year, and of a pandemic's 1 / frequency; ~0 for none.
  std::vector<std::size_t> append_effects(const Group& group) {
    const EffectModel& model = group.effect;
    const double lasting = group.yearly ? model.lasting_share : 1;
    const double whole = model.group_sigma * model.group_sigma;
    const double variance = lasting * whole;
    const auto append_law = [&](double location, double sigma, bool decreasing) {
      return sigma > 0 ? append(compile_effect({location, sigma, decreasing}))
                       : ~std::size_t{0};
    };
    const double share = model.frequency_share;
    return {append_law(-model.shared_sigma * model.shared_sigma / 2, model.shared_sigma, false),
            append_law(-(1 - share) * variance / 2, (1 - share) * std::sqrt(variance), false),
            append_law(share * variance / 2, share * std::sqrt(variance), true),
            append_law(-(whole - variance) / 2, std::sqrt(whole - variance), false),
            model.has_pandemic()
                ? append(compile_effect({0, 0, false, model.pandemic_probability,
                                               model.pandemic_frequency}))
                : ~std::size_t{0}};
  }

  void add_job(Book& book, std::size_t number, const std::vector<std::size_t>& effects) {
    const Group& made = groups_[number];
    const auto table = [&](std::size_t index) {
      return index == ~std::size_t{0} ? nullptr : book.tables->data() + index * bucket_count;
    };
    GroupJob job;
    GroupView& view = job.group;
    view.tables = book.tables->data();
    view.members = book.members.data() + book.members.size();
    view.member_count = static_cast<std::uint32_t>(made.members.size());
    view.key = key_of(number);
    book.members.insert(book.members.end(), made.members.begin(), made.members.end());
    view.thresholds = keep(book.amounts, made.thresholds);
    view.threshold_count = static_cast<std::uint32_t>(made.thresholds.size());
    view.maximum = made.maximum;
    add_personal(book, made, view);
    if (table(effects[0])) {
      view.effects[view.effect_count++] = {Purpose::book_effect, {}, table(effects[0]), nullptr};
    }
    if (table(effects[1]) || table(effects[2])) {
      view.effects[view.effect_count++] = {Purpose::group_effect, view.key, table(effects[1]),
                                           table(effects[2])};
    }
    if (table(effects[3])) {
      view.effects[view.effect_count++] = {Purpose::group_effect_year, view.key, table(effects[3]),
                                           nullptr};
    }
    if (table(effects[4])) {
      view.effects[view.effect_count++] = {Purpose::pandemic, {}, nullptr, table(effects[4])};
    }
    view.thinned = true;
    job.rows = keep(book.rows, made.rows);
    job.row_count = static_cast<std::uint32_t>(made.rows.size());
    book.jobs.push_back(job);
    book.group_of_job.push_back(static_cast<std::uint32_t>(number));
    book.effects.push_back(made.effect);
  }

  static void add_personal(Book& book, const Group& made, GroupView& view) {
    std::vector<PersonalMember> persons;
    std::vector<Cents> own;
    for (const Group::Personal& person : made.personal) {
      persons.push_back({person.member, person.terms, person.maximum});
      own.insert(own.end(), person.thresholds.begin(), person.thresholds.end());
    }
    view.personal = keep(book.personal, persons);
    view.personal_thresholds = keep(book.amounts, own);
    view.personal_count = static_cast<std::uint32_t>(persons.size());
  }

  template <class T>
  static const T* keep(std::deque<std::vector<T>>& store, std::vector<T> values) {
    store.push_back(std::move(values));
    return store.back().data();
  }

  std::shared_ptr<std::vector<Bucket>> tables_;
  std::vector<Table> laws_;
  std::vector<Group> groups_;
};

}  // namespace corridor::made
