import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tagsAsCsv, tagsAsJson } from './tag-tables.ts';
import type { TaggedPhoto } from './tagged-photo.ts';
import { sidecarPaths, xmpSidecar } from './xmp-sidecar.ts';
import { zipOf } from './zip.ts';

const has = (command: string, parameter: string) => spawnSync(command, [parameter]).error === undefined;

const photo: TaggedPhoto = {
  name: 'a "b", c.jpg',
  path: 'trip/a "b", c.jpg',
  capturedAt: Date.UTC(2023, 4, 7, 18, 30, 59),
  tags: [
    { id: 'own:1', name: 'Oma & Opa <3 | Garten', set: null, said: 'accepted' },
    { id: 'dog', name: '狗', set: null, said: 'model' },
    { id: 'cat', name: 'Cat', set: null, said: 'rejected' },
    { id: 'set1:sun', name: 'Sun', set: 'Weather', said: 'accepted' },
  ],
};
const bare: TaggedPhoto = { name: '=cmd()', path: null, capturedAt: null, tags: [] };

/** A folder for the test's files, taken away afterwards. */
function inFolder<Value>(use: (folder: string) => Value): Value {
  const folder = mkdtempSync(join(tmpdir(), 'picsift-export-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('tags as tables', () => {
  it('have a line for each tag, quoted where a reader needs it, and no formulas', () => {
    expect(tagsAsCsv([photo, bare])).toBe(
      [
        '\ufeffpath,name,taken,tag,tag_id,said,set',
        '"trip/a ""b"", c.jpg","a ""b"", c.jpg",2023-05-07T18:30:59,Oma & Opa <3 | Garten,own:1,accepted,',
        '"trip/a ""b"", c.jpg","a ""b"", c.jpg",2023-05-07T18:30:59,狗,dog,model,',
        '"trip/a ""b"", c.jpg","a ""b"", c.jpg",2023-05-07T18:30:59,Cat,cat,rejected,',
        '"trip/a ""b"", c.jpg","a ""b"", c.jpg",2023-05-07T18:30:59,Sun,set1:sun,accepted,Weather',
        "'=cmd(),'=cmd(),,,,,",
        '',
      ].join('\r\n'),
    );
  });

  it('are the same as JSON, nothing changed in any name', () => {
    expect(JSON.parse(tagsAsJson([photo, bare]))).toEqual({
      format: 'picsift-tags',
      version: 1,
      photos: [
        { path: photo.path, name: photo.name, taken: '2023-05-07T18:30:59', tags: photo.tags },
        { path: '=cmd()', name: '=cmd()', taken: null, tags: [] },
      ],
    });
  });
});

describe('sidecars', () => {
  it.skipIf(!has('exiftool', '-ver'))('say to exiftool what the photo carries', () => {
    const read = inFolder((folder) => {
      const path = join(folder, 'a.xmp');
      writeFileSync(
        path,
        xmpSidecar({
          ...photo,
          tags: [...photo.tags, { id: 'x', name: 'a\u0000b', set: null, said: 'model' }],
        }),
      );
      return spawnSync('exiftool', [
        '-json',
        '-validate',
        '-warning',
        '-Subject',
        '-HierarchicalSubject',
        path,
      ]);
    });
    const [said] = JSON.parse(read.stdout.toString('utf8'));
    expect(said.Subject).toEqual(['Oma & Opa <3 | Garten', '狗', 'Sun', 'ab']);
    expect(said.HierarchicalSubject).toEqual(['Oma & Opa <3 / Garten', '狗', 'Weather|Sun', 'ab']);
    expect(said.Validate).toBe('OK');
  });

  it('lie beside their photos, never outside, and never on one another', () => {
    const at = (path: string | null, name = 'a.jpg') => ({ ...bare, path, name });
    expect([
      ...sidecarPaths([
        at('trip/a.jpg'),
        at(null),
        at(null, 'A.JPG'),
        at('../../etc/a.jpg'),
        at('/x\\..\\y.jpg'),
        at('..'),
      ]),
    ]).toEqual(['trip/a.jpg.xmp', 'a.jpg.xmp', 'A.JPG (2).xmp', 'etc/a.jpg.xmp', 'x/y.jpg.xmp', 'photo.xmp']);
  });
});

describe('an archive', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  const checked = (count: number) =>
    inFolder((folder) => {
      const path = join(folder, 'a.zip');
      const entries = Array.from({ length: count }, (_, i) => ({
        path: encode(`f/${i} 狗.xmp`),
        content: encode(`text ${i} 狗`),
      }));
      writeFileSync(path, Buffer.concat(zipOf(entries)));
      const script = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = z.namelist()
print(len(names), names[-1], z.read(names[-1]).decode())`;
      return spawnSync('python3', ['-c', script, path]).stdout.toString('utf8').trim();
    });

  it.skipIf(!has('python3', '--version'))('is read by another program, 70,000 files included', () => {
    expect(checked(3)).toBe('3 f/2 狗.xmp text 2 狗');
    expect(checked(70_000)).toBe('70000 f/69999 狗.xmp text 69999 狗');
  });

  it('of nothing is an archive, too', () => {
    expect(Buffer.concat(zipOf([])).toString('latin1')).toBe(`PK\x05\x06${'\0'.repeat(18)}`);
  });
});
