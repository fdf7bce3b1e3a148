/** Runs a job to completion, passes each report to `show`, and returns the job's result. */
export async function shown<Report, Result>(
  job: AsyncGenerator<Report, Result>,
  show: (report: Report) => void,
): Promise<Result> {
  for (;;) {
    const next = await job.next()
    if (next.done === true) return next.value
    show(next.value)
  }
}
