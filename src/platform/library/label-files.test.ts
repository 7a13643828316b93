import { describe, expect, it } from 'vitest';
import { zipOf } from '../../core/export/zip.ts';
import { type LabelFile, mostCharacters } from '../../core/label-files/label-file.ts';
import { readLabelFiles } from '../../core/label-files/read-label-files.ts';
import { headFile, labelBlob, labelSource } from './label-files.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function textsOf(...files: File[]) {
  const source = await labelSource(files);
  if ('ok' in source || source.kind !== 'texts') throw new Error('not read');
  return source;
}

class LostFile extends File {
  override slice(): Blob {
    return this;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    throw new DOMException('gone', 'NotReadableError');
  }
}

describe('files of labels', () => {
  it('in an archive as it is exported are the same again, named by it', async () => {
    const row = (photo: string, name: string) => ({
      photo,
      present: [{ name, group: null }],
      absent: [],
      fullyLabelled: true,
      side: null,
    });
    const rows = [row('trip/a.jpg', 'dog'), row('b.jpg', '猫')];
    const labels = rows.flatMap(({ present }) => present);
    const file: LabelFile = { name: 'Pets', kind: 'multi-label', labels, rows };
    const { texts, unread, name } = await textsOf(new File([labelBlob(file, 'voc')], 'Pets.voc.zip'));
    expect([unread, name]).toEqual([[], 'Pets']);
    const read = readLabelFiles(texts);
    expect(read.ok && { ...read.file, name }).toEqual(file);
  });

  it('of other programs lie among pictures and lists; what cannot be read is named', async () => {
    const parts = zipOf(
      [
        ['VOC/Annotations/a.xml', '<annotation><filename>a.jpg</filename></annotation>'],
        ['VOC/JPEGImages/a.jpg', 'pixels'],
        ['VOC/ImageSets/Main/train.txt', 'a'],
        ['__MACOSX/VOC/Annotations/._a.xml', '?'],
      ].map(([path, text]) => ({ path: bytesOf(path!), content: bytesOf(text!) })),
    );
    const more = new File(['<annotation>'], 'cut.xml');
    const { texts, unread } = await textsOf(new File(parts, 'voc.zip'), more, new LostFile([], 'lost.xml'));
    expect(texts.map(({ name }) => name)).toEqual(['VOC/Annotations/a.xml', 'cut.xml']);
    const read = readLabelFiles(texts, unread);
    expect(read.ok && read.file.rows.map(({ photo }) => photo)).toEqual(['a.jpg']);
    expect(read.ok && read.file.unread).toEqual(['cut.xml', 'lost.xml']);
    expect(readLabelFiles([], ['lost.xml'])).toMatchObject({ ok: false, problem: { code: 'unreadable' } });
    expect(await headFile(new LostFile([], 'lost.onnx'))).toBeNull();
    const damaged = await textsOf(new File(['PK\u0003\u0004 and no more'], 'a.zip'));
    expect([damaged.texts, damaged.unread]).toEqual([[], ['a.zip']]);
  });

  it('are refused by what an archive says of their size before they are unpacked', async () => {
    const parts = zipOf([{ path: bytesOf('a.csv'), content: bytesOf('file,label') }]);
    const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
    const directory = whole.length - 22 - 'a.csv'.length - 46;
    new DataView(whole.buffer).setUint32(directory + 24, mostCharacters + 1, true);
    new DataView(whole.buffer).setUint16(directory + 10, 8, true);
    expect(await labelSource([new File([whole], 'a.zip')])).toMatchObject({ problem: { code: 'too-large' } });
  });
});
