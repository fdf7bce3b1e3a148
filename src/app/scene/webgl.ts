/** Kind of WebGL 2 renderer in this browser, detected before Three.js is loaded; `processor` is software. */
export type WebGl = 'gpu' | 'processor' | 'none'

const PLAYED_BY_PROCESSOR = /swiftshader|llvmpipe|software|basic render/i

let found: WebGl | undefined

/** Returns the renderer, which is detected once per page because each detection costs a context. */
export function webGl(): WebGl {
  found ??= ask()
  return found
}

function ask(): WebGl {
  try {
    const context = document.createElement('canvas').getContext('webgl2')
    if (!context) return 'none'
    const details = context.getExtension('WEBGL_debug_renderer_info')
    const name = context.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER)
    context.getExtension('WEBGL_lose_context')?.loseContext()
    return PLAYED_BY_PROCESSOR.test(String(name)) ? 'processor' : 'gpu'
  } catch {
    return 'none'
  }
}
