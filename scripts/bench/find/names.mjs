// @ts-check

/**
 * How often a name is the right one: every second item is named, and every photo of an item with several photos is asked
 * about, without its own name. Those of named items should get it, the others 'unknown'.
 *
 * @param {import('./library.mjs').Core} core
 * @param {import('./library.mjs').Library} library
 */
export async function measureNames(core, library) {
  console.log('\nnames: every second item is named         right   wrong   unknown   not named: unknown');
  for (const set of ['products', 'groceries']) {
    const own = Array.from({ length: library.count }, (_, n) => n).filter(
      (n) => library.photo(n).set === set,
    );
    const labels = own.map((n) => library.photo(n).label ?? '');
    const items = [...new Set(labels)].sort();
    const named = new Map(
      own.flatMap((n, i) => {
        const name = labels[i] ?? '';
        return items.indexOf(name) % 2 === 0 ? [[n + 1, { photo: n + 1, name, columns: [] }]] : [];
      }),
    );
    for (const rule of /** @type {const} */ (['counts', 'ignored', 'required'])) {
      const told = { right: 0, wrong: 0, unknown: 0, falsely: 0, rightly: 0 };
      for (const [i, n] of own.entries()) {
        if (labels.indexOf(labels[i] ?? '') === labels.lastIndexOf(labels[i] ?? '')) continue;
        const names = {
          load: async () => {},
          size: named.size,
          of: (/** @type {number} */ id) => (id === n + 1 ? null : (named.get(id) ?? null)),
        };
        const products = new core.ProductPhotos({ ...library.parts, names });
        const query = { photo: n + 1, bytes: null, region: null, filter: null };
        const found = await products.find(/** @type {any} */ (query), rule, 1);
        if (found.kind !== 'products') throw new Error(found.kind);
        const name = found.answer?.kind === 'named' ? found.answer.name : null;
        if (named.has(n + 1)) {
          if (name === null) told.unknown++;
          else if (name === labels[i]) told.right++;
          else told.wrong++;
        } else if (name === null) told.rightly++;
        else told.falsely++;
      }
      const asked = told.right + told.wrong + told.unknown;
      const share = (/** @type {number} */ count, /** @type {number} */ of) =>
        (count / of).toFixed(3).padStart(7);
      console.log(
        `${set}, colour ${rule}`.padEnd(38),
        share(told.right, asked),
        share(told.wrong, asked),
        `  ${share(told.unknown, asked)}`,
        `             ${share(told.rightly, told.rightly + told.falsely)}`,
      );
    }
  }
}
