import { type RefObject, startTransition, useLayoutEffect, useRef, useState } from 'react';

/** Width and height in pixels of an element's content box, kept up to date; 0 before it is there. */
export function useContentSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const isKnown = useRef(false);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      if (target.clientWidth === 0) return; // hidden for now: what it was is what it will be
      const style = getComputedStyle(target);
      const width =
        target.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const height = target.clientHeight;
      const show = () =>
        setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
      // With the first size all rows in view are drawn: in slices, not as one long task. Later ones must not lag.
      if (isKnown.current) show();
      else startTransition(show);
      isKnown.current = true;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
