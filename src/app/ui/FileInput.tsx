import { type Ref, useRef } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

export interface FileInputProps {
  readonly label: string;
  /** As the attribute `accept`. */
  readonly accept?: string | undefined;
  readonly multiple?: boolean;
  /** A whole folder is chosen. */
  readonly isFolder?: boolean;
  /** Phones hand it over to their own camera app. */
  readonly capture?: 'environment' | undefined;
  /** Chosen files, at least one. */
  readonly onFiles: (files: readonly [File, ...File[]]) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** The browser's own choice of files, out of sight: what opens it calls its `click`. */
export function FileInput({ label, isFolder = false, onFiles, ...rest }: FileInputProps) {
  return (
    <input
      {...rest}
      // React's types do not know the attribute, browsers do.
      {...(isFolder && { webkitdirectory: '' })}
      type="file"
      hidden
      aria-label={label}
      onChange={({ currentTarget }) => {
        // A copy: clearing the input, which lets the same files be chosen again, empties the list.
        const [first, ...others] = currentTarget.files ?? [];
        currentTarget.value = '';
        if (first !== undefined) onFiles([first, ...others]);
      }}
    />
  );
}

type FileButtonProps = Omit<ButtonProps, 'onPress' | 'ref'> &
  Pick<FileInputProps, 'label' | 'accept' | 'capture'>;

/** A button that opens the browser's choice of files. */
export function FilesButton({
  label,
  accept,
  capture,
  multiple = true,
  onFiles,
  ...button
}: FileButtonProps & Pick<FileInputProps, 'multiple' | 'onFiles'>) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onPress={() => input.current?.click()} />
      <FileInput
        ref={input}
        label={label}
        accept={accept}
        capture={capture}
        multiple={multiple}
        onFiles={onFiles}
      />
    </>
  );
}

/** A button that opens the browser's choice of one file. */
export function FileButton({ onFile, ...rest }: FileButtonProps & { readonly onFile: (file: File) => void }) {
  return <FilesButton {...rest} multiple={false} onFiles={([file]) => onFile(file)} />;
}
