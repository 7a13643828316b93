// @ts-check
/**
 * What a first visit must load before anything is painted: the scripts and styles that index.html names, and all that they
 * import statically. Ends with exit code 1 when the JavaScript is over its budget.
 *
 *   node scripts/bundle-budget.mjs [folder of the build]
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Bytes, gzip. */
const javaScriptBudget = 200_000;

const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));

/** @param {string} file @returns {string[]} files that it cannot start without, relative to the build */
function staticImports(file) {
  const source = readFileSync(join(dist, file), 'utf8');
  // Minified modules: `import{a}from"./x.js"`, `import"./x.js"`, `export*from"./x.js"`; `import("./x.js")` is not static.
  const specifiers = [...source.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)];
  return specifiers.flatMap(([, name]) => (name === undefined ? [] : [normalize(join(dirname(file), name))]));
}

const html = readFileSync(join(dist, 'index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '');
const files = new Set(named);
for (const file of files) {
  if (!existsSync(join(dist, file)))
    throw new Error(`index.html or one of its scripts names ${file}, which was not built`);
  if (file.endsWith('.js')) for (const imported of staticImports(file)) files.add(imported);
}

let javaScript = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
  if (file.endsWith('.js')) javaScript += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${file}`);
}
const within = javaScript <= javaScriptBudget;
console.log(
  `${(javaScript / 1000).toFixed(1).padStart(8)} kB  JavaScript before first paint, gzip; budget ${javaScriptBudget / 1000} kB${within ? '' : ': over it'}`,
);
process.exitCode = within ? 0 : 1;
