import { type Cell, formatCell, parseCell } from '../../core/evaluation/cell.ts';
import type { PartWeights } from '../../core/image/part-scores.ts';
import type { ColourRule } from '../../core/image/product-score.ts';
import type { Region } from '../../core/image/region.ts';
import type { LinkedPhoto } from '../../core/library/linked-photos.ts';
import type { PhotoId } from '../../core/library/photo.ts';
import type { PhotoQuery, SortKey } from '../../core/library/photo-query.ts';
import {
  type Alternative,
  formatAlternative,
  joinedAlternatives,
  parseAlternative,
} from '../../core/search/alternative.ts';
import {
  type Exclusion,
  formatExclusion,
  joinedExclusions,
  parseExclusion,
} from '../../core/search/exclusion.ts';
import { dayOf } from '../../core/search/typed-dates.ts';
import { formatItems, formatRegion, type LikeItem, parseItems, parseRegion } from './like-items.ts';
import { formatLinked, parseLinked } from './linked-items.ts';
import { type ScreenId, screens } from './screens.ts';

/** [Note: Fragment] What the person looks at is in the URL's fragment, never in its path or query, which hosts log. */
export interface FragmentState {
  readonly screen: ScreenId;
  /** The label set that a screen is about; null for none in particular. */
  readonly set: number | null;
  readonly text: string;
  readonly folder: string;
  /** Only photos that carry a label of each of these label sets. */
  readonly inSets: readonly number[];
  /** Only photos that the person likes. */
  readonly favourites: boolean;
  /** Label ids (text), so that a link outlives a change of model. */
  readonly allOf: readonly string[];
  readonly anyOf: readonly string[];
  /** More alternatives: of each, at least one. */
  readonly alternatives: readonly (readonly string[])[];
  /** Alternatives that are not tags alone. */
  readonly either: readonly (readonly Alternative[])[];
  readonly noneOf: readonly string[];
  /** Capture date YYYY-MM-DD, both inclusive; null for open. */
  readonly from: string | null;
  readonly to: string | null;
  /** Folders, label sets and days that photos must not be of. */
  readonly excluded: readonly Exclusion[];
  readonly show: PhotoQuery['show'];
  readonly sort: SortKey;
  readonly descending: boolean;
  /**
   * Only these photos, as `formatIds` writes them: what was selected when figures of it were asked for, or those of a thing;
   * null: any.
   */
  readonly only: string | null;
  /** Only the photos behind that figure ([Note: Cells]). */
  readonly cell: Cell | null;
  /** Which photos are judged. */
  readonly scope: FiguresScope;
  /** The part of the figures that is in sight, and the label (text id) that is looked at closely. */
  readonly part: FiguresPart;
  readonly label: string | null;
  /** The open photo. */
  readonly photo: PhotoId | null;
  /** The similar view: of a photo, of a file that was dropped on the search box, or of what is in the tray. */
  readonly similar: PhotoId | 'file' | 'tray' | null;
  /** What counts as a match there. */
  readonly match: MatchMode;
  /** What colours are to a product. */
  readonly colour: ColourRule;
  /** What each part weighs in the order of similar photos; null: content alone counts. */
  readonly mix: PartWeights | null;
  /** How the answer is ordered. */
  readonly by: HitOrder;
  /** The part of that photo or file that is meant; null: all of it. */
  readonly region: Region | null;
  /** The tray: what results are to be like or unlike besides. */
  readonly like: readonly LikeItem[];
  /** What the files of the photos hold that are named above ([Note: Linked photos]), as far as that is known. */
  readonly linked: readonly LinkedPhoto[];
  /** What is open on top of the screen or in it: `region`, where the part of a photo is chosen. */
  readonly panel: (typeof panels)[number] | null;
}

const figuresParts = ['labels', 'pairs', 'errors', 'changes'] as const;
export type FiguresPart = (typeof figuresParts)[number];

/** `filter`: those that meet the conditions of the fragment; `train`, `validation`: on that side of the person's split. */
const figuresScopes = ['all', 'filter', 'train', 'validation'] as const;
export type FiguresScope = (typeof figuresScopes)[number];

