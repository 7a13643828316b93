// @ts-check
/**
 * Makes the PNG icons of public/icons from icon.svg, in Chromium. To be run by hand when the drawing changes.
 *
 *   node scripts/draw-icons.mjs
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from './chromium.mjs';

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url));
const drawing = await readFile(`${folder}icon.svg`, 'utf8');

/** The ground fills the whole square, the mark stays in the circle of 80 % that every mask leaves. */
const maskable = drawing
  .replace(/(<rect id="tile"[^>]*) rx="116"/, '$1')
  .replace('<g id="mark">', '<g id="mark" transform="translate(256 256) scale(.86) translate(-256 -266)">');
/** iOS rounds the corners itself. */
const square = drawing.replace(/(<rect id="tile"[^>]*) rx="116"/, '$1');

const browser = await chromium.launch(await launchOptions());
const page = await browser.newPage();
for (const [name, svg, size] of /** @type {const} */ ([
  ['icon-192.png', drawing, 192],
  ['icon-512.png', drawing, 512],
  ['maskable-512.png', maskable, 512],
  ['apple-touch-icon.png', square, 180],
])) {
  await page.setViewportSize({ width: size, height: size });
  const source = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await page.setContent(`<style>body{margin:0}img{display:block;width:100vw}</style><img src="${source}">`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await writeFile(`${folder}${name}`, await page.screenshot({ omitBackground: true }));
  console.log(name);
}
await browser.close();
