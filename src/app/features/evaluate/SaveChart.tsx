import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { columnsCsv } from '../../../core/evaluation/export-figures.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { chartPng, chartSvg } from './chart-picture.ts';

/** Saves the chart inside of an element as a picture, or its numbers. */
export function SaveChart({
  figure,
  title,
  numbers,
}: {
  readonly figure: RefObject<HTMLElement | null>;
  readonly title: string;
  /** What it is drawn from, by the names of its columns. */
  readonly numbers: Readonly<Record<string, ArrayLike<number>>>;
}) {
  const { t } = useTranslation();
  const save = async (kind: string) => {
    if (kind === 'csv') {
      saveFile(new Blob([columnsCsv(numbers)], { type: 'text/csv' }), `${title}.csv`);
      return;
    }
    const chart = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!chart) return;
    const file =
      kind === 'svg' ? new Blob([chartSvg(chart)], { type: 'image/svg+xml' }) : await chartPng(chart);
    saveFile(file, `${title}.${kind}`);
  };
  const label = t('evaluate.saveChart', { title });
  return (
    <MenuButton
      label={label}
      button={<IconButton icon="download" size="small" label={label} />}
      onAction={(kind) => void save(kind)}
    >
      <MenuItem id="png" icon="photo" text={t('evaluate.asPng')} />
      <MenuItem id="svg" icon="file" text={t('evaluate.asSvg')} />
      <MenuItem id="csv" icon="file" text={t('evaluate.asNumbers')} />
    </MenuButton>
  );
}
