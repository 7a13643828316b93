import { expect, it } from 'vitest';
import type { Label, LabelNumber } from '../../core/tagging/label.ts';
import { labelTable } from './labels.ts';

const label = (number: number, en: string, zh: string, setName?: string): Label => ({
  number: number as LabelNumber,
  id: `${number}`,
  names: { en, zh },
  threshold: null,
  own: setName !== undefined,
  ...(setName !== undefined && { set: 1, setName }),
});

it('labels of sets are told apart from others of the same name', () => {
  const labels = [label(0, 'Dog', '狗'), label(1, 'dog', 'dog', 'Pets'), label(2, 'Rex', 'Rex', 'Pets')];
  const english = labelTable(labels, 'en');
  const chinese = labelTable(labels, 'zh-CN');
  expect(labels.map((one) => english.name(one))).toEqual(['Dog', 'dog · Pets', 'Rex']);
  expect(labels.map((one) => chinese.name(one))).toEqual(['狗', 'dog', 'Rex']);
  // Where their set is spoken of, its name goes without saying.
  expect(labels.map((one) => english.name(one, 1))).toEqual(['Dog', 'dog', 'Rex']);
});
