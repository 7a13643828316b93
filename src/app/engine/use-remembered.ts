import { useState } from 'react';
import { storedText, storeText } from './stored-text.ts';

/**
 * A choice that this browser remembers.
 *
 * @param read stored text -> value; whatever is missing or malformed takes its default
 */
export function useRemembered<Value>(
  key: string,
  read: (text: string | null) => Value,
  write: (value: Value) => string = JSON.stringify,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => read(storedText(key)));
  const change = (next: Value) => {
    setValue(next);
    storeText(key, write(next));
  };
  return [value, change];
}

/** A yes or no that this browser remembers. */
export function useStoredFlag(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  return useRemembered(
    key,
    (text) => (text === null ? initial : text === 'yes'),
    (value) => (value ? 'yes' : 'no'),
  );
}

/** Stored text -> the object that it is; {} for anything else. */
export function storedObject(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // written by something else
  }
}
