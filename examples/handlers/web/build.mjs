// The whole build of the web front end: the page and its script go to dist/web.
import { cpSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('src', import.meta.url));
const target = fileURLToPath(new URL('../dist/web', import.meta.url));

mkdirSync(target, { recursive: true });
cpSync(source, target, { recursive: true });
