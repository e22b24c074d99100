// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Curves and grid of quotes: the sum of the groups that search, state and flag choose, or one
// group alone.
const SERIES = ['#1d4f91', '#a15c00', '#0b7285', '#a61e4d', '#5f3dc4', '#4d6b0f', '#4b5563'];
const SHAPES = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'triangle-down'];
const SUMMED = ['quoted_premium_usd', 'total_mean_usd', 'aggregate_attachment_usd'];

class Explorer {
  constructor(host, list, config) {
    list.table.none = { data: new Uint8Array(list.table.rows), values: [NaN], get: () => NaN };
    this.host = host;
    this.list = list;
    this.table = list.table;
    this.config = config;
    this.measure = host.querySelector('#grid-measure');
    this.measure.addEventListener('change', () => this.drawGrid());
    list.listeners.push(() => this.update());
    this.update();
  }

  // Sums at every option over the rows of the groups chosen; what a grid cell or a point needs.
  cells() {
    const { by, none } = this.table;
    const deductible = by.specific_deductible_usd, corridor = by.aggregate_corridor || none;
    const sums = SUMMED.filter((name) => by[name]), zero = sums.map((name) => [name, 0]);
    const options = [], isGroup = new Uint8Array(by.group_id.values.length);
    const [dCodes, cCodes, width] = [deductible.data, corridor.data, corridor.values.length];
    const start = (row) => ({ deductible: deductible.get(row), corridor: corridor.get(row), row,
      count: 0, months: 0, sums: Object.fromEntries(zero) });
    for (const row of this.list.rowsThat(this.list.tests(['state'], false))) {
      const cell = options[dCodes[row] * width + cCodes[row]] ||= start(row);
      cell.count++;
      for (const name of sums) cell.sums[name] += by[name].get(row);
      if (by.quoted_pepm_usd) {
        cell.months += by.quoted_premium_usd.get(row) / by.quoted_pepm_usd.get(row);
      }
      isGroup[by.group_id.data[row]] = 1;
    }
    const cells = options.filter(Boolean);
    this.groups = [];
    isGroup.forEach((is, code) => { if (is) this.groups.push(code); });
    this.whole = cells.filter((cell) => cell.count === this.groups.length);
    this.left = cells.length - this.whole.length;
  }

  update() {
    this.cells();
    this.drawScope();
    this.drawCurves();
    this.drawGrid();
  }

  name() {
    const { by } = this.table, [first] = this.groups;
    return this.groups.length === 1 ? `group ${by.group_id.values[first]}` :
      `sum of ${grouped(this.groups.length)} groups`;
  }

  drawScope() {
    const left = this.left ? ' Options that only some of them have are left out of the sum ('
      + `${grouped(this.left)}); choose one group to see its own.` : '';
    document.getElementById('quotes-scope').textContent = this.groups.length
      ? `Curves and grid: ${this.name()}.${left}` : 'No group fits.';
    document.getElementById('payout-note').textContent = 'US dollars a year, both covers. '
      + this.errorWords();
  }

  errorWords() {
    if (this.groups.length !== 1) return 'Intervals: one group alone.';
    return this.whole.every((cell) => this.isExact(cell)) ? 'Exact averages: no sampling error.'
      : 'Bars are 95% intervals, where one can be relied on.';
  }

  isExact(cell) {
    const { total_method: method } = this.table.by;
    return method !== undefined && String(method.get(cell.row)).startsWith('exact');
  }

  corridorName(value) { return Number.isNaN(value) ? 'no corridor' : ratio(value); }

  // 95% interval of a simulated mean of one group, where the results claim one.
  ends(cell) {
    const { total_low_usd: low, total_high_usd: high } = this.table.by;
    if (this.groups.length !== 1 || this.isExact(cell) || !low || !high) return {};
    const ends = { low: low.get(cell.row), high: high.get(cell.row) };
    return Number.isFinite(ends.low) ? ends : {};
  }

  points(name) {
    const drawn = (cell) => Number.isFinite(cell.deductible) && Number.isFinite(cell.sums[name]);
    return this.whole.filter(drawn).map((cell) => {
      const { deductible } = cell, usd = cell.sums[name];
      const corridor = this.corridorName(cell.corridor);
      const ends = name === 'total_mean_usd' ? this.ends(cell) : {};
      const interval = 'low' in ends ? ` (95%: ${money(ends.low)} to ${money(ends.high)})` : '';
      const text = `${money(deductible)}, corridor ${corridor}: ${money(usd)}${interval}`;
      return { deductible, usd, corridor, text, ...ends };
    }).sort((a, b) => a.deductible - b.deductible);
  }

