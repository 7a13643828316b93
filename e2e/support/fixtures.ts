import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.fixtures/', import.meta.url));

/** What Picsift is to make of a fixture, as scripts/fixtures/catalogue.mjs says. */
export type Expectation =
  | {
      readonly ok: true;
      readonly width: number;
      readonly height: number;
      readonly exif?: Readonly<Record<string, unknown>> | null;
      readonly sameBytesAs?: string;
      readonly corners?: boolean;
    }
  | { readonly ok: false; readonly code: string; readonly found?: string };

export interface Fixture {
  /** Relative to the fixtures' folder, with forward slashes. */
  readonly path: string;
  /** Absolute. */
  readonly file: string;
  readonly name: string;
  readonly kind: string;
  readonly sha256: string;
  readonly expect: Expectation;
}

function read(): readonly Fixture[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) throw new Error('No fixtures: run `node scripts/fixtures/generate.mjs` first.');
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    files: Omit<Fixture, 'file' | 'name'>[];
  };
  return files.map((file) => ({ ...file, file: join(folder, file.path), name: basename(file.path) }));
}

export const allFixtures = read();

/** The file of a fixture; `path` may also be one of their folders. */
export function fixture(path: string): string {
  return join(folder, path);
}

export function fixturesOf(kind: string): readonly Fixture[] {
  const found = allFixtures.filter((one) => one.kind === kind);
  if (found.length === 0) throw new Error(`no fixtures of kind ${kind}`);
  return found;
}

/** `count` photos that differ. */
export function photoFiles(count: number): readonly string[] {
  const photos = fixturesOf('photo').slice(0, count);
  if (photos.length < count) throw new Error(`there are ${photos.length} photos, not ${count}`);
  return photos.map(({ file }) => file);
}
