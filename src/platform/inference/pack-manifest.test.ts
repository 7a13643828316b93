import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGolden, parseLabels, parseManifest } from './pack-manifest.ts';

const folder = new URL('../../../public/models/starter/', import.meta.url);
const starter = () => JSON.parse(readFileSync(new URL('pack.json', folder), 'utf8'));

function bytes(text: string): ArrayBuffer {
  return new TextEncoder().encode(text).buffer;
}

function codeOf(json: unknown): string {
  const loaded = parseManifest(json);
  return loaded.ok ? 'ok' : loaded.problem.code;
}

describe('pack.json', () => {
  it('of the built-in model is read', () => {
    const loaded = parseManifest(starter());
    expect(loaded).toMatchObject({
      ok: true,
      value: { id: 'starter', input: { size: 160 }, outputs: { embedding: { dim: 256 } } },
    });
  });

  it('of a newer format says which one was found', () => {
    expect(parseManifest({ format: 2, anything: 'else' })).toEqual({
      ok: false,
      problem: { code: 'unknown-format', file: 'pack.json', found: 'format 2', expected: 'format 1' },
    });
  });

  it('is refused with the place when something is missing or of another kind', () => {
    const { model: _, ...withoutModel } = starter();
    const loaded = parseManifest(withoutModel);
    expect(loaded.ok === false && loaded.problem.code).toBe('invalid');
    expect(loaded.ok === false && loaded.problem.found).toContain('model');
    expect(codeOf(null)).toBe('invalid');
    expect(codeOf([])).toBe('invalid');
    expect(codeOf({ ...starter(), format: 0 })).toBe('invalid');
    expect(codeOf({ ...starter(), input: { ...starter().input, layout: 'NHWC' } })).toBe('invalid');
  });

  it('may only name files inside the pack', () => {
    const withPath = (path: string) => codeOf({ ...starter(), model: { ...starter().model, path } });
    expect(withPath('model.onnx')).toBe('ok');
    expect(withPath('parts/model.onnx')).toBe('ok');
    for (const path of ['../model.onnx', '/model.onnx', 'https://elsewhere.example/m', 'a/../../b', '']) {
      expect(withPath(path)).toBe('invalid');
    }
  });
});

describe('labels.json and golden.json', () => {
  it('of the built-in model are read', () => {
    const labels = parseLabels(bytes(readFileSync(new URL('labels.json', folder), 'utf8')), 'labels.json');
    expect(labels.ok && labels.value.length).toBe(690);
    const golden = parseGolden(bytes(readFileSync(new URL('golden.json', folder), 'utf8')), 'golden.json');
    expect(golden.ok && golden.value.map((one) => one.scores.length)).toEqual([690, 690, 690]);
  });

  it('are refused when they are no JSON, empty, or name a label twice', () => {
    const label = { id: 'dog', en: 'Dog', zh: '狗', threshold: 0.5, prior: 0.1 };
    expect(parseLabels(bytes('<html>'), 'labels.json').ok).toBe(false);
    expect(parseLabels(bytes('[]'), 'labels.json').ok).toBe(false);
    expect(parseLabels(bytes(JSON.stringify([label, label])), 'labels.json').ok).toBe(false);
    expect(parseLabels(bytes(JSON.stringify([label])), 'labels.json').ok).toBe(true);
  });
});
