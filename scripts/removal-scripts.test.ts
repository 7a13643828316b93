import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { powerShellScript, shellScript } from '../src/core/dedup/removal-scripts.ts';

const nasty = [
  'plain.jpg',
  'it\'s $HOME `id` "q".jpg',
  '-rf.jpg',
  'line\nbreak.jpg',
  'sub folder/👩‍👩‍👧 ü.jpg',
  '$(touch hacked).jpg',
  '; touch hacked #.jpg',
];

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('scripts that move photos aside', () => {
  it.skipIf(process.platform === 'win32')(
    'move what is unchanged, whatever it is called, and nothing else',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'picsift-scripts-'));
      try {
        for (const path of nasty) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), path);
        }
        writeFileSync(join(folder, 'changed.jpg'), 'new');
        const files = [...nasty, 'changed.jpg', 'gone.jpg'].map((path) => ({
          path,
          sha256: hash(path),
          bytes: 1,
          kept: 'x.jpg',
        }));
        const script = shellScript({
          files,
          withoutPath: ['a\ntouch hacked'],
          target: "Picsift removed 'x'",
        });
        const run = spawnSync('sh', ['-s'], { cwd: folder, input: script, encoding: 'utf8' });
        expect(run.stderr).toBe('');
        for (const path of nasty) {
          expect(existsSync(join(folder, path)), path).toBe(false);
          expect(readFileSync(join(folder, "Picsift removed 'x'", path), 'utf8')).toBe(path);
        }
        expect(readFileSync(join(folder, 'changed.jpg'), 'utf8')).toBe('new');
        expect(existsSync(join(folder, 'hacked'))).toBe(false);
        expect(run.stdout).toContain('changed, left alone: changed.jpg');
        expect(run.stdout).toContain('not there: gone.jpg');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );

  it('quote for PowerShell: single quotes of all kinds doubled, comments on one line, literal paths', () => {
    const files = [{ path: "it's ‘so’ $x.jpg", sha256: hash('x'), bytes: 1, kept: 'k' }];
    const script = powerShellScript({ files, withoutPath: ['a\nRemove-Item b'], target: 'T' });
    expect(script).toContain("Move-Aside 'it''s ‘‘so’’ $x.jpg'");
    expect(script).toContain('# place not known: a Remove-Item b');
    expect(script.split('\r\n').filter((line) => /(?<!-Literal|Join-)Path \$file/.test(line))).toEqual([]);
    expect(script.startsWith('\ufeff')).toBe(true);
  });
});
