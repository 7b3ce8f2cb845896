'use strict';
// Evaluates the tabular operators of the bound tree. A table here is { columns: [{ name, type }], rows: [{ name: value }] }.
const { bind, elements, kind, list } = require('./service.js');
const { NotKnown, evaluate } = require('./scalars.js');
const aggregates = require('./aggregates.js');
const { compare, key, missing } = require('./values.js');

/** Columns of a bound node. */
function columnsOf(node) {
  return list(node.ResultType.Columns).map((each) => ({ name: each.Name, type: each.Type.Name }));
}

/** Name and expression of an element of extend, project or by: a name is needed where the expression is no column. */
function named(node) {
  if (kind(node) === 'SimpleNamedExpression') return { name: node.Name.SimpleName, expression: node.Expression };
  if (kind(node) === 'NameReference') return { name: node.SimpleName, expression: node };
  // The engine names bin(X, 1h) after X.
  if (kind(node) === 'FunctionCallExpression' && node.Name.SimpleName === 'bin') {
    return { name: named(elements(node.ArgumentList.Expressions)[0]).name, expression: node };
  }
  throw new NotKnown(`an expression without a name: ${node.toString().trim()}`);
}

function groups(table, by, scope) {
  const found = new Map();
  for (const row of table.rows) {
    const values = by.map((each) => evaluate(each.expression, row, scope));
    const id = values.map(key).join('\n');
    if (!found.has(id)) found.set(id, { values, rows: [] });
    found.get(id).rows.push(row);
  }
  // Without by there is one group, of no rows if need be.
  return found.size === 0 && by.length === 0 ? [{ values: [], rows: [] }] : [...found.values()];
}

/** arg_max and arg_min: the whole row, or named columns of it. */
function argument(call, name, table, rows, scope) {
  const [by, ...rest] = elements(call.ArgumentList.Expressions);
  const best = rows.reduce((found, row) => {
    const value = evaluate(by, row, scope);
    if (value === null) return found;
    const order = found === null ? 1 : compare(value, found.value) * (name === 'arg_max' ? 1 : -1);
    return order > 0 ? { value, row } : found;
  }, null);
  const row = best ? best.row : null;
  if (rest.some((each) => kind(each) === 'StarExpression')) return row ?? {};
  return Object.fromEntries([by, ...rest].map((each) => [named(each).name, row ? evaluate(each, row, scope) : null]));
}

function summarize(node, table, scope) {
  const by = node.ByClause ? elements(node.ByClause.Expressions).map(named) : [];
  const columns = columnsOf(node);
  const rows = groups(table, by, scope).map((group) => {
    const result = {};
    for (const each of elements(node.Aggregates)) {
      const call = kind(each) === 'SimpleNamedExpression' ? each.Expression : each;
      if (kind(call) !== 'FunctionCallExpression') throw new NotKnown(`aggregate ${call.toString().trim()}`);
      const name = call.Name.SimpleName;
      if (name === 'arg_max' || name === 'arg_min') {
        Object.assign(result, argument(call, name, table, group.rows, scope));
      } else if (Object.hasOwn(aggregates, name)) {
        const args = elements(call.ArgumentList.Expressions).map((arg) => (row) => evaluate(arg, row, scope));
        result[named(each).name] = aggregates[name](group.rows, ...args);
      } else {
        throw new NotKnown(`aggregate ${name}()`);
      }
    }
    by.forEach((each, at) => { result[each.name] = group.values[at]; });
    return pick(columns, result);
  });
  return { columns, rows };
}

/** A row of exactly these columns; what has no value is missing. */
function pick(columns, row) {
  const picked = Object.fromEntries(columns.map(({ name, type }) => [name, row[name] ?? missing(type)]));
  if (row.$ingested !== undefined) picked.$ingested = row.$ingested;
  return picked;
}

