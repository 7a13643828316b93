import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** All text of the page's files that are called so. */
function filesOf(pattern: RegExp): string {
  const app = fileURLToPath(new URL('../', import.meta.url));
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !name.includes('.test.'))
    .map((name) => readFileSync(join(app, name), 'utf8'))
    .join('\n');
}

const code = filesOf(/\.tsx?$/);
const words = new Set(code.match(/[a-z_][\w-]*/gi));
const styles = filesOf(/\.css$/).replaceAll(/\/\*.*?\*\//gs, '');

const styled = new Set([...styles.matchAll(/\.([a-z_][\w-]*)/gi)].map((match) => match[1]!));
/** What names are put together from at run time: `button--${size}`. */
const prefixes = new Set([...code.matchAll(/([a-z][\w-]*--?)\$\{/gi)].map((match) => match[1]!));

/** The text up to the brace that ends what begins at `start`. */
function inBraces(text: string, start: number): string {
  let depth = 1;
  let end = start;
  while (depth > 0 && end < text.length) {
    if (text[end] === '{') depth++;
    else if (text[end] === '}') depth--;
    end++;
  }
  return text.slice(start, end - 1);
}

/** Names in `className="..."` and in the strings of `className={...}`, those that are compared with aside. */
function usedNames(): Set<string> {
  const used = new Set<string>();
  const add = (text: string) => {
    for (const name of text.split(/\s+/)) if (/^[a-z][\w-]*$/i.test(name)) used.add(name);
  };
  for (const { index } of code.matchAll(/className=/g)) {
    const value = code.slice(index + 'className='.length);
    if (value.startsWith('"')) add(value.slice(1, value.indexOf('"', 1)));
    if (!value.startsWith('{')) continue;
    const expression = inBraces(value, 1).replaceAll(/[!=]== ('[^']*'|null)/g, '');
    for (const match of expression.matchAll(/'([^']*)'/g)) add(match[1]!);
    for (const match of expression.matchAll(/`([^`]*)`/g)) {
      add(match[1]!.replaceAll(/\S*\$\{[^}]*\}\S*/g, ' '));
    }
  }
  return used;
}

describe('class names', () => {
  it('have a style each', () => {
    const used = usedNames();
    expect(used.size).toBeGreaterThan(400);
    expect([...used].filter((name) => !styled.has(name))).toEqual([]);
  });

  it('of styles are used', () => {
    const unused = [...styled]
      .filter((name) => !words.has(name))
      .filter((name) => ![...prefixes].some((prefix) => name.startsWith(prefix)));
    expect(unused).toEqual([]);
  });
});
