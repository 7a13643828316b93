import { describe, expect, it } from 'vitest';
import type { LabelNumber } from './label.ts';
import { LabelRegistry } from './label-registry.ts';

const dog = { id: 'dog', en: 'Dog', zh: '狗' };
const cat = { id: 'cat', en: 'Cat', zh: '猫' };

describe('the label registry', () => {
  it('numbers labels once, whatever the order of later models', () => {
    const labels = new LabelRegistry();
    labels.load(labels.plan([dog, cat]));
    labels.load(labels.plan([{ id: 'bird', en: 'Bird', zh: '鸟' }, cat, { ...dog, en: 'Hound' }]));
    expect(labels.all().map(({ number, id, names }) => [number, id, names.en])).toEqual([
      [0, 'dog', 'Hound'],
      [1, 'cat', 'Cat'],
      [2, 'bird', 'Bird'],
    ]);
    expect(labels.plan([cat])).toEqual([]);
  });

  it('finds labels by name in either language, whatever the case and spaces', () => {
    const labels = new LabelRegistry();
    labels.load(labels.plan([dog, cat]));
    expect(labels.byName(' dOG ')?.id).toBe('dog');
    expect(labels.byName('猫')?.id).toBe('cat');
    expect(labels.byName('do')).toBeNull();
  });

  it('gives own labels ids that are not taken yet, in any script', () => {
    const labels = new LabelRegistry();
    for (const name of ['Grandma', 'grand-ma', 'grand ma!', '奶奶', '❤']) labels.load([labels.planOwn(name)]);
    expect(labels.all().map(({ id }) => id)).toEqual([
      'own:grandma',
      'own:grand-ma',
      'own:grand-ma-2',
      'own:奶奶',
      'own:label',
    ]);
  });

  it('has thresholds only for what the current model scores', () => {
    const labels = new LabelRegistry();
    labels.load(labels.plan([dog, cat]));
    labels.setThresholds([1 as LabelNumber], [0.25]);
    expect(labels.all().map(({ threshold }) => threshold)).toEqual([null, 0.25]);
  });
});
