import { type RefObject, useEffect, useState } from 'react';

/** So many are drawn at first, and at a time: what a large screen shows three times over. */
const step = 72;
/** More are drawn when one of so many last ones comes into sight: who jumps to the end passes over the others. */
const ahead = 24;

/**
 * The first of many items of a list, and more of them as the last ones come into sight: hundreds that change places at once
 * would take longer to draw than a person waits for.
 *
 * @param least so many are drawn in any case
 */
export function useDrawn<Item>(
  list: RefObject<HTMLElement | null>,
  items: readonly Item[],
  least: number,
): readonly Item[] {
  const [asked, setCount] = useState(step);
  const count = Math.max(asked, least);
  useEffect(() => {
    if (items.length <= count) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setCount(count + step);
    });
    for (const last of [...(list.current?.children ?? [])].slice(-ahead)) observer.observe(last);
    return () => observer.disconnect();
  }, [list, items, count]);
  return items.length > count ? items.slice(0, count) : items;
}
