import { useCallback, useRef, useState } from 'react';
import { TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useTranslation } from 'react-i18next';
import { isDecided, type Tier, tiers } from '../../../core/dedup/tiers.ts';
import type { DuplicateScope } from '../../../core/library/duplicate-scope.ts';
import { useEnginePart } from '../../engine/hooks.ts';
import { useFormat } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { Conflicts } from './Conflicts.tsx';
import { CutOff, Stuck } from './CutOff.tsx';
import { DecisionsDialog } from './DecisionsDialog.tsx';
import { FileWork } from './FileWork.tsx';
import { GroupsPane } from './GroupsPane.tsx';
import { isComparing } from './is-comparing.ts';
import { PlanDialog } from './PlanDialog.tsx';
import { ScopeDialog } from './ScopeDialog.tsx';
import { ScopeNote } from './ScopeNote.tsx';
import { SearchProgress } from './SearchProgress.tsx';
import { useScope } from './scope-settings.ts';
import { TierTabs } from './TierTabs.tsx';
import { useDuplicateActions } from './use-duplicate-actions.ts';
import { type DuplicateGroups, useDuplicateGroups } from './use-duplicate-groups.ts';
import { useUndoKey } from './use-undo-key.ts';
import './duplicates.css';

/** Groups of photos that are alike: looked at, decided on, cleared up. */
export default function DuplicatesScreen() {
  const [scope, setScope] = useScope();
  return scope === null ? null : <Duplicates scope={scope} setScope={setScope} />;
}

function Duplicates({
  scope,
  setScope,
}: {
  readonly scope: DuplicateScope;
  readonly setScope: (scope: DuplicateScope) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [tier, setTier] = useState<Tier>('exact');
  const [planning, setPlanning] = useState(false);
  const [sensitivity, setSensitivity] = useState(0.5);
  const [dialog, setDialog] = useState<'scope' | 'decisions' | 'conflicts' | null>(null);
  const [found, again] = useDuplicateGroups(tier, sensitivity, scope);
  const [hasOpened, setHasOpened] = useState(false);
  if (!hasOpened && found !== null) {
    setHasOpened(true);
    // Nothing of equal bytes: what is there to be decided comes first.
    const first = tiers.find((one) => isDecided(one) && found.view.counts[one].groups > 0);
    if (first !== undefined) setTier(first);
  }
  const actions = useDuplicateActions(again);
  const references = found?.view.references ?? null;
  const main = useRef<HTMLDivElement>(null);
  const undoHere = useCallback(async () => {
    await actions.undo();
    // The other keys go on from there, once it is drawn.
    requestAnimationFrame(() => main.current?.querySelector<HTMLElement>('.group-view')?.focus());
  }, [actions]);
  useUndoKey(dialog === null && !planning ? undoHere : null);
  const count = (one: Tier) => found?.view.counts[one].groups ?? 0;
  const canPlan = isDecided(tier) && (found === null || count(tier) + found.view.decided.photos > 0);
  return (
    <div className="duplicates" ref={main}>
      <header className="duplicates__head">
        <h1 className="duplicates__title">{t('duplicates.title')}</h1>
        <p className="duplicates__cost">{found !== null && <Cost found={found} tier={tier} />}</p>
        <div className="duplicates__tools">
          <IconButton icon="filter" label={t('duplicates.scope')} onPress={() => setDialog('scope')} />
          <IconButton icon="clock" label={t('duplicates.decisions')} onPress={() => setDialog('decisions')} />
          <Button
            icon="undo"
            isDisabled={found === null || found.view.undo === null}
            onPress={() => void actions.undo()}
          >
            {t('ui.undo')}
          </Button>
          <Button variant="primary" isDisabled={!canPlan} onPress={() => setPlanning(true)}>
            {t('duplicates.dryRun')}
          </Button>
        </div>
      </header>
      <ScopeNote scope={scope} references={references} onChange={setScope} />
      {!planning && <FileWork />}
      {found?.view.cutOff && <CutOff actions={actions} />}
      {found !== null && found.view.stuck > 0 && <Stuck photos={found.view.stuck} actions={actions} />}
      {found !== null && found.view.conflicts.length > 0 && (
        <Conflicts conflicts={found.view.conflicts} onShow={() => setDialog('conflicts')} />
      )}
      <Tabs
        className="duplicates__tabs"
        selectedKey={tier}
        onSelectionChange={(key) => setTier(tiers.find((one) => one === key) ?? 'exact')}
      >
        <TierTabs count={count} />
        <TabPanel key={tier} id={tier} className="duplicates__panel">
          <div className="duplicates__line">
            <p className="duplicates__about">{t(`duplicates.about.${tier}`)}</p>
            {tier !== 'exact' && (
              <span className="duplicates__slider">
                <span aria-hidden="true">{t('duplicates.sensitivity')}</span>
                <Slider
                  label={t('duplicates.sensitivity')}
                  value={sensitivity}
                  min={0}
                  max={1}
                  step={0.05}
                  format={format.percent}
                  onChange={setSensitivity}
                />
              </span>
            )}
          </div>
          <SearchProgress />
          {found !== null &&
            (found.groups.length === 0 ? (
              <NoGroups tier={tier} />
            ) : (
              <GroupsPane
                groups={found.groups}
                query={found.query}
                actions={actions}
                canDecide={isDecided(tier)}
                isExact={tier === 'exact'}
              />
            ))}
        </TabPanel>
      </Tabs>
      {dialog === 'scope' && (
        <ScopeDialog
          scope={scope}
          references={references}
          onChange={setScope}
          onClose={() => setDialog(null)}
        />
      )}
      {(dialog === 'decisions' || dialog === 'conflicts') && (
        <DecisionsDialog
          only={dialog === 'conflicts' ? (found?.view.conflicts ?? []) : null}
          again={again}
          undo={actions.undo}
          onClose={() => setDialog(null)}
        />
      )}
      {planning && isDecided(tier) && (
        <PlanDialog
          tier={tier}
          sensitivity={sensitivity}
          scope={scope}
          decided={found?.view.decided.photos ?? 0}
          actions={actions}
          onClose={() => setPlanning(false)}
        />
      )}
    </div>
  );
}

function Cost({ found, tier }: { readonly found: DuplicateGroups; readonly tier: Tier }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { counts, decided, undo } = found.view;
  const { groups, bytes } = counts[tier];
  return (
    <>
      {isDecided(tier) && groups > 0
        ? t('duplicates.cost', { count: groups, bytes: format.bytes(bytes) })
        : t('duplicates.groups', { count: groups })}
      {decided.photos > 0 &&
        ` · ${t('duplicates.waiting', { count: decided.photos, bytes: format.bytes(decided.bytes) })}`}
      {undo?.deleted !== undefined && ` · ${t('duplicates.undoDeleted', { count: undo.deleted })}`}
    </>
  );
}

function NoGroups({ tier }: { readonly tier: Tier }) {
  const { t } = useTranslation();
  const search = useEnginePart(({ status }) => status.duplicates);
  return isComparing(tier, search) ? (
    <EmptyState icon="clock" title={t('duplicates.noneYet')} text={t('duplicates.noneYetText')} />
  ) : (
    <EmptyState icon="check" title={t('duplicates.none')} text={t('duplicates.noneText')} />
  );
}
