import { type RefObject, useEffect, useState } from 'react';

/** So many are drawn at first, and at a time: what a large screen shows three times over. */
const step = 72;
/** More are drawn when one comes into sight that is so far from the last. */
const ahead = 24;

/**
 * The first of many items of a list, and more of them as the last ones come into sight: hundreds that change places at once
 * would take longer to draw than a person waits for.
 */
export function useDrawn<Item>(list: RefObject<HTMLElement | null>, items: readonly Item[]): readonly Item[] {
  const [count, setCount] = useState(step);
  useEffect(() => {
    const element = items.length > count ? list.current?.children[count - ahead] : undefined;
    if (element === undefined) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setCount(count + step);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, items, count]);
  return items.length > count ? items.slice(0, count) : items;
}
