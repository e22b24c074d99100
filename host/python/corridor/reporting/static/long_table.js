// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// A table of many rows: search, choices, flags, sorting and pages. Draws 50 rows, whatever their
// number.
const PAGE_ROWS = 50,
  PRINT_ROWS = 300;

class LongTable {
  constructor(host, table, filtersHost) {
    this.host = host;
    this.table = table;
    this.page = 0;
    this.sort = null;
    this.more = false;
    this.chosen = {};
    this.search = '';
    this.flag = '';
    this.listeners = [];
    this.minor = new Set(table.minor || []);
    this.filters = filtersHost || host.insertBefore(element('div', { class: 'filters' }), null);
    this.buildFilters();
    const live = { class: 'status', role: 'status', 'aria-live': 'polite' };
    const region = { class: 'table-wrap', tabindex: '0', role: 'region' };
    this.status = element('p', { ...live, id: table.id + '-count' });
    this.wrap = element('div', { ...region, 'aria-label': table.caption });
    this.pager = element('div', { class: 'pager' });
    this.note = element('p', { class: 'print-note small' });
    this.host.append(this.status, this.wrap, this.pager, this.note);
    this.refilter();
  }

  control(label, made) {
    this.filters.append(element('label', {}, label, made));
    return made;
  }

  select(label, texts, change) {
    const option = ([value, text]) => element('option', { value }, text);
    const options = [['', 'all'], ...texts].map(option);
    const made = this.control(label, element('select', {}, ...options));
    made.addEventListener('change', () => {
      change(made.value);
      this.refilter();
    });
    return made;
  }

  buildFilters() {
    const { table } = this, { by } = table;
    if (table.search) this.buildSearch(by[table.search].label.toLowerCase());
    const several = (column) => column && column.kind === 'codes' && column.values.length > 1;
    const choices = table.choices.map((name) => by[name]).filter(several);
    for (const column of choices) this.buildChoice(column);
    if (table.flags && by[table.flags]) this.buildFlags(by[table.flags]);
    if (this.minor.size) this.buildMore();
    if (this.filters.children.length > 1) {
      const reset = element('button', { type: 'button', class: 'button' }, 'Reset');
      reset.addEventListener('click', () => this.reset());
      this.filters.append(reset);
    }
  }

