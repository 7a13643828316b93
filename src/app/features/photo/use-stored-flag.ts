import { useState } from 'react';

/** A yes or no that is remembered in this browser, where it allows that. */
export function useStoredFlag(key: string, initial: boolean): [boolean, (value: boolean) => void] {
  const [flag, setFlag] = useState(() => {
    try {
      const stored = localStorage.getItem(key);
      return stored === null ? initial : stored === 'yes';
    } catch {
      return initial;
    }
  });
  return [
    flag,
    (value) => {
      setFlag(value);
      try {
        localStorage.setItem(key, value ? 'yes' : 'no');
      } catch {
        // Then it holds until the page is closed.
      }
    },
  ];
}
