/** QR codes of links. */
import { encode } from 'uqr'

export interface QrCode {
  /** Side of the square in modules, with a margin. */
  readonly size: number
  /** SVG path of the dark modules. */
  readonly path: string
}

/** Returns the QR code of a text as one path of horizontal runs, which is short beside one of single modules. */
export function qrCodeOf(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'L', border: 2 })
  const runs = data.flatMap((row, y) =>
    [
      ...row
        .map((dark) => (dark ? '1' : '0'))
        .join('')
        .matchAll(/1+/g),
    ].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  )
  return { size, path: runs.join('') }
}
