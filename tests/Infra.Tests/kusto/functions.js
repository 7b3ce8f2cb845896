'use strict';
// Scalar functions. Each takes the values of its arguments. A function that is not here fails the run.
const net = require('node:net');
const { Moment, Span, moment, text } = require('./values.js');

const number = (value) => {
  if (value === null || value === '' || value === undefined) return null;
  const read = Number(typeof value === 'boolean' ? (value ? 1 : 0) : value);
  return Number.isNaN(read) ? null : read;
};
const whole = (value) => { const read = number(value); return read === null ? null : Math.trunc(read); };
const empty = (value) => value === null || value === undefined || value === '';

module.exports = {
  array_length: (items) => (Array.isArray(items) ? items.length : null),
  bin: (value, size) => (value === null ? null : value instanceof Moment
    ? new Moment(Math.floor(value.ms / size.ms) * size.ms) : Math.floor(value / size) * size),
  // A string is never null: coalesce takes the first that is not empty.
  coalesce: (...values) =>
    { const found = values.find((value) => !empty(value)); return found === undefined ? values[values.length - 1] : found; },
  extract: (pattern, group, from) => { const match = new RegExp(pattern).exec(text(from)); return match ? match[group] ?? '' : ''; },
  isempty: (value) => empty(value),
  isnotempty: (value) => !empty(value),
  isnotnull: (value) => value !== null,
  isnull: (value) => value === null,
  not: (value) => (value === null ? null : !value),
  parse_ipv6: (value) => (net.isIP(text(value)) === 0 ? '' : text(value)),
  set_intersect: (...sets) => (sets[0] ?? []).filter((item) => sets.slice(1).every((set) => (set ?? []).includes(item))),
  split: (from, by) => text(from).split(by),
  strcat: (...values) => values.map(text).join(''),
  strlen: (value) => [...text(value)].length,
  substring: (from, start, length) => text(from).substring(start, length === undefined ? undefined : start + length),
  todatetime: moment,
  todouble: number,
  toint: whole,
  tolong: whole,
  toreal: number,
  tostring: text,
  tolower: (value) => text(value).toLowerCase(),
  totimespan: (value) => (value instanceof Span ? value : null),
};