export const emptyFragment: FragmentState = {
  screen: 'photos',
  set: null,
  text: '',
  folder: '',
  inSets: [],
  favourites: false,
  allOf: [],
  anyOf: [],
  alternatives: [],
  either: [],
  noneOf: [],
  from: null,
  to: null,
  excluded: [],
  show: 'present',
  sort: 'captured',
  descending: true,
  only: null,
  cell: null,
  scope: 'all',
  part: 'labels',
  label: null,
  photo: null,
  similar: null,
  match: 'similar',
  colour: 'counts',
  mix: null,
  by: 'score',
  region: null,
  like: [],
  linked: [],
  panel: null,
};

/** `strict`: the same picture, to the pixel. */
const matchModes = ['similar', 'same', 'strict', 'product'] as const;
export type MatchMode = (typeof matchModes)[number];

/** `score`: the likest first; `date`: the newest first. */
export type HitOrder = 'score' | 'date';

const colourRules: readonly ColourRule[] = ['counts', 'ignored', 'required'];
const panels = ['settings', 'region', 'camera', 'catalogue'] as const;
const sortKeys: readonly SortKey[] = ['captured', 'imported', 'name', 'size'];

/** The photos that a fragment names, each once. */
export function photosInLink({ photo, similar, like }: FragmentState): readonly PhotoId[] {
  const liked = like.flatMap((item) => (item.kind === 'photo' ? item.id : []));
  const ids = [typeof similar === 'number' ? similar : null, ...liked, photo];
  return [...new Set(ids)].filter((id) => id !== null);
}

/** A number from 1 up of a fragment's text; null if it is none. */
function numberOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}

/** A label set's number; 0 is the built-in set. */
function setOf(text: string | null): number | null {
  return text === '0' ? 0 : numberOf(text);
}

function photoIdOf(text: string | null): PhotoId | null {
  return numberOf(text) as PhotoId | null;
}

function listOf(text: string | null): readonly string[] {
  return text === null || text === '' ? [] : [...new Set(text.split(','))].map(decodeURIComponent);
}

/** Nothing where one of them cannot be read: without it the others would ask for something else. */
function alternativesOf(texts: readonly string[]): [] | [readonly Alternative[]] {
  const group = texts.map(parseAlternative);
  return group.includes(null) ? [] : [group as readonly Alternative[]];
}

/** Weights as `content,type,colour,layout`; null for any other text, and where content alone counts. */
function parseMix(text: string | null): PartWeights | null {
  const parts = (text ?? '').split(',');
  if (parts.length !== 4 || !parts.every((part) => /^(100|\d{1,2})$/.test(part))) return null;
  const [content, type, colour, layout] = parts.map(Number) as [number, number, number, number];
  return type + colour + layout === 0 ? null : { content, type, colour, layout };
}

function formatMix({ content, type, colour, layout }: PartWeights): string {
  return [content, type, colour, layout].join();
}

