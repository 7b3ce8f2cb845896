'use strict';
// Reads a job from standard input, binds every query and, where rows are given, runs it; writes the answers to standard output.
//
// Job: { now, tables: { name: { schema, rows } }, functions: [{ name, parameters, body }], foreign: { name: { schema, rows } },
//        queries: [{ name, text }] }
// Answer: { name: { diagnostics, columns, rows } or { diagnostics, error } }
// A row may hold $ingested: when it came into the workspace.
const { bind, columns, workspace } = require('./service.js');
const { statements } = require('./tabular.js');
const { typed } = require('./values.js');

function parse(schema) {
  return schema.replace(/^\(|\)$/g, '').split(',').map((each) => {
    const [name, type] = each.split(':').map((part) => part.trim());
    return { name, type };
  });
}

function table({ schema, rows }) {
  const parsed = parse(schema);
  return {
    columns: parsed,
    rows: rows.map((row) =>
      ({ ...Object.fromEntries(parsed.map(({ name, type }) => [name, typed(row[name], type)])), $ingested: row.$ingested ?? null })),
  };
}

function answer(query, globals, scope) {
  const { code, diagnostics } = bind(query.text, globals);
  const result = { diagnostics, columns: columns(code) };
  if (diagnostics.length > 0) return result;
  try {
    const { rows } = statements(code, { ...scope, globals, lets: new Map(), variables: new Map() });
    return { ...result, rows: rows.map((row) => Object.fromEntries(result.columns.map(({ name }) => [name, row[name]]))) };
  } catch (error) {
    return { ...result, error: error.message };
  }
}

const job = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
const schemas = (from) => Object.fromEntries(Object.entries(from).map(([name, each]) => [name, each.schema]));
const globals = workspace({ tables: schemas(job.tables), functions: job.functions, foreign: schemas(job.foreign) });
const scope = {
  now: Date.parse(job.now),
  tables: Object.fromEntries(Object.entries(job.tables).map(([name, each]) => [name, table(each)])),
  foreign: Object.fromEntries(Object.entries(job.foreign).map(([name, each]) => [name, table(each)])),
  functions: job.functions,
};
process.stdout.write(JSON.stringify(Object.fromEntries(job.queries.map((query) => [query.name, answer(query, globals, scope)]))));
