export const labels = {
  emptyTitle: 'Labels of your own',
  emptyText:
    'A label set is a question that you ask of every photo: which dog is this, which room, which of these things are in it? Answer it for a few photos of each label, and Picsift learns to answer it for all others, here in your browser.',
} as const;
