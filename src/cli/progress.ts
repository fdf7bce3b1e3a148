import cliProgress from 'cli-progress'

/** ProgressBar display of a job: a bar with the remaining time on a terminal, plain lines elsewhere. */
export interface ProgressBar {
  /** Shows that `done` of the total is complete; `note` is a short text with current metrics. */
  update(done: number, note?: string): void
  /** Changes the total. */
  setTotal(total: number): void
  /** Prints a line that is not overwritten. */
  say(text: string): void
  stop(): void
}

/** Minimum seconds between plain lines, to keep logs readable. */
const LINE_EVERY = 15

/**
 * Runs `work` with a progress display, and stops the display however the work ends: the timer of a bar
 * would keep the process from ending.
 */
export async function withProgress<T>(
  title: string,
  total: number,
  work: (progress: ProgressBar) => Promise<T>,
): Promise<T> {
  const progress = startProgress(title, total)
  try {
    return await work(progress)
  } finally {
    progress.stop()
  }
}

/** Starts a progress display on standard error: standard output is reserved for results. */
export function startProgress(title: string, total: number): ProgressBar {
  return process.stderr.isTTY ? barProgress(title, total) : lineProgress(title, total)
}

function barProgress(title: string, total: number): ProgressBar {
  const bar = new cliProgress.SingleBar(
    {
      stream: process.stderr,
      format: `${title} {bar} {percentage}% · {value}/{total} · {eta_formatted} left · {note}`,
      hideCursor: true,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  )
  bar.start(total, 0, { note: '' })
  return {
    update: (done, note = '') => bar.update(done, { note }),
    setTotal: (count) => bar.setTotal(count),
    say: (text) => {
      process.stderr.write(`\r\u001b[K${text}\n`)
    },
    stop: () => bar.stop(),
  }
}

function lineProgress(title: string, firstTotal: number): ProgressBar {
  let total = firstTotal
  const begun = performance.now()
  let spoken = begun
  // A resumed job starts at a number above 0.
  let first: { readonly done: number; readonly at: number } | undefined
  const line = (done: number, note: string): void => {
    const now = performance.now()
    const seconds = (now - begun) / 1000
    const pace = first === undefined ? 0 : (done - first.done) / (now - first.at)
    const left = pace === 0 ? '' : `, about ${Math.ceil((total - done) / pace / 1000)} s left`
    process.stderr.write(
      `${title}: ${done}/${total} after ${Math.round(seconds)} s${left} ${note}\n`,
    )
  }
  return {
    update(done, note = '') {
      first ??= { done, at: performance.now() }
      if (performance.now() - spoken < LINE_EVERY * 1000 && done < total) return
      spoken = performance.now()
      line(done, note)
    },
    setTotal(count) {
      total = count
    },
    say: (text) => {
      process.stderr.write(`${text}\n`)
    },
    stop: () => {},
  }
}
