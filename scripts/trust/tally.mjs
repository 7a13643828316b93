// @ts-check
/** What the shards of `npm run bench:trust` have found, added up. */
import { readFileSync } from 'node:fs';

/** @typedef {import('./kill-matrix.mjs').Moment} Moment */
/**
 * A line of a shard's results: a moment; damaged files; what was done in all; or what kept a part from its end.
 *
 * @typedef {{ kind: 'moment' } & Moment} MomentResult
 * @typedef {{ kind: 'files', tried: number, survived: number }} FilesResult
 * @typedef {{ kind: 'work', added: number, committed: number }} WorkResult
 * @typedef {{ kind: 'broken', part: string, error: string }} BrokenResult
 * @typedef {MomentResult | FilesResult | WorkResult | BrokenResult} Result
 */

/** Every kind of end, and everything in whose middle it comes: a whole run has met each. */
const victims = [
  'page closed',
  'page crashed',
  'library worker',
  'inference worker',
  'builder worker',
  'browser',
];
const activities = [
  'import',
  'tagging',
  'delete',
  'undo',
  'restore',
  'all at once',
  'index build',
  'snapshot write',
  'update of the database',
];

/** Whole lines only: a shard that was cut off may have left half of one. @param {string} path @returns {Result[]} */
export const readResults = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

/** @param {Moment} moment */
export const momentText = ({ n, activity, victim, hit, after, wrong }) =>
  `${activity}, ${victim} after ${after} (moment ${n}): ` +
  (wrong.length > 0 ? wrong.join('; ') : hit ? 'survived' : 'survived, there was none');

/**
 * @param {readonly Result[]} results
 * @param {number} wanted moments, in all shards
 * @returns {{ lines: string[], ok: boolean }} the table, and whether all was survived and nothing left out
 */
export function tally(results, wanted) {
  const moments = results.filter((one) => one.kind === 'moment');
  const files = results.filter((one) => one.kind === 'files');
  const work = results.filter((one) => one.kind === 'work');
  const broken = results.filter((one) => one.kind === 'broken');
  const cell = (/** @type {readonly Moment[]} */ some) =>
    some.length === 0 ? '-' : `${some.filter(({ wrong }) => wrong.length === 0).length}/${some.length}`;
  const heads = ['survived of', ...victims, 'all'];
  const rows = [...activities, 'all'].map((activity) => {
    const its = activity === 'all' ? moments : moments.filter((one) => one.activity === activity);
    return [
      activity,
      ...victims.map((victim) => cell(its.filter((one) => one.victim === victim))),
      cell(its),
    ];
  });
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (/** @type {string[]} */ cells) =>
    cells
      .map((text, i) => (i === 0 ? text.padEnd(widths[i] ?? 0) : text.padStart(widths[i] ?? 0)))
      .join('  ');
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, one) => total + one, 0);
  const tried = sum(files.map((one) => one.tried));
  const survived = sum(files.map((one) => one.survived));
  const updates = moments.filter(({ inside }) => inside !== undefined);
  const untried = [
    ...activities.filter((wanted) => !moments.some(({ activity }) => activity === wanted)),
    ...victims.filter((wanted) => !moments.some(({ victim, hit }) => victim === wanted && hit)),
    ...(tried === 0 ? ['damaged files'] : []),
  ];
  const failed = moments.filter(({ wrong }) => wrong.length > 0);
  return {
    lines: [
      line(heads),
      ...rows.map(line),
      '',
      `damaged files among whole ones: ${survived} of ${tried} survived`,
      `${sum(work.map(({ added }) => added))} files were accepted, ${sum(work.map(({ committed }) => committed))} decisions confirmed`,
      `${updates.filter(({ inside }) => inside).length} of ${updates.length} updates were cut off before they were committed`,
      `${moments.filter(({ hit }) => !hit).length} moments found no such worker to end`,
      ...(moments.length < wanted ? [`${wanted - moments.length} moments of ${wanted} have no result`] : []),
      ...(untried.length > 0 ? [`not tried: ${untried.join(', ')}`] : []),
      ...broken.map(({ part, error }) => `${part} came to no end: ${error}`),
      ...failed.map((moment) => momentText(moment)),
    ],
    ok:
      failed.length + broken.length + untried.length === 0 && survived === tried && moments.length >= wanted,
  };
}
