'use strict';
// Kusto's language service: parses and binds a query against the tables and functions of a workspace.
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');

const { Symbols } = Kusto.Language;
const prefix = 'Kusto.Language.Syntax.';

/** Items of one of the service's lists. */
function list(from) {
  const items = [];
  for (let at = 0; at < (from ? from.Count : 0); at++) items.push(from.getItem(at));
  return items;
}

/** Short name of a node's type, such as FilterOperator. */
function kind(node) {
  return Bridge.getTypeName(node).replace(prefix, '').replace(/`.*/, '');
}

/** The elements of a syntax list, without separators. */
function elements(syntaxList) {
  const items = [];
  for (let at = 0; at < (syntaxList ? syntaxList.ChildCount : 0); at++) {
    const child = syntaxList.GetChild(at);
    items.push(kind(child) === 'SeparatedElement' ? child.GetChild(0) : child);
  }
  return items;
}

/** All nodes below and with a node. */
function* walk(node) {
  yield node;
  for (let at = 0; at < node.ChildCount; at++) {
    const child = node.GetChild(at);
    if (child) yield* walk(child);
  }
}

/**
 * A workspace: tables { name: schema }, functions [{ name, parameters, body }], foreign functions { name: schema }.
 * A schema is '(Name: type, …)'.
 */
function workspace({ tables, functions, foreign }) {
  const symbols = Object.entries(tables).map(([name, schema]) => Symbols.TableSymbol.From(schema).WithName(name));
  // Functions of the platform whose result depends on what is stored there: only their columns are known.
  for (const [name, schema] of Object.entries(foreign)) {
    const columns = schema.replace(/^\(|\)$/g, '');
    symbols.push(new Symbols.FunctionSymbol.$ctor16(name, '(alias:string)', `{ datatable(${columns})[] }`, null));
  }
  for (const each of functions) {
    symbols.push(new Symbols.FunctionSymbol.$ctor16(each.name, `(${each.parameters})`, `{\n${each.body}\n}`, null));
  }
  const database = new Symbols.DatabaseSymbol.$ctor1('workspace', symbols, false);
  return Kusto.Language.GlobalState.Default.WithDatabase(database);
}

/** Parses and binds: the code, and what the service has to say of it. */
function bind(text, globals) {
  const code = Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
  const diagnostics = list(code.GetDiagnostics()).map((each) => `${each.Severity} ${each.Code}: ${each.Message} at ${each.Start}`);
  return { code, diagnostics };
}

/** Columns of a bound result: name and type. */
function columns(code) {
  return code.ResultType && code.ResultType.Columns
    ? list(code.ResultType.Columns).map((each) => ({ name: each.Name, type: each.Type.Name }))
    : [];
}

module.exports = { bind, columns, elements, kind, list, walk, workspace };
