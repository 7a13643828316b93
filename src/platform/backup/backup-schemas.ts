import { z } from 'zod';
import {
  type BackupEntry,
  frameKinds,
  type SectionName,
  type SectionRows,
} from '../../core/backup/entries.ts';
import { mostPayloadBytes } from '../../core/backup/frame.ts';
import { unpack } from '../../core/backup/packed.ts';
import { mostDecidedPhotos } from '../../core/dedup/decision.ts';
import type { TeachReport } from '../../core/learning/teach-report.ts';
import type { Exif, Failure, FailureCode } from '../../core/library/photo.ts';
import { labelColours, mostLabels, mostRevisions } from '../../core/tagging/label-set.ts';

/** What a frame's payload must look like: whatever is in a file, nothing else reaches the library. */

const text = z.string().max(4096);
const count = z.int().min(0);
const time = z.number().min(-8.64e15).max(8.64e15);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);
const nullableNumber = z.number().nullable();

const failureCodes = [
  'unsupported-type',
  'empty-file',
  'too-many-pixels',
  'too-much-memory',
  'too-slow',
  'zero-size',
  'broken',
  'file-missing',
  'no-permission',
  'unreadable',
  'worker-crashed',
  'model-unavailable',
  'storage-full',
] as const satisfies readonly FailureCode[];

const failure = z
  .object({ code: z.enum(failureCodes).catch('broken'), found: text.optional(), limit: text.optional() })
  .transform(
    ({ code, found, limit }): Failure => ({
      code,
      ...(found !== undefined && { found }),
      ...(limit !== undefined && { limit }),
    }),
  );

const exif: z.ZodType<Exif> = z.object({
  capturedAt: time.nullable(),
  make: text.nullable(),
  model: text.nullable(),
  lens: text.nullable(),
  exposureTime: nullableNumber,
  fNumber: nullableNumber,
  iso: nullableNumber,
  keywords: z.array(text).max(1000).optional(),
  focalLength: nullableNumber,
  orientation: z.int().min(1).max(8),
  gps: z.object({ latitude: z.number(), longitude: z.number(), altitude: nullableNumber }).nullable(),
});

const head = z.object({ app: text, created: time, photos: count, decisions: count, originals: z.boolean() });

const photo = z.object({
  id: count,
  name: text,
  path: z.string().max(65_536).nullable(),
  type: text,
  size: count,
  capturedAt: time,
  modifiedAt: time,
  importedAt: time,
  removedAt: time,
  width: count.max(0xffffffff),
  height: count.max(0xffffffff),
  failure: failure.nullable(),
  sha256: sha256.nullable(),
  exif: exif.nullable(),
  decisions: z.array(z.object({ label: text, verdict: z.enum(['accepted', 'rejected']), at: time })),
  favourite: z.boolean().optional(),
});

const content = z.object({
  sha256,
  thumbnail: z
    .object({
      bytes,
      type: z.enum(['image/jpeg', 'image/webp']),
      width: count.max(10_000),
      height: count.max(10_000),
    })
    .nullable(),
  model: text,
  scores: bytes,
  dim: count.max(65_536),
  vector: bytes.nullable(),
});

const original = z.object({ sha256, type: text, size: count, from: count, bytes });

/** What is not a number is null in JSON. */
const share = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const report: z.ZodType<TeachReport> = z.object({
  photos: count,
  heldOutBy: z.enum(['folds', 'split']),
  together: z.boolean(),
  nearDuplicates: count,
  moved: count,
  penalties: z.array(z.number()).optional(),
  judging: count.optional(),
  converged: z.boolean(),
  notCalibrated: z.array(text),
  leftOut: z.array(
    z.object({
      group: text,
      label: text,
      reason: z.enum(['too-few-photos', 'too-few-without', 'nothing-to-tell-apart']),
      photos: count,
    }),
  ),
  labels: z.array(
    z.object({
      label: text,
      positives: count,
      precision: share,
      recall: share,
      f1: share,
      averagePrecision: share,
    }),
  ),
  groups: z.array(z.object({ name: text, photos: count, accuracy: share })),
  meanAveragePrecision: share,
  milliseconds: z.number(),
});

/** Folders, formats, patterns, labels each. */
const mostInScope = 10_000;

