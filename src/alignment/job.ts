/** Runs a job to its end, without looking at its reports, and gives its result. */
export async function finished<Result>(job: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const next = await job.next()
    if (next.done === true) return next.value
  }
}
