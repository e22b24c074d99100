// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "kernels/cuda/batch_image.hpp"

#include <cstring>

namespace corridor::cuda {
namespace {

constexpr std::size_t alignment = 16;

std::size_t aligned(std::size_t bytes) { return (bytes + alignment - 1) / alignment * alignment; }

/// Most bytes that a group takes in an image.
std::size_t group_bytes(const GroupView& group) {
  const std::size_t own = std::size_t{group.personal_count} * group.threshold_count;
  return aligned(sizeof(DeviceGroup)) + aligned(group.member_count * sizeof(Member)) +
         aligned(group.personal_count * sizeof(PersonalMember)) +
         aligned((own + group.threshold_count) * sizeof(Cents)) + alignment +
         (group.basis != nullptr ? aligned(sizeof(Basis)) : 0) +
         // A law for each member at most.
         aligned(group.member_count * sizeof(std::uint32_t));
}

}  // namespace

std::vector<std::uint32_t> laws_of(std::span<const Member> members, std::uint32_t table_count) {
  std::vector<bool> used(table_count, false);
  for (const Member& member : members) used[member.table] = true;
  std::vector<std::uint32_t> laws;
  for (std::uint32_t table = 0; table < table_count; ++table) {
    if (used[table]) laws.push_back(table);
  }
  return laws;
}

std::byte* BatchImage::append(std::span<const std::byte> values) {
  const std::size_t offset = bytes_.size();
  bytes_.resize(offset + aligned(values.size()));
  if (!values.empty()) std::memcpy(bytes_.data() + offset, values.data(), values.size());
  return place_ + offset;
}

const Bucket* BatchImage::on_device(const Bucket* table) const {
  return table ? device_tables_ + (table - host_tables_.data) : nullptr;
}

DeviceGroup BatchImage::add_group(const GroupView& group) {
  std::vector<Member> members(group.members, group.members + group.member_count);
  const std::vector<std::uint32_t> laws = laws_of(members, host_tables_.count);
  std::vector<std::uint32_t> place_of(host_tables_.count);
  for (std::size_t place = 0; place < laws.size(); ++place) {
    place_of[laws[place]] = static_cast<std::uint32_t>(place);
  }
  for (Member& member : members) member.unused = place_of[member.table];
  const std::size_t own = std::size_t{group.personal_count} * group.threshold_count;

  DeviceGroup device;
  device.view = group;
  device.view.tables = on_device(group.tables);
  device.view.members = add(std::span<const Member>(members));
  device.view.personal = add(std::span(group.personal, group.personal_count));
  device.view.personal_thresholds = add(std::span(group.personal_thresholds, own));
  device.view.thresholds = add(std::span(group.thresholds, group.threshold_count));
  if (group.basis != nullptr) device.view.basis = add(std::span(group.basis, 1));
  for (Effect& effect : device.view.effects) {
    effect.severity = on_device(effect.severity);
    effect.inverse_frequency = on_device(effect.inverse_frequency);
  }
  device.laws = add(std::span<const std::uint32_t>(laws));
  device.law_count = static_cast<std::uint32_t>(laws.size());
  return device;
}

const GridRow* BatchImage::add_rows(std::span<const GridRow> rows) {
  std::vector<GridRow> moved(rows.begin(), rows.end());
  for (GridRow& row : moved)
    row.attachments = add(std::span(row.attachments, row.attachment_count));
  return add(std::span<const GridRow>(moved));
}

std::size_t image_bytes(const GroupJob& job) {
  std::size_t bytes = group_bytes(job.group) + aligned(job.row_count * sizeof(GridRow));
  if (job.counted != nullptr) bytes += group_bytes(*job.counted);
  for (std::uint32_t r = 0; r < job.row_count; ++r) {
    bytes += aligned(job.rows[r].attachment_count * sizeof(Cents));
  }
  return bytes;
}

}  // namespace corridor::cuda