/** The rows of each section. */
const sections: { readonly [Name in SectionName]: z.ZodType<SectionRows[Name]> } = {
  labels: z.object({ id: text.min(1), en: text, zh: text, own: z.boolean() }),
  models: z.object({
    id: text.min(1),
    version: text,
    labels: z.array(text),
    thresholds: z.array(z.number()),
  }),
  sets: z.object({
    id: count,
    name: text.min(1),
    kind: z.enum(['binary', 'multi-class', 'multi-output', 'multi-label']),
    groups: z.array(z.object({ id: count, name: text })).max(mostLabels),
    refuses: z.boolean(),
    revision: count.max(mostRevisions).optional(),
    labels: z
      .array(
        z.object({
          id: text.min(1),
          names: z.object({ en: text.min(1), zh: text.min(1) }),
          colour: count.max(labelColours - 1),
          shortcut: z.string().max(4).nullable(),
          synonyms: z.array(text).max(1000),
          group: count.nullable(),
          since: count.max(mostRevisions).optional(),
        }),
      )
      .max(mostLabels),
  }),
  marks: z.object({ set: count, marks: z.array(z.tuple([count, count.max(0xffffffff)])) }),
  heads: z.object({
    set: count,
    taughtAt: time,
    head: z
      .object({
        version: count,
        model: z.object({ id: text.min(1), version: text }),
        json: z.string(),
        report: report.nullable(),
      })
      .nullable(),
    photos: z.array(count),
    heldOut: bytes,
  }),
  searches: z.object({ name: text, fragment: z.string().max(65_536) }),
  versions: z.object({
    number: count,
    set: count,
    name: text.min(1),
    at: time,
    source: text,
    photos: z.array(count),
    kind: z.enum(['labels', 'classes']),
    groups: z.array(
      z.object({
        name: text,
        labels: z.array(text).max(mostLabels),
        thresholds: z.array(z.number()).max(mostLabels),
        scores: bytes,
        floats: z.boolean(),
        refused: bytes,
      }),
    ),
  }),
  items: z.object({ photo: count, name: text, columns: z.array(z.tuple([text, text])).max(20) }),
  duplicates: z.object({
    at: time,
    kind: z.enum(['keep', 'alternates', 'not-related']),
    photos: z.array(z.object({ sha256, place: text })).max(mostDecidedPhotos),
    byRules: z.boolean().optional(),
  }),
  scope: z.object({
    compare: z.enum(['all', 'within-folders', 'reference']),
    references: z.array(text).max(mostInScope),
    formats: z.array(text).max(mostInScope),
    ignored: z.array(text).max(mostInScope),
    leastBytes: z.number().nonnegative(),
    filter: z
      .object({
        text,
        from: z.number().nullable(),
        to: z.number().nullable(),
        labels: z.array(text).max(mostInScope),
      })
      .nullable(),
  }),
};

type Entry = BackupEntry<Exif, Failure>;

/** What a payload holds; 'unknown': a newer Picsift put it there. Throws for what is not as it must be. */
export function readEntry(kind: number, payload: Uint8Array<ArrayBuffer>): Entry | 'unknown' {
  switch (kind) {
    case frameKinds.head:
      return { kind: 'head', head: head.parse(unpack(payload)) };
    case frameKinds.rows:
      return rowsEntry(unpack(payload));
    case frameKinds.photos: {
      const { group, photos } = z.object({ group: count, photos: z.array(photo) }).parse(unpack(payload));
      return { kind: 'photos', group, photos };
    }
    case frameKinds.contents: {
      const shape = z.object({ group: count, contents: z.array(content) });
      const { group, contents } = shape.parse(unpack(payload));
      return { kind: 'contents', group, contents };
    }
    case frameKinds.original: {
      const entry = original.parse(unpack(payload));
      if (entry.from + entry.bytes.length > entry.size || entry.bytes.length > mostPayloadBytes) {
        throw new RangeError(`a part of ${entry.bytes.length} bytes at ${entry.from} of ${entry.size}`);
      }
      return { kind: 'original', ...entry };
    }
    default:
      return 'unknown';
  }
}

function rowsEntry(value: unknown): Entry | 'unknown' {
  const { section, rows } = z.object({ section: text, rows: z.array(z.unknown()) }).parse(value);
  if (!Object.hasOwn(sections, section)) return 'unknown';
  const name = section as SectionName;
  return { kind: 'rows', section: name, rows: rows.map((row) => sections[name].parse(row)) } as Entry;
}