function join(node, left, scope) {
  const parameters = elements(node.Parameters).map((each) => each.toString().replace(/\s/g, ''));
  const flavour = (parameters.find((each) => each.startsWith('kind=')) ?? 'kind=innerunique').slice('kind='.length);
  const right = run(node.Expression, null, scope);
  const on = elements(node.ConditionClause.Expressions).map((each) => {
    if (kind(each) !== 'NameReference') throw new NotKnown(`join on ${each.toString().trim()}`);
    return each.SimpleName;
  });
  const id = (row) => on.map((name) => key(row[name])).join('\n');
  const partners = new Map();
  for (const row of right.rows) partners.set(id(row), [...(partners.get(id(row)) ?? []), row]);
  if (flavour === 'leftanti') return { columns: left.columns, rows: left.rows.filter((row) => !partners.has(id(row))) };
  if (flavour === 'leftsemi') return { columns: left.columns, rows: left.rows.filter((row) => partners.has(id(row))) };
  if (flavour !== 'inner' && flavour !== 'leftouter') throw new NotKnown(`join kind=${flavour}`);

  // The columns of the right follow those of the left, renamed where the name is taken: by position they are known.
  const columns = columnsOf(node);
  const rows = [];
  for (const row of left.rows) {
    const found = partners.get(id(row)) ?? (flavour === 'leftouter' ? [{}] : []);
    for (const partner of found) {
      const values = [...left.columns.map((each) => row[each.name]),
        ...right.columns.map((each) => partner[each.name] ?? missing(each.type))];
      rows.push(Object.fromEntries(columns.map((each, at) => [each.name, values[at]])));
    }
  }
  return { columns, rows };
}

function expand(node, table, scope) {
  const [each, ...others] = elements(node.Expressions);
  if (others.length > 0 || kind(each.Expression) !== 'SimpleNamedExpression') throw new NotKnown(`mv-expand ${node.toString().trim()}`);
  const { name, expression } = named(each.Expression);
  const columns = columnsOf(node);
  const rows = table.rows.flatMap((row) => {
    const items = evaluate(expression, row, scope);
    return (Array.isArray(items) && items.length > 0 ? items : [null]).map((item) => pick(columns, { ...row, [name]: item }));
  });
  return { columns, rows };
}

function apply(node, table, scope) {
  const [each, ...others] = elements(node.Expressions);
  if (others.length > 0) throw new NotKnown('mv-apply of several columns');
  const { name, expression } = named(each.Expression);
  const columns = columnsOf(node);
  const rows = table.rows.flatMap((row) => {
    const items = evaluate(expression, row, scope);
    const inner = { columns: [...table.columns, { name, type: 'dynamic' }], rows: (Array.isArray(items) ? items : [])
      .map((item) => ({ ...row, [name]: item })) };
    return run(node.Subquery.Expression, inner, scope).rows.map((result) => pick(columns, { ...row, ...result }));
  });
  return { columns, rows };
}

function order(node) {
  const ordered = kind(node) === 'OrderedExpression';
  const text = ordered ? node.Ordering.toString() : '';
  if (/nulls/.test(text)) throw new NotKnown('an order of nulls');
  return { expression: ordered ? node.Expression : node, sign: /asc/.test(text) ? 1 : -1 };
}

function sort(rows, by, scope) {
  return [...rows].sort((left, right) => by.reduce((found, each) => found
    || compare(evaluate(each.expression, left, scope), evaluate(each.expression, right, scope)) * each.sign, 0));
}

function union(node, table, scope) {
  const columns = columnsOf(node);
  const parts = elements(node.Expressions).map((each) => run(each, null, scope));
  return { columns, rows: [...(table ? table.rows : []), ...parts.flatMap((part) => part.rows)].map((row) => pick(columns, row)) };
}

/** A function of the workspace: its body is bound with the parameters as they were declared, and run. */
function callFunction(node, scope) {
  const name = node.Name.SimpleName;
  const args = node.ArgumentList ? elements(node.ArgumentList.Expressions) : [];
  if (Object.hasOwn(scope.foreign, name)) return scope.foreign[name];
  const found = scope.functions.find((each) => each.name === name);
  if (!found) throw new NotKnown(`function ${name}()`);
  const { code, diagnostics } = bind(`declare query_parameters(${found.parameters});\n${found.body}`, scope.globals);
  if (diagnostics.length > 0) throw new NotKnown(`${name}(): ${diagnostics.join('; ')}`);
  const variables = new Map();
  found.parameters.split(',').forEach((parameter, at) => {
    const [, variable, type, value] = /^\s*(\w+)\s*:\s*(\w+)\s*(?:=\s*(.*?))?\s*$/.exec(parameter);
    const given = args[at] ? evaluate(args[at], null, scope) : /null/.test(value) ? null : type === 'bool' ? value === 'true' : value;
    variables.set(variable, given);
  });
  return statements(code, { ...scope, variables, lets: new Map() });
}

