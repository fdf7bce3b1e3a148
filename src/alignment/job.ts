/** Long jobs: async generators that yield reports and return a result. */

/** Runs a job to completion, passes each report to `onReport`, and resolves to the job's result. */
export async function finished<Report, Result>(
  job: AsyncGenerator<Report, Result>,
  onReport: (report: Report) => void | Promise<void> = () => undefined,
): Promise<Result> {
  for (;;) {
    const next = await job.next()
    if (next.done === true) return next.value
    await onReport(next.value)
  }
}

/**
 * Runs a job inside another: yields what `translate` makes of each of its reports, and returns its
 * result. The inner job is closed when the outer one is.
 */
export async function* relay<In, Out, Result>(
  job: AsyncGenerator<In, Result>,
  translate: (report: In) => Iterable<Out> | AsyncIterable<Out>,
): AsyncGenerator<Out, Result> {
  let result: { readonly value: Result } | undefined
  async function* captured() {
    result = { value: yield* job }
  }
  for await (const report of captured()) yield* translate(report)
  if (result === undefined) throw new Error('A job ended without its result')
  return result.value
}
