// @ts-check
/**
 * In the page: whether what is stored agrees with itself (src/platform/storage/schema.ts), read in one transaction.
 *
 * @returns {Promise<string[]>} what is wrong
 */
export async function auditStorage() {
  const done = (/** @type {IDBRequest} */ request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  /** @type {string[]} */
  const wrong = [];
  /** @type {IDBDatabase} */
  const database = await done(indexedDB.open('picsift'));
  try {
    const stores = ['photoColumns', 'photoNames', 'photoRecords', 'contents', 'blobs', 'thumbnails'];
    const rows = ['scores', 'vectors', 'models', 'indexLists', 'indexChunks'];
    const transaction = database.transaction([...stores, ...rows]);
    const all = (/** @type {string} */ store) => done(transaction.objectStore(store).getAll());
    const keys = (/** @type {string} */ store) => done(transaction.objectStore(store).getAllKeys());
    const [columns, names, records, contents, blobs, thumbnails, scores, vectors, lists, chunks] =
      await Promise.all([
        all('photoColumns'),
        all('photoNames'),
        all('photoRecords'),
        all('contents'),
        keys('blobs'),
        keys('thumbnails'),
        all('scores'),
        all('vectors'),
        all('indexLists'),
        keys('indexChunks'),
      ]);
    const rowsPerChunk = 1024;
    /** Photos by what the packed columns say. @type {Map<number, { status: number, content: number }>} */
    const photos = new Map();
    for (const { chunk, bytes } of columns) {
      const content = new Uint32Array(bytes, 48 * rowsPerChunk, rowsPerChunk);
      const status = new Uint8Array(bytes, 54 * rowsPerChunk, rowsPerChunk);
      for (let row = 0; row < rowsPerChunk; row++) {
        if (status[row] !== 0)
          photos.set(chunk * rowsPerChunk + row, {
            status: status[row] ?? 0,
            content: (content[row] ?? 0) - 1,
          });
      }
    }
    const named = new Set();
    for (const { chunk, names: texts } of names)
      texts.forEach((/** @type {string} */ text, /** @type {number} */ row) => {
        if (text !== '') named.add(chunk * rowsPerChunk + row);
      });
    const byHash = new Map(contents.map((/** @type {any} */ one) => [one.sha256, one]));
    const [kept, drawn] = [new Set(blobs), new Set(thumbnails)];
    const uses = new Map();
    const usedBlobs = new Set();
    for (const { id, sha256, source } of records) {
      const photo = photos.get(id);
      if (photo === undefined) wrong.push(`record ${id} without a row`);
      if (!named.has(id)) wrong.push(`photo ${id} without a name`);
      if (photo === undefined) continue;
      const content = photo.content < 0 ? undefined : byHash.get(sha256);
      if (photo.content >= 0 && content?.id !== photo.content) wrong.push(`photo ${id} without its content`);
      if (photo.status === 2 && content === undefined) wrong.push(`photo ${id} is ready without results`);
      const blob = content === undefined ? source.blob : content.blob;
      if (content !== undefined) uses.set(sha256, (uses.get(sha256) ?? 0) + 1);
      if (source.kind === 'stored') {
        if (!kept.has(blob)) wrong.push(`photo ${id} without its bytes`);
        usedBlobs.add(blob);
      }
    }
    if (photos.size !== records.length) wrong.push(`${photos.size} rows, ${records.length} records`);
    const holds = (
      /** @type {any[]} */ rows,
      /** @type {number} */ perChunk,
      /** @type {number} */ content,
    ) =>
      rows.some(
        ({ chunk, rows: count }) => chunk === Math.floor(content / perChunk) && content % perChunk < count,
      );
    for (const { id, sha256, refs, blob } of contents) {
      if (refs !== (uses.get(sha256) ?? 0))
        wrong.push(`content ${id}: ${refs} photos, there are ${uses.get(sha256)}`);
      if (blob !== null) usedBlobs.add(blob);
      if (!drawn.has(id)) wrong.push(`content ${id} without a thumbnail`);
      if (!holds(scores, 64, id) || !holds(vectors, 32, id))
        wrong.push(`content ${id} without scores or vector`);
    }
    if (drawn.size !== contents.length) wrong.push(`${drawn.size} thumbnails of ${contents.length} contents`);
    for (const key of kept) if (!usedBlobs.has(key)) wrong.push(`bytes ${key} that belong to no photo`);
    const there = new Set(chunks.map((/** @type {string[]} */ key) => key.join(' ')));
    for (const { model, slot, list } of lists)
      for (const { key } of list.chunks)
        if (!there.has(`${model} ${key}`)) wrong.push(`index '${slot}' lacks a chunk`);
  } finally {
    database.close();
  }
  return wrong.slice(0, 20);
}
