import { isLossless, type PhotoFacts } from './keep-rules.ts';

export const differenceKinds = [
  'pixels',
  'bytes',
  'format',
  'sharpness',
  'metadata',
  'date',
  'path',
] as const;

export interface Difference {
  readonly kind: (typeof differenceKinds)[number];
  /** Places of the photos that are better in this; empty where better means nothing. */
  readonly better: readonly number[];
}

export interface ComparedFacts extends PhotoFacts {
  /** See `sharpness`; null if not known. */
  readonly sharpness: number | null;
}

/** What differs among some photos, and which of them are the better ones. */
export function differences(photos: readonly ComparedFacts[]): Difference[] {
  const found: Difference[] = [];
  const tell = (kind: Difference['kind'], differs: boolean, better: readonly number[] = []) => {
    if (differs) found.push({ kind, better: better.length < photos.length ? better : [] });
  };
  const sizes = photos.map(({ width, height }) => width * height);
  const pixels = spread(sizes);
  tell(
    'pixels',
    photos.some((one) => one.width !== photos[0]!.width || one.height !== photos[0]!.height),
    best(sizes, 0.01),
  );
  const types = photos.map(({ type }) => type);
  const bytes = photos.map(({ size }) => size);
  // More bytes are more detail only where nothing else differs.
  const comparable = pixels < 0.01 && new Set(types).size === 1;
  tell('bytes', spread(bytes) > 0, comparable ? best(bytes, 0.02) : []);
  tell(
    'format',
    new Set(types).size > 1,
    best(
      types.map((type) => Number(isLossless(type))),
      0,
    ),
  );
  const crisp = photos.map((one) => one.sharpness ?? 0);
  tell('sharpness', photos.every((one) => one.sharpness !== null) && spread(crisp) > 0.1, best(crisp, 0.1));
  const metadata = photos.map((one) => one.metadata);
  tell('metadata', spread(metadata) > 0, best(metadata, 0));
  const dates = photos.map(({ capturedAt }) => capturedAt);
  tell(
    'date',
    new Set(dates).size > 1,
    best(
      photos.map(({ hasCaptureDate }) => Number(hasCaptureDate)),
      0,
    ),
  );
  tell('path', new Set(photos.map(({ path, name }) => path ?? name)).size > 1);
  return found;
}

/** Places of the greatest, and of those that are less by no more than that part. */
function best(values: readonly number[], tolerance: number): number[] {
  const most = Math.max(...values);
  return values.flatMap((value, n) => (value >= most - Math.abs(most) * tolerance ? [n] : []));
}

/** The greatest difference by the greatest value. */
function spread(values: readonly number[]): number {
  const most = Math.max(...values);
  return most === 0 ? 0 : (most - Math.min(...values)) / most;
}
