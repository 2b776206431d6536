import { expect, it } from '@jest/globals';
import { parseJson, readJson, updateNxJson, writeJson } from '@nx/devkit';
import { createTree } from '@nx/devkit/testing';

import { keepingComments, withValue } from './keeping-comments.js';

it('changes only what differs', () => {
  const text = '{\n\t// first\n\t"a": 1, // one\n\t"b": { "c": [1, 2] /* both */ },\n\t"d": true\n}\n';
  expect(withValue(text, { a: 2, b: { c: [1, 2, 3] }, e: 'new' })).toBe(
    '{\n\t// first\n\t"a": 2, // one\n\t"b": { "c": [1, 2, 3] /* both */ },\n\t"e": "new"\n}\n',
  );
});

it('puts a key into an empty object and an element into an empty list', () => {
  expect(JSON.parse(withValue('{}', { a: ['x'] }))).toEqual({ a: ['x'] });
  expect(JSON.parse(withValue('{ "a": [] }', { a: ['x'] }))).toEqual({ a: ['x'] });
});

it('takes a comma at the end and line ends of Windows', () => {
  const edited = withValue('{\r\n  "a": [\r\n    "x", // here\r\n  ],\r\n}\r\n', { a: ['x', 'y'] });
  expect(edited).toContain('// here');
  expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
});

it('keeps the comments of a file that devkit writes', () => {
  const tree = createTree();
  tree.write('nx.json', '{\n  // who builds what\n  "plugins": ["other"]\n}\n');
  keepingComments(tree, 'nx.json', () => {
    updateNxJson(tree, { plugins: ['other', 'nx-gopher'], namedInputs: { a: ['b'] } });
  });
  expect(tree.read('nx.json', 'utf-8')).toContain('// who builds what');
  expect(readJson(tree, 'nx.json')).toEqual({ plugins: ['other', 'nx-gopher'], namedInputs: { a: ['b'] } });
});

it('leaves a text that holds a key twice to devkit', () => {
  const tree = createTree();
  tree.write('x.json', '{ "a": 1, "a": 2 }');
  keepingComments(tree, 'x.json', () => writeJson(tree, 'x.json', { a: 3 }));
  expect(readJson(tree, 'x.json')).toEqual({ a: 3 });
});

it('writes a file that was not there', () => {
  const tree = createTree();
  keepingComments(tree, 'x.json', () => writeJson(tree, 'x.json', { a: 3 }));
  expect(readJson(tree, 'x.json')).toEqual({ a: 3 });
});

type Lists = { plugins?: string[]; sync?: { globalGenerators?: string[] } };

it.each([
  ['{}', '{"plugins": ["p"]}'],
  ['{"a":1}', '{"a":1, "plugins": ["p"]}'],
  ['{\n  "a": 1\n}\n', '{\n  "a": 1,\n  "plugins": ["p"]\n}\n'],
  ['{\n  "a": 1, // one\n}\n', '{\n  "a": 1,\n  "plugins": ["p"], // one\n}\n'],
  ['{"plugins":[]}', '{"plugins":["p"]}'],
  ['{"plugins": ["a"]}', '{"plugins": ["a", "p"]}'],
  ['{ "x": { "plugins": ["a"] } }', '{ "x": { "plugins": ["a"] }, "plugins": ["p"] }'],
  ['{ "x": "]\\"}", "plugins": [\n  "a" /* ] */\n] }', '{ "x": "]\\"}", "plugins": [\n  "a",\n  "p" /* ] */\n] }'],
])('adds to a list: %j becomes %j', (text, wanted) => {
  const value = parseJson<Lists>(text);
  expect(withValue(text, { ...value, plugins: [...(value.plugins ?? []), 'p'] })).toBe(wanted);
});

it.each([
  ['{}', '{"sync": { "globalGenerators": ["p"] }}'],
  ['{ "sync": {} }', '{ "sync": {"globalGenerators": ["p"]} }'],
  ['{"sync":{"globalGenerators":[ "a" ],"b":{"c":[]}}}', '{"sync":{"globalGenerators":[ "a", "p" ],"b":{"c":[]}}}'],
  [
    '{"a":{"globalGenerators":[]},"sync":{"b":1}}',
    '{"a":{"globalGenerators":[]},"sync":{"b":1, "globalGenerators": ["p"]}}',
  ],
])('finds its way below other keys: %j becomes %j', (text, wanted) => {
  const value = parseJson<Lists>(text);
  const globalGenerators = [...(value.sync?.globalGenerators ?? []), 'p'];
  expect(withValue(text, { ...value, sync: { ...value.sync, globalGenerators } })).toBe(wanted);
});
