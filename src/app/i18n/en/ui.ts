export const ui = {
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  done: 'Done',
  notices: 'Notices',
  suggestions: 'Suggestions',
  suggestionCount_one: '{{count}} suggestion',
  suggestionCount_other: '{{count}} suggestions',
  undo: 'Undo',
} as const;
