/** Runs a job to completion, discarding its reports, and resolves to its result. */
export async function finished<Result>(job: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const next = await job.next()
    if (next.done === true) return next.value
  }
}
