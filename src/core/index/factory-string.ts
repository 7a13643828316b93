/** How a vector (or what is left of it after the list's centroid) is coded. */
export type CodeSpec =
  /** Full 32-bit floats. */
  | { readonly kind: 'flat' }
  /** One byte a component, between the least and greatest value of that component in training. */
  | { readonly kind: 'range' }
  /** A product quantiser: `subspaces` bytes; `calibrated`: one byte more, a multiplier that keeps the photo's own product exact. */
  | { readonly kind: 'product'; readonly subspaces: number; readonly calibrated: boolean }
  /** 4, 5, 6 or 8 bits a component on a rotated grid whose step is the row's own (one byte). */
  | { readonly kind: 'grid'; readonly bits: GridBits };

export type GridBits = 4 | 5 | 6 | 8;

export interface IndexSpec {
  readonly transform: { readonly kind: 'pca' | 'rotation'; readonly dims: number } | null;
  /** Inverted lists; 0: none, every search scans everything. */
  readonly lists: number;
  readonly code: CodeSpec;
  /** What the code left over, coded more finely: used for the best of the first scan. */
  readonly refine: CodeSpec | null;
}

/** A factory string that does not name an index. The message tells what was found and what is possible. */
export class FactoryError extends Error {
  override readonly name = 'FactoryError';
}

const example = 'for example "Flat", "SQ8", "IVF1024,PQ32" or "PCA192,IVF1024,PQ32c,Refine(SQ5)"';

/**
 * Reads a description in the words of Faiss's index_factory, parts joined by commas:
 * `PCA<d>` or `RR<d>` (principal axes, random rotation), `IVF<lists>`, then one code: `Flat`, `SQ8`, `PQ<m>` (also
 * `PQ<m>x8`), and at last `Refine(<code>)` or `RFlat`. Own words: `PQ<m>c` (calibrated), `SQ4`, `SQ5`, `SQ6` and, in
 * `Refine`, `SQ8` (grids with a step per row).
 *
 * @throws FactoryError naming the part that is wrong
 */
export function parseFactory(text: string): IndexSpec {
  const parts = text.split(',').map((part) => part.trim());
  let transform: IndexSpec['transform'] = null;
  let lists = 0;
  let code: CodeSpec | null = null;
  let refine: CodeSpec | null = null;
  for (const part of parts) {
    const transformed = /^(PCA|RR)(\d+)$/.exec(part);
    const inverted = /^IVF(\d+)$/.exec(part);
    const refined = /^(?:Refine\((.*)\)|RFlat)$/.exec(part);
    if (transformed !== null) {
      if (transform !== null || lists > 0 || code !== null) throw misplaced(text, part, 'comes first, once');
      transform = {
        kind: transformed[1] === 'PCA' ? 'pca' : 'rotation',
        dims: count(text, part, transformed[2]!, 4096),
      };
    } else if (inverted !== null) {
      if (lists > 0 || code !== null) throw misplaced(text, part, 'comes before the code, once');
      lists = count(text, part, inverted[1]!, 65536);
    } else if (refined !== null) {
      if (code === null || refine !== null) throw misplaced(text, part, 'comes after the code, once');
      refine = parseCode(text, refined[1] ?? 'Flat', true);
    } else {
      if (code !== null) throw misplaced(text, part, 'is a second code; only Refine(...) may follow a code');
      code = parseCode(text, part, false);
    }
  }
  if (code === null) {
    throw new FactoryError(`"${text}" names no code (Flat, SQ8, PQ<m>); write ${example}`);
  }
  if (refine !== null && code.kind === 'flat') {
    throw new FactoryError(
      `"${text}" refines a Flat code, which is exact already; leave the Refine part out`,
    );
  }
  return { transform, lists, code, refine };
}

/** The inverse of `parseFactory`. */
export function formatFactory({ transform, lists, code, refine }: IndexSpec): string {
  const parts: string[] = [];
  if (transform !== null) parts.push(`${transform.kind === 'pca' ? 'PCA' : 'RR'}${transform.dims}`);
  if (lists > 0) parts.push(`IVF${lists}`);
  parts.push(formatCode(code));
  if (refine !== null) parts.push(`Refine(${formatCode(refine)})`);
  return parts.join(',');
}

function formatCode(code: CodeSpec): string {
  switch (code.kind) {
    case 'flat':
      return 'Flat';
    case 'range':
      return 'SQ8';
    case 'grid':
      return `SQ${code.bits}`;
    case 'product':
      return `PQ${code.subspaces}${code.calibrated ? 'c' : ''}`;
  }
}

function parseCode(text: string, part: string, refining: boolean): CodeSpec {
  if (part === 'Flat') return { kind: 'flat' };
  if (part === 'SQ8') return refining ? { kind: 'grid', bits: 8 } : { kind: 'range' };
  if (part === 'SQ4') return { kind: 'grid', bits: 4 };
  if (part === 'SQ5') return { kind: 'grid', bits: 5 };
  if (part === 'SQ6') return { kind: 'grid', bits: 6 };
  const match = /^PQ(\d+)(?:x(\d+))?(c?)$/.exec(part);
  if (match === null) {
    throw new FactoryError(`"${part}" in "${text}" is no part of an index; write ${example}`);
  }
  if (refining) {
    throw new FactoryError(`"Refine(${part})" in "${text}"; refine with Flat, SQ4, SQ5, SQ6 or SQ8`);
  }
  if (match[2] !== undefined && match[2] !== '8') {
    throw new FactoryError(
      `"${part}" in "${text}" asks for ${match[2]}-bit codes; only 8 bits are supported`,
    );
  }
  return { kind: 'product', subspaces: count(text, part, match[1]!, 1024), calibrated: match[3] === 'c' };
}

function count(text: string, part: string, digits: string, most: number): number {
  const value = Number(digits);
  if (value < 1 || value > most) {
    throw new FactoryError(`"${part}" in "${text}" has the number ${digits}; it must lie in 1..${most}`);
  }
  return value;
}

function misplaced(text: string, part: string, rule: string): FactoryError {
  return new FactoryError(`"${part}" in "${text}" is in the wrong place: it ${rule}; write ${example}`);
}
