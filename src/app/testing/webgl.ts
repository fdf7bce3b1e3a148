/** Takes WebGL away, which leaves the island from above and spares the processor. */
export function installWithoutWebGl(): void {
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (kind: string, ...rest: unknown[]) {
    if (kind.startsWith('webgl')) return null
    return Reflect.apply(getContext, this, [kind, ...rest])
  }
}
