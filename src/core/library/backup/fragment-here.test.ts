import { expect, it } from 'vitest';
import type { LabelNumber } from '../../tagging/label.ts';
import { LabelRegistry } from '../../tagging/label-registry.ts';
import type { LabelSet } from '../../tagging/label-set.ts';
import type { Catalogue } from '../catalogue.ts';
import type { PhotoId } from '../photo.ts';
import { fragmentHere } from './fragment-here.ts';

const labels = new LabelRegistry();
const names = { en: 'x', zh: 'x' };
labels.load([
  { number: 0 as LabelNumber, id: 'dog', names, own: false },
  { number: 1 as LabelNumber, id: 'set9:a,*b', names, own: true, set: 9 },
]);
const context = {
  catalogue: { labels } as Catalogue,
  photos: new Map([[4, 40 as PhotoId]]),
  sets: new Map([[1, { id: 9 } as LabelSet]]),
  versions: new Map([[2, 5]]),
  labels: new Map([
    ['dog', 0 as LabelNumber],
    ['set1:sun', 1 as LabelNumber],
  ]),
};
const enc = encodeURIComponent;

it.each([
  ['#/?q=4+%26+dogs&similar=4', '#/?q=4+%26+dogs&similar=40'],
  ['#/?photo=4&similar=tray&match=same', '#/?photo=40&similar=tray&match=same'],
  [`#/?sets=1&set=1`, '#/?sets=9&set=9'],
  [
    `#/?all=${enc(`dog,${enc('set1:sun')}`)}&none=${enc(enc('set1:sun'))}`,
    `#/?all=${enc(`dog,${enc('set9:a,*b')}`)}&none=${enc(enc('set9:a,*b'))}`,
  ],
  [
    `#/?like=${enc('4*-0.5,t.set1%3Asun*0.25,4')}`,
    `#/?like=${enc(`40*-0.5,t.${enc('set9:a,*b').replace('*', '%2A')}*0.25,40`)}`,
  ],
  [`#/evaluate?cell=${enc('1/fn/set1%3Asun/0.5')}`, `#/evaluate?cell=${enc(`9/fn/${enc('set9:a,*b')}/0.5`)}`],
  [`#/evaluate?cell=${enc('model/fn/dog/0.5')}`, `#/evaluate?cell=${enc('model/fn/dog/0.5')}`],
  [`#/?or=${enc(`dog,${enc('set1:sun')};dog,dog`)}`, `#/?or=${enc(`dog,${enc('set9:a,*b')};dog,dog`)}`],
  ['#/?or=dog%2Cnobody', null],
  [
    `#/?cell=${enc(`1/fixed/*/v2/${enc('now;set1%3Asun=0.5;*0=0.25')}`)}`,
    `#/?cell=${enc(`9/fixed/*/v5/${enc(`now;${enc('set9:a,*b')}=0.5;*0=0.25`)}`)}`,
  ],
  [`#/?cell=${enc('1/broken/*/v3/now')}`, null],
  [
    `#/?cell=${enc('1/said/present/set1%3Asun/dog')}`,
    `#/?cell=${enc(`9/said/present/${enc('set9:a,*b')}/dog`)}`,
  ],
  [`#/?cell=${enc('1/said/nothing')}`, `#/?cell=${enc('9/said/nothing')}`],
  ['#/?similar=5', null],
  ['#/?like=4,5*1', null],
  ['#/?sets=2', null],
  [`#/?not=${enc('folder.a%2Cb,set.1')}`, `#/?not=${enc('folder.a%2Cb,set.9')}`],
  ['#/?not=set.2', null],
  ['#/?any=nobody', null],
  [`#/?cell=${enc('2/fn/dog/0.5')}`, null],
  ['#/?q=100%&favourites', '#/?q=100%&favourites'],
  ['', ''],
])('%s is %s here', (there, here) => {
  expect(fragmentHere(there, context)).toBe(here);
});
