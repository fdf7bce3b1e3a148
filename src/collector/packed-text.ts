/**
 * Values packed into text for links. The text carries its version, length and checksum, since mail
 * programs cut links off and people edit them.
 */
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate'
import { Digest } from '../island/index.ts'

/** Maximum length of the text. */
const LONGEST = 2_000_000
/** Maximum size of what it is unpacked to, in bytes. */
const LARGEST = 8_000_000
/** Length below which text without the right form was cut off rather than something else. */
const BEGINNING = 40

/** Result of unpacking: the value, which is still to be validated, or what is wrong with the text. */
export type Unpacked =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'too long' | 'cut off early' | 'something else' | 'newer' | 'changed' }
  | { readonly kind: 'cut off'; readonly found: number; readonly expected: number }

/** Returns a value as text of letters, digits and `-_.`: version, length, checksum and content. */
export function packText(version: number, value: unknown): string {
  const content = base64Encode(zlibSync(strToU8(JSON.stringify(value)), { level: 9 }), 'url')
  return `${version}.${content.length.toString(36)}.${checksum(content)}.${content}`
}

/** Unpacks text whose version is at most `version`. */
export function unpackText(version: number, text: string): Unpacked {
  if (text.length > LONGEST) return { kind: 'too long' }
  const parts = /^([1-9]\d*)\.([0-9a-z]+)\.([0-9a-f]{8})\.([\w-]*)$/.exec(text)
  if (!parts) return { kind: text.length < BEGINNING ? 'cut off early' : 'something else' }
  const [, written, length = '', sum, content = ''] = parts
  if (Number(written) > version) return { kind: 'newer' }
  const expected = Number.parseInt(length, 36)
  if (content.length < expected) return { kind: 'cut off', found: content.length, expected }
  if (content.length > expected || checksum(content) !== sum) return { kind: 'changed' }
  return { kind: 'value', value: parsed(content) }
}

function parsed(content: string): unknown {
  try {
    const bytes = unzlibSync(base64Decode(content), { out: new Uint8Array(LARGEST) })
    return JSON.parse(strFromU8(bytes))
  } catch {
    return undefined
  }
}

/** Returns the first eight digits of the content's digest. It detects accidents, not attacks. */
function checksum(content: string): string {
  const digest = new Digest()
  digest.addBytes(strToU8(content))
  return digest.hex().slice(0, 8)
}
