// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/build_head.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "host/portfolio/copy_column.hpp"
#include "host/portfolio/schema.hpp"
#include "host/portfolio/text_form.hpp"

namespace corridor {
namespace {

class Builder {
 public:
  Builder(const RawBook& raw, Findings& findings);

  BookHead build();

 private:
  void read_root();
  void check_schema();
  void read_laws();
  DistributionSpec read_law(const std::string& name);
  void read_law_attribute(const h5::AttributeValue& value, DistributionSpec& law);
  bool is_one_number(const std::string& place, const h5::AttributeValue& value);
  void read_law_index(const std::string& path, DistributionSpec& law);
  Table read_table(std::string_view path, std::uint64_t rows);
  /// Columns of `path` that have `rows` rows; the others are noted.
  std::vector<const RawColumn*> fitting(std::string_view path, std::uint64_t rows);
  std::span<const std::byte> bytes(const RawColumn& raw) { return raw_.bytes(raw, buffer_); }
  std::uint64_t rows_of(std::string_view path, std::vector<std::uint64_t> votes = {}) const;
  void check_length(const RawColumn& column, std::uint64_t rows);
  void read_groups();
  void read_members();
  void read_market();
  std::vector<double> read_list(const std::string& path);
  void check_presence();

  const RawColumn* column(std::string_view path) const;
  const h5::AttributeValue* attribute(std::string_view owner, std::string_view name) const;
  void missing(const std::string& place, const std::string& what);
  void missing_from(const TableRule& table, const ColumnRule& rule);

  const std::vector<const RawColumn*>& columns_of(std::string_view table) const;
  const std::vector<const RawAttribute*>& attributes_of(std::string_view owner) const;

