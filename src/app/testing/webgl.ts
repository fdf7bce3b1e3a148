/** Disables WebGL, so that pages show the island from above and tests use less CPU time. */
export function installWithoutWebGl(): void {
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (kind: string, ...rest: unknown[]) {
    if (kind.startsWith('webgl')) return null
    return Reflect.apply(getContext, this, [kind, ...rest])
  }
}
