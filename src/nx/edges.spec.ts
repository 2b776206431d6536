import { tmpdir } from 'node:os';

import { describe, expect, it } from '@jest/globals';

import { NX_DOORS } from '../../testing/nx/door.js';
import type * as door from './edges.js';

describe.each(NX_DOORS)('under Nx $version', (nx) => {
  it('is an edge that names no file', async () => {
    const edge = await nx.run(tmpdir(), 'edges', (file: typeof door) => file.implicitEdge('a', 'b'));
    expect(edge).toEqual({ source: 'a', target: 'b', type: 'implicit' });
  });
});
