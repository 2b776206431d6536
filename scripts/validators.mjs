import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Ajv } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

const EXECUTORS = fileURLToPath(new URL('../src/executors/', import.meta.url));

/**
 * A plugin of esbuild that puts the code which ajv makes of the schemas in place of the module that makes it when it is
 * asked for.
 */
export const validators = {
  name: 'validators',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]schemas[\\/]validators\.ts$/ }, () => {
      const schema = (kind) => `${EXECUTORS}${kind}/schema.json`;
      const kinds = readdirSync(EXECUTORS).filter((kind) => existsSync(schema(kind)));
      const schemas = kinds.map((kind) => ({ ...JSON.parse(readFileSync(schema(kind), 'utf8')), $id: kind }));
      const code = { source: true, esm: true };
      const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, code, schemas });
      const nameOf = (kind) => `validate_${kind.replaceAll('-', '_')}`;
      const names = Object.fromEntries(kinds.map((kind) => [nameOf(kind), kind]));
      const table = kinds.map((kind) => `'${kind}': ${nameOf(kind)}`).join(', ');
      const lookup = `export const validatorOf = (kind) => ({ ${table} })[kind];`;
      return { contents: `${standaloneCode.default(ajv, names)}\n${lookup}`, loader: 'js' };
    });
  },
};
