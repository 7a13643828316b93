import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackendReport } from '../../protocol/inference.ts';
import { candidates, chooseBackend, picturesPerSecond, poolSize } from './choose-backend.ts';

function report(
  backend: 'webgpu' | 'wasm',
  threads: number,
  millisecondsPerPicture: number | null,
): BackendReport {
  return {
    config: { backend, threads },
    ok: true,
    refusal: null,
    detail: '',
    millisecondsPerPicture,
    selfTest: { cosine: 1, scoreDifference: 0 },
  };
}

function refused(backend: 'webgpu' | 'wasm', refusal: BackendReport['refusal']): BackendReport {
  return { ...report(backend, 1, null), ok: false, refusal };
}

describe('the candidates', () => {
  it('are WebGPU and WASM, with threads only where they are possible', () => {
    expect(candidates('auto', { cores: 8, isolated: false })).toEqual([
      { backend: 'webgpu', threads: 1 },
      { backend: 'wasm', threads: 1 },
    ]);
    expect(candidates('auto', { cores: 8, isolated: true }).at(-1)).toEqual({ backend: 'wasm', threads: 2 });
    expect(candidates('auto', { cores: 16, isolated: true }).at(-1)).toEqual({ backend: 'wasm', threads: 4 });
    expect(candidates('auto', { cores: 1, isolated: true }).length).toBe(2);
  });

  it('are only those of a forced backend', () => {
    expect(candidates('webgpu', { cores: 8, isolated: true }).map((one) => one.backend)).toEqual(['webgpu']);
    expect(candidates('wasm', { cores: 8, isolated: true }).map((one) => one.backend)).toEqual([
      'wasm',
      'wasm',
    ]);
  });
});

describe('the number of workers', () => {
  it('fills the cores, from 1 to 4 for WASM', () => {
    const wasm = (threads: number, cores: number) => poolSize({ backend: 'wasm', threads }, cores);
    expect([wasm(1, 1), wasm(1, 2), wasm(1, 16), wasm(2, 2), wasm(4, 16), wasm(4, 2)]).toEqual([
      1, 2, 4, 1, 4, 1,
    ]);
  });

  it('is one or two on WebGPU', () => {
    expect([2, 16].map((cores) => poolSize({ backend: 'webgpu', threads: 1 }, cores))).toEqual([1, 2]);
  });
});

describe('the choice', () => {
  it('falls on what runs most pictures per second with all its workers', () => {
    // 4 workers at 20 ms beat 1 GPU at 8 ms: 200 against 125 a second.
    const choice = chooseBackend([report('webgpu', 1, 8), report('wasm', 1, 20), report('wasm', 2, 21)], 8);
    expect(choice.active?.config).toEqual({ backend: 'wasm', threads: 1 });
    expect(choice.reports.map((one) => [one.ok, one.refusal])).toEqual([
      [false, 'slower'],
      [true, null],
      [false, 'slower'],
    ]);
    expect(choice.reports[0]!.detail).toBe('125.0 pictures/s, the fastest 200.0');
  });

  it('keeps why others were refused', () => {
    const choice = chooseBackend([refused('webgpu', 'software-adapter'), report('wasm', 1, 20)], 2);
    expect(choice.reports.map((one) => one.refusal)).toEqual(['software-adapter', null]);
  });

  it('takes one that was not timed when it is the only one', () => {
    expect(chooseBackend([report('wasm', 1, null)], 2).active).not.toBeNull();
  });

  it('is nothing when nothing works', () => {
    const reports = [refused('webgpu', 'no-adapter'), refused('wasm', 'self-test')];
    expect(chooseBackend(reports, 2)).toEqual({ active: null, reports });
  });

  it('is never slower than another one that works, and exactly one is not refused', () => {
    const any = fc.record({
      backend: fc.constantFrom('webgpu' as const, 'wasm' as const),
      threads: fc.integer({ min: 1, max: 4 }),
      milliseconds: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(any, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 64 }),
        (all, cores) => {
          const reports = all.map((one) => report(one.backend, one.threads, one.milliseconds));
          const choice = chooseBackend(reports, cores);
          const best = picturesPerSecond(choice.active!, cores);
          for (const one of reports) expect(picturesPerSecond(one, cores)).toBeLessThanOrEqual(best);
          expect(choice.reports.filter((one) => one.refusal === null)).toEqual([choice.active]);
        },
      ),
    );
  });
});
