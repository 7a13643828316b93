/** All that the browser has of a library, as a file and back: the database that tests begin with. */

export interface StoredDatabase {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | string[] | null;
    readonly keys: readonly unknown[];
    readonly values: readonly unknown[];
  }[];
}

/** In the page: JSON with bytes as {$: type, bytes: base64}, for `packed`. */
export async function readDatabase(): Promise<string> {
  const done = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const base64 = (bytes: ArrayBuffer) => {
    const view = new Uint8Array(bytes);
    let text = '';
    for (let at = 0; at < view.length; at += 32_768) {
      text += String.fromCharCode(...view.subarray(at, at + 32_768));
    }
    return btoa(text);
  };
  const plain = async (value: unknown): Promise<unknown> => {
    if (value instanceof Blob) {
      return { $: 'Blob', type: value.type, bytes: base64(await value.arrayBuffer()) };
    }
    if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', bytes: base64(value) };
    if (ArrayBuffer.isView(value)) {
      const { byteOffset, byteLength } = value;
      const bytes = (value.buffer as ArrayBuffer).slice(byteOffset, byteOffset + byteLength);
      return { $: value.constructor.name, bytes: base64(bytes) };
    }
    if (Array.isArray(value)) return Promise.all(value.map(plain));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await plain(part)])),
    );
  };
  const database = await done(indexedDB.open('picsift'));
  const stores = [];
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const { keyPath } = store;
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    stores.push({ name, keyPath, keys, values: await plain(values) });
  }
  const { version } = database;
  database.close();
  return JSON.stringify({ version, stores });
}

/** In the page, whose origin has no library yet. `address`: of a file that `packed` made. */
export async function writeDatabase(address: string): Promise<void> {
  const types = { ArrayBuffer, Uint8Array, Uint32Array };
  const file = await (await fetch(address)).arrayBuffer();
  const start = 4 + new Uint32Array(file, 0, 1)[0]!;
  const text = new TextDecoder().decode(new Uint8Array(file, 4, start - 4));
  const { version, stores } = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const {
      $,
      from,
      length,
      type = '',
    } = value as { $: string; from: number; length: number; type?: string };
    const buffer = file.slice(start + from, start + from + length);
    if ($ === 'Blob') return new Blob([buffer], { type });
    return $ === 'ArrayBuffer' ? buffer : new types[$ as 'Uint8Array'](buffer);
  }) as StoredDatabase;
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('picsift', version);
    opening.onerror = () => reject(opening.error);
    opening.onupgradeneeded = () => {
      for (const { name, keyPath } of stores) opening.result.createObjectStore(name, { keyPath });
    };
    opening.onsuccess = () => {
      const database = opening.result;
      const transaction = database.transaction(
        stores.map(({ name }) => name),
        'readwrite',
      );
      for (const { name, keyPath, keys, values } of stores) {
        const store = transaction.objectStore(name);
        for (const [index, value] of values.entries()) {
          if (keyPath === null) store.put(value, keys[index] as IDBValidKey);
          else store.put(value);
        }
      }
      transaction.oncomplete = () => {
        database.close();
        resolve();
      };
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

/**
 * A `StoredDatabase` as one file: length of what follows (32 bits), JSON in which bytes are {$: type, from, length}, and
 * these bytes. It is read a hundred times, so it must be read fast.
 *
 * @param text of `readDatabase`
 */
export function packed(text: string): Buffer {
  const parts: Buffer[] = [];
  let end = 0;
  const database = JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const { bytes, ...rest } = value as { $: string; bytes: string };
    const part = Buffer.from(bytes, 'base64');
    const place = { ...rest, from: end, length: part.length };
    parts.push(part);
    end += part.length;
    return place;
  });
  const header = Buffer.from(JSON.stringify(database));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...parts]);
}

export function unpacked(file: Buffer): StoredDatabase {
  const start = 4 + file.readUInt32LE(0);
  return JSON.parse(file.toString('utf8', 4, start), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$' in value)) return value;
    const { $, from, length } = value as { $: string; from: number; length: number };
    const { buffer } = new Uint8Array(file.subarray(start + from, start + from + length));
    if ($ === 'Uint32Array') return new Uint32Array(buffer);
    return $ === 'Uint8Array' ? new Uint8Array(buffer) : buffer;
  }) as StoredDatabase;
}
