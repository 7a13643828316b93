/** [Note: One owner] One tab owns the library at a time, by a Web Lock of this name; nothing is ever written by two. */
export const libraryLockName = 'picsift-library';

/** Broadcast channel on which tabs that wait ask whether the owner is alive. */
export const ownerChannelName = 'picsift-owner';

export type OwnerMessage = 'are-you-there' | 'here';
