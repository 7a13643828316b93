// @ts-check
/** In the page, without the app: makes the stored library one of version 1 of the database: vectors as floats, no index. */
export async function makeOld() {
  const storesOfVersion1 = new Set(
    'meta photoColumns photoNames photoRecords contents blobs folders thumbnails scores vectors verdicts labels models'.split(
      ' ',
    ),
  );
  const done = (/** @type {IDBRequest} */ request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  /** @type {IDBDatabase} */
  const database = await done(indexedDB.open('picsift'));
  /** @type {{ name: string, keyPath: string | string[] | null, keys: IDBValidKey[], values: any[] }[]} */
  const stores = [];
  for (const name of database.objectStoreNames) {
    if (!storesOfVersion1.has(name)) continue;
    const store = database.transaction(name).objectStore(name);
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    stores.push({ name, keyPath: store.keyPath, keys, values });
  }
  database.close();
  for (const store of stores) {
    if (store.name !== 'vectors') continue;
    store.values = store.values.map(({ records, ...rest }) => {
      const { rows, dim } = rest;
      const floats = new Float32Array(rows * dim);
      for (let row = 0; row < rows; row++) {
        const at = row * (4 + Math.ceil(dim / 4) * 4);
        const bytes = new Int8Array(records.buffer, records.byteOffset + at + 4, dim);
        const length = Math.hypot(...bytes) || 1;
        for (let i = 0; i < dim; i++) floats[row * dim + i] = (bytes[i] ?? 0) / length;
      }
      return { ...rest, vectors: floats };
    });
  }
  await done(indexedDB.deleteDatabase('picsift'));
  const opening = indexedDB.open('picsift', 1);
  opening.onupgradeneeded = () => {
    for (const { name, keyPath } of stores) opening.result.createObjectStore(name, { keyPath });
  };
  /** @type {IDBDatabase} */
  const old = await done(opening);
  const transaction = old.transaction([...old.objectStoreNames], 'readwrite');
  for (const { name, keyPath, keys, values } of stores) {
    const store = transaction.objectStore(name);
    for (const [n, value] of values.entries()) {
      if (keyPath === null) store.put(value, keys[n]);
      else store.put(value);
    }
  }
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  old.close();
}
