import { expect, it } from 'vitest';
import type { Label, LabelNumber } from '../../core/tagging/label.ts';
import { labelCalled, otherNameFor, searchLabels } from './label-search.ts';

const label = (number: number, en: string, zh: string): Label => ({
  number: number as LabelNumber,
  id: en.toLowerCase(),
  names: { en, zh },
  threshold: 0.5,
  own: false,
});
const labels = [
  label(0, 'Hot dog', '热狗'),
  label(1, 'Dogsled', '狗拉雪橇'),
  label(2, 'Dog', '狗'),
  label(3, 'Endogenous', '内生'),
  label(4, 'Cat', '猫'),
];
const names = (text: string, limit?: number) =>
  searchLabels(labels, text, limit).map((found) => found.names.en);

it('ranks the same name first, then beginnings, then words, then the rest', () => {
  expect(names('DOG ')).toEqual(['Dog', 'Dogsled', 'Hot dog', 'Endogenous']);
});

it('finds names in Chinese as well', () => {
  expect(names('狗')).toEqual(['Dog', 'Dogsled', 'Hot dog']);
});

it('keeps to the limit, also for no text', () => {
  expect(names('dog', 2)).toEqual(['Dog', 'Dogsled']);
  expect(names('', 3)).toHaveLength(3);
  expect(names('zebra')).toEqual([]);
});

it('knows a label by its whole name in either language, whatever the case or width', () => {
  expect(labelCalled(labels, ' ｄｏｇ')?.number).toBe(2);
  expect(labelCalled(labels, '猫')?.number).toBe(4);
  expect(labelCalled(labels, 'do')).toBeUndefined();
});

it('finds labels by their other names, after those that are called so', () => {
  const known = [...labels, { ...label(5, 'Tabby', '花猫'), synonyms: ['Mieze', 'cat'] }];
  const found = (text: string) => searchLabels(known, text).map(({ names: own }) => own.en);
  expect(found('mieze')).toEqual(['Tabby']);
  expect(found('cat')).toEqual(['Cat', 'Tabby']);
  expect([labelCalled(known, 'Mieze')?.number, labelCalled(known, 'cat')?.number]).toEqual([5, 4]);
  expect([otherNameFor(known[5]!, 'mie'), otherNameFor(known[5]!, 'tab')]).toEqual(['Mieze', null]);
});
