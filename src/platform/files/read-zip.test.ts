import { describe, expect, it } from 'vitest';
import { zipOf } from '../../core/export/zip.ts';
import { isZip, readZip } from './read-zip.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes);

/** As this app writes it: stored. */
const storedZip = (files: Readonly<Record<string, string>>) =>
  new Blob(
    zipOf(Object.entries(files).map(([path, text]) => ({ path: bytesOf(path), content: bytesOf(text) }))),
  );

async function deflate(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytesOf(text)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** One file as other programs write it: deflated, its sizes after it and in the directory only; `size` as the archive says. */
async function deflatedZip(
  path: string,
  text: string,
  { size = text.length, flags = 8 } = {},
): Promise<Blob> {
  const packed = await deflate(text);
  const name = bytesOf(path);
  const header = new DataView(new ArrayBuffer(30));
  header.setUint32(0, 0x04034b50, true);
  header.setUint16(6, flags, true);
  header.setUint16(8, 8, true);
  header.setUint16(26, name.length, true);
  header.setUint16(28, 4, true);
  const entry = new DataView(new ArrayBuffer(46));
  entry.setUint32(0, 0x02014b50, true);
  entry.setUint16(8, flags, true);
  entry.setUint16(10, 8, true);
  entry.setUint32(20, packed.length, true);
  entry.setUint32(24, size, true);
  entry.setUint16(28, name.length, true);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(10, 1, true);
  end.setUint32(12, 46 + name.length, true);
  end.setUint32(16, 30 + name.length + 4 + packed.length, true);
  end.setUint16(20, 5, true);
  return new Blob([header, name, new Uint8Array(4), packed, entry, name, end, 'hello']);
}

describe('a ZIP archive', () => {
  it('gives its files back: those that this app writes, and compressed ones', async () => {
    const own = storedZip({ 'Annotations/猫.xml': '<a/>', 'b.txt': 'two', folder: '' });
    expect(isZip(new Uint8Array(await own.slice(0, 4).arrayBuffer()))).toBe(true);
    const read = await readZip(own);
    expect(read?.files.map(({ path, size }) => [path, size])).toEqual([
      ['Annotations/猫.xml', 4],
      ['b.txt', 3],
      ['folder', 0],
    ]);
    expect(await Promise.all(read!.files.map(async (file) => textOf(await file.read())))).toEqual([
      '<a/>',
      'two',
      '',
    ]);
    const long = 'label '.repeat(5000);
    const other = await readZip(await deflatedZip('a.csv', long));
    expect(textOf(await other!.files[0]!.read())).toBe(long);
  });

  it('unpacks no more than it says that there is, and names what is encrypted', async () => {
    const bomb = await readZip(await deflatedZip('a.csv', 'x'.repeat(100_000), { size: 10 }));
    expect(await bomb!.files[0]!.read()).toBeNull();
    const short = await readZip(await deflatedZip('a.csv', 'x', { size: 10 }));
    expect(await short!.files[0]!.read()).toBeNull();
    const secret = await readZip(await deflatedZip('a.csv', 'x', { flags: 9 }));
    expect([secret!.files.length, secret!.unread]).toEqual([0, ['a.csv']]);
  });

  it('that is damaged is said to be, and no byte of it makes reading fail otherwise', async () => {
    const whole = new Uint8Array(await storedZip({ 'a.xml': '<a/>', 'b.xml': '<b/>' }).arrayBuffer());
    expect(await readZip(new Blob([whole.subarray(0, whole.length - 5)]))).toBeNull();
    expect(await readZip(new Blob([]))).toBeNull();
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 0xff;
      for (const file of (await readZip(new Blob([damaged])))?.files ?? []) await file.read();
    }
  });

  it('with a directory for more files than 16 bits count is read by that', async () => {
    const whole = new Uint8Array(await storedZip({ 'a.xml': '<a/>', 'b.xml': '<b/>' }).arrayBuffer());
    const at = whole.length - 22;
    const end = new DataView(whole.buffer.slice(at));
    const large = new DataView(new ArrayBuffer(56 + 20));
    large.setUint32(0, 0x06064b50, true);
    large.setBigUint64(32, 2n, true);
    large.setBigUint64(40, BigInt(end.getUint32(12, true)), true);
    large.setBigUint64(48, BigInt(end.getUint32(16, true)), true);
    large.setUint32(56, 0x07064b50, true);
    large.setBigUint64(64, BigInt(at), true);
    end.setUint16(10, 0xffff, true);
    end.setUint32(12, 0xffffffff, true);
    end.setUint32(16, 0xffffffff, true);
    const read = await readZip(new Blob([whole.subarray(0, at), large, end]));
    expect(read?.files.map(({ path }) => path)).toEqual(['a.xml', 'b.xml']);
    expect(textOf(await read!.files[1]!.read())).toBe('<b/>');
    expect(await readZip(new Blob([whole.subarray(0, at), end]))).toBeNull();
  });
});
