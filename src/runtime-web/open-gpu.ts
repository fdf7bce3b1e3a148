/** An open GPU device with the highest limits of its adapter. */
export interface OpenGpu {
  readonly device: GPUDevice
  readonly name: string
  readonly maxTensorBytes: number
  readonly emulated: boolean
  /** Resolves with a sentence if the GPU is lost, but not if it is destroyed on purpose. */
  readonly lost: Promise<string>
}

/** Limits on a kernel's bindings and workgroups; all others keep their defaults. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
  'maxBindGroups',
] as const

/** Optional features that onnxruntime uses if available. */
const FEATURES = ['shader-f16', 'subgroups', 'timestamp-query'] as const

const PLAYED_BY_PROCESSOR = /swiftshader|llvmpipe|lavapipe|software|basic render/i

/**
 * Opens the GPU with the adapter's own limits, because a device by default binds at most 128 MiB, which
 * is 33 M parameters in one vector. Rejects if WebGPU or an adapter is not available.
 */
export async function openGpu(powerPreference: GPUPowerPreference): Promise<OpenGpu> {
  // `navigator.gpu` is missing in browsers without WebGPU and in insecure contexts.
  const gpu = 'gpu' in navigator ? navigator.gpu : undefined
  if (gpu === undefined) {
    throw new Error('this browser has no WebGPU (it needs a recent one, on https or localhost)')
  }
  const adapter = await gpu.requestAdapter({ powerPreference })
  if (adapter === null) throw new Error('this browser offers no GPU through WebGPU')
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, limit(adapter, name)])),
  })
  const { vendor, architecture, description } = adapter.info
  const label = [vendor, architecture || description].filter(Boolean).join(' ')
  return {
    device,
    name: label ? `WebGPU (${label})` : 'WebGPU',
    maxTensorBytes: Math.min(
      limit(adapter, 'maxBufferSize'),
      limit(adapter, 'maxStorageBufferBindingSize'),
    ),
    emulated: adapter.info.isFallbackAdapter === true || PLAYED_BY_PROCESSOR.test(label),
    lost: lostSentence(device),
  }
}

function limit(adapter: GPUAdapter, name: (typeof LIMITS)[number]): number {
  // A request for 0, where an adapter does not report a limit, yields the specification's default.
  return adapter.limits[name] ?? 0
}

function lostSentence(device: GPUDevice): Promise<string> {
  return new Promise((resolve) => {
    void device.lost.then(({ reason, message }) => {
      if (reason === 'destroyed') return
      resolve(`The GPU was lost (${message || 'no reason given'}).`)
    })
  })
}
