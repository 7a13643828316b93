import type { ModelStatus } from '../../../protocol/library.ts';
import type { OfflineSnapshot } from '../../engine/pwa.ts';

export type Glance =
  | { readonly kind: 'loading'; readonly share: number }
  | { readonly kind: 'starting' | 'problem' | 'offline' | 'ready' };

/** What matters most about the model and about working offline, in that order. */
export function glanceAt(model: ModelStatus, offline: OfflineSnapshot['offline']): Glance {
  if (model.state === 'problem' || model.state === 'no-backend') return { kind: 'problem' };
  if (model.state === 'loading') {
    return model.step === 'download' ? { kind: 'loading', share: model.progress } : { kind: 'starting' };
  }
  return { kind: offline === 'ready' ? 'offline' : 'ready' };
}
