// @ts-check
/**
 * What a first visit must load before anything is painted: the scripts and styles that index.html names, and all that they
 * import statically; in Chinese, its texts besides. Ends with exit code 1 when the JavaScript is over its budget.
 *
 *   node scripts/bundle-budget.mjs [folder of the build]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

/** @param {string} file */
const sizeOf = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
/** @param {number} bytes @param {string} what */
const say = (bytes, what) => console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${what}`);

let javaScript = 0;
for (const file of files) {
  const size = sizeOf(file);
  if (file.endsWith('.js')) javaScript += size;
  say(size, file);
}
// Of src/app/i18n/zh/index.ts; the name follows from its folder.
const chinese = readdirSync(join(dist, 'assets')).find((name) => /^zh-[\w-]+\.js$/.test(name));
if (chinese === undefined) throw new Error('the build has no chunk of Chinese texts (assets/zh-*.js)');
const inChinese = javaScript + sizeOf(join('assets', chinese));
const within = inChinese <= javaScriptBudget;
const budget = `budget ${javaScriptBudget / 1000} kB${within ? '' : ': over it'}`;
say(
  javaScript,
  `JavaScript before first paint, gzip; in Chinese ${(inChinese / 1000).toFixed(1)} kB; ${budget}`,
);
process.exitCode = within ? 0 : 1;
