import type { BackendConfig, BackendReport } from '../../protocol/inference.ts';
import type { Settings } from '../../protocol/library.ts';

/** What the device and the page allow. */
export interface Capacity {
  /** Hardware threads, at least 1. */
  readonly cores: number;
  /** `crossOriginIsolated`: WASM threads are possible. */
  readonly isolated: boolean;
}

/** How many workers a configuration gets. */
export function poolSize(config: BackendConfig, cores: number): number {
  // The GPU runs one picture at a time: a second worker only decodes meanwhile.
  if (config.backend === 'webgpu') return cores >= 4 ? 2 : 1;
  return Math.min(4, Math.max(1, Math.floor(cores / config.threads)));
}

/**
 * [Note: Backend candidates]
 *
 * WebGPU; WASM with one thread; and, where threads are possible, WASM with as many threads as let four workers fill the
 * cores (two at least). Many small workers beat one wide one for a stream of photos, and on a busy machine threads can
 * even cost time: so what counts is measured, and threads have to earn their place.
 */
export function candidates(wanted: Settings['backend'], capacity: Capacity): readonly BackendConfig[] {
  const list: BackendConfig[] = [];
  if (wanted !== 'wasm') list.push({ backend: 'webgpu', threads: 1 });
  if (wanted !== 'webgpu') {
    list.push({ backend: 'wasm', threads: 1 });
    if (capacity.isolated && capacity.cores >= 2) {
      list.push({ backend: 'wasm', threads: Math.min(4, Math.max(2, Math.floor(capacity.cores / 4))) });
    }
  }
  return list;
}

/** Pictures per second that all workers of a configuration could run together; 0 when it was not measured. */
export function picturesPerSecond(report: BackendReport, cores: number): number {
  const { config, millisecondsPerPicture } = report;
  if (millisecondsPerPicture === null || millisecondsPerPicture <= 0) return 0;
  // Workers on WebGPU share one device.
  const together = config.backend === 'webgpu' ? 1 : poolSize(config, cores);
  return (together * 1000) / millisecondsPerPicture;
}

export interface Choice {
  /** Null when none works. */
  readonly active: BackendReport | null;
  /** All, in the order they came; those that work but are not chosen are refused as `slower`. */
  readonly reports: readonly BackendReport[];
}

/** The fastest that works, the earlier one of equals. */
export function chooseBackend(reports: readonly BackendReport[], cores: number): Choice {
  let active: BackendReport | null = null;
  for (const report of reports) {
    if (!report.ok) continue;
    if (!active || picturesPerSecond(report, cores) > picturesPerSecond(active, cores)) active = report;
  }
  if (!active) return { active, reports };
  const best = active;
  const rate = (report: BackendReport) => picturesPerSecond(report, cores).toFixed(1);
  return {
    active,
    reports: reports.map((report) =>
      report.ok && report !== best
        ? {
            ...report,
            ok: false,
            refusal: 'slower',
            detail: `${rate(report)} pictures/s, the fastest ${rate(best)}`,
          }
        : report,
    ),
  };
}
