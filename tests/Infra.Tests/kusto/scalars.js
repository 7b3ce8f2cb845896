'use strict';
// Evaluates a scalar expression of the bound tree for one row. What it does not know fails the run: a wrong answer would pass.
const { elements, kind } = require('./service.js');
const functions = require('./functions.js');
const { Moment, Span, compare, missing, moment, plain, text } = require('./values.js');

class NotKnown extends Error {}

const same = (left, right) => plain(left) === plain(right);
const lower = (value) => text(value).toLowerCase();
const term = (from, word) => new RegExp(`(^|[^A-Za-z0-9])${lower(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^A-Za-z0-9])`)
  .test(lower(from));
const missingSide = (left, right) => left === null || right === null;

// By the name of the bound operator.
const operators = {
  Equal: (a, b) => (missingSide(a, b) ? null : same(a, b)),
  NotEqual: (a, b) => (missingSide(a, b) ? null : !same(a, b)),
  EqualTilde: (a, b) => lower(a) === lower(b),
  BangTilde: (a, b) => lower(a) !== lower(b),
  LessThan: (a, b) => (missingSide(a, b) ? null : compare(a, b) < 0),
  LessThanOrEqual: (a, b) => (missingSide(a, b) ? null : compare(a, b) <= 0),
  GreaterThan: (a, b) => (missingSide(a, b) ? null : compare(a, b) > 0),
  GreaterThanOrEqual: (a, b) => (missingSide(a, b) ? null : compare(a, b) >= 0),
  Has: term,
  Contains: (a, b) => lower(a).includes(lower(b)),
  StartsWith: (a, b) => lower(a).startsWith(lower(b)),
  EndsWith: (a, b) => lower(a).endsWith(lower(b)),
  Add: (a, b) => arithmetic(a, b, (x, y) => x + y),
  Subtract: (a, b) => arithmetic(a, b, (x, y) => x - y),
  Multiply: (a, b) => arithmetic(a, b, (x, y) => x * y),
};

function arithmetic(left, right, apply) {
  if (missingSide(left, right)) return null;
  const result = apply(plain(left), plain(right));
  if (left instanceof Moment && right instanceof Moment) return new Span(result);
  return left instanceof Moment || right instanceof Moment ? new Moment(result)
    : left instanceof Span || right instanceof Span ? new Span(result) : result;
}

function literal(node) {
  const value = node.LiteralValue;
  const type = node.ResultType.Name;
  if (value === null || value === undefined) return missing(type);
  switch (type) {
    case 'string': return value;
    case 'bool': return value === true || String(value) === 'true' || String(value) === 'True' || (value.v ?? false) === true;
    case 'timespan': return new Span(value.getTotalMilliseconds());
    case 'datetime': return moment(node.toString().trim().replace(/^datetime\((.*)\)$/, '$1').trim());
    case 'int': case 'long': case 'real': return Number(value.toString());
    default: throw new NotKnown(`literal of type ${type}`);
  }
}

function logical(node, row, scope) {
  const left = evaluate(node.Left, row, scope);
  const right = evaluate(node.Right, row, scope);
  if (kindOf(node) === 'And') return left === false || right === false ? false : missingSide(left, right) ? null : true;
  return left === true || right === true ? true : missingSide(left, right) ? null : false;
}

/** Name of the operator that a node is bound to. */
function kindOf(node) {
  return node.ReferencedSymbol ? node.ReferencedSymbol.Name : '';
}

function call(node, row, scope) {
  const name = node.Name.SimpleName;
  const args = elements(node.ArgumentList.Expressions);
  const value = (at) => evaluate(args[at], row, scope);
  switch (name) {
    case 'ago': return new Moment(scope.now - value(0).ms);
    case 'now': return new Moment(scope.now);
    // Kept beside the row's columns: it is none of them.
    case 'ingestion_time': return moment(row.$ingested);
    case 'iff': case 'iif': return value(0) === true ? value(1) : value(2);
    case 'case':
      for (let at = 0; at + 1 < args.length; at += 2) if (value(at) === true) return value(at + 1);
      return value(args.length - 1);
    default:
      if (!Object.hasOwn(functions, name)) throw new NotKnown(`function ${name}()`);
      return functions[name](...args.map((_, at) => value(at)));
  }
}

/** Evaluates an expression; row holds values by column name, scope the variables, the clock and the tables. */
function evaluate(node, row, scope) {
  switch (kind(node)) {
    case 'LiteralExpression': return literal(node);
    case 'DynamicExpression': return JSON.parse(node.toString().trim().replace(/^dynamic\(([\s\S]*)\)$/, '$1'));
    case 'ParenthesizedExpression': return evaluate(node.Expression, row, scope);
    case 'NameReference': {
      const name = node.SimpleName;
      if (row && Object.hasOwn(row, name)) return row[name];
      if (scope.variables.has(name)) return scope.variables.get(name);
      throw new NotKnown(`name ${name}`);
    }
    case 'PathExpression': {
      const from = evaluate(node.Expression, row, scope);
      return from === null || typeof from !== 'object' ? null : from[node.Selector.SimpleName] ?? null;
    }
    case 'ElementExpression': {
      const from = evaluate(node.Expression, row, scope);
      const at = evaluate(node.Selector.Expression, row, scope);
      if (from === null || typeof from !== 'object') return null;
      return (Array.isArray(from) && at < 0 ? from[from.length + at] : from[at]) ?? null;
    }
    case 'FunctionCallExpression': return call(node, row, scope);
    case 'PrefixUnaryExpression': {
      const value = evaluate(node.Expression, row, scope);
      return value === null ? null : value instanceof Span ? new Span(-value.ms) : -value;
    }
    case 'InExpression': {
      const left = evaluate(node.Left, row, scope);
      const items = elements(node.Right.Expressions).flatMap((item) => evaluate(item, row, scope));
      const operator = kindOf(node);
      if (operator !== 'In' && operator !== 'NotIn') throw new NotKnown(`operator ${operator}`);
      return items.some((item) => same(item, left)) === (operator === 'In');
    }
    case 'BetweenExpression': {
      if (kindOf(node) !== 'Between') throw new NotKnown(`operator ${kindOf(node)}`);
      const [value, from, to] = [node.Left, node.Right.First, node.Right.Second].map((part) => evaluate(part, row, scope));
      return value === null || missingSide(from, to) ? false : compare(value, from) >= 0 && compare(value, to) <= 0;
    }
    case 'BinaryExpression': {
      const operator = kindOf(node);
      if (operator === 'And' || operator === 'Or') return logical(node, row, scope);
      if (!Object.hasOwn(operators, operator)) throw new NotKnown(`operator ${operator}`);
      return operators[operator](evaluate(node.Left, row, scope), evaluate(node.Right, row, scope));
    }
    default: throw new NotKnown(`expression ${kind(node)}: ${node.toString().trim()}`);
  }
}

module.exports = { NotKnown, evaluate };