  curve(name) {
    const values = this.points(name), order = [...new Set(values.map((v) => v.corridor))].sort();
    const ticks = [...new Set(values.map((v) => v.deductible))];
    const labelExpr = "datum.value === 0 ? '$0' : replace(format(datum.value, '$.3~s'), 'G', 'B')";
    const x = { field: 'deductible', type: 'quantitative',
      scale: { type: 'sqrt', zero: false, nice: false, padding: 12 },
      axis: { title: 'Specific deductible', values: ticks, labelExpr, labelOverlap: 'greedy',
        grid: false } };
    const y = { field: 'usd', type: 'quantitative', axis: { title: null, labelExpr, tickCount: 6 },
      scale: { zero: true } };
    const by = (looks) => ({ field: 'corridor', type: 'nominal', title: 'Corridor', sort: order,
      legend: { symbolOpacity: 1, symbolStrokeWidth: 0 },
      scale: { domain: order, range: order.map((_, i) => looks[i % looks.length]) } });
    const color = by(SERIES), shape = by(SHAPES);
    const tooltip = [{ field: 'text', type: 'nominal', title: ' ' }];
    const interval = { mark: { type: 'rule', strokeWidth: 4, opacity: 0.4 },
      transform: [{ filter: 'isValid(datum.low)' }],
      encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } };
    const line = { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } };
    const point = { mark: { type: 'point', size: 70, filled: true, opacity: 1 },
      encoding: { x, y, color, shape, tooltip } };
    const layer = values.some((v) => 'low' in v) ? [interval, line, point] : [line, point];
    return { data: { values }, width: 'container', height: 260, config: this.config, layer };
  }

  drawCurves() {
    for (const [id, name] of [
        ['premium-curve', 'quoted_premium_usd'],
        ['payout-curve', 'total_mean_usd']
      ]) {
      const chart = document.querySelector(`#${id} .chart`),
        values = this.points(name);
      if (!values.length) { chart.replaceChildren(element('p', { class: 'small' },
          'No option that all of the groups chosen have. Choose one group.')); continue; }
      const first = values[0],
        last = values[values.length - 1];
      chart.setAttribute('aria-label',
        `${this.name()}: ${first.text}; ${last.text}. The grid below holds all numbers.`);
      drawChart(chart, this.curve(name));
    }
  }

  value(cell, measure) {
    const { sums } = cell;
    if (measure.how === 'pepm') return sums.quoted_premium_usd / cell.months;
    if (measure.how === 'loss_ratio') return sums.total_mean_usd / sums.quoted_premium_usd;
    return sums[measure.name];
  }

  drawGrid() {
    const measure = this.table.measures.find((m) => m.name === this.measure.value);
    const every = (name) => [...new Set(this.whole.map((cell) => cell[name]))];
    const sorted = (name) => every(name).sort((a, b) => a - b);
    const corridors = sorted('corridor');
    const corner = element('th', { scope: 'col' }, 'Deductible');
    const head = corridors.map((c) => element('th', { scope: 'col' },
      Number.isNaN(c) ? 'no corridor' : 'corridor ' + ratio(c)));
    const values = this.whole.map((cell) => this.value(cell, measure)).filter(Number.isFinite);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const row = (d) => element('tr', {}, element('th', { scope: 'row' }, money(d)),
      ...corridors.map((c) => this.gridCell(d, c, measure, low, high)));
    const units = measure.form === 'money' ? ', US dollars a year' : '';
    const caption = `${measure.label}, ${this.name()}${units}`;
    document.getElementById('heat').replaceChildren(element('caption', {}, caption),
      element('thead', {}, element('tr', {}, corner, ...head)),
      element('tbody', {}, ...sorted('deductible').map(row)));
  }

  gridCell(deductible, corridor, measure, low, high) {
    const is = (c) => c.deductible === deductible && Object.is(c.corridor, corridor);
    const cell = this.whole.find(is);
    if (!cell) return element('td', {}, NONE);
    const value = this.value(cell, measure);
    const shade = high > low ? Math.min(6, Math.floor(7 * (value - low) / (high - low))) : 0;
    return element('td', { class: Number.isFinite(value) ? 'h' + shade : null },
      textOf(value, measure.form));
  }
}
