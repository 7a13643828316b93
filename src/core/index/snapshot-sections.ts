import { LinearTransform } from './linear-transform.ts';
import { PackedRows } from './packed-rows.ts';
import { RefusedSnapshot, type Section } from './snapshot-layout.ts';

/** Numbers of the sections: append only, FORMAT.md says what each holds. */
export const sectionKinds = {
  parameters: 1,
  alive: 2,
  transformMatrix: 3,
  transformBias: 4,
  centroids: 5,
  codebooks: 6,
  ranges: 7,
  training: 8,
  offsets: 16,
  ids: 17,
  codes: 18,
  scales: 19,
  fine: 20,
  fineScales: 21,
  halves: 22,
} as const;

/** Bytes of parameters that are still believable. */
const mostJson = 2 ** 20;

/** What the parameters say of a linear transform; its matrix is a section. */
export interface TransformShape {
  readonly outDims: number;
  /** See `PackedRows`. */
  readonly step: number;
}

export function transformShape(transform: LinearTransform | null): TransformShape | null {
  return transform === null ? null : { outDims: transform.outDims, step: transform.matrix.step };
}

export function isTransformShape(value: unknown): value is TransformShape {
  if (typeof value !== 'object' || value === null) return false;
  const { outDims, step } = value as Partial<TransformShape>;
  return isWhole(outDims, 65536) && Number.isFinite(step) && step! > 0;
}

/** A whole number from 0 to `most`. */
export function isWhole(x: unknown, most: number): boolean {
  return Number.isInteger(x) && (x as number) >= 0 && (x as number) <= most;
}

/** JSON of a section, in ASCII: other characters escaped. */
export function asciiJson(value: unknown): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify(value).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Collects the sections of a snapshot, in the order in which they are put. */
export class SectionWriter {
  readonly sections: Section[] = [];

  /** @param array what is absent has no section */
  put(kind: number, array: ArrayBufferView | null | undefined, segment = 0): void {
    if (array === null || array === undefined) return;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    this.sections.push({ kind, segment, bytes });
  }
}

/** Hands sections out by kind, each once, at the length that the parameters call for. */
export class SectionReader {
  readonly #left: Section[];

  constructor(sections: readonly Section[]) {
    this.#left = [...sections];
  }

  /** @param length bytes expected; null: any */
  take(kind: number, length: number | null, segment = 0): Uint8Array {
    const at = this.#left.findIndex((s) => s.kind === kind && s.segment === segment);
    const name = `section kind ${kind}${segment > 0 ? ` of segment ${segment}` : ''}`;
    if (at < 0) throw new RefusedSnapshot('damaged', `${name} is missing`);
    const [section] = this.#left.splice(at, 1);
    if (length !== null && section!.bytes.byteLength !== length) {
      throw new RefusedSnapshot(
        'damaged',
        `${name} has ${section!.bytes.byteLength} bytes; expected ${length}`,
      );
    }
    return section!.bytes;
  }

  has(kind: number): boolean {
    return this.#left.some((s) => s.kind === kind);
  }

  doubles(kind: number, count: number): Float64Array {
    const bytes = this.take(kind, count * 8);
    return finite(kind, new Float64Array(bytes.buffer, bytes.byteOffset, count));
  }

  floats(kind: number, count: number, segment = 0): Float32Array {
    const bytes = this.take(kind, count * 4, segment);
    return finite(kind, new Float32Array(bytes.buffer, bytes.byteOffset, count));
  }

  /** Of a section of JSON: its text and what it says. */
  json(kind: number): { readonly text: string; readonly value: unknown } {
    const bytes = this.take(kind, null);
    if (bytes.length > mostJson) {
      throw new RefusedSnapshot('damaged', `${bytes.length} bytes of parameters; at most ${mostJson}`);
    }
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    try {
      return { text, value: JSON.parse(text) };
    } catch {
      throw new RefusedSnapshot('damaged', `the parameters are not JSON: ${text.slice(0, 60)}`);
    }
  }

  /** The transform of vectors of `dims` components. */
  transform({ outDims, step }: TransformShape, dims: number): LinearTransform {
    const k = sectionKinds;
    const matrix = this.doubles(k.transformMatrix, PackedRows.lengthFor(outDims, dims));
    const bias = this.has(k.transformBias) ? this.floats(k.transformBias, outDims) : null;
    return new LinearTransform(new PackedRows(outDims, dims, step, matrix), bias);
  }

  words(kind: number, count: number | null, segment = 0): Uint32Array {
    const bytes = this.take(kind, count === null ? null : count * 4, segment);
    if (bytes.byteLength % 4 !== 0) {
      throw new RefusedSnapshot(
        'damaged',
        `section kind ${kind} has ${bytes.byteLength} bytes; expected words of 4`,
      );
    }
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  }
}

function finite<T extends Float32Array | Float64Array>(kind: number, values: T): T {
  for (let n = 0; n < values.length; n++) {
    if (!Number.isFinite(values[n]!)) {
      throw new RefusedSnapshot(
        'damaged',
        `section kind ${kind} holds ${values[n]} at ${n}; expected numbers`,
      );
    }
  }
  return values;
}
