import { Message } from './protobuf.mjs';

// Field numbers of onnx.proto3 (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3).

const floatType = 1;

/** @typedef {{name: string, dims: number[], data: Float32Array}} Tensor */
/** @typedef {{name: string, dims: (number | string)[]}} Value a string names a free dimension */
/** @typedef {{op: string, inputs: string[], outputs: string[], attributes?: Record<string, number | number[]>}} Node */
/** @typedef {{nodes: Node[], tensors: Tensor[], inputs: Value[], outputs: Value[]}} Graph */

/**
 * An ONNX file, opset 17, float32 throughout.
 *
 * @param {Graph} graph
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function onnxFile({ nodes, tensors, inputs, outputs }) {
  const graph = new Message();
  for (const [n, one] of nodes.entries()) graph.bytes(1, node(one, `${one.op}_${n}`));
  graph.bytes(2, 'tiny');
  for (const one of tensors) graph.bytes(5, tensor(one));
  for (const one of inputs) graph.bytes(11, valueInfo(one));
  for (const one of outputs) graph.bytes(12, valueInfo(one));
  const opset = new Message().bytes(1, '').int(2, 17);
  return new Message().int(1, 8).bytes(2, 'picsift').bytes(7, graph).bytes(8, opset).encode();
}

/**
 * @param {Node} one
 * @param {string} name
 */
function node({ op, inputs, outputs, attributes = {} }, name) {
  const message = new Message();
  for (const input of inputs) message.bytes(1, input);
  for (const output of outputs) message.bytes(2, output);
  message.bytes(3, name).bytes(4, op);
  for (const [key, value] of Object.entries(attributes)) {
    const attribute = new Message().bytes(1, key);
    if (typeof value === 'number') attribute.int(3, value).int(20, 2);
    else {
      for (const item of value) attribute.int(8, item);
      attribute.int(20, 7);
    }
    message.bytes(5, attribute);
  }
  return message;
}

/** @param {Tensor} one */
function tensor({ name, dims, data }) {
  const message = new Message();
  for (const size of dims) message.int(1, size);
  return message.int(2, floatType).bytes(8, name).bytes(9, littleEndian(data));
}

/** @param {Value} one */
function valueInfo({ name, dims }) {
  const shape = new Message();
  for (const size of dims) {
    shape.bytes(1, typeof size === 'string' ? new Message().bytes(2, size) : new Message().int(1, size));
  }
  const type = new Message().bytes(1, new Message().int(1, floatType).bytes(2, shape));
  return new Message().bytes(1, name).bytes(2, type);
}

/**
 * @param {Float32Array} values
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function littleEndian(values) {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return bytes;
}
