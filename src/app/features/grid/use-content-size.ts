import { type RefObject, useLayoutEffect, useState } from 'react';

/** Width and height in pixels of an element's content box, kept up to date; 0 before it is there. */
export function useContentSize(element: RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => {
      if (target.clientWidth === 0) return; // hidden for now: what it was is what it will be
      const style = getComputedStyle(target);
      const width =
        target.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const height = target.clientHeight;
      setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