/** Reads a fragment; whatever is malformed falls back to its default, since people edit and paste links. */
export function parseFragment(fragment: string): FragmentState {
  const [, path, rest] = /^#?\/?([a-z]*)(?:\?|$)(.*)/s.exec(fragment) ?? [
    '',
    '',
    fragment.replace(/^#\/?\??/, ''),
  ];
  const parameters = new URLSearchParams(rest);
  const get = (name: string) => parameters.get(name);
  const list = (name: string) => {
    try {
      return listOf(get(name));
    } catch {
      return []; // a stray % in an edited link
    }
  };
  const groups = (name: string) => {
    try {
      return (get(name) ?? '')
        .split(';')
        .map(listOf)
        .filter(({ length }) => length > 1);
    } catch {
      return [];
    }
  };
  const sort = sortKeys.find((key) => key === get('sort')) ?? emptyFragment.sort;
  const show = get('show');
  const order = get('order');
  const similar = get('similar');
  return {
    screen: screens.find(({ id }) => id === path)?.id ?? emptyFragment.screen,
    set: setOf(get('set')),
    text: get('q') ?? '',
    folder: get('folder') ?? '',
    inSets: [...new Set(list('sets').flatMap((text) => numberOf(text) ?? []))],
    favourites: get('favourites') === '1',
    allOf: list('all'),
    anyOf: list('any'),
    alternatives: groups('or'),
    either: joinedAlternatives(groups('either').flatMap(alternativesOf)),
    noneOf: list('none'),
    from: dayOf(get('from')),
    to: dayOf(get('to')),
    excluded: joinedExclusions(list('not').flatMap((text) => parseExclusion(text) ?? [])),
    show: show === 'missing' || show === 'failed' || show === 'removed' ? show : 'present',
    sort,
    descending: order === 'up' ? false : order === 'down' ? true : sort !== 'name',
    only: get('only') || null,
    cell: parseCell(get('cell') ?? ''),
    scope: figuresScopes.find((scope) => scope === get('scope')) ?? emptyFragment.scope,
    part: figuresParts.find((part) => part === get('part')) ?? emptyFragment.part,
    label: get('label') || null,
    photo: photoIdOf(get('photo')),
    similar: similar === 'file' || similar === 'tray' ? similar : photoIdOf(similar),
    match: matchModes.find((mode) => mode === get('match')) ?? emptyFragment.match,
    mix: parseMix(get('mix')),
    by: get('by') === 'date' ? 'date' : 'score',
    colour: colourRules.find((rule) => rule === get('colour')) ?? emptyFragment.colour,
    region: parseRegion(get('region')),
    like: parseItems(get('like')),
    linked: parseLinked(get('as')),
    panel: panels.find((panel) => panel === get('panel')) ?? null,
  };
}

/** The shortest fragment that `parseFragment` reads as `state`. */
export function formatFragment(state: FragmentState): string {
  const parameters = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null && value !== '') parameters.set(name, value);
  };
  const list = (values: readonly string[]) => values.map(encodeURIComponent).join(',');
  put('q', state.text);
  put('folder', state.folder);
  put('sets', state.inSets.join(','));
  put('favourites', state.favourites ? '1' : null);
  put('all', list(state.allOf));
  put('any', list(state.anyOf));
  put('or', state.alternatives.map(list).join(';'));
  put('either', state.either.map((group) => list(group.map(formatAlternative))).join(';'));
  put('none', list(state.noneOf));
  put('from', state.from);
  put('to', state.to);
  put('not', list(state.excluded.map(formatExclusion)));
  if (state.show !== 'present') put('show', state.show);
  if (state.sort !== emptyFragment.sort) put('sort', state.sort);
  if (state.descending !== (state.sort !== 'name')) put('order', state.descending ? 'down' : 'up');
  put('only', state.only);
  if (state.scope !== emptyFragment.scope) put('scope', state.scope);
  put('cell', state.cell === null ? null : formatCell(state.cell));
  if (state.part !== emptyFragment.part) put('part', state.part);
  put('label', state.label);
  put('photo', state.photo === null ? null : String(state.photo));
  put('similar', state.similar === null ? null : String(state.similar));
  // It says something of a search only.
  if (state.similar !== null) {
    if (state.match !== emptyFragment.match) put('match', state.match);
    if (state.colour !== emptyFragment.colour) put('colour', state.colour);
    put('mix', state.mix === null ? null : formatMix(state.mix));
    if (state.by !== emptyFragment.by) put('by', state.by);
  }
  put('region', state.region === null ? null : formatRegion(state.region));
  put('like', formatItems(state.like));
  const named = photosInLink(state);
  put('as', formatLinked(state.linked.filter(({ id }) => named.includes(id))));
  put('panel', state.panel);
  put('set', state.set === null ? null : String(state.set));
  const text = parameters.toString();
  const path = state.screen === 'photos' ? '' : state.screen;
  return path === '' && text === '' ? '' : `#/${path}${text === '' ? '' : `?${text}`}`;
}
