import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { english } from './en/index.ts';
import { later as englishLater } from './en/later.ts';
import { chinese } from './zh/index.ts';
import { later as chineseLater } from './zh/later.ts';

interface Texts {
  readonly [key: string]: string | Texts;
}

/** Every text by its dotted key. */
function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

function variables(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? '').sort();
}

/** All code of the page, tests and the texts themselves aside. */
function code(): string {
  const app = fileURLToPath(new URL('../', import.meta.url));
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|i18n.(en|zh)\W/.test(name))
    .map((name) => readFileSync(join(app, name), 'utf8'))
    .join('\n');
}

/** What is there before a screen is opened that brings its texts along (`withTexts`), by file. */
function firstFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const waiting = [fileURLToPath(new URL('../../main.tsx', import.meta.url))];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file) || !existsSync(file) || /i18n.(en|zh)\W/.test(file)) continue;
    const source = readFileSync(file, 'utf8');
    files.set(file, source);
    const statics = source.matchAll(/^(?:import|export) (?!type)[^;=]*?'(\.[^'?]+\.tsx?)'/gm);
    const lazies = source.matchAll(/(?<!withTexts\()import\('(\.[^']+)'\)/g);
    for (const [, name] of [...statics, ...lazies]) waiting.push(join(dirname(file), name!));
  }
  return files;
}

const en = flatten({ ...english, ...englishLater } as Texts);
const zh = flatten({ ...chinese, ...chineseLater } as Texts);

describe('texts', () => {
  it('has every English text in Chinese, and no other; Chinese has no singular form', () => {
    const expected = [...en.keys()].filter((key) => !key.endsWith('_one')).sort();
    expect([...zh.keys()].sort()).toEqual(expected);
  });

  it('has both forms of every English plural', () => {
    for (const key of en.keys()) {
      if (key.endsWith('_one')) expect(en.has(key.replace(/_one$/, '_other')), key).toBe(true);
      if (key.endsWith('_other')) expect(en.has(key.replace(/_other$/, '_one')), key).toBe(true);
    }
  });

  it('uses the same variables in both languages', () => {
    for (const [key, text] of zh) expect(variables(text), key).toEqual(variables(en.get(key) ?? ''));
  });

  it('has no empty text and no stray space', () => {
    for (const [key, text] of [...en, ...zh]) {
      expect(text, key).not.toBe('');
      expect(text, key).toBe(text.trim());
    }
  });

  it('has no text that nothing shows', () => {
    const all = code();
    // What a name is put together from at run time counts as used: `errors.failure.${code}`.
    const prefixes = [...all.matchAll(/[`'"]((?:\w+\.)+\w*)\$\{/g)].map((match) => match[1]!);
    const used = new Set([...all.matchAll(/[`'"]([\w.-]+)(?=[`'"])/g)].map((match) => match[1]!));
    const unused = [...en.keys()]
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !used.has(key))
      .filter((key) => !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('needs no text before it is loaded', () => {
    const later = new Set(Object.keys(englishLater));
    const files = firstFiles();
    expect(files.size).toBeGreaterThan(100);
    const early = [...files].flatMap(([file, source]) =>
      [...source.matchAll(/['`](\w+)\.\w+/g)].flatMap(([text, part]) =>
        later.has(part!) ? `${file}: ${text}` : [],
      ),
    );
    expect(early).toEqual([]);
  });

  it('has Chinese in Chinese texts, variables and names aside', () => {
    for (const [key, text] of zh) {
      const words = text.replaceAll(/\{\{[^}]*\}\}/g, '').replaceAll(/Picsift|WebGPU|Ctrl\+\w/g, '');
      if (/[a-z]{2,}/i.test(words)) expect(/\p{Script=Han}/u.test(words), `${key}: ${text}`).toBe(true);
    }
  });
});
