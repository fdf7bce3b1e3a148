/**
 * A queue that runs asynchronous tasks one at a time, in the order added: onnxruntime fails with
 * "Session already started" if two of its calls overlap. A failing task rejects only its own promise.
 */
export class SerialQueue {
  #tail: Promise<unknown> = Promise.resolve()

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(task, task)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
