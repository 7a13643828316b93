import { outputsOf, problemOfHead, type TaughtHead } from './head.ts';
import { headFromParts, type ImportedHead, isRecord, shortest } from './head-json.ts';
import { type Fields, MessageWriter, readFields } from './protobuf.ts';

// [Note: heads as ONNX] A head is one `Gemm` (opset 13): logits [N, labels] = embedding [N, dims] x weight' + bias, the
// logits calibrated: a sigmoid, or a softmax over each softmax group, makes them probabilities. `metadata_props` hold
// `labels` (a JSON list, one per output) and `picsift.head` (JSON: all of the head but weights and bias). Field numbers
// are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
//
// Reading takes the description and the two tensors out, writes the head anew and accepts the file only if it comes out
// the same, byte for byte: whatever else a file may hold (other operators, external data, other names) is refused, and
// nothing is ever run before.

const MOST_BYTES = 64 * 2 ** 20;
const IR_VERSION = 8;
const OPSET = 13;
const FLOAT = 1;
const INT = 2;

const model = { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14 } as const;
const graph = { node: 1, name: 2, initializer: 5, input: 11, output: 12 } as const;
const tensor = { dims: 1, dataType: 2, name: 8, rawData: 9 } as const;

/**
 * A head as an ONNX model, see [Note: heads as ONNX].
 *
 * @throws RangeError when the head is not a valid one
 */
export function headToOnnx(head: TaughtHead): Uint8Array<ArrayBuffer> {
  const problem = problemOfHead(head);
  if (problem !== null) throw new RangeError(`this head cannot be written: ${problem}`);
  const outputs = outputsOf(head.groups);
  const gemm = new MessageWriter()
    .text(1, 'embedding')
    .text(1, 'weight')
    .text(1, 'bias')
    .text(2, 'logits')
    .text(3, 'head')
    .text(4, 'Gemm')
    .message(5, new MessageWriter().text(1, 'transB').number(3, 1).number(20, INT));
  const { weights, bias, refusal, ...rest } = head;
  const description = {
    ...rest,
    refusal: refusal === null ? null : { ...refusal, references: Array.from(refusal.references, shortest) },
  };
  return new MessageWriter()
    .number(model.irVersion, IR_VERSION)
    .text(model.producer, 'Picsift')
    .message(
      model.graph,
      new MessageWriter()
        .message(graph.node, gemm)
        .text(graph.name, 'head')
        .message(graph.initializer, tensorOf('weight', [outputs, head.dims], weights))
        .message(graph.initializer, tensorOf('bias', [outputs], bias))
        .message(graph.input, valueInfo('embedding', head.dims))
        .message(graph.output, valueInfo('logits', outputs)),
    )
    .message(model.opset, new MessageWriter().text(1, '').number(2, OPSET))
    .message(
      model.metadata,
      property(
        'labels',
        head.groups.flatMap(({ labels }) => labels),
      ),
    )
    .message(model.metadata, property('picsift.head', description))
    .finish();
}

function tensorOf(name: string, dims: readonly number[], values: Float32Array): MessageWriter {
  const writer = new MessageWriter();
  for (const dim of dims) writer.number(tensor.dims, dim);
  const raw = new Uint8Array(values.length * 4);
  const view = new DataView(raw.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return writer.number(tensor.dataType, FLOAT).text(tensor.name, name).bytes(tensor.rawData, raw);
}

/** A float32 [N, width]. */
function valueInfo(name: string, width: number): MessageWriter {
  const shape = new MessageWriter()
    .message(1, new MessageWriter().text(2, 'N'))
    .message(1, new MessageWriter().number(1, width));
  const type = new MessageWriter().message(1, new MessageWriter().number(1, FLOAT).message(2, shape));
  return new MessageWriter().text(1, name).message(2, type);
}

function property(key: string, value: unknown): MessageWriter {
  return new MessageWriter().text(1, key).text(2, asciiJson(value));
}

/** JSON with every character beyond ASCII escaped. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads what `headToOnnx` wrote, and nothing else. Any bytes may be given. */
export function headFromOnnx(bytes: Uint8Array): ImportedHead {
  if (bytes.length > MOST_BYTES) return refuse(`${bytes.length} bytes; at most ${MOST_BYTES}`);
  const top = readFields(bytes);
  const inner = fieldsIn(top, model.graph);
  const tensors = inner?.get(graph.initializer) ?? [];
  const [weights, bias] = tensors.map((bytesOfTensor) => floatsIn(readFields(bytesOfTensor)));
  const description = descriptionIn(top);
  if (tensors.length !== 2 || !weights || !bias || description === null) {
    return refuse('not a head that Picsift exported: no description, or not two tensors');
  }
  const imported = headFromParts(description, weights, bias);
  if (imported.kind === 'refused') return imported;
  if (!equal(headToOnnx(imported.head), bytes)) {
    return refuse('not in the form that Picsift exports: it holds something besides the head');
  }
  return imported;
}

function refuse(problem: string): ImportedHead {
  return { kind: 'refused', problem };
}

function fieldsIn(fields: Fields | null, field: number): Fields | null {
  const found = fields?.get(field)?.[0];
  return found === undefined ? null : readFields(found);
}

function floatsIn(fields: Fields | null): Float32Array | null {
  const raw = fields?.get(tensor.rawData)?.[0];
  if (raw === undefined || raw.length % 4 !== 0) return null;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

function descriptionIn(top: Fields | null): Record<string, unknown> | null {
  const text = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? '' : Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  for (const entry of top?.get(model.metadata) ?? []) {
    const fields = readFields(entry);
    if (text(fields?.get(1)?.[0]) !== 'picsift.head') continue;
    try {
      const value: unknown = JSON.parse(text(fields?.get(2)?.[0]));
      return isRecord(value) ? value : null;
    } catch (error) {
      // Broken text is an expected kind of foreign file; anything else is a bug.
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }
  return null;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
