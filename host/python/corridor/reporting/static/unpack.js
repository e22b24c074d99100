// SPDX-FileCopyrightText: Corridor contributors
// SPDX-License-Identifier: Apache-2.0
// Packed columns (packed.py) as typed arrays.
const NOT_A_NUMBER = -(2 ** 31),
  INFINITE = 2 ** 31 - 1;
const ARRAYS = { codes: { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array },
  scaled: { 32: Int32Array }, float: { 64: Float64Array } };

async function inflated(text) {
  const packed = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// The bytes of one place lie side by side: put each number together again.
function unshuffled(bytes, size) {
  if (size === 1) return bytes;
  const rows = bytes.length / size, whole = new Uint8Array(bytes.length);
  for (let place = 0, at = 0; place < size; place++) {
    for (let row = 0; row < rows; row++) whole[row * size + place] = bytes[at++];
  }
  return whole;
}

// The column with get(row), its value; blank(row), whether it has none; data, which sorts as values.
async function unpackColumn(column) {
  const size = column.bits / 8;
  const bytes = unshuffled(await inflated(column.data), size);
  const data = new ARRAYS[column.kind][column.bits](bytes.buffer);
  return { ...column, data, ...READERS[column.kind](column, data) };
}

const READERS = {
  codes: (column, data) => {
    const number = (value) => (value === null ? NaN : value === 'inf' ? Infinity : value);
    const values = column.form === 'text' ? column.values : column.values.map(number);
    return { values, get: (row) => values[data[row]], blank: (row) => Number.isNaN(values[data[row]]) };
  },
  float: (column, data) => ({ get: (row) => data[row], blank: (row) => Number.isNaN(data[row]) }),
  scaled: ({ scale }, data) => ({
    get: (row) => (data[row] === INFINITE ? Infinity
      : data[row] === NOT_A_NUMBER ? NaN : data[row] / scale),
    blank: (row) => data[row] === NOT_A_NUMBER,
  }),
};

async function unpackTable(id) {
  const script = document.getElementById(id);
  const packed = JSON.parse(script.textContent);
  script.remove();
  const columns = await Promise.all(packed.columns.map(unpackColumn));
  const by = Object.fromEntries(columns.map((column) => [column.name, column]));
  return { ...packed, columns, by };
}
