import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Lifeline } from './lifeline.ts';

it('gives on what calls come to, until the end: then all reject with the first reason, later ones, too', async () => {
  const life = new Lifeline();
  expect(await life.hold(Promise.resolve(1))).toBe(1);
  await expect(life.hold(Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  const pending = [life.hold(new Promise(() => {})), life.hold(new Promise(() => {}))];
  life.end(new Error('the worker ended'));
  life.end(new Error('once more'));
  for (const call of [...pending, life.hold(new Promise(() => {})), life.hold(Promise.resolve(2))])
    await expect(call).rejects.toThrow('the worker ended');
  // Whoever was told of the end is told nothing more.
  await expect(life.hold(Promise.reject(new Error('late')))).rejects.toThrow('the worker ended');
});

it('keeps no answer in memory', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const life = new Lifeline();
  const answers: WeakRef<Uint8Array>[] = [];
  for (let n = 0; n < 50; n++) {
    const answered = async () => {
      const answer = new Uint8Array(1000);
      answers.push(new WeakRef(answer));
      return answer;
    };
    await life.hold(answered());
  }
  await new Promise((resolve) => setTimeout(resolve)); // until then weak references hold what they were made with
  collect();
  expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(5);
});
