/** One file that a script is to move aside. */
export interface ScriptFile {
  /** From the folder in which the script is run, '/' between names. */
  readonly path: string;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Path of the photo that stays, as `path`; its name where its place is not known. */
  readonly kept: string;
  /** SHA-256 of the photo that stays; null where its place is not known, or is the same as that of the file that goes. */
  readonly keptSha256: string | null;
}

/** Photos whose place is not known: scripts can only name them. */
export interface ScriptInput {
  readonly files: readonly ScriptFile[];
  readonly withoutPath: readonly string[];
  /** Name of the folder that takes the files. */
  readonly target: string;
  /** Picked folders that are called otherwise in paths, as another one has their own name. */
  readonly renamed?: readonly { readonly name: string; readonly own: string }[];
}

/**
 * A POSIX shell script that moves, never deletes: a file goes to the same path below the target, if its bytes are still
 * those that were compared, nothing is there yet, and the photo that stays is whole in its place. Folders of one name may
 * have been picked from several disks: run in the one, nothing of the other is there, and nothing is moved.
 */
export function shellScript({ files, withoutPath, target, renamed }: ScriptInput): string {
  const lines = files.map(({ path, sha256, kept, keptSha256 }) =>
    keptSha256 === null
      ? `# left alone, where ${commentText(kept)} stays is not known: ${commentText(path)}`
      : `move ${[path, sha256, kept, keptSha256].map(shellQuote).join(' ')}`,
  );
  return `#!/bin/sh
# Picsift: moves ${files.length} photos to ${commentText(target)}. Run it in the folder that holds the paths below.
# Nothing is deleted. A file that has changed, whose place is taken, or whose better copy is not there is left alone.
${renamedNotes(renamed)
  .map((line) => `${line}\n`)
  .join('')}set -u
target=${shellQuote(target)}
hash_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum < "$1" | cut -d ' ' -f 1
  else shasum -a 256 < "$1" | cut -d ' ' -f 1
  fi
}
move() {
  file="./$1"
  to="./$target/$1"
  if [ ! -f "$file" ]; then printf 'not there: %s\\n' "$1"; return; fi
  if [ "$(hash_of "$file")" != "$2" ]; then printf 'changed, left alone: %s\\n' "$1"; return; fi
  if [ ! -f "./$3" ] || [ "./$3" -ef "$file" ] || [ "$(hash_of "./$3")" != "$4" ]; then
    printf 'what stays is not there, left alone: %s\\n' "$1"; return
  fi
  if [ -e "$to" ] || [ -L "$to" ]; then printf 'already there, left alone: %s\\n' "$to"; return; fi
  mkdir -p -- "\${to%/*}" && mv -- "$file" "$to" && printf 'moved: %s\\n' "$1"
}
${[...lines, ...withoutPath.map((name) => `# place not known: ${commentText(name)}`)].join('\n')}
`;
}

/** The same for PowerShell 5 and later; saved with a byte order mark, which version 5 needs for other letters. */
export function powerShellScript({ files, withoutPath, target, renamed }: ScriptInput): string {
  const lines = [
    `# Picsift: moves ${files.length} photos to ${commentText(target)}. Run it in the folder that holds the paths below.`,
    '# Nothing is deleted. A file that has changed, whose place is taken, or whose better copy is not there is left alone.',
    ...renamedNotes(renamed),
    `$target = ${powerShellQuote(target)}`,
    ...moveAside,
    ...files.map(({ path, sha256, kept, keptSha256 }) =>
      keptSha256 === null
        ? `# left alone, where ${commentText(kept)} stays is not known: ${commentText(path)}`
        : `Move-Aside ${[path, sha256, kept, keptSha256].map(powerShellQuote).join(' ')}`,
    ),
    ...withoutPath.map((name) => `# place not known: ${commentText(name)}`),
  ];
  // Line ends between the lines only: one in a name is part of the name.
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

const moveAside = [
  'function Move-Aside([string]$path, [string]$hash, [string]$kept, [string]$keptHash) {',
  '  $here = (Get-Location).ProviderPath',
  '  $file = Join-Path -Path $here -ChildPath $path',
  '  $stays = Join-Path -Path $here -ChildPath $kept',
  '  $to = Join-Path -Path (Join-Path -Path $here -ChildPath $target) -ChildPath $path',
  '  if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { Write-Output "not there: $path"; return }',
  '  if ((Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -ne $hash) { Write-Output "changed, left alone: $path"; return }',
  '  $isThere = (Test-Path -LiteralPath $stays -PathType Leaf) -and ($stays -ne $file)',
  '  if (-not $isThere -or (Get-FileHash -LiteralPath $stays -Algorithm SHA256).Hash -ne $keptHash) { Write-Output "what stays is not there, left alone: $path"; return }',
  '  if (Test-Path -LiteralPath $to) { Write-Output "already there, left alone: $to"; return }',
  '  [void][System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($to))',
  '  try { [System.IO.File]::Move($file, $to) } catch { Write-Output "not moved: $path"; return }',
  '  Write-Output "moved: $path"',
  '}',
];

function renamedNotes(renamed: ScriptInput['renamed'] = []): string[] {
  return renamed.map(
    ({ name, own }) =>
      `# ${commentText(name)} is a folder of its own that is called ${commentText(own)} as well: to have its files moved, give it the former name first.`,
  );
}

/** In single quotes nothing means anything but the quote itself. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** PowerShell takes typographic quotes for quotes, too. */
function powerShellQuote(text: string): string {
  return `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** A comment ends with its line. */
function commentText(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ');
}