  const RawBook& raw_;
  Findings& findings_;
  Portfolio book_;
  std::vector<RawColumn> member_columns_;
  std::vector<std::byte> buffer_;
  std::map<std::string, std::vector<const RawColumn*>, std::less<>> columns_;        ///< by table
  std::map<std::string, std::vector<const RawAttribute*>, std::less<>> attributes_;  ///< by owner
};

Builder::Builder(const RawBook& raw, Findings& findings) : raw_(raw), findings_(findings) {
  for (const RawColumn& each : raw.content.columns) {
    columns_[each.path.substr(0, each.path.rfind('/'))].push_back(&each);
  }
  for (const RawAttribute& each : raw.content.attributes) attributes_[each.owner].push_back(&each);
}

const std::vector<const RawColumn*>& Builder::columns_of(std::string_view table) const {
  static const std::vector<const RawColumn*> none;
  const auto found = columns_.find(table);
  return found == columns_.end() ? none : found->second;
}

const std::vector<const RawAttribute*>& Builder::attributes_of(std::string_view owner) const {
  static const std::vector<const RawAttribute*> none;
  const auto found = attributes_.find(owner);
  return found == attributes_.end() ? none : found->second;
}

const RawColumn* Builder::column(std::string_view path) const {
  for (const RawColumn* raw : columns_of(path.substr(0, path.rfind('/')))) {
    if (raw->path == path) return raw;
  }
  return nullptr;
}

const h5::AttributeValue* Builder::attribute(std::string_view owner, std::string_view name) const {
  for (const RawAttribute* raw : attributes_of(owner)) {
    if (raw->value.name == name) return &raw->value;
  }
  return nullptr;
}

/// Absent, unless something worse about it has been said.
void Builder::missing(const std::string& place, const std::string& what) {
  if (findings_.mentions(place)) return;
  findings_.add("E_MISSING", {place, {}, ""}, "", what + " is missing, and no book is without it",
                "Add it; data/README.md describes it");
}

/// A table of two columns out of three says less than none: the third would be taken for its
/// default.
void Builder::missing_from(const TableRule& table, const ColumnRule& rule) {
  const std::string place = table.path + "/" + rule.name;
  if (table.required) return missing(place, "this column (" + rule.description + ")");
  if (findings_.mentions(place)) return;
  findings_.add("E_MISSING", {place, {}, ""}, "",
                "this column (" + rule.description + ") is missing, and " + table.path +
                    " says nothing without it",
                "Add it, or leave " + table.path + " out; data/README.md lists its columns");
}

std::string text_of(const h5::AttributeValue* value) {
  return value != nullptr && value->is_text ? value->text : "";
}

/// An attribute may hold no number at all.
std::string version_text(const h5::AttributeValue& version) {
  if (version.is_text) return printable(version.text);
  return version.numbers.empty() ? "" : number_text(version.numbers.front());
}

void Builder::check_schema() {
  const h5::AttributeValue* schema = attribute("/", "schema");
  const h5::AttributeValue* version = attribute("/", "schema_version");
  if (schema == nullptr) missing("/@schema", "the name of the format");
  if (version == nullptr) missing("/@schema_version", "the version of the format");
  if (schema != nullptr && text_of(schema) != "corridor.book") {
    findings_.add("E_SCHEMA", {"/@schema", {}, ""}, printable(text_of(schema)),
                  "the schema is '" + printable(text_of(schema)) + "', so this is no book",
                  "Give a file whose schema is corridor.book");
  }
  if (version != nullptr && (version->numbers.empty() || version->numbers.front() != 1)) {
    findings_.add("E_SCHEMA", {"/@schema_version", {}, ""}, version_text(*version),
                  "this program reads books of version 1 only", "Write the book as version [1, 0]");
  }
}

void Builder::read_root() {
  check_schema();
  if (const h5::AttributeValue* currency = attribute("/", "currency")) {
    book_.currency = currency->text;
    if (!currency->is_text) {
      findings_.add("E_TYPE", {"/@currency", {}, ""}, "", "is a number where a text is read",
                    "Write it as text, USD");
    } else if (currency->text != "USD") {
      findings_.add(
          "E_CURRENCY", {"/@currency", {}, ""}, printable(currency->text),
          "the currency is '" + printable(currency->text) + "', and amounts are read as US dollars",
          "Convert the book and say USD");
    }
  }
  book_.generator = text_of(attribute("/", "generator"));
  if (const h5::AttributeValue* year = attribute("/", "policy_year")) {
    const double value = year->is_text ? NAN : year->numbers.front();
    if (!(value >= 1900 && value <= 2200 && value == std::floor(value))) {
      findings_.add("E_RANGE", {"/@policy_year", {}, ""},
                    year->is_text ? year->text : number_text(value),
                    (year->is_text ? "'" + printable(year->text) + "'" : number_text(value)) +
                        " is not a year from 1900 to 2200",
                    "Give the year in which the policies begin, as a whole number");
    } else {
      book_.policy_year = static_cast<int>(value);
    }
  }
}

void Builder::read_law_attribute(const h5::AttributeValue& value, DistributionSpec& law) {
  const std::string place = std::string(laws_path) + "/" + law.name + "@" + value.name;
  if (value.name == "kind") {
    law.kind = value.text;
    if (value.is_text) return;
    findings_.add("E_TYPE", {place, {}, ""}, "", "is a number where the name of a kind is read",
                  "Write it as text, as in numpy.bytes_(\"lognormal\")");
  } else if (value.name == "maximum_usd") {
    if (is_one_number(place, value)) law.maximum_usd = value.numbers.front();
  } else if (value.is_text) {
    law.texts[value.name] = value.text;
  } else if (value.name != "index") {
    law.numbers[value.name] = value.numbers;
  }
}

/// Else says so.
bool Builder::is_one_number(const std::string& place, const h5::AttributeValue& value) {
  if (!value.is_text && value.numbers.size() == 1) return true;
  findings_.add("E_TYPE", {place, {}, ""}, printable(value.text),
                value.is_text ? "'" + printable(value.text) + "' is a text where a number is read"
                              : "holds " + std::to_string(value.numbers.size()) +
                                    " numbers where one is read",
                "Write it as a float64 scalar");
  return false;
}

void Builder::read_law_index(const std::string& path, DistributionSpec& law) {
  const h5::AttributeValue* index = attribute(path, "index");
  const std::string place = path + "@index";
  if (index == nullptr) return missing(place, "the number that members refer to");
  if (!is_one_number(place, *index)) return;
  const double number = index->numbers.front();
  if (number >= 0 && number <= 65'535 && number == std::floor(number)) {
    law.index = static_cast<std::uint16_t>(number);
    return;
  }
  findings_.add("E_RANGE", {place, {}, ""}, number_text(number),
                number_text(number) + " is no index of a law, a whole number from 0 to 65535",
                "Number the laws 0, 1, 2, ...");
}

DistributionSpec Builder::read_law(const std::string& name) {
  const std::string path = std::string(laws_path) + "/" + name;
  DistributionSpec law;
  law.name = name;
  for (const RawAttribute* raw : attributes_of(path)) read_law_attribute(raw->value, law);
  for (const RawColumn* raw : columns_of(path)) {
    law.columns[name_in(*raw)] = copy_numbers<double>(bytes(*raw));
  }
  if (law.kind.empty()) missing(path + "@kind", "the kind of the law");
  read_law_index(path, law);
  return law;
}

void Builder::read_laws() {
  for (const std::string& name : raw_.content.laws) book_.distributions.push_back(read_law(name));
}

/// Rows of a table: the length that most of its columns have, with `votes` for one or another, so
/// that one column of another length is named itself and not all the others. 0 without columns.
std::uint64_t Builder::rows_of(std::string_view path, std::vector<std::uint64_t> votes) const {
  std::vector<std::uint64_t> lengths;
  for (const RawColumn* raw : columns_of(path)) {
    if (raw->path != "/groups/member_offset") lengths.push_back(raw->rows);
  }
  votes.insert(votes.end(), lengths.begin(), lengths.end());
  const auto count = [&](std::uint64_t rows) {
    return std::count(votes.begin(), votes.end(), rows);
  };
  const auto most = std::max_element(lengths.begin(), lengths.end(),
                                     [&](auto a, auto b) { return count(a) < count(b); });
  return most == lengths.end() ? 0 : *most;
}

void Builder::check_length(const RawColumn& raw, std::uint64_t rows) {
  if (raw.rows == rows) return;
  findings_.add(
      "E_LENGTH", {raw.path, {}, ""}, std::to_string(raw.rows),
      "has " + std::to_string(raw.rows) + " rows where its table has " + std::to_string(rows),
      raw.path == "/groups/member_offset"
          ? "Write one value for every group, and one more at the end"
          : "Write one value for every row");
}

std::vector<const RawColumn*> Builder::fitting(std::string_view path, std::uint64_t rows) {
  std::vector<const RawColumn*> fit;
  for (const RawColumn* raw : columns_of(path)) {
    if (raw->path == "/groups/member_offset") continue;
    check_length(*raw, rows);
    if (raw->rows == rows) fit.push_back(raw);
  }
  return fit;
}

Table Builder::read_table(std::string_view path, std::uint64_t rows) {
  Table table;
  table.rows = rows;
  for (const RawColumn* raw : fitting(path, rows)) {
    table.columns.push_back(copy_column(name_in(*raw), raw->expected, bytes(*raw)));
  }
  return table;
}

void Builder::read_groups() {
  const RawColumn* id = column("/groups/group_id");
  const RawColumn* offset = column("/groups/member_offset");
  std::vector<std::uint64_t> votes;
  if (id != nullptr) votes.push_back(id->rows);  // a second one: every group has an id
  if (offset != nullptr && offset->rows > 0) votes.push_back(offset->rows - 1);
  const bool alone = columns_of("/groups").size() == 1;
  const bool agreed = votes.size() == 2 && votes.front() == votes.back();
  const bool settled = agreed || (alone && !votes.empty());
  const std::uint64_t rows = settled ? votes.front() : rows_of("/groups", votes);
  book_.groups = read_table("/groups", rows);
  if (offset == nullptr) return;
  if (offset->rows == rows + 1) {
    book_.member_offset = copy_numbers<std::uint64_t>(bytes(*offset));
  } else {
    check_length(*offset, rows + 1);
  }
}

void Builder::read_members() {
  std::vector<std::uint64_t> votes;
  if (const RawColumn* law = column("/members/distribution")) votes.push_back(law->rows);
  if (!book_.member_offset.empty()) votes.push_back(book_.member_offset.back());
  book_.members.rows = rows_of("/members", std::move(votes));
  for (const RawColumn* raw : fitting("/members", book_.members.rows)) {
    member_columns_.push_back(*raw);
  }
}

void Builder::read_market() {
  for (const TableRule& table : book_schema()) {
    for (const AttributeRule& rule : table.attributes) {
      const h5::AttributeValue* value = attribute(table.path, rule.name);
      if (value == nullptr) continue;
      if (is_one_number(table.path + "@" + rule.name, *value)) {
        book_.market[rule.name] = value->numbers.front();
      }
    }
  }
}

std::vector<double> Builder::read_list(const std::string& path) {
  const RawColumn* raw = column(path);
  if (raw == nullptr) return {};
  if (raw->rows == 0) {
    findings_.add("E_LENGTH", {path, {}, ""}, "0", "the list is there and holds nothing",
                  "Fill it in, or leave the dataset out for the default");
  }
  return copy_numbers<double>(bytes(*raw));
}

void Builder::check_presence() {
  if (raw_.content.laws.empty()) missing(std::string(laws_path), "the group of claim laws");
  for (const TableRule& table : book_schema()) {
    if (!table.required && columns_of(table.path).empty()) continue;
    for (const ColumnRule& rule : table.columns) {
      const bool there = column(table.path + "/" + rule.name) != nullptr;
      if (rule.required && !there) missing_from(table, rule);
    }
  }
}

BookHead Builder::build() {
  read_root();
  check_presence();
  read_laws();
  read_groups();
  read_members();
  read_market();
  book_.lag_paid_fraction = read_list("/lag/paid_fraction");
  book_.lag_paid_fraction_large = read_list("/lag/paid_fraction_large");
  book_.lag_incurral_weight = read_list("/lag/incurral_weight");
  book_.quote_specific_usd = read_list("/quote/specific_deductible_usd");
  book_.quote_corridor = read_list("/quote/aggregate_corridor");
  book_.quote_specific_relativity = read_list("/quote/specific_relativity");
  book_.quote_factor_relativity = read_list("/quote/factor_relativity");
  book_.treaties = read_table("/treaties", rows_of("/treaties"));
  book_.experience = read_table("/experience", rows_of("/experience"));
  book_.large_claims = read_table("/large_claims", rows_of("/large_claims"));
  return {std::move(book_), std::move(member_columns_)};
}

}  // namespace

BookHead build_head(const RawBook& raw, Findings& findings) {
  return Builder(raw, findings).build();
}

}  // namespace corridor