  buildSearch(noun) {
    const box = element('input', { type: 'search', placeholder: 'part of a name',
      autocomplete: 'off', spellcheck: 'false' });
    this.searchBox = this.control('Search ' + noun, box);
    box.addEventListener('input', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.setSearch(box.value), 90);
    });
  }

  buildChoice(column) {
    const text = (value) => textOf(value, column.form) || 'not stated';
    const texts = column.values.map((value, code) => [String(code), text(value)]);
    this.select(column.label, texts, (code) => {
      this.chosen[column.name] = code === '' ? undefined : Number(code);
    });
  }

  buildMore() {
    const box = element('input', { type: 'checkbox' });
    this.filters.append(element('label', { class: 'check' }, box, 'more columns'));
    box.addEventListener('change', () => {
      this.more = box.checked;
      this.draw();
    });
  }

  buildFlags(column) {
    const all = column.values.flatMap((text) => text.split(';')).filter(Boolean);
    const flags = [...new Set(all)].sort().map((flag) => [flag, flag]);
    if (!flags.length) return;
    const choose = (flag) => { this.flag = flag; };
    this.flagSelect = this.select('Flag', [...flags, ['-', 'no flag']], choose);
  }

  setSearch(text, exact = false) {
    this.search = text.trim().toLowerCase();
    this.exact = exact;
    if (this.searchBox.value !== text) this.searchBox.value = text;
    this.refilter();
  }

  setFlag(flag) {
    if (!this.flagSelect) return;
    this.reset(false);
    this.flagSelect.value = this.flag = flag;
    this.refilter();
  }

  reset(draw = true) {
    for (const select of this.filters.querySelectorAll('select')) select.value = '';
    if (this.searchBox) this.searchBox.value = '';
    this.chosen = {};
    this.search = '';
    this.exact = false;
    this.flag = '';
    if (draw) this.refilter();
  }

  // Tests of a row as tables over codes, so that a row costs a look-up a filter. `names`: choices
  // to heed; `flagged`: heed the flag too.
  tests(names, flagged = true) {
    const { by, search, flags } = this.table, tests = [];
    const add = (column, fits) => tests.push([column.data, Uint8Array.from(column.values, fits)]);
    if (this.search) add(by[search], (text) => this.found(text.toLowerCase()));
    if (this.flag && flagged) {
      add(by[flags], (text) => (this.flag === '-' ? !text : text.split(';').includes(this.flag)));
    }
    for (const name of names) {
      if (this.chosen[name] !== undefined) add(by[name], (_, code) => code === this.chosen[name]);
    }
    return tests;
  }

  found(text) { return this.exact ? text === this.search : text.includes(this.search); }

  rowsThat(tests) {
    const found = new Int32Array(this.table.rows);
    let count = 0;
    for (let row = 0; row < this.table.rows; row++) {
      let fits = 1;
      for (let i = 0; i < tests.length && fits; i++) fits = tests[i][1][tests[i][0][row]];
      if (fits) found[count++] = row;
    }
    return found.subarray(0, count);
  }

  refilter() {
    this.visible = this.rowsThat(this.tests(this.table.choices));
    this.page = 0;
    this.sortRows();
    this.draw();
    for (const listener of this.listeners) listener(this);
  }

  sortRows() {
    if (!this.sort) return;
    const { column, down } = this.sort, { data } = column, sign = down ? -1 : 1;
    this.visible.sort((a, b) => {
      const blankA = column.blank(a), blankB = column.blank(b);
      if (blankA || blankB) return blankA - blankB || a - b;
      return sign * (data[a] - data[b]) || a - b;
    });
  }

  sortBy(column) {
    const again = this.sort && this.sort.column === column;
    this.sort = { column, down: again ? !this.sort.down : column.form !== 'text' };
    this.page = 0;
    this.sortRows();
    this.draw();
    this.wrap.querySelector(`[data-column="${CSS.escape(column.name)}"]`).focus();
  }

  columns() {
    const shown = (column) => !column.hidden && (this.more || !this.minor.has(column.name));
    return this.table.columns.filter(shown);
  }

  draw(first = this.page * PAGE_ROWS, count = PAGE_ROWS) {
    const columns = this.columns();
    const head = element('tr', {}, ...columns.map((column) => this.head(column)));
    const cells = (row) => columns.map((column, i) => this.cell(column, row, i));
    const line = (row) => element('tr', {}, ...cells(row));
    const body = Array.from(this.visible.subarray(first, first + count), line);
    this.wrap.replaceChildren(element('table', {}, element('thead', {}, head),
      element('tbody', {}, ...body)));
    this.drawPager();
    this.status.textContent = this.countWords();
  }

  countWords() {
    const noun = this.table.noun || 'rows', all = grouped(this.table.rows);
    if (!this.visible.length) return `No ${noun} fit. Reset the filters to see all ${all}.`;
    const of = this.visible.length === this.table.rows ? '' : `of ${all} `;
    return `${grouped(this.visible.length)} ${of}${noun}`;
  }

  head(column) {
    const looks = { scope: 'col', class: column.form === 'text' ? 't' : 'n' };
    if (this.paper) return element('th', looks, column.label);
    const here = this.sort && this.sort.column === column;
    const sorted = here ? (this.sort.down ? 'descending' : 'ascending') : 'none';
    const about = { type: 'button', 'data-column': column.name, title: column.note || null };
    const button = element('button', about, column.label);
    button.addEventListener('click', () => this.sortBy(column));
    return element('th', { ...looks, 'aria-sort': sorted }, button);
  }

  cell(column, row, index) {
    const text = textOf(column.get(row), column.form);
    const looks = (column.form === 'text' ? 't' : 'n') + (column.muted ? ' muted' : '')
      + (column.short ? ' name' : '');
    const made = element(index ? 'td' : 'th', { class: looks, scope: index ? null : 'row' });
    const isLink = column.name === this.table.group && !this.paper;
    if (isLink) made.append(this.groupButton(text));
    else made.append(column.name === this.table.flags ? text.replaceAll(';', ', ') : text);
    return made;
  }

  groupButton(text) {
    const about = { type: 'button', class: 'link', title: 'Show this group alone' };
    const button = element('button', about, text);
    button.addEventListener('click', () => {
      this.setSearch(text, true);
      document.getElementById('explorer').scrollIntoView();
    });
    return button;
  }

  drawPager() {
    const last = Math.max(0, Math.ceil(this.visible.length / PAGE_ROWS) - 1), here = this.page;
    const step = (text, page) => {
      const off = page < 0 || page > last || page === here;
      const made = element('button', { type: 'button', class: 'button', disabled: off }, text);
      made.addEventListener('click', () => {
        this.page = page;
        this.draw();
        this.wrap.scrollTop = 0;
      });
      return made;
    };
    this.pager.hidden = last === 0;
    this.pager.replaceChildren(step('First', 0), step('Previous', here - 1),
      `Page ${grouped(here + 1)} of ${grouped(last + 1)}`, step('Next', here + 1),
      step('Last', last));
  }

  print(on) {
    this.paper = on;
    this.wrap.classList.toggle('dense', on && this.columns().length > 13);
    this.note.textContent = '';
    if (!on) {
      this.draw();
      return;
    }
    this.draw(0, PRINT_ROWS);
    if (this.visible.length > PRINT_ROWS) {
      this.note.textContent = `The first ${PRINT_ROWS} of ${grouped(this.visible.length)} rows. `
        + 'Filter before printing to choose others.';
    }
  }
}
