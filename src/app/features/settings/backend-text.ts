import type { TFunction } from 'i18next';
import type { BackendConfig } from '../../../protocol/inference.ts';

/** A backend in words: what it runs on, and with how many threads. */
export function backendName(t: TFunction, { backend, threads }: BackendConfig): string {
  return backend === 'webgpu'
    ? t('settings.backendWebgpu')
    : t('settings.backendWasm', { count: Math.max(1, threads) });
}