const operators = {
  FilterOperator: (node, table, scope) => ({ ...table, rows: table.rows.filter((row) => evaluate(node.Condition, row, scope) === true) }),
  ExtendOperator: (node, table, scope) => {
    const parts = elements(node.Expressions).map(named);
    // All see the row as it was: the engine does not let one see another.
    const rows = table.rows.map((row) =>
      ({ ...row, ...Object.fromEntries(parts.map(({ name, expression }) => [name, evaluate(expression, row, scope)])) }));
    return { columns: columnsOf(node), rows };
  },
  ProjectOperator: (node, table, scope) => {
    const parts = elements(node.Expressions).map(named);
    return { columns: columnsOf(node),
      rows: table.rows.map((row) => Object.fromEntries(parts.map(({ name, expression }) => [name, evaluate(expression, row, scope)]))) };
  },
  ProjectAwayOperator: (node, table) => ({ columns: columnsOf(node), rows: table.rows.map((row) => pick(columnsOf(node), row)) }),
  DistinctOperator: (node, table, scope) => {
    const by = elements(node.Expressions).map(named);
    return { columns: columnsOf(node), rows: groups(table, by, scope)
      .map((group) => Object.fromEntries(by.map((each, at) => [each.name, group.values[at]]))) };
  },
  SummarizeOperator: summarize,
  JoinOperator: join,
  MvExpandOperator: expand,
  MvApplyOperator: apply,
  SortOperator: (node, table, scope) => ({ ...table, rows: sort(table.rows, elements(node.Expressions).map(order), scope) }),
  TopOperator: (node, table, scope) =>
    ({ ...table, rows: sort(table.rows, [order(node.ByExpression)], scope).slice(0, evaluate(node.Expression, null, scope)) }),
  TakeOperator: (node, table, scope) => ({ ...table, rows: table.rows.slice(0, evaluate(node.Expression, null, scope)) }),
  CountOperator: (node, table) => ({ columns: columnsOf(node), rows: [{ Count: table.rows.length }] }),
  // How a result is drawn changes no row.
  RenderOperator: (node, table) => table,
  UnionOperator: union,
};

/** Runs an expression that gives a table; table is what is piped into it, or null. */
function run(node, table, scope) {
  switch (kind(node)) {
    case 'PipeExpression': return run(node.Operator, run(node.Expression, table, scope), scope);
    case 'ParenthesizedExpression': return run(node.Expression, table, scope);
    case 'FunctionCallExpression': return callFunction(node, scope);
    case 'NameReference': {
      const name = node.SimpleName;
      if (scope.lets.has(name)) return scope.lets.get(name);
      if (Object.hasOwn(scope.tables, name)) return scope.tables[name];
      if (scope.functions.some((each) => each.name === name)) return callFunction({ Name: { SimpleName: name } }, scope);
      throw new NotKnown(`table ${name}`);
    }
    default: {
      const operator = operators[kind(node)];
      if (!operator) throw new NotKnown(`operator ${kind(node)}`);
      return operator(node, table, scope);
    }
  }
}

/** Runs all statements of a query; the last one's table is the result. */
function statements(code, scope) {
  let result = null;
  for (const statement of elements(code.Syntax.Statements)) {
    switch (kind(statement)) {
      case 'LetStatement':
        scope.lets.set(statement.Name.SimpleName, run(statement.Expression, null, scope));
        break;
      case 'ExpressionStatement': result = run(statement.Expression, null, scope); break;
      case 'QueryParametersStatement': break;
      default: throw new NotKnown(`statement ${kind(statement)}`);
    }
  }
  return result;
}

module.exports = { statements };
