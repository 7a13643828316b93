import { useState } from 'react';

/**
 * A choice that this browser remembers. `read`: stored text -> value; whatever is missing or malformed takes its default.
 */
export function useRemembered<Value>(
  key: string,
  read: (text: string | null) => Value,
): [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => {
    try {
      return read(localStorage.getItem(key));
    } catch {
      return read(null);
    }
  });
  const change = (next: Value) => {
    setValue(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage may be switched off: then the choice lasts until the tab is closed.
    }
  };
  return [value, change];
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
