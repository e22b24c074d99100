// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Draws the charts, fills the long tables, and gets everything ready for paper.
const charts = [], SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';

function drawChart(host, spec) {
  if (!window.vegaEmbed) return Promise.resolve();
  const options = { mode: 'vega-lite', actions: false, renderer: 'svg', ast: true,
    defaultStyle: false, tooltip: { disableDefaultStyle: true } };
  const label = host.getAttribute('aria-label'), $schema = SCHEMA;
  const drawn = window.vegaEmbed(host, { $schema, ...spec }, options).then((made) => {
    if (host.view) host.view.finalize();
    host.view = made.view;
    host.setAttribute('role', 'img');
    host.setAttribute('aria-label', label);
    host.removeAttribute('aria-roledescription');
    // The host has role img and says what is drawn: the marks below it need no names of their own.
    host.querySelector('svg')?.setAttribute('aria-hidden', 'true');
  }).catch((problem) => {
    host.replaceChildren(element('p', { class: 'small' },
      'This chart could not be drawn; its table holds the numbers.'));
    console.error(problem);
  });
  charts.push(drawn);
  return drawn;
}

async function fillTables(config) {
  const tables = {}, lists = [];
  for (const host of document.querySelectorAll('.long')) {
    const table = tables[host.dataset.table] ||= await unpackTable(host.dataset.table);
    const filters = host.dataset.filters ? document.getElementById(host.dataset.filters) : null;
    const list = new LongTable(host, table, filters);
    lists.push(list);
    const explorer = document.getElementById('explorer');
    if (host.id === 'quotes') list.explorer = new Explorer(explorer, list, config);
  }
  return lists;
}

function followFlags(lists) {
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('[data-flag]');
    const list = lists.find((l) => l.host.id === 'quotes');
    if (link && list) list.setFlag(link.dataset.flag);
  });
}

// Marks where the reader is in the contents.
function followReading() {
  const anchors = [...document.querySelectorAll('.contents a')];
  const links = new Map(anchors.map((a) => [a.getAttribute('href').slice(1), a]));
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) seen[entry.isIntersecting ? 'add' : 'delete'](entry.target.id);
    const first = [...links.keys()].find((id) => seen.has(id));
    for (const [id, link] of links) {
      if (id === first) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }, { rootMargin: '-10% 0px -60% 0px' });
  for (const id of links.keys()) watch.observe(document.getElementById(id));
}

function readyForPaper(lists) {
  let opened = [];
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open]):not(.own):not(.legend)')];
    for (const details of opened) details.open = true;
    for (const list of lists) list.print(true);
  });
  window.addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
    for (const list of lists) list.print(false);
  });
}

async function start() {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const config = json('chart-config');
  for (const host of document.querySelectorAll('.chart[data-spec]')) {
    drawChart(host, json(host.dataset.spec));
  }
  const lists = await fillTables(config);
  followFlags(lists);
  followReading();
  readyForPaper(lists);
  await Promise.all(charts);
  document.documentElement.dataset.ready = 'true';
}

start().catch((problem) => {
  document.getElementById('main').prepend(element('p', { class: 'badge bad', role: 'alert' },
    'This page could not be built whole: ' + problem.message));
  console.error(problem);
});
