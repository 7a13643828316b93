import type {
  BackendConfig,
  BackendReport,
  InferenceHost,
  ModelProblem,
  PrepareRequest,
} from '../../protocol/inference.ts';
import {
  type BackendSettings,
  choiceKey,
  type KeyValue,
  recallChoice,
  rememberChoice,
} from './backend-memory.ts';
import { type Capacity, candidates, chooseBackend } from './choose-backend.ts';
import type { PackManifest } from './pack-manifest.ts';
import { type Connect, type Patience, PoolWorker } from './pool-worker.ts';

export interface SearchParts {
  readonly host: InferenceHost;
  readonly connect: Connect;
  readonly memory: KeyValue;
  /** Absolute URL, with a final slash. */
  readonly packUrl: string;
  readonly capacity: Capacity;
  /** Names the runtime and the browser: another one is timed anew. */
  readonly runtime: string;
  readonly patience: Patience;
}

export interface Search {
  readonly manifest: PackManifest;
  readonly settings: BackendSettings;
  /** Reports of backends that failed in use: not tried again. */
  readonly banned: readonly BackendReport[];
  /** 0..1 of the candidates are through. */
  readonly progress: (part: number) => void;
  /** False: nobody waits for the answer any more. */
  readonly wanted: () => boolean;
}

export type Found =
  | {
      readonly kind: 'found';
      /** Prepared on the active backend. */
      readonly worker: PoolWorker;
      readonly active: BackendReport;
      readonly reports: readonly BackendReport[];
    }
  | { readonly kind: 'none'; readonly reports: readonly BackendReport[] }
  | { readonly kind: 'model-problem'; readonly problem: ModelProblem }
  | { readonly kind: 'unwanted' };

export function sameConfig(a: BackendConfig, b: BackendConfig): boolean {
  return a.backend === b.backend && a.threads === b.threads;
}

export function requestFor(
  parts: SearchParts,
  settings: BackendSettings,
  config: BackendConfig,
  measure: boolean,
): PrepareRequest {
  const { allowSoftwareAdapter } = settings;
  return { packUrl: parts.packUrl, config, allowSoftwareAdapter, measure };
}

/**
 * Finds the fastest backend that passes the self-test, one candidate at a time, each in a fresh worker. The choice is
 * remembered: later only the chosen one is started, self-tested but not timed.
 */
export async function searchBackend(parts: SearchParts, search: Search): Promise<Found> {
  const key = choiceKey(search.manifest, search.settings, parts.capacity, parts.runtime);
  if (search.banned.length === 0) {
    const remembered = await recallChoice(parts.memory, key);
    const found = remembered && (await startRemembered(parts, search, remembered));
    if (found) return found;
  }
  const found = await tryAll(parts, search);
  if (found.kind === 'found') await rememberChoice(parts.memory, key, found.reports);
  if (found.kind === 'none') await rememberChoice(parts.memory, key, null);
  return found;
}

async function startRemembered(
  parts: SearchParts,
  search: Search,
  remembered: readonly BackendReport[],
): Promise<Found | null> {
  const before = remembered.find((report) => report.ok)!;
  const worker = new PoolWorker(parts.host, parts.patience);
  const result = await worker.start(parts.connect, requestFor(parts, search.settings, before.config, false));
  if (search.wanted() && result.kind === 'ready') {
    const active = { ...result.report, millisecondsPerPicture: before.millisecondsPerPicture };
    const reports = remembered.map((report) => (report === before ? active : report));
    return { kind: 'found', worker, active, reports };
  }
  await worker.kill();
  if (!search.wanted()) return { kind: 'unwanted' };
  return result.kind === 'model-problem' ? result : null;
}

async function tryAll(parts: SearchParts, search: Search): Promise<Found> {
  const { cores } = parts.capacity;
  const all = candidates(search.settings.backend, parts.capacity);
  const configs = all.filter((config) => !search.banned.some((report) => sameConfig(report.config, config)));
  const reports: BackendReport[] = [...search.banned];
  let best: PoolWorker | null = null;
  for (const [n, config] of configs.entries()) {
    search.progress(n / configs.length);
    const worker: PoolWorker = new PoolWorker(parts.host, parts.patience);
    const request = requestFor(parts, search.settings, config, configs.length > 1);
    const result = await worker.start(parts.connect, request);
    if (!search.wanted() || result.kind === 'model-problem') {
      await Promise.all([worker.kill(), best?.kill()]);
      return search.wanted() && result.kind === 'model-problem' ? result : { kind: 'unwanted' };
    }
    reports.push(result.report);
    if (chooseBackend(reports, cores).active === result.report) {
      await best?.kill();
      best = worker;
    } else {
      await worker.kill();
    }
  }
  const choice = chooseBackend(reports, cores);
  if (!best || !choice.active) return { kind: 'none', reports: choice.reports };
  return { kind: 'found', worker: best, active: choice.active, reports: choice.reports };
}
