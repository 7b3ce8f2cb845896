'use strict';
// Values: null, boolean, number, string, Moment (datetime), Span (timespan), and JSON for dynamic.

/** A datetime, in milliseconds since 1970, UTC. */
class Moment {
  constructor(ms) { this.ms = ms; }
  toJSON() { return new Date(this.ms).toISOString(); }
}

/** A timespan, in milliseconds. */
class Span {
  constructor(ms) { this.ms = ms; }
  toJSON() { return `${this.ms} ms`; }
}

/** Reads a datetime; null where the text is none. */
function moment(text) {
  if (text instanceof Moment) return text;
  if (text === null || text === undefined || text === '') return null;
  const ms = Date.parse(/T/.test(text) && !/(Z|[+-]\d\d:?\d\d)$/.test(text) ? `${text}Z` : text);
  return Number.isNaN(ms) ? null : new Moment(ms);
}

/** A value as the plain number, string or boolean that orders it. */
function plain(value) {
  return value instanceof Moment || value instanceof Span ? value.ms : value;
}

/** Orders two values of one type, nulls first. */
function compare(left, right) {
  const [a, b] = [plain(left), plain(right)];
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A value as the key that groups by it. */
function key(value) {
  return value === null || typeof value !== 'object' ? `${typeof value}:${value}` : `${value.constructor.name}:${JSON.stringify(value)}`;
}

/** A value as text, as tostring() writes it. */
function text(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Moment) return new Date(value.ms).toISOString().replace(/\.(\d{3})Z$/, '.$10000Z');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What stands where a value of a type is missing: strings are never null. */
function missing(type) {
  return type === 'string' ? '' : null;
}

/** A value of a row in the form of its column's type. */
function typed(value, type) {
  if (value === null || value === undefined) return missing(type);
  switch (type) {
    case 'datetime': return moment(value);
    case 'string': return text(value);
    default: return value;
  }
}

module.exports = { Moment, Span, compare, key, missing, moment, plain, text, typed };
