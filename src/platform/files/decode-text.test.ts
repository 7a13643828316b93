import { expect, it } from 'vitest';
import { decodeText, textOf } from './decode-text.ts';

const bytes = (hex: string) => Uint8Array.from(hex.split(' ').map((byte) => Number.parseInt(byte, 16)));
/** `文件,名称` and a row, as Excel on a Chinese Windows writes it. */
const gbk = 'ce c4 bc fe 2c c3 fb b3 c6 0a 31 2e 6a 70 67 2c ba ec ba f8';
const chinese = '文件,名称\n1.jpg,红壶';

it('texts of Chinese and Western spreadsheets are read as what they say', async () => {
  expect(decodeText(bytes(gbk))).toBe(chinese);
  expect(decodeText(bytes('43 61 66 e9 2c 6b fc 68 6c 65 72 2c e9 6a'))).toBe('Café,kühler,éj');
  expect(decodeText(new TextEncoder().encode(chinese))).toBe(chinese);
  expect(decodeText(new TextEncoder().encode('\ufefffile,name'))).toBe('file,name');
  const units = Uint16Array.from(`\ufeff${chinese}`, (letter) => letter.charCodeAt(0));
  const little = new Uint8Array(units.buffer);
  expect(decodeText(little)).toBe(chinese);
  const big = little.map((_, at) => little[at ^ 1]!);
  expect(decodeText(big)).toBe(chinese);
  expect(await textOf(new Blob([bytes(gbk)]))).toBe(chinese);
  expect(decodeText(new Uint8Array())).toBe('');
});
