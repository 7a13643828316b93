/** What a chart's look is made of; styles of the page do not reach into a file. */
const looks = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-size',
  'font-family',
  'text-anchor',
];
/** Pixels of a PNG per CSS pixel, where a canvas can be so large. */
const density = 2;
/** What a canvas has in every browser on a computer: a larger one comes out empty. */
const mostPixels = 2 ** 26;
const longestSide = 2 ** 14;

/** Pixels of a PNG of such a size per CSS pixel. */
export function densityOf(width: number, height: number): number {
  const side = longestSide / Math.max(width, height);
  return Math.min(density, side, Math.sqrt(mostPixels / (width * height)));
}

/** A chart of the page as the text of an SVG file, in the colours on the screen. */
export function chartSvg(chart: SVGSVGElement): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = [chart, ...chart.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, n) => {
    const style = getComputedStyle(original);
    for (const look of looks) copies[n]?.setAttribute(look, style.getPropertyValue(look));
    copies[n]?.removeAttribute('class');
    copies[n]?.removeAttribute('style');
  });
  const { width, height } = chart.getBoundingClientRect();
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

/** The text of an SVG file as a PNG. Rejects when the browser cannot draw it. @param width, height CSS pixels */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = densityOf(width, height);
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) =>
      blob === null ? reject(new Error('the chart could not be drawn')) : resolve(blob),
    );
  });
}
