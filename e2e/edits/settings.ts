import { join } from 'node:path';

import { layoutTasks } from '../../testing/layouts/layout.js';
import { SINGLE_MODULE } from '../../testing/layouts/single-module.js';
import type { Settings } from '../../testing/measuring/measure.js';
import { writeFiles } from '../../testing/workspace/files.js';
import { temporaryFolder } from '../../testing/workspace/temporary-folder.js';
import { anotherToolchain } from '../../testing/workspace/toolchain.js';
import type { Edit } from './edit.js';

const ALL = layoutTasks(SINGLE_MODULE);
const NATIVE = ['tools/native:build', 'lib/native:test'];

/** GOENV names a file that `go env -w` would have written. */
async function settingsFile(): Promise<Settings> {
  const folder = temporaryFolder('settings');
  writeFiles(folder, { env: 'GOAMD64=v3\n' });
  return Promise.resolve({ GOENV: join(folder, 'env') });
}

/** Changes of the environment in the layout single-module. They select nothing: no file changes. */
export const SETTINGS: readonly Edit[] = [
  { name: 'GOOS', settings: { GOOS: 'windows' }, moves: ALL, onOlderNx: true },
  { name: 'GOARCH', settings: { GOARCH: process.arch === 'arm64' ? 'amd64' : 'arm64' }, moves: ALL },
  { name: 'CGO_ENABLED', settings: { CGO_ENABLED: '0' }, moves: ALL },
  { name: 'GOFLAGS with a tag', settings: { GOFLAGS: '-tags=fancy' }, moves: ALL, onOlderNx: true },
  { name: 'GOFLAGS with a tag that no file has', settings: { GOFLAGS: '-tags=unheard' }, moves: ALL },
  { name: 'GOAMD64', settings: { GOAMD64: 'v3' }, moves: ALL, onlyAmd64: true },
  { name: 'GOAMD64 in the file GOENV', settings: settingsFile, moves: ALL, onlyAmd64: true },
  { name: 'GOEXPERIMENT', settings: { GOEXPERIMENT: 'fieldtrack' }, moves: ALL },
  { name: 'GOFIPS140', settings: { GOFIPS140: 'latest' }, moves: ALL },
  {
    name: 'GO_EXTLINK_ENABLED',
    settings: { GO_EXTLINK_ENABLED: '1' },
    moves: ALL,
    needless: { tasks: NATIVE, because: 'it enters every link, and says of cgo only what is the case already' },
  },
  { name: 'CGO_CFLAGS', settings: { CGO_CFLAGS: '-O1' }, moves: NATIVE },
  {
    name: 'CC',
    settings: { CC: 'cc' },
    moves: NATIVE,
    needless: { tasks: NATIVE, because: 'another name of the same compiler, which go takes for another compiler' },
  },
  { name: 'GODEBUG', settings: { GODEBUG: 'panicnil=1' }, moves: [] },
  { name: 'GOPROXY', settings: { GOPROXY: 'off' }, moves: [] },
  { name: 'GOMAXPROCS', settings: { GOMAXPROCS: '1' }, moves: [] },
  { name: 'SOURCE_DATE_EPOCH', settings: { SOURCE_DATE_EPOCH: '1' }, moves: [] },
  { name: 'another toolchain', settings: anotherToolchain, moves: ALL, onOlderNx: true },
];
