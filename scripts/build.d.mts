/** Builds the lab unless the present build is newer than its sources; `say` announces that. */
export function buildIfNeeded(
  vite: typeof import('vite'),
  say: (text: string) => void,
): Promise<void>
