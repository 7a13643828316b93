import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuButton, MenuItem } from '../../ui/Menu.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { chartPng, chartSvg } from './chart-picture.ts';

/** Saves the chart inside of an element as a picture. */
export function SaveChart({
  figure,
  title,
}: {
  readonly figure: RefObject<HTMLElement | null>;
  readonly title: string;
}) {
  const { t } = useTranslation();
  const save = async (kind: string) => {
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
    </MenuButton>
  );
}
