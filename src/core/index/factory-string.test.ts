import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactoryError, formatFactory, type IndexSpec, parseFactory } from './factory-string.ts';

describe('parseFactory', () => {
  it('reads the kinds that Faiss knows and our own', () => {
    expect(parseFactory('Flat')).toEqual({ transform: null, lists: 0, code: { kind: 'flat' }, refine: null });
    expect(parseFactory('IVF1024,PQ32x8').code).toEqual({
      kind: 'product',
      subspaces: 32,
      calibrated: false,
    });
    expect(parseFactory(' PCA192, IVF1024 ,PQ32c,Refine(SQ5)')).toEqual({
      transform: { kind: 'pca', dims: 192 },
      lists: 1024,
      code: { kind: 'product', subspaces: 32, calibrated: true },
      refine: { kind: 'grid', bits: 5 },
    });
    expect(parseFactory('RR64,SQ8,RFlat')).toEqual({
      transform: { kind: 'rotation', dims: 64 },
      lists: 0,
      code: { kind: 'range' },
      refine: { kind: 'flat' },
    });
  });

  it.each([
    ['', /no part of an index/],
    ['IVF16', /names no code/],
    ['PQ32,IVF16', /"IVF16".*before the code/],
    ['IVF16,PCA64,Flat', /"PCA64".*comes first/],
    ['PQ32,PQ16', /second code/],
    ['Refine(SQ4),PQ8', /comes after the code/],
    ['PQ8x4', /4-bit codes; only 8 bits/],
    ['PQ8,Refine(PQ16)', /refine with Flat, SQ4/],
    ['Flat,RFlat', /exact already/],
    ['IVF0,Flat', /the number 0; it must lie in 1\.\.65536/],
    ['IVF999999,Flat', /1\.\.65536/],
    ['HNSW32', /"HNSW32".*no part of an index; write for example/],
  ])('refuses "%s" and says why', (text, message) => {
    expect(() => parseFactory(text)).toThrow(message);
    expect(() => parseFactory(text)).toThrow(FactoryError);
  });

  it('is undone by formatFactory', () => {
    const code = fc.constantFrom<IndexSpec['code']>(
      { kind: 'range' },
      { kind: 'grid', bits: 5 },
      { kind: 'product', subspaces: 12, calibrated: true },
      { kind: 'product', subspaces: 7, calibrated: false },
    );
    const spec = fc.record({
      transform: fc.constantFrom<IndexSpec['transform']>(null, { kind: 'pca', dims: 9 }),
      lists: fc.constantFrom(0, 1, 65536),
      code,
      refine: fc.constantFrom<IndexSpec['refine']>(null, { kind: 'flat' }, { kind: 'grid', bits: 8 }),
    });
    fc.assert(
      fc.property(spec, (s) => {
        expect(parseFactory(formatFactory(s))).toEqual(s);
      }),
    );
  });

  it('answers any text with a description or a FactoryError', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          parseFactory(text);
        } catch (error) {
          expect(error).toBeInstanceOf(FactoryError);
        }
      }),
    );
  });
});
