/** Locks as files, which name the process that holds them, and changes of files that commands share. */
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { UsageError } from './errors.ts'
import { isMissing, replaceFile } from './folder-store.ts'

const holderSchema = z.strictObject({
  pid: z.int().positive(),
  /** Use that the holder makes of what is locked. */
  use: z.string(),
})

export type LockHolder = Readonly<z.infer<typeof holderSchema>>

/** Function that gives a lock back. */
export type Release = () => Promise<void>

/** Pause between attempts to take a lock, in milliseconds. */
const RETRY_AFTER = 100

/** Time in which other commands have to finish a change of a shared file, in milliseconds. */
export const CHANGE_PATIENCE = 30_000

let taken = 0

/** Takes a lock, and returns the function that gives it back, or who holds it. */
export async function tryLock(path: string, use: string): Promise<Release | LockHolder> {
  // A link appears together with its content, so nobody sees a lock without a holder.
  const own = `${path}.${process.pid}-${++taken}`
  await writeFile(own, JSON.stringify({ pid: process.pid, use } satisfies LockHolder))
  try {
    for (;;) {
      if (await linked(own, path)) return () => rm(path, { force: true })
      const holder = await holderOf(path)
      if (holder && isAlive(holder.pid)) return holder
      if (holder) await breakLock(path, own)
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** Runs `work` while it holds a lock. Throws a UsageError if others hold it for longer than `patience`. */
export async function withLock<T>(
  path: string,
  patience: number,
  work: () => Promise<T>,
): Promise<T> {
  const until = Date.now() + patience
  for (;;) {
    const found = await tryLock(path, 'command')
    if (typeof found === 'function') {
      try {
        return await work()
      } finally {
        await found()
      }
    }
    if (Date.now() >= until) throw heldError(path, found)
    await wait(RETRY_AFTER)
  }
}

/**
 * Replaces a file that commands share by what `make` returns. Other changes by this function wait
 * meanwhile, so none is lost if `make` starts from what the file holds.
 */
export async function changeFile(path: string, make: () => Promise<string>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await whileLocked(path, async () => replaceFile(path, await make()))
}

/** Runs `work` while no other command changes a file that commands share. */
export function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  return withLock(`${path}.lock`, CHANGE_PATIENCE, work)
}

/** Returns the error for a lock that somebody holds for too long. */
export function heldError(path: string, { pid }: LockHolder): UsageError {
  return new UsageError(
    `Another command (process ${pid}) holds ${path}: wait until it has ended, or stop it; if process ${pid} does not belong to Jumppad, delete the file`,
  )
}

/** Returns whether a process is running. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // A process of another user also counts as running.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function linked(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Returns who holds a lock; undefined if it was given back meanwhile. */
async function holderOf(path: string): Promise<LockHolder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw new UsageError(
      `${path} is not the lock of a command: delete the file if no command uses the folder, and try again`,
    )
  }
}

/** Removes the lock of a process that has ended, unless another process has taken it meanwhile. */
async function breakLock(path: string, own: string): Promise<void> {
  const removed = `${own}-broken`
  try {
    await rename(path, removed)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  const holder = await holderOf(removed)
  if (holder && isAlive(holder.pid)) await linked(removed, path)
  await rm(removed, { force: true })
}
