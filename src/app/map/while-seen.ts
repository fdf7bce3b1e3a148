/** Calls `draw` on every animation frame while `element` is partly in view; returns a stop function. */
export function whileSeen(element: Element, draw: () => void): () => void {
  let frame = 0
  const loop = () => {
    frame = requestAnimationFrame(loop)
    draw()
  }
  const stop = onSight(element, (isSeen) => {
    cancelAnimationFrame(frame)
    if (isSeen) loop()
  })
  return () => {
    stop()
    cancelAnimationFrame(frame)
  }
}

/**
 * Calls `draw` on the next animation frame whenever `subscribe` says that the picture has changed, the element
 * has another size, or comes into view, and only while it is partly in view; returns a stop function. Between
 * changes the page has no frames to draw, which leaves the cores to trainings.
 */
export function onChangeWhileSeen(
  element: Element,
  draw: () => void,
  subscribe: (changed: () => void) => () => void,
): () => void {
  let frame = 0
  let isSeen = false
  const request = () => {
    if (!isSeen) return
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(draw)
  }
  const stop = onSight(element, (isNow) => {
    isSeen = isNow
    request()
  })
  const sizes = new ResizeObserver(request)
  sizes.observe(element)
  const unsubscribe = subscribe(request)
  return () => {
    stop()
    sizes.disconnect()
    unsubscribe()
    cancelAnimationFrame(frame)
  }
}

/** Calls `tell` with whether `element` is partly in view, now and whenever that changes; returns a stop function. */
function onSight(element: Element, tell: (isSeen: boolean) => void): () => void {
  const observer = new IntersectionObserver((entries) =>
    tell(entries.at(-1)?.isIntersecting ?? false),
  )
  observer.observe(element)
  return () => observer.disconnect()
}
