import { describe, expect, it } from 'vitest';
import type { Found } from '../../core/library/candidate.ts';
import { candidatesOfFiles, candidatesOfHandles } from './walk.ts';

type Tree = { [name: string]: Tree | string | Error };

/** Handles of a disk that is a plain object: texts are files, objects folders, errors what reading them throws. */
function handleOf(name: string, content: Tree | string | Error): FileSystemHandle {
  if (typeof content === 'string' || content instanceof Error) {
    return {
      kind: 'file',
      name,
      async getFile() {
        if (content instanceof Error) throw content;
        return new File([content], name, { lastModified: 1234 });
      },
    } as unknown as FileSystemHandle;
  }
  return {
    kind: 'directory',
    name,
    async *values() {
      for (const [inner, value] of Object.entries(content)) {
        if (inner === '!' && value instanceof Error) throw value;
        yield handleOf(inner, value);
      }
    },
  } as unknown as FileSystemHandle;
}

async function walked(handles: readonly FileSystemHandle[]): Promise<Found[]> {
  const found: Found[] = [];
  for await (const one of candidatesOfHandles(handles)) found.push(one);
  return found;
}

function told(found: readonly Found[]): string[] {
  return found
    .map((one) =>
      'refused' in one
        ? `${one.refused.path} ${one.refused.failure.code}`
        : `${one.candidate.path} ${one.candidate.root?.name ?? ''}`,
    )
    .sort();
}

describe('walking folders', () => {
  it('finds every file with its path from the folder that was given, junk left out', async () => {
    const trip = handleOf('trip', {
      'a.jpg': '1',
      '.DS_Store': 'x',
      day: { 'b.jpg': '2', night: { 'c.jpg': '3' }, empty: {} },
    });
    const found = await walked([trip, handleOf('single.jpg', '4')]);
    expect(told(found)).toEqual([
      'null ',
      'trip/a.jpg trip',
      'trip/day/b.jpg trip',
      'trip/day/night/c.jpg trip',
    ]);
    const single = found.find((one) => 'candidate' in one && one.candidate.path === null);
    expect(single).toMatchObject({ candidate: { name: 'single.jpg', modifiedAt: 1234, root: null } });
  });

  it('tells what cannot be read and goes on with the rest', async () => {
    const found = await walked([
      handleOf('trip', {
        'gone.jpg': new DOMException('gone', 'NotFoundError'),
        secret: { 'x.jpg': '1', '!': new DOMException('no', 'NotAllowedError'), 'y.jpg': '2' },
        'z.jpg': '3',
      }),
    ]);
    expect(told(found)).toEqual([
      'trip/gone.jpg file-missing',
      'trip/secret no-permission',
      'trip/secret/x.jpg trip',
      'trip/z.jpg trip',
    ]);
  });

  it('comes to an end in a folder that contains itself', async () => {
    const loop: Tree = { 'a.jpg': '1' };
    loop.again = loop;
    expect(await walked([handleOf('loop', loop)])).toHaveLength(64);
  });

  it('takes no more files at once than it is asked for, however many there are', async () => {
    let opened = 0;
    const many: Tree = {};
    for (let i = 0; i < 500; i++) many[`${i}.jpg`] = 'x';
    const folder = handleOf('many', many) as FileSystemDirectoryHandle;
    const values = folder.values.bind(folder);
    folder.values = async function* () {
      for await (const handle of values()) {
        opened++;
        yield handle;
      }
    } as unknown as typeof folder.values;
    const walk = candidatesOfHandles([folder]);
    await walk.next();
    expect(opened).toBeLessThanOrEqual(64);
    await walk.return(undefined);
  });

  it('leaves bugs alone', async () => {
    await expect(walked([handleOf('a.jpg', new TypeError('bug'))])).rejects.toThrow('bug');
  });
});

describe('files without handles', () => {
  it('keep the path that the page gives them', () => {
    const file = new File(['x'], 'a.jpg', { lastModified: 77 });
    expect([...candidatesOfFiles([{ file, path: 'trip/a.jpg' }])]).toEqual([
      {
        candidate: {
          name: 'a.jpg',
          path: 'trip/a.jpg',
          modifiedAt: 77,
          bytes: file,
          handle: null,
          root: null,
        },
      },
    ]);
  });
});
