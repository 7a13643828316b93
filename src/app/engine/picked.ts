/** What the person chose in one of the browser's pickers; null if nothing. */
export async function picked<Choice>(asking: Promise<Choice>): Promise<Choice | null> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/** What pickers of files offer. */
export const pictureTypes = [
  {
    description: '',
    accept: {
      'image/*': ['.jpg', '.jpeg', '.png', '.webp', '.avif', '.heic', '.heif', '.gif', '.bmp'] as const,
    },
  },
] satisfies FilePickerAcceptType[];
