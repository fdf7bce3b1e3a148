/** A file of labels that cannot be read. Nothing was changed when this is thrown. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

/** Throws the error of a file: what was found, and what to do. */
export function refuse(found: string, advice: string): never {
  throw new ArchiveError(`The file of labels cannot be read: ${found}; ${advice}.`)
}

/** Throws the error of a file that is not as it was written. */
export function damaged(found: string): never {
  return refuse(found, 'it is damaged or was changed since: export it again or take another copy')
}

/** Throws the error of a file whose end is missing. */
export function cutOff(found: string): never {
  return refuse(found, 'it was cut off: copy or download it again')
}
