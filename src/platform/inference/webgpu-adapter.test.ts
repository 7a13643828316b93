import { describe, expect, it } from 'vitest';
import { type AdapterFacts, isSoftware, judgeAdapter } from './webgpu-adapter.ts';

function facts(part: Partial<AdapterFacts>): AdapterFacts {
  return { vendor: '', architecture: '', device: '', description: '', ...part };
}

function gpu(adapter: Partial<AdapterFacts> | null): GPU {
  const offer = adapter && { info: facts(adapter) };
  return { requestAdapter: async () => offer } as unknown as GPU;
}

describe('an adapter', () => {
  it('is software when it says so, or by its name', () => {
    expect(isSoftware(facts({ vendor: 'google', architecture: 'swiftshader' }))).toBe(true);
    expect(isSoftware(facts({ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }))).toBe(true);
    expect(isSoftware(facts({ description: 'Microsoft Basic Render Driver' }))).toBe(true);
    expect(isSoftware(facts({ vendor: 'intel', isFallbackAdapter: true }))).toBe(true);
  });

  it('is hardware otherwise, also when it tells nothing', () => {
    expect(isSoftware(facts({ vendor: 'nvidia', architecture: 'hopper' }))).toBe(false);
    expect(isSoftware(facts({ vendor: 'apple', architecture: 'metal-3' }))).toBe(false);
    expect(isSoftware(facts({}))).toBe(false);
  });

  it('is refused with the reason', async () => {
    expect(await judgeAdapter(undefined, true)).toMatchObject({ ok: false, refusal: 'no-adapter' });
    expect(await judgeAdapter(gpu(null), true)).toMatchObject({ ok: false, refusal: 'no-adapter' });
    const software = gpu({ vendor: 'google', architecture: 'swiftshader' });
    expect(await judgeAdapter(software, false)).toEqual({
      ok: false,
      refusal: 'software-adapter',
      detail: 'google swiftshader',
    });
    expect(await judgeAdapter(software, true)).toEqual({ ok: true, name: 'google swiftshader' });
  });

  it('that the browser fails to give is none', async () => {
    const failing = { requestAdapter: () => Promise.reject(new Error('GPU process gone')) };
    expect(await judgeAdapter(failing as unknown as GPU, false)).toMatchObject({
      refusal: 'no-adapter',
      detail: 'GPU process gone',
    });
  });
});
