/**
 * Tasks one after another, in the order they were asked for. onnxruntime fails with "Session already
 * started" where two of its calls overlap. A task that fails rejects its own promise only.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
