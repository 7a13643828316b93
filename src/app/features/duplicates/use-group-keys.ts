import type { KeyboardEvent } from 'react';
import { useMemo, useRef } from 'react';
import type { DuplicateActions } from './use-duplicate-actions.ts';
import type { DuplicateGroup } from './use-duplicate-groups.ts';
import type { GroupLook } from './use-group-look.ts';
import { fitted, panBy, zoomBy, zoomFactor } from './use-locked-zoom.ts';

export interface GroupCommands {
  /** This one stays, all others of the group that are open go. */
  keep(index: number): void;
  /** This one goes, for the one it is compared with, else for another that is open. */
  remove(index: number): void;
  /** About the two that are compared, whatever else is in the group. */
  keepBoth(): void;
  notRelated(): void;
  /** About all of the group that are open. */
  keepAll(): void;
  noneRelated(): void;
  /** What was decided to go of the group is open again. */
  reopen(): void;
}

interface GroupKeys {
  readonly group: DuplicateGroup;
  readonly look: GroupLook;
  readonly current: number;
  readonly canDecide: boolean;
  readonly actions: DuplicateActions;
  readonly show: (index: number) => void;
  readonly decided: (work: Promise<void>) => Promise<void>;
}

/** The keys of a group, one meaning each; they work while the focus is in the list or the group. */
export const groupKeys = {
  keep: 'k',
  remove: 'x',
  keepBoth: 'o',
  notRelated: 'n',
  keepAll: 'Shift+O',
  noneRelated: 'Shift+N',
  first: 'c',
  reopen: 'u',
} as const;

/** Of a frame. */
const panStep = 0.15;

function isRadio(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === 'radio';
}

function isField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
}

/** What scrolls keeps the arrows. */
function isScroller(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.classList.contains('differences');
}

/** Held down they would decide on the next group, too. */
const decidingKeys: ReadonlySet<string> = new Set([
  groupKeys.keep,
  groupKeys.remove,
  groupKeys.keepBoth,
  groupKeys.notRelated,
  groupKeys.reopen,
]);

/** Commands about the group that is looked at, and the keys for them. */
export function useGroupKeys(parts: GroupKeys): {
  commands: GroupCommands;
  onKeyDown: (event: KeyboardEvent) => void;
} {
  const { group, look, current, canDecide, actions, show, decided } = parts;
  const { active, first, second } = look;
  /** A decision is under way: the group that is shown is about to change. */
  const isDeciding = useRef(false);
  const commands = useMemo((): GroupCommands => {
    const open = group.photos.filter(({ state }) => state !== 'removed').map(({ id }) => id);
    const pair = [first.id, second.id].filter((id) => open.includes(id));
    const take = (work: () => Promise<void>) => {
      if (!canDecide || isDeciding.current) return;
      isDeciding.current = true;
      const done = work().finally(() => {
        isDeciding.current = false;
      });
      void decided(done);
    };
    const decide = (kind: 'keep' | 'alternates' | 'not-related', photos: typeof open) => {
      if (photos.length > 1) take(() => actions.decide({ kind, photos }));
    };
    return {
      keep: (index) => {
        const { id } = group.photos[index]!;
        if (open.includes(id)) decide('keep', [id, ...open.filter((other) => other !== id)]);
      },
      remove: (index) => {
        const { id } = group.photos[index]!;
        const stays = [...pair, ...open].find((other) => other !== id);
        if (open.includes(id) && stays !== undefined) decide('keep', [stays, id]);
      },
      keepBoth: () => decide('alternates', pair),
      notRelated: () => decide('not-related', pair),
      keepAll: () => decide('alternates', open),
      noneRelated: () => decide('not-related', open),
      reopen: () => {
        const going = group.photos.filter(({ state }) => state === 'removed').map(({ id }) => id);
        if (going.length > 0) take(() => actions.reopen(going));
      },
    };
  }, [group, first, second, canDecide, actions, decided]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.nativeEvent.isComposing) return;
    const key = event.key.toLowerCase();
    // Radio buttons keep the arrows; they need no letters.
    const keepsArrows = isRadio(event.target) || isScroller(event.target);
    if (keepsArrows ? key.startsWith('arrow') : isField(event.target)) return;
    if (event.ctrlKey || event.metaKey) return;
    const pan = (x: number, y: number) => () => look.changeZoom((zoom) => panBy(zoom, x, y));
    const pans: Readonly<Record<string, () => void>> = {
      arrowdown: pan(0, -panStep),
      arrowup: pan(0, panStep),
      arrowright: pan(-panStep, 0),
      arrowleft: pan(panStep, 0),
    };
    const steps: Readonly<Record<string, () => void>> = {
      arrowdown: () => show(current + 1),
      arrowup: () => show(current - 1),
      arrowright: () => look.setActive(Math.min(group.photos.length - 1, active + 1)),
      arrowleft: () => look.setActive(Math.max(0, active - 1)),
      a: () => look.show('a'),
      b: () => look.show('b'),
      s: () => look.setMode('side'),
      d: () => look.setMode('difference'),
      '+': () => look.changeZoom((zoom) => zoomBy(zoom, zoomFactor)),
      '=': () => look.changeZoom((zoom) => zoomBy(zoom, zoomFactor)),
      '-': () => look.changeZoom((zoom) => zoomBy(zoom, 1 / zoomFactor)),
      '0': () => look.changeZoom(() => fitted),
      [groupKeys.keep]: () => commands.keep(active),
      [groupKeys.remove]: () => commands.remove(active),
      [groupKeys.keepBoth]: commands.keepBoth,
      [groupKeys.notRelated]: commands.notRelated,
      [groupKeys.first]: () => look.setFirst(active),
      [groupKeys.reopen]: commands.reopen,
    };
    const shifted: Readonly<Record<string, () => void>> = {
      ...pans,
      [groupKeys.keepBoth]: commands.keepAll,
      [groupKeys.notRelated]: commands.noneRelated,
    };
    const step = (event.shiftKey ? shifted[key] : undefined) ?? steps[key];
    if (step === undefined) return;
    const isHeld = event.repeat && decidingKeys.has(key);
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    if (!isHeld) step();
  };
  return { commands, onKeyDown };
}
