import { type RefObject, useEffect } from 'react';

/** What an A4 page holds within its margins, CSS pixels. */
const page = { width: 700, height: 1000 };
const smallest = 0.2;

/** While the page is printed, the figures are laid out for one A4 page, as much smaller as that takes. */
export function usePaper(report: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { classList } = document.documentElement;
    const fit = () => {
      const element = report.current;
      if (element === null) return;
      classList.add('on-paper');
      const fits = (zoom: number) => {
        element.style.setProperty('--paper-zoom', String(zoom));
        element.style.setProperty('--paper-width', `${page.width / zoom}px`);
        return element.getBoundingClientRect().height <= page.height;
      };
      let [low, high] = [smallest, 1];
      if (fits(high)) return;
      for (let step = 0; step < 7; step++) {
        const zoom = (low + high) / 2;
        if (fits(zoom)) low = zoom;
        else high = zoom;
      }
      fits(low);
    };
    const back = () => classList.remove('on-paper');
    addEventListener('beforeprint', fit);
    addEventListener('afterprint', back);
    return () => {
      removeEventListener('beforeprint', fit);
      removeEventListener('afterprint', back);
      back();
    };
  }, [report]);
}
