/** Calls `draw` on every animation frame while `element` is partly in view; returns a stop function. */
export function whileSeen(element: Element, draw: () => void): () => void {
  let frame = 0
  const loop = () => {
    frame = requestAnimationFrame(loop)
    draw()
  }
  const observer = new IntersectionObserver((entries) => {
    cancelAnimationFrame(frame)
    if (entries.at(-1)?.isIntersecting) loop()
  })
  observer.observe(element)
  return () => {
    observer.disconnect()
    cancelAnimationFrame(frame)
  }
}
