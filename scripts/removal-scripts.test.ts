import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removalsAsCsv, removalsAsJson } from '../src/core/dedup/removal-list.ts';
import { powerShellScript, shellScript } from '../src/core/dedup/removal-scripts.ts';

const nasty = [
  'plain.jpg',
  'it\'s $HOME `id` "q".jpg',
  '-rf.jpg',
  'line\nbreak.jpg',
  'sub folder/👩‍👩‍👧 ü.jpg',
  '$(touch hacked).jpg',
  '; touch hacked #.jpg',
  'folder that ends in a line\n/x.jpg',
];

/** Names of files that no shell and no program likes. */
const hostileName = fc
  .string({
    unit: fc.constantFrom(...'\'"`$\\;&|<>*?[](){}!#~^%=+-.,: \t\n\r\u007f\u0085\u2028‘’‚‛“”ü日👩‍👩‍👧aN0'),
    minLength: 1,
    maxLength: 20,
  })
  .filter((name) => !/^\.+$/.test(name));

/** So many different paths, each through up to two folders. */
function hostilePaths(count: number): string[] {
  const parts = fc.sample(fc.array(hostileName, { minLength: 1, maxLength: 3 }), { numRuns: count, seed: 7 });
  // Numbered at the end: no file has the name of another one's folder.
  return parts.map((names, n) => names.map((name, depth) => `${name}${n}.${depth}`).join('/'));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('scripts that move photos aside', () => {
  it.skipIf(process.platform === 'win32')(
    'move what is unchanged, whatever it is called, and nothing else',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'picsift-scripts-'));
      const target = "-Picsift removed 'x' $(touch hacked)";
      const paths = [...nasty, ...hostilePaths(60)];
      try {
        for (const path of paths) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), path);
        }
        writeFileSync(join(folder, 'changed.jpg'), 'new');
        writeFileSync(join(folder, 'taken.jpg'), 'taken.jpg');
        mkdirSync(join(folder, target));
        writeFileSync(join(folder, target, 'taken.jpg'), 'another one');
        const files = [...paths, 'changed.jpg', 'gone.jpg', 'taken.jpg'].map((path) => ({
          path,
          sha256: hash(path),
          bytes: 1,
          kept: 'x.jpg',
          keptSha256: hash('x') as string | null,
        }));
        writeFileSync(join(folder, 'x.jpg'), 'x');
        writeFileSync(join(folder, 'last.jpg'), 'last.jpg');
        // The one that stays is gone, changed, in another folder of that name, or the same file.
        for (const [kept, keptSha256] of [
          ['no.jpg', hash('no.jpg')],
          ['changed.jpg', hash('changed.jpg')],
          ['last.jpg', hash('last.jpg')],
          ['./last.jpg', hash('last.jpg')],
          ['last.jpg\ntouch hacked', null],
        ] as const) {
          files.push({ path: 'last.jpg', sha256: hash('last.jpg'), bytes: 1, kept, keptSha256 });
        }
        const script = shellScript({ files, withoutPath: ['a\ntouch hacked'], target });
        const run = spawnSync('sh', ['-s'], { cwd: folder, input: script, encoding: 'utf8' });
        expect(run.stderr).toBe('');
        for (const path of paths) {
          expect(existsSync(join(folder, path)), path).toBe(false);
          expect(readFileSync(join(folder, target, path), 'utf8')).toBe(path);
        }
        expect(readFileSync(join(folder, 'changed.jpg'), 'utf8')).toBe('new');
        expect(readFileSync(join(folder, 'last.jpg'), 'utf8')).toBe('last.jpg');
        expect(run.stdout.match(/what stays is not there, left alone: last.jpg/g)).toHaveLength(4);
        expect(readFileSync(join(folder, 'taken.jpg'), 'utf8')).toBe('taken.jpg');
        expect(readFileSync(join(folder, target, 'taken.jpg'), 'utf8')).toBe('another one');
        expect(existsSync(join(folder, 'hacked'))).toBe(false);
        expect(run.stdout).toContain('changed, left alone: changed.jpg');
        expect(run.stdout).toContain('not there: gone.jpg');
        expect(run.stdout).toContain('already there, left alone: ');
        expect(script).toContain('\n# place not known: a touch hacked\n');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  it('quote for PowerShell: every path is one literal, line ends and quotes of all kinds in it', () => {
    fc.assert(
      fc.property(fc.array(hostileName, { minLength: 1, maxLength: 5 }), hostileName, (paths, other) => {
        const files = paths.map((path) => ({
          path,
          sha256: hash(path),
          bytes: 1,
          kept: other,
          keptSha256: hash('k'),
        }));
        const script = powerShellScript({ files, withoutPath: [other], target: other });
        expect(script.startsWith('\ufeff#')).toBe(true);
        const target = '\r\n$target = ';
        let at = script.indexOf(target) + target.length;
        const literal = () => {
          const [text, end] = powerShellLiteral(script, at);
          at = end;
          return text;
        };
        expect(literal()).toBe(other);
        at = script.indexOf('\r\n}\r\n', at) + 5;
        for (const { path, sha256 } of files) {
          expect(script.slice(at, at + 11)).toBe('Move-Aside ');
          at += 11;
          expect(literal()).toBe(path);
          at++;
          expect(literal()).toBe(sha256);
          at++;
          expect(literal()).toBe(other);
          at++;
          expect(literal()).toBe(hash('k'));
          expect(script.slice(at, at + 2)).toBe('\r\n');
          at += 2;
        }
        expect(script.slice(at)).toMatch(/^# place not known: [^\r\n]*\r\n$/);
      }),
    );
  });

  it('as lists: CSV that no spreadsheet takes for formulas, JSON as it is', () => {
    const one = { sha256: hash('1'), bytes: 7, kept: '=1+1', keptSha256: hash('2') };
    const files = ['a "b", c.jpg', '-line\nbreak.jpg', 'plain.jpg'].map((path) => ({ path, ...one }));
    const input = { files, withoutPath: ['@x'], target: 'T' };
    expect(removalsAsCsv(input).slice(1).split('\r\n')).toEqual([
      'path,sha256,bytes,kept',
      `"a ""b"", c.jpg",${one.sha256},7,'=1+1`,
      `"'-line\nbreak.jpg",${one.sha256},7,'=1+1`,
      `plain.jpg,${one.sha256},7,'=1+1`,
      "'@x,,,",
      '',
    ]);
    expect(removalsAsCsv(input)[0]).toBe('\ufeff');
    expect(JSON.parse(removalsAsJson(input))).toEqual({
      format: 'picsift-removals',
      version: 1,
      files,
      withoutPath: ['@x'],
    });
  });

  it('ask PowerShell for literal paths only', () => {
    const script = powerShellScript({ files: [], withoutPath: [], target: 'T' });
    expect(
      script.split('\r\n').filter((line) => /(?<!-Literal|Join-)Path \$(file|to|stays)/.test(line)),
    ).toEqual([]);
  });
});

/**
 * A single-quoted literal as PowerShell's tokenizer reads it: it ends with the first single quote, straight or
 * typographic, that no other one follows; two stand for one.
 *
 * @returns its text, and the place after it
 */
function powerShellLiteral(script: string, start: number): [string, number] {
  const isQuote = (letter: string | undefined) => letter !== undefined && "'‘’‚‛".includes(letter);
  expect(script[start]).toBe("'");
  let text = '';
  for (let at = start + 1; at < script.length; at++) {
    if (isQuote(script[at])) {
      if (!isQuote(script[at + 1])) return [text, at + 1];
      at++;
    }
    text += script[at];
  }
  throw new Error('the literal has no end');
}
