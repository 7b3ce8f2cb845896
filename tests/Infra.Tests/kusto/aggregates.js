'use strict';
// Aggregates. Each takes the rows of a group and functions that evaluate its arguments for a row.
const { compare, key, plain } = require('./values.js');

const present = (rows, value) => rows.map(value).filter((each) => each !== null && each !== undefined);
const unique = (values) => {
  const seen = new Map();
  for (const value of values) if (value !== null && value !== undefined) seen.set(key(value), value);
  return [...seen.values()];
};
const extreme = (sign) => (rows, value) => present(rows, value)
  .reduce((best, each) => (best === null || compare(each, best) * sign > 0 ? each : best), null);
const sum = (rows, value) => present(rows, value).reduce((total, each) => total + plain(each), 0);
// What the engine leaves open (which row, which order) is the first in input order here, and a query must not rest on it.
const any = (rows, value) => { const found = rows.map(value).find((each) => each !== null); return found === undefined ? null : found; };

/** Makes a function with a trailing condition of one without. */
const conditional = (aggregate) => (rows, ...values) => {
  const condition = values.pop();
  return aggregate(rows.filter((row) => condition(row) === true), ...values);
};

const plainOnes = {
  avg: (rows, value) => { const values = present(rows, value); return values.length === 0 ? null : sum(rows, value) / values.length; },
  count: (rows) => rows.length,
  dcount: (rows, value) => new Set(present(rows, value).map(key)).size,
  make_list: (rows, value) => present(rows, value),
  make_set: (rows, value) => unique(rows.map(value)),
  max: extreme(1),
  min: extreme(-1),
  sum,
  take_any: any,
};

module.exports = {
  ...plainOnes,
  countif: conditional(plainOnes.count),
  dcountif: conditional(plainOnes.dcount),
  make_set_if: conditional(plainOnes.make_set),
  maxif: conditional(plainOnes.max),
  minif: conditional(plainOnes.min),
  sumif: conditional(plainOnes.sum),
  take_anyif: conditional(any),
};
