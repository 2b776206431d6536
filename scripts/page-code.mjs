// Bundles what the page of `nx-gopher insights` runs in a browser. Prints it, when it is run by itself.
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const CLIENT = fileURLToPath(new URL('../src/insights/page/client/', import.meta.url));

/** The script and the style sheet of the page, and the files that they were made from. */
async function pageCode() {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${CLIENT}main.ts`, `${CLIENT}style.css`],
    outdir: CLIENT,
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    tsconfigRaw: { compilerOptions: { target: 'es2023' } },
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    // The first that know the function light-dark() of the style sheet.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    format: 'iife',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const text = (end) => outputFiles.find(({ path }) => path.endsWith(end)).text;
  return { script: text('.js'), style: text('.css'), inputs: metafile.inputs };
}

/**
 * A plugin of esbuild that puts the bundled code in place of the module that bundles it when it is asked for.
 *
 * @param onInputs is told what the code was made from.
 */
export const pagePlugin = (onInputs) => ({
  name: 'page',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]insights[\\/]page[\\/]client-code\.ts$/ }, async () => {
      const { script, style, inputs } = await pageCode();
      onInputs(inputs);
      return { contents: `export const clientCode = () => (${JSON.stringify({ script, style })});`, loader: 'js' };
    });
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { script, style } = await pageCode();
  process.stdout.write(JSON.stringify({ script, style }));
}
