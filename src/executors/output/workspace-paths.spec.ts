import { describe, expect, it } from '@jest/globals';

import { pathsFromWorkspaceRoot } from './workspace-paths.js';

describe('pathsFromWorkspaceRoot', () => {
  const files = new Set(['/w/api/main.go', '/w/api/sub/x.go', '/w/lib/y.go', '/w/top.go']);
  const shown = (text: string, cwd = '/w/api'): string =>
    pathsFromWorkspaceRoot(text, cwd, '/w', (path) => files.has(path));

  it.each([
    ['./main.go:3:5: undefined: x\n', 'api/main.go:3:5: undefined: x\n'],
    ['vet: ./main.go:3:5: undefined: x', 'vet: api/main.go:3:5: undefined: x'],
    ['sub/x.go:1:2: a\n\tsub/x.go:9:1: other', 'api/sub/x.go:1:2: a\n\tapi/sub/x.go:9:1: other'],
    ['../lib/y.go:3: x', 'lib/y.go:3: x'],
    ['/w/lib/y.go:3: x', 'lib/y.go:3: x'],
    // What is no file of the workspace, and what is no position.
    ['/usr/go/x.go:3: x', '/usr/go/x.go:3: x'],
    ['gone.go:3: x', 'gone.go:3: x'],
    ['main.go is missing', 'main.go is missing'],
    ['see ./main.go:3', 'see ./main.go:3'],
    ['# example.com/api', '# example.com/api'],
  ])('%j', (text, expected) => expect(shown(text)).toBe(expected));

  it('leaves all as it is where go runs in the workspace root', () => {
    const text = './top.go:3:5: x\napi/main.go:1:1: y\n';
    expect(shown(text, '/w')).toBe(text);
  });
});
