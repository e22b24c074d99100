// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
#include "host/portfolio/text_form.hpp"

#include <algorithm>

namespace corridor {
namespace {

bool is_plain(char c) { return c >= ' ' && c <= '~'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

bool is_key(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_plain) && text.front() != ' ' &&
         text.back() != ' ';
}

bool is_month(const std::string& text) {
  if (text.size() != 7 || text[4] != '-') return false;
  for (const int i : {0, 1, 2, 3, 5, 6}) {
    if (!is_digit(text[static_cast<std::size_t>(i)])) return false;
  }
  const int month = 10 * (text[5] - '0') + (text[6] - '0');
  const std::string year = text.substr(0, 4);  // of policies, as policy_year
  return month >= 1 && month <= 12 && year >= "1900" && year <= "2200";
}

}  // namespace

bool has_form(const std::string& text, Form form) {
  if (form == Form::number) return true;
  if (form == Form::key) return is_key(text);
  if (text.empty()) return true;
  if (form == Form::label) return is_key(text);
  if (form == Form::month) return is_month(text);
  if (form == Form::state) return text.size() == 2 && is_capital(text[0]) && is_capital(text[1]);
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_digit);
}

std::string form_text(Form form) {
  switch (form) {
    case Form::key:
      return "1 to 32 printable ASCII characters";
    case Form::label:
      return "at most 32 printable ASCII characters without spaces at the ends";
    case Form::state:
      return "two capital letters, or nothing";
    case Form::zip3:
      return "three digits, or nothing";
    case Form::month:
      return "a month as YYYY-MM from 1900-01 to 2200-12, or nothing";
    case Form::number:
      break;
  }
  return "a number";
}

std::string printable(const std::string& text) {
  constexpr char hex[] = "0123456789abcdef";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    result +=
        is_plain(c) ? std::string(1, c) : std::string("\\x") + hex[byte >> 4] + hex[byte & 15];
  }
  return result;
}

}  // namespace corridor
