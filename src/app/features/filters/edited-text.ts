import { useEffect } from 'react';

let listener: ((text: string) => void) | null = null;

/** Puts a text into the search box, to be changed there. */
export function editInSearchBox(text: string): void {
  listener?.(text);
}

/** For the search box: calls `edit` with each text that is to be changed. */
export function useEditedText(edit: (text: string) => void): void {
  useEffect(() => {
    listener = edit;
    return () => {
      listener = null;
    };
  }, [edit]);
}
