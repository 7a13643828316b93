import type { StoredDatabase } from './stored-database.ts';

/** What an import of the fixtures made, as it was stored: what tests compare the screen with. */
export interface SeededPhoto {
  readonly id: number;
  readonly name: string;
  /** Milliseconds, wall-clock time as if it were UTC. */
  readonly capturedAt: number;
  /** Bytes. */
  readonly size: number;
  readonly failed: boolean;
  /** By label id; scores that reach the label's threshold. */
  readonly tags: ReadonlySet<string>;
  /** 0..1 by label id. */
  readonly scores: ReadonlyMap<string, number>;
  /** Unit vector; empty for photos that failed. */
  readonly vector: Float32Array;
}

export interface SeededLabel {
  readonly id: string;
  readonly en: string;
  readonly zh: string;
  readonly threshold: number;
}

export interface SeededLibrary {
  readonly photos: readonly SeededPhoto[];
  /** Photos that are shown at first: all but the failed ones. */
  readonly present: readonly SeededPhoto[];
  readonly labels: readonly SeededLabel[];
  photo(name: string): SeededPhoto;
  label(id: string): SeededLabel;
  /** Labels by how many present photos carry them, most first. */
  readonly counts: readonly { readonly label: SeededLabel; readonly count: number }[];
}

/** The library that is stored in the database. */
export function libraryOf({ stores }: StoredDatabase): SeededLibrary {
  const all = <Value>(name: string) =>
    (stores.find((store) => store.name === name)?.values ?? []) as readonly Value[];
  const known = all<{ number: number; id: string; names: { en: string; zh: string } }>('labels');
  const model = all<{ labels: number[]; thresholds: number[] }>('models')[0];
  if (model === undefined) throw new Error('no model is stored: nothing was tagged');
  const labels = model.labels.map((number, i): SeededLabel => {
    const { id, names } = known.find((label) => label.number === number)!;
    return { id, ...names, threshold: model.thresholds[i]! };
  });
  const rows = all<{ chunk: number; bytes: ArrayBuffer }>('photoColumns').flatMap(rowsOf);
  const names = new Map(
    all<{ chunk: number; names: string[] }>('photoNames').flatMap(({ chunk, names: texts }) =>
      texts.map((name, row): [number, string] => [chunk * rowsPerChunk + row, name]),
    ),
  );
  const scoreChunks = all<{ chunk: number; rows: number; labels: number; scores: Uint8Array }>('scores');
  const vectorChunks = all<VectorChunk>('vectors');
  const photos = rows.map(({ id, capturedAt, size, content: contentPlusOne }): SeededPhoto => {
    const failed = contentPlusOne === 0;
    const content = failed ? 0 : contentPlusOne - 1;
    const scored = scoreChunks.find(({ chunk }) => chunk === Math.floor(content / 64));
    const embedded = vectorChunks.find(({ chunk }) => chunk === Math.floor(content / 32));
    const scores = new Map(
      labels.map(({ id: label }, i) => [
        label,
        failed ? 0 : (scored?.scores[(content % 64) * labels.length + i] ?? 0) / 255,
      ]),
    );
    return {
      id,
      name: names.get(id) ?? '',
      capturedAt,
      size,
      failed,
      scores,
      tags: new Set(
        labels.filter((label) => (scores.get(label.id) ?? 0) >= label.threshold).map((l) => l.id),
      ),
      vector: failed || embedded === undefined ? new Float32Array() : vectorIn(embedded, content % 32),
    };
  });
  const present = photos.filter(({ failed }) => !failed);
  return {
    photos,
    present,
    labels,
    photo: (name) => found(photos, (photo) => photo.name === name, name),
    label: (id) => found(labels, (label) => label.id === id, id),
    counts: labels
      .map((label) => ({ label, count: present.filter(({ tags }) => tags.has(label.id)).length }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
  };
}

interface VectorChunk {
  readonly chunk: number;
  readonly dim: number;
  readonly records: Uint8Array;
}

/** A record is a scale and a signed byte per component, filled up to a multiple of 4; vectors have length 1. */
function vectorIn({ dim, records }: VectorChunk, row: number): Float32Array {
  const size = 4 + Math.ceil(dim / 4) * 4;
  const bytes = new Int8Array(records.buffer, records.byteOffset + row * size + 4, dim);
  const length = Math.hypot(...bytes);
  return Float32Array.from(bytes, (value) => value / length);
}

const rowsPerChunk = 1024;

/** The packed columns that tests look at; all others lie between and behind them. */
function rowsOf({ chunk, bytes }: { readonly chunk: number; readonly bytes: ArrayBuffer }) {
  const doubles = (column: number) => new Float64Array(bytes, column * 8 * rowsPerChunk, rowsPerChunk);
  const capturedAt = doubles(0);
  const size = doubles(4);
  // Five columns of 8 bytes, three of 4 (width, height, content), one of 2 (model), then the status.
  const content = new Uint32Array(bytes, 48 * rowsPerChunk, rowsPerChunk);
  const status = new Uint8Array(bytes, 54 * rowsPerChunk, rowsPerChunk);
  return Array.from(status, (code, row) => ({
    id: chunk * rowsPerChunk + row,
    exists: code !== 0,
    capturedAt: capturedAt[row]!,
    size: size[row]!,
    content: content[row]!,
  })).filter(({ exists }) => exists);
}

function found<Value>(values: readonly Value[], test: (value: Value) => boolean, what: string): Value {
  const value = values.find(test);
  if (value === undefined) throw new Error(`no ${what} in the library`);
  return value;
}

/** How photos are ordered by similarity to a vector: brute force. */
export function nearest(
  library: SeededLibrary,
  vector: Float32Array,
  without: string,
): readonly { name: string; score: number }[] {
  return library.present
    .filter(({ name }) => name !== without)
    .map(({ name, vector: other }) => ({
      name,
      score: vector.reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0),
    }))
    .sort((a, b) => b.score - a.score);
}

/** Photos whose names begin like that. */
export function namedLike({ present }: SeededLibrary, start: string): readonly SeededPhoto[] {
  return present.filter(({ name }) => name.startsWith(start));
}

/** Rows of a file of labels (file, label): three skylines and three gardens. */
export function saidOfViews(library: SeededLibrary): readonly string[] {
  const rows = (start: string, label: string) =>
    namedLike(library, start)
      .slice(0, 3)
      .map(({ name }) => `${name},${label}`);
  return [...rows('city-', 'skyline'), ...rows('flowers-', 'garden')];
}
