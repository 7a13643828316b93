import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PhotoQuery, PhotoView, SortKey } from '../../../core/library/photo-query.ts';
import { navigate } from '../../engine/fragment.ts';
import { useFormat } from '../../i18n/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LazyDialog } from '../../ui/LazyDialog.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { narrowScreen, useMediaQuery } from '../../ui/use-media-query.ts';
import { type GridSettings, sizeRange } from './grid-settings.ts';

interface ToolbarProps {
  readonly query: PhotoQuery;
  readonly view: PhotoView;
  readonly settings: GridSettings;
  readonly onChange: (change: Partial<GridSettings>) => void;
}

/** What is shown, how many, in which order and how large. */
export function GridToolbar(props: ToolbarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const narrow = useMediaQuery(narrowScreen);
  const [open, setOpen] = useState(false);
  const { query, view } = props;
  const shown = view.ids.length;
  const titles = {
    present: 'grid.titlePresent',
    missing: 'grid.titleMissing',
    failed: 'grid.titleFailed',
    removed: 'grid.titleRemoved',
  } as const;
  return (
    <div className="library-bar">
      <h1 className="library-bar__title">
        {t(titles[query.show])}
        <span className="library-bar__count numeric">
          {shown === view.totalShown
            ? format.number(shown)
            : t('grid.countOf', { shown: format.number(shown), total: format.number(view.totalShown) })}
        </span>
      </h1>
      {narrow ? (
        <>
          <IconButton icon="layout-justified" label={t('grid.viewOptions')} onPress={() => setOpen(true)} />
          <LazyDialog title={t('grid.viewOptions')} isOpen={open} onClose={() => setOpen(false)} size="small">
            <div className="view-options view-options--stacked">
              <ViewOptions {...props} labels />
            </div>
          </LazyDialog>
        </>
      ) : (
        <div className="view-options">
          <ViewOptions {...props} />
        </div>
      )}
    </div>
  );
}

function ViewOptions({
  query,
  settings,
  onChange,
  labels = false,
}: ToolbarProps & { readonly labels?: boolean }) {
  const { t } = useTranslation();
  const { by, descending } = query.sort;
  const byDate = by === 'captured' || by === 'imported';
  return (
    <>
      <div className="view-options__sort">
        <Select<SortKey>
          label={t('grid.sortBy')}
          labelHidden={!labels}
          value={by}
          options={[
            { value: 'captured', label: t('grid.sortCaptured') },
            { value: 'imported', label: t('grid.sortImported') },
            { value: 'name', label: t('grid.sortName') },
            { value: 'size', label: t('grid.sortSize') },
          ]}
          onChange={(sort) => navigate({ sort, descending: sort !== 'name' }, 'replace')}
        />
        <IconButton
          icon={descending ? 'arrow-down' : 'arrow-up'}
          label={t(descending ? 'grid.descending' : 'grid.ascending')}
          onPress={() => navigate({ descending: !descending }, 'replace')}
        />
      </div>
      {labels ? (
        <Checkbox
          kind="switch"
          checked={settings.grouped && byDate}
          disabled={!byDate}
          onChange={(grouped) => onChange({ grouped })}
        >
          {t('grid.groupByMonth')}
        </Checkbox>
      ) : (
        <IconButton
          icon="calendar"
          label={t('grid.groupByMonth')}
          pressed={settings.grouped && byDate}
          isDisabled={!byDate}
          onPress={() => onChange({ grouped: !settings.grouped })}
        />
      )}
      <Segmented
        label={t('grid.layout')}
        value={settings.layout}
        size={labels ? 'wide' : 'medium'}
        options={[
          {
            value: 'justified',
            label: t('grid.layoutJustified'),
            ...(labels ? {} : { icon: 'layout-justified' }),
          },
          { value: 'square', label: t('grid.layoutSquare'), ...(labels ? {} : { icon: 'layout-square' }) },
        ]}
        onChange={(layout) => onChange({ layout })}
      />
      <div>
        {labels && (
          <span className="field__label" aria-hidden="true">
            {t('grid.photoSize')}
          </span>
        )}
        <Slider
          label={t('grid.photoSize')}
          value={settings.size}
          {...sizeRange}
          format={(value) => t('grid.pixels', { count: value })}
          onChange={(size) => onChange({ size })}
        />
      </div>
    </>
  );
}
