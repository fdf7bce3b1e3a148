/** Readable versions of onnxruntime's error messages, with advice. */

interface Explanation {
  readonly when: RegExp
  readonly advice: string
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    when: /protobuf parsing failed|failed to load model because protobuf|ModelProto does not have a graph|No graph was found|data pointer is null|invalid model/i,
    advice: 'Expected the bytes of an ONNX model: choose another file, or export it again.',
  },
  {
    when: /fallback to CPU EP has been explicitly disabled/i,
    advice:
      'It contains an operator that WebGPU has no kernel for: build it from other operators, or allow the fallback to the CPU.',
  },
  {
    when: /too many storage buffers|AddVariableImpl/i,
    advice: 'One operator binds more buffers than the GPU allows (often 10): split it.',
  },
  {
    when: /Unsupported model IR version|opset \d+ is under development|not a registered function\/op/i,
    advice: 'Expected opset 21 or older, IR version 10 or older, and standard operators.',
  },
  {
    when: /bad_alloc|out of memory|failed to allocate|Aborted\(OOM\)|exceeds the max buffer size/i,
    advice: 'There is not enough memory: use a smaller batch or a smaller network.',
  },
]

/**
 * Wraps an error with a readable message: the operation, the device, the reason, and advice if the
 * reason is a known one. The original error is its `cause`.
 */
export function explained(doing: string, device: string, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const advice = EXPLANATIONS.find(({ when }) => when.test(reason))?.advice
  const sentences = [`${doing} failed on ${device}: ${shortened(reason)}`, advice]
  return new Error(sentences.filter(Boolean).join(' '), { cause: error })
}

/** Strips onnxruntime's source paths, function names and error codes from a message. */
function shortened(reason: string): string {
  const node = /running (\w+) node\. Name:'([^']*)' Status Message: (.*)/s.exec(reason)
  const text = node ? `node "${node[2]}" (${node[1]}): ${node[3]}` : reason
  const plain = text
    .replace(/^.*ERROR_MESSAGE: /s, '')
    .replace(/\S*\/onnxruntime\/\S*:\d+ .*?\)( const)? /gs, '')
    .replace(/\s+/g, ' ')
    .trim()
  return /[.!?]$/.test(plain) ? plain : `${plain}.`
}
