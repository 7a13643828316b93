import { wordsOf } from '../error-words.ts';
import { type Backbone, type HeadGroup, problemOfHead, type TaughtHead } from './head.ts';
import type { Refusal } from './refusal.ts';

/** What marks a file as a taught head. */
const FORMAT = 'picsift-head';
/** Longest text that is read: a head of 4,000 labels on 1,024 components. */
const MOST_CHARACTERS = 64 * 2 ** 20;

/** An imported head, or why there is none. */
export type ImportedHead =
  | { readonly kind: 'head'; readonly head: TaughtHead }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * A head as JSON text: numbers are written so that reading them gives the same 32-bit floats.
 */
export function headToJson(head: TaughtHead): string {
  const { weights, bias, refusal, ...rest } = head;
  return JSON.stringify({
    format: FORMAT,
    ...rest,
    weights: Array.from(weights, shortest),
    bias: Array.from(bias, shortest),
    refusal: refusal === null ? null : { ...refusal, references: Array.from(refusal.references, shortest) },
  });
}

/** Reads what `headToJson` wrote. Text from elsewhere is only ever read as data, checked field by field. */
export function headFromJson(text: string): ImportedHead {
  if (text.length > MOST_CHARACTERS) return refuse(`${text.length} characters; at most ${MOST_CHARACTERS}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse(`not JSON: ${wordsOf(error)}`);
  }
  if (!isRecord(value) || value.format !== FORMAT) return refuse(`not a file of format ${FORMAT}`);
  const weights = floats(value.weights);
  const bias = floats(value.bias);
  if (weights === null || bias === null) return refuse('weights or bias are not lists of numbers');
  return headFromParts(value, weights, bias);
}

/**
 * A head from a parsed description and its numbers.
 *
 * @param parts every field of a head but weights and bias, as JSON gave them
 */
export function headFromParts(
  parts: Readonly<Record<string, unknown>>,
  weights: Float32Array,
  bias: Float32Array,
): ImportedHead {
  const backbone = backboneOf(parts.backbone);
  if (backbone === null) return refuse('no backbone with an id and a version');
  const groups = groupsOf(parts.groups);
  if (groups === null) return refuse('groups are not a list of name, activation and labels');
  const calibration = parts.calibration;
  const scale = isRecord(calibration) ? numbers(calibration.scale) : null;
  const offset = isRecord(calibration) ? numbers(calibration.offset) : null;
  if (scale === null || offset === null) return refuse('no calibration with a scale and an offset');
  const thresholds = parts.thresholds;
  if (!isListOf(thresholds, isNumberOrNull)) return refuse('thresholds are not a list of numbers or null');
  const refusal = parts.refusal === null ? null : refusalOf(parts.refusal);
  if (refusal === undefined) return refuse('a refusal without its two limits and references');
  const { version, dims } = parts;
  if (version !== 1) return refuse(`version ${String(version)}; this build reads version 1`);
  if (typeof dims !== 'number') return refuse('no number of components');
  const head: TaughtHead = {
    version,
    backbone,
    dims,
    groups,
    weights,
    bias,
    calibration: { scale, offset },
    thresholds,
    refusal,
  };
  const problem = problemOfHead(head);
  return problem === null ? { kind: 'head', head } : refuse(problem);
}

/** The shortest decimal that is the same 32-bit float. */
export function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

function refuse(problem: string): ImportedHead {
  return { kind: 'refused', problem };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf<T>(value: unknown, is: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isNumberOrNull(value: unknown): value is number | null {
  return value === null || typeof value === 'number';
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function numbers(value: unknown): number[] | null {
  return isListOf(value, isNumber) ? value : null;
}

function floats(value: unknown): Float32Array | null {
  return isListOf(value, isNumber) ? Float32Array.from(value) : null;
}

function backboneOf(value: unknown): Backbone | null {
  if (!isRecord(value) || !isString(value.id) || !isString(value.version)) return null;
  return { id: value.id, version: value.version };
}

function groupsOf(value: unknown): HeadGroup[] | null {
  if (!Array.isArray(value)) return null;
  const groups: HeadGroup[] = [];
  for (const group of value) {
    if (!isRecord(group)) return null;
    const { name, activation, labels, zh } = group;
    if (!isString(name) || !isListOf(labels, isString)) return null;
    if (activation !== 'sigmoid' && activation !== 'softmax') return null;
    if (zh !== undefined && !isListOf(zh, isString)) return null;
    groups.push({ name, activation, labels, ...(zh !== undefined && { zh }) });
  }
  return groups;
}

/** undefined: something else. */
function refusalOf(value: unknown): Refusal | undefined {
  if (!isRecord(value)) return undefined;
  const { minimumProbability, maximumDistance } = value;
  const references = floats(value.references);
  if (!isNumber(minimumProbability) || !isNumber(maximumDistance) || references === null) return undefined;
  return { minimumProbability, maximumDistance, references };
}
