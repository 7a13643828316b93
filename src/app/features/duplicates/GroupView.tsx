import { type ReactNode, type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { CompareBar } from './CompareBar.tsx';
import { CompareStage } from './CompareStage.tsx';
import { Differences } from './Differences.tsx';
import { GroupPhotoCard } from './GroupPhotoCard.tsx';
import type { DuplicateGroup, GroupPhoto } from './use-duplicate-groups.ts';
import { type GroupCommands, groupKeys } from './use-group-keys.ts';
import type { GroupLook } from './use-group-look.ts';
import { WhyMatch } from './WhyMatch.tsx';
import './comparison.css';

/** Of thousands of equal files not all are drawn at once. */
const photosPerStep = 60;

export interface GroupViewProps {
  readonly ref: Ref<HTMLElement>;
  readonly group: DuplicateGroup;
  readonly title: string;
  readonly look: GroupLook;
  readonly canDecide: boolean;
  readonly isExact: boolean;
  readonly commands: GroupCommands;
  readonly onStep: (by: 1 | -1) => void;
  /** What else there is to be told about the group. */
  readonly children: ReactNode;
}

/** The photos of one group beside each other or in one place, what differs, why they match, and what can be decided. */
export function GroupView({
  ref,
  group,
  title,
  look,
  canDecide,
  isExact,
  commands,
  onStep,
  children,
}: GroupViewProps) {
  const { t } = useTranslation();
  const open = group.photos.filter(({ state }) => state !== 'removed').length;
  const { mode, first, second, comparison, zoom, frame } = look;
  const [more, setMore] = useState({ key: group.key, steps: 1 });
  const steps = more.key === group.key ? more.steps : 1;
  const shown = group.photos.slice(0, Math.max(steps * photosPerStep, look.active + 1));
  const equalFilesOf = ({ id }: GroupPhoto) =>
    comparison?.photos.find((one) => one.photo === id)?.equalFiles ?? 0;
  const isPairOpen = first.state !== 'removed' && second.state !== 'removed';
  return (
    <section className="group-view" ref={ref} tabIndex={-1} aria-label={title}>
      <div className="group-view__bar">
        <IconButton
          icon="chevron-left"
          label={t('duplicates.previous')}
          shortcut="↑"
          onPress={() => onStep(-1)}
        />
        <h2 className="group-view__title numeric">{title}</h2>
        <IconButton
          icon="chevron-right"
          label={t('duplicates.next')}
          shortcut="↓"
          onPress={() => onStep(1)}
        />
        <CompareBar mode={mode} onMode={look.setMode} zoom={zoom} onZoom={look.changeZoom} />
        {canDecide && (
          <div className="group-view__choices">
            <Button
              isDisabled={!isPairOpen}
              aria-keyshortcuts={groupKeys.keepBoth}
              onPress={commands.keepBoth}
            >
              {t('duplicates.keepBoth')}
            </Button>
            <Button
              isDisabled={!isPairOpen}
              aria-keyshortcuts={groupKeys.notRelated}
              onPress={commands.notRelated}
            >
              {t('duplicates.notRelated')}
            </Button>
            {open < group.photos.length && (
              <Button icon="undo" aria-keyshortcuts={groupKeys.reopen} onPress={commands.reopen}>
                {t('duplicates.reopen')}
              </Button>
            )}
            {open > 2 && (
              <>
                <Button aria-keyshortcuts={groupKeys.keepAll} onPress={commands.keepAll}>
                  {t('duplicates.keepAll')}
                </Button>
                <Button aria-keyshortcuts={groupKeys.noneRelated} onPress={commands.noneRelated}>
                  {t('duplicates.noneRelated')}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      {mode !== 'side' && (
        <CompareStage
          mode={mode}
          first={first}
          second={second}
          shown={look.shown}
          onShow={look.show}
          match={comparison?.match ?? null}
          zoom={zoom}
          frame={frame}
        />
      )}
      <div className={`group-view__photos ${mode === 'side' ? '' : 'group-view__photos--words'}`}>
        {shown.map((photo, index) => (
          <GroupPhotoCard
            key={photo.id}
            photo={photo}
            letter={photo === first ? 'A' : photo === second ? 'B' : null}
            picture={mode === 'side' ? { zoom, frame, region: look.regionOf(photo) } : null}
            equalFiles={isExact ? 0 : equalFilesOf(photo)}
            isActive={index === look.active}
            canDecide={canDecide && open > 1 && photo.state !== 'removed'}
            onActive={() => look.setActive(index)}
            onKeep={() => commands.keep(index)}
            onRemove={() => commands.remove(index)}
          />
        ))}
      </div>
      {shown.length < group.photos.length && (
        <Button onPress={() => setMore({ key: group.key, steps: steps + 1 })}>
          {t('duplicates.showMore', { left: group.photos.length - shown.length })}
        </Button>
      )}
      {comparison !== null && (
        <>
          <Differences photos={comparison.photos} />
          <WhyMatch comparison={comparison} isExact={isExact} />
        </>
      )}
      {children}
      <p className="group-view__keys">{t(canDecide ? 'duplicates.keys' : 'duplicates.keysLook')}</p>
    </section>
  );
}
