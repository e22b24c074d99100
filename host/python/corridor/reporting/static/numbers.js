// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Numbers as the written tables show them (numbers.py), for what the page computes.
const NONE = '–',
  MINUS = '−';
const grouping = [0, 1, 2, 3].map((digits) => new Intl.NumberFormat(
'en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));

function grouped(value, digits = 0) {
  if (value === null || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? 'unlimited' : MINUS + '∞';
  const text = grouping[digits].format(Math.abs(value));
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

function money(value, digits = 0) {
  const text = grouped(value, digits);
  if (text === NONE || text === 'unlimited') return text;
  return text.startsWith(MINUS) ? MINUS + '$' + text.slice(1) : '$' + text;
}

function percent(value, digits = 1) {
  const text = grouped(value * 100, digits);
  return text === NONE || text === 'unlimited' ? text : text + '%';
}

function ratio(value) {
  const text = grouped(value, 3);
  return text.includes('.') && text.endsWith('0') ? text.slice(0, -1) : text;
}

function plain(value) {
  if (value === null || !Number.isFinite(value)) return grouped(value);
  return Number.isInteger(value) ? grouped(value) : String(Number(value.toPrecision(4)));
}

const FORMS = {
  money,
  cents: (v) => money(v, 2),
  percent,
  percent2: (v) => percent(v, 2),
  count: grouped,
  decimal: (v) => grouped(v, 2),
  ratio,
  plain
};

function textOf(value, form) {
  return form === 'text' || typeof value === 'string' ? String(value) : FORMS[form](value);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
