import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DuplicateQuery } from '../../../protocol/duplicates.ts';
import { GroupList } from './GroupList.tsx';
import { GroupView } from './GroupView.tsx';
import { SplitOff } from './SplitOff.tsx';
import type { DuplicateActions } from './use-duplicate-actions.ts';
import type { DuplicateGroup } from './use-duplicate-groups.ts';
import { useGroupKeys } from './use-group-keys.ts';
import { useGroupLook } from './use-group-look.ts';
import './groups.css';

/** The groups beside the one that is looked at; all of it by keyboard. */
export function GroupsPane({
  groups,
  query,
  actions,
  canDecide,
  isExact,
}: {
  readonly groups: readonly DuplicateGroup[];
  /** What they are the answer to. */
  readonly query: DuplicateQuery;
  readonly actions: DuplicateActions;
  readonly canDecide: boolean;
  readonly isExact: boolean;
}) {
  const { t } = useTranslation();
  const [current, setCurrent] = useCurrent(groups);
  const view = useRef<HTMLElement>(null);
  const group = groups[current]!;
  const look = useGroupLook(group);
  const show = (index: number) => {
    look.setActive(0);
    setCurrent(Math.max(0, Math.min(groups.length - 1, index)));
  };
  const decided = async (work: Promise<void>) => {
    await work;
    // The button that was pressed may be gone; the keys go on working.
    view.current?.focus();
  };
  useEffect(() => {
    // Nothing else has the focus: the keys work at once.
    if (document.activeElement === document.body) view.current?.focus();
  }, []);
  const showHere = (index: number) => {
    show(index);
    // What has the focus may go with its group or its row of the list; the keys go on working.
    view.current?.focus({ preventScroll: true });
  };
  const keys = useGroupKeys({ group, look, canDecide, actions, show: showHere, current, decided });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of all that is in it
    <div className="groups" onKeyDown={keys.onKeyDown}>
      <GroupList groups={groups} current={current} onShow={show} />
      <GroupView
        ref={view}
        group={group}
        title={t('duplicates.group', { number: current + 1, total: groups.length })}
        look={look}
        isExact={isExact}
        canDecide={canDecide}
        commands={keys.commands}
        onStep={(by) => show(current + by)}
      >
        {!isExact && (
          <SplitOff key={group.key} group={group} groups={groups} query={query} onShow={showHere} />
        )}
      </GroupView>
      <span className="visually-hidden" role="status">
        {t('duplicates.group', { number: current + 1, total: groups.length })}
      </span>
    </div>
  );
}

/**
 * The group that is looked at. A decided one makes way for the next that is open; one that is gone, for what is in its
 * place; one that is open again (a decision was taken back) is shown.
 */
function useCurrent(groups: readonly DuplicateGroup[]): [number, (index: number) => void] {
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      groups.findIndex(({ isDecided }) => !isDecided),
    ),
  );
  const before = useRef(groups);
  useEffect(() => {
    const former = before.current;
    before.current = groups;
    if (former === groups) return;
    const wasOpen = new Set(former.filter(({ isDecided }) => !isDecided).map(({ key }) => key));
    const reopened = groups.findIndex(({ key, isDecided }) => !isDecided && !wasOpen.has(key));
    setCurrent((at) => {
      const here = former[at];
      if (reopened >= 0 && groups.length >= former.length && former.length > 0 && here?.isDecided !== false)
        return reopened;
      const now = groups.findIndex(({ key }) => key === here?.key);
      if (now < 0) return reopened >= 0 && groups.length > former.length ? reopened : clamp(at, groups);
      if (here!.isDecided || !groups[now]!.isDecided) return now;
      const next = groups.findIndex(({ isDecided }, n) => n > now && !isDecided);
      return next >= 0 ? next : now;
    });
  }, [groups]);
  return [clamp(current, groups), setCurrent];
}

function clamp(index: number, groups: readonly DuplicateGroup[]): number {
  return Math.max(0, Math.min(groups.length - 1, index));
}
