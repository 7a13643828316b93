import { type OwnerMessage, ownerChannelName } from '../../protocol/owner.ts';

/**
 * Says that the owner is alive whenever a tab that waits asks; a frozen one says nothing. Returns what ends it.
 */
export function answerWaitingTabs(): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(ownerChannelName);
  channel.onmessage = ({ data }: MessageEvent<OwnerMessage>) => {
    if (data === 'are-you-there') channel.postMessage('here' satisfies OwnerMessage);
  };
  return () => channel.close();
}
