// @ts-check
/**
 * `npm run bench [-- name ... [options]]`: runs the benches in scripts/bench, all or those named. Each is a module that
 * exports `run(options: string[]): Promise<void>` and prints its figures.
 */
import { requireNode } from './node-version.mjs';

requireNode();
const { existsSync, readdirSync } = await import('node:fs');
const { cpus, release, totalmem, type } = await import('node:os');
const { join } = await import('node:path');
const { pathToFileURL } = await import('node:url');
const { ensureBuild, ensureDependencies, projectRoot } = await import('./setup.mjs');

ensureDependencies();
const folder = join(projectRoot, 'scripts', 'bench');
const present = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.mjs'))
      .map((name) => name.slice(0, -'.mjs'.length))
      .sort()
  : [];
const given = process.argv.slice(2);
const firstOption = given.findIndex((arg) => arg.startsWith('-'));
const asked = firstOption < 0 ? given : given.slice(0, firstOption);
const options = given.slice(asked.length);
const unknown = asked.filter((name) => !present.includes(name));
if (unknown.length > 0 || present.length === 0) {
  console.error(
    `No bench named ${unknown.join(', ') || 'anything'}. There are: ${present.join(', ') || 'none'}.`,
  );
  process.exit(1);
}
ensureBuild();
console.log(
  `Node ${process.versions.node}, ${type()} ${release()}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
for (const name of asked.length > 0 ? asked : present) {
  console.log(`\n== ${name}`);
  const bench = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  await (options.length > 0 ? bench.run(options) : bench.run());
}
