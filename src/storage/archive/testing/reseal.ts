import { Digest } from '../../../island/index.ts'

/** Returns a JSON Lines file with its digest recomputed, as an attacker would do after changing it. */
export function resealed(bytes: Uint8Array): Uint8Array {
  const start = bytes.subarray(0, -1).lastIndexOf(10) + 1
  const end = new TextDecoder().decode(bytes.subarray(start))
  const digest = new Digest()
  digest.addBytes(bytes.subarray(0, start))
  const sealed = end.replace(/"digest":"\w*"/, `"digest":"${digest.hex()}"`)
  return Uint8Array.of(...bytes.subarray(0, start), ...new TextEncoder().encode(sealed))
}
