import * as z from 'zod/mini';
import type { BackendReport } from '../../protocol/inference.ts';
import type { Settings } from '../../protocol/library.ts';
import type { Capacity } from './choose-backend.ts';
import type { PackManifest } from './pack-manifest.ts';

/** A small store of plain values, kept between sessions. */
export interface KeyValue {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export type BackendSettings = Pick<Settings, 'backend' | 'allowSoftwareAdapter'>;

/** What a choice of backend depends on; another key, another choice. */
export function choiceKey(
  manifest: PackManifest,
  settings: BackendSettings,
  capacity: Capacity,
  runtime: string,
): string {
  const parts = [
    manifest.id,
    manifest.version,
    settings.backend,
    settings.allowSoftwareAdapter ? 'software' : 'hardware',
    capacity.cores,
    capacity.isolated ? 'isolated' : 'plain',
    runtime,
  ];
  return `backend-choice ${parts.join(' ')}`;
}

const reportSchema = z.object({
  config: z.object({ backend: z.enum(['webgpu', 'wasm']), threads: z.int().check(z.positive()) }),
  ok: z.boolean(),
  refusal: z.nullable(
    z.enum(['no-adapter', 'software-adapter', 'not-isolated', 'self-test', 'session', 'slower']),
  ),
  detail: z.string(),
  millisecondsPerPicture: z.nullable(z.number()),
  selfTest: z.nullable(z.object({ cosine: z.number(), scoreDifference: z.number() })),
});

/** The reports of the last choice, exactly one of them ok; null when there is none that can be used. */
export async function recallChoice(memory: KeyValue, key: string): Promise<readonly BackendReport[] | null> {
  try {
    const parsed = z.safeParse(z.array(reportSchema), await memory.get(key));
    if (!parsed.success) return null;
    return parsed.data.filter((report) => report.ok).length === 1 ? parsed.data : null;
  } catch {
    return null; // Nothing remembered: the choice is made anew.
  }
}

/** Null forgets. A memory that fails costs the next start a second: no error. */
export async function rememberChoice(
  memory: KeyValue,
  key: string,
  reports: readonly BackendReport[] | null,
): Promise<void> {
  try {
    await memory.set(key, reports);
  } catch {
    // See above.
  }
}
