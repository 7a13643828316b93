// @ts-check
/**
 * What the library survives, counted: the kill matrix of the library, of its index and of updates of its database, and
 * damaged files, through the built app in Chromium. Fails if anything was not survived, or some kind of end not tried.
 *
 * npm run bench:trust -- [--moments 100] [--index 20] [--updates 10] [--files 1000] [--seed 1] [--results FOLDER]
 *   [--processes N]    N processes share it, at the same time
 *   [--shard I/N]      only the I-th of N shares (1 to N), as for several machines or one after the other
 *   [--sum]            adds up what lies in the folder of results
 *
 * Every result is told, and kept in the folder of results, as soon as it is known. Without npm:
 * `node scripts/bench/trust.mjs`, with `dist/`, the fixtures of scripts/fixtures/generate.mjs and Playwright.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runInProject } from '../setup.mjs';
import { runShard } from '../trust/shard.mjs';
import { momentText, readResults, tally } from '../trust/tally.mjs';

const number = /** @type {const} */ ({ type: 'string' });

/** @param {readonly string[]} args */
function readOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      moments: { ...number, default: '100' },
      index: { ...number, default: '20' },
      updates: { ...number, default: '10' },
      files: { ...number, default: '1000' },
      seed: { ...number, default: '1' },
      processes: { ...number, default: '1' },
      shard: { type: 'string', default: '1/1' },
      results: { type: 'string' },
      sum: { type: 'boolean', default: false },
    },
  });
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(values.shard) ?? [];
  const shard = { index: Number(index) - 1, count: Number(count) };
  if (!(shard.index >= 0 && shard.index < shard.count))
    throw new Error(`--shard is '${values.shard}': it must be I/N, I from 1 to N`);
  const plan = {
    moments: Number(values.moments),
    index: Number(values.index),
    updates: Number(values.updates),
    files: Number(values.files),
    seed: Number(values.seed),
  };
  const processes = Number(values.processes);
  for (const [name, value] of Object.entries({ ...plan, processes }))
    if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number`);
  const folder = values.results ?? mkdtempSync(join(tmpdir(), 'picsift-trust-results-'));
  return { plan, shard, processes, folder: resolve(folder), sum: values.sum, asked: values.shard !== '1/1' };
}

/** @param {readonly string[]} [args] */
export async function run(args = []) {
  const { plan, shard, processes, folder, sum, asked } = readOptions(args);
  mkdirSync(folder, { recursive: true });
  if (!sum) {
    if (runInProject(process.execPath, ['scripts/fixtures/generate.mjs']) !== 0)
      throw new Error('there are no fixtures');
    if (processes > 1) await shareOut(args, processes, folder);
    else {
      const file = join(folder, `shard-${shard.index + 1}-of-${shard.count}.jsonl`);
      writeFileSync(file, '');
      await runShard(plan, shard, (result) => {
        appendFileSync(file, `${JSON.stringify(result)}\n`);
        console.log(result.kind === 'moment' ? momentText(result) : JSON.stringify(result));
      });
    }
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const wanted = plan.moments + plan.index + plan.updates;
  const { lines, ok } = tally(
    files.flatMap((name) => readResults(join(folder, name))),
    wanted,
  );
  // A single shard tells of itself: others add it up.
  if (!asked || sum) console.log(`\n${lines.join('\n')}`);
  console.log(`Results of ${files.length} shards are in ${folder}.`);
  if (!ok && (!asked || sum)) process.exitCode = 1;
}

/** @param {readonly string[]} args @param {number} processes @param {string} folder */
async function shareOut(args, processes, folder) {
  const others = args.filter((arg, i) => !arg.startsWith('--processes') && args[i - 1] !== '--processes');
  await Promise.all(
    Array.from({ length: processes }, (_, i) => {
      const shard = `${i + 1}/${processes}`;
      const parameters = [fileURLToPath(import.meta.url), ...others, '--shard', shard, '--results', folder];
      const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        for (const line of text.split('\n')) if (line !== '') console.log(`[${shard}] ${line}`);
      });
      return new Promise((done, failed) => child.on('close', done).on('error', failed));
    }),
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await run(process.argv.slice(2));
