/** Runs a job to its end and shows each of its reports. */
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
