import * as z from 'zod/mini';
import type { ModelProblem } from '../../protocol/inference.ts';

// Else zod tries `new Function`, which the content security policy forbids and the console reports.
z.config({ jitless: true });

/** The newest `format` of pack.json that this Picsift reads. */
export const packFormat = 1;

/** What was asked for, or why it is not there. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ModelProblem };

const count = z.int().check(z.positive());
/** Relative, inside the pack: no scheme, no leading slash, no `..`. */
const packPath = z.string().check(z.regex(/^(?!.*\.\.)[\w][\w./-]*$/));
const packFile = z.object({
  path: packPath,
  bytes: z.int().check(z.nonnegative()),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

const manifestSchema = z.object({
  format: z.literal(packFormat),
  id: z.string().check(z.minLength(1)),
  version: z.string().check(z.minLength(1)),
  name: z.object({ en: z.string(), zh: z.string() }),
  licence: z.string(),
  card: packPath,
  model: packFile,
  input: z.object({
    name: z.string(),
    type: z.literal('float32'),
    layout: z.literal('NCHW'),
    colour: z.literal('RGB'),
    range: z.tuple([z.literal(0), z.literal(255)]),
    size: count,
    fit: z.literal('centre-crop'),
  }),
  outputs: z.object({
    embedding: z.object({ name: z.string(), dim: count }),
    labels: z.object({ name: z.string(), activation: z.literal('sigmoid') }),
    map: z.object({ name: z.string(), channels: count }),
  }),
  labels: packFile,
  heads: packFile,
  projection: packFile,
  golden: packFile,
});

const score = z.number().check(z.minimum(0), z.maximum(1));
const labelsSchema = z
  .array(
    z.object({
      id: z.string().check(z.minLength(1)),
      en: z.string(),
      zh: z.string(),
      threshold: score,
      prior: score,
    }),
  )
  .check(
    z.minLength(1),
    z.refine((labels) => new Set(labels.map((label) => label.id)).size === labels.length, {
      error: 'ids are not unique',
    }),
  );

const goldenSchema = z
  .array(z.object({ seed: z.number(), embedding: z.array(z.number()), scores: z.array(z.number()) }))
  .check(z.minLength(1));

/** A file of a pack: `bytes` long, `sha256` in 64 hex digits, `path` relative to the pack's folder. */
export type PackFile = z.infer<typeof packFile>;
/** pack.json, format 1. */
export type PackManifest = z.infer<typeof manifestSchema>;
/** labels.json: in the order of the model's logits. */
export type PackLabels = z.infer<typeof labelsSchema>;
/** golden.json: per synthetic picture, the reference embedding [dim] and scores [labels]. */
export type GoldenVectors = z.infer<typeof goldenSchema>;

/** Reads pack.json. A higher format than ours is `unknown-format`; anything else that does not fit is `invalid`. */
export function parseManifest(json: unknown): Loaded<PackManifest> {
  const format = z.safeParse(z.object({ format: z.number() }), json);
  if (format.success && format.data.format > packFormat) {
    return failed({
      code: 'unknown-format',
      file: 'pack.json',
      found: `format ${format.data.format}`,
      expected: `format ${packFormat}`,
    });
  }
  return check(manifestSchema, json, 'pack.json');
}

/** Reads labels.json, bytes already verified. */
export function parseLabels(bytes: ArrayBuffer, file: string): Loaded<PackLabels> {
  return checkBytes(labelsSchema, bytes, file);
}

/** Reads golden.json, bytes already verified. */
export function parseGolden(bytes: ArrayBuffer, file: string): Loaded<GoldenVectors> {
  return checkBytes(goldenSchema, bytes, file);
}

export function failed(problem: ModelProblem): { readonly ok: false; readonly problem: ModelProblem } {
  return { ok: false, problem };
}

/** Undefined when the bytes are no JSON. */
export function jsonOf(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function checkBytes<S extends z.ZodMiniType>(schema: S, bytes: ArrayBuffer, file: string) {
  const json = jsonOf(bytes);
  if (json === undefined) {
    return failed({ code: 'invalid', file, found: `${bytes.byteLength} bytes of no JSON`, expected: 'JSON' });
  }
  return check(schema, json, file);
}

function check<S extends z.ZodMiniType>(schema: S, json: unknown, file: string): Loaded<z.infer<S>> {
  const result = z.safeParse(schema, json);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.map(String).join('.')}` : '';
  return failed({
    code: 'invalid',
    file,
    found: `${issue?.message ?? 'something else'}${where}`,
    expected: `format ${packFormat}`,
  });
}
