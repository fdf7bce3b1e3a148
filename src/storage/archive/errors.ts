/** Error of a file of labels that cannot be read. Nothing has been changed when it is thrown. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

/** Throws an ArchiveError with what was found and what to do. */
export function refuse(found: string, advice: string): never {
  throw new ArchiveError(`The label file cannot be read: ${found}; ${advice}.`)
}

/** Throws the ArchiveError of a file whose content is not as it was written. */
export function damaged(found: string): never {
  return refuse(found, 'it is damaged or was modified: export it again or use another copy')
}

/** Throws the ArchiveError of a truncated file. */
export function cutOff(found: string): never {
  return refuse(found, 'it was cut off: copy or download it again')
}
