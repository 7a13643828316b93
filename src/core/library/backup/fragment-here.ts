import { formatCell, modelSet, parseCell } from '../../evaluation/cell.ts';
import { groupOfWhole, type Run } from '../../evaluation/run.ts';
import { formatIds, parseIds } from '../id-list.ts';
import type { RestoreContext } from './restore-context.ts';

type Numbers = Pick<RestoreContext, 'photos' | 'sets' | 'labels' | 'versions' | 'catalogue'>;

/** A part of what is looked for is neither here nor in the backup. */
class Lost extends Error {}

/**
 * A saved search of the backup, with the photos, sets and labels that it names as they are numbered here; null: something
 * that it names is lost. What is no part of a link stays as it is.
 */
export function fragmentHere(fragment: string, context: Numbers): string | null {
  const start = fragment.indexOf('?') + 1;
  try {
    const parameters = fragment.slice(start).split('&');
    return fragment.slice(0, start) + parameters.map((one) => parameterHere(one, context)).join('&');
  } catch (error) {
    if (error instanceof Lost) return null;
    if (error instanceof URIError) return fragment; // a stray % in an edited link
    throw error;
  }
}

function parameterHere(parameter: string, context: Numbers): string {
  const at = parameter.indexOf('=');
  const name = parameter.slice(0, at);
  const text = decodeURIComponent(parameter.slice(at + 1).replaceAll('+', ' '));
  const here = at === -1 ? text : valueHere(name, text, context);
  return here === text ? parameter : `${name}=${encodeURIComponent(here)}`;
}

function valueHere(name: string, text: string, context: Numbers): string {
  if (text === '') return text;
  const each = (change: (part: string) => string) => text.split(',').map(change).join(',');
  const labelsHere = (ids: string) =>
    ids
      .split(',')
      .map((id) => encodeURIComponent(labelHere(decodeURIComponent(id), context)))
      .join(',');
  switch (name) {
    case 'photo':
    case 'similar':
      return photoHere(text, context);
    case 'like':
      return each((item) => itemHere(item, context));
    case 'set':
    case 'sets':
      return each((set) => setHere(set, context));
    case 'not':
      return each((one) => (one.startsWith('set.') ? `set.${setHere(one.slice(4), context)}` : one));
    case 'all':
    case 'any':
    case 'none':
      return labelsHere(text);
    case 'or':
      return text.split(';').map(labelsHere).join(';');
    case 'only':
      return onlyHere(text, context);
    case 'cell':
      return cellHere(text, context);
    default:
      return text;
  }
}

function photoHere(text: string, { photos }: Numbers): string {
  return /^\d+$/.test(text) ? String(found(photos.get(Number(text)))) : text;
}

function onlyHere(text: string, { photos }: Numbers): string {
  const ids = parseIds(text);
  if (ids === null) return text;
  const here: number[] = [];
  for (const [there, id] of photos) if (ids.has(there)) here.push(id);
  if (here.length === 0) throw new Lost();
  return formatIds(here);
}

function setHere(text: string, { sets }: Numbers): string {
  return /^\d+$/.test(text) ? String(found(sets.get(Number(text))).id) : text;
}

/** By its text id, which is another one here where two sets have labels of the same name. */
function labelHere(id: string, { labels, catalogue }: Numbers): string {
  const number = labels.get(id) ?? catalogue.labels.byId(id)?.number;
  // Of a dry run new labels are not here.
  return catalogue.labels.get(found(number))?.id ?? id;
}

/** `12*-0.5` or `t.dog*1`: a photo or a label, and its weight. */
function itemHere(item: string, context: Numbers): string {
  const [subject = '', ...weight] = item.split('*');
  if (!subject.startsWith('t.')) return [photoHere(subject, context), ...weight].join('*');
  const label = labelHere(decodeURIComponent(subject.slice(2)), context);
  return [`t.${encodeURIComponent(label).replaceAll('*', '%2A')}`, ...weight].join('*');
}

function cellHere(text: string, context: Numbers): string {
  const cell = parseCell(text);
  if (cell === null) return text;
  const set = cell.set === modelSet ? modelSet : setHere(cell.set, context);
  const isLabel = cell.label !== '' && groupOfWhole(cell.label) === null;
  const label = isLabel ? labelHere(cell.label, context) : cell.label;
  if ('before' in cell) {
    const [before, after] = [runHere(cell.before, context), runHere(cell.after, context)];
    return formatCell({ ...cell, set, label, before, after });
  }
  if (!('other' in cell) || cell.other === null) return formatCell({ ...cell, set, label });
  return formatCell({ ...cell, set, label, other: labelHere(cell.other, context) });
}

function runHere(run: Run, context: Numbers): Run {
  if (run.version !== null) return { version: found(context.versions.get(run.version)) };
  if (typeof run.moved === 'number') return run;
  const moved = Object.entries(run.moved).map(([label, at]) => [
    groupOfWhole(label) === null ? labelHere(label, context) : label,
    at,
  ]);
  return { version: null, moved: Object.fromEntries(moved) };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Lost();
  return value;
}
