/**
 * The island from above on a 2D canvas: what is seen before Three.js has loaded and where there is
 * no WebGL. North is up. Drawing functions take metres; `fitMap` sets the canvas up for them.
 */
import { BOUNDS, JUMPPADS, OBSTACLES, type Point, SPAWNS, SURFACES } from '../../island/index.ts'
import { stageColour } from '../stages.ts'
import { type LiveLane, LONGEST_PIECE, type Trail } from '../stores/live.ts'

type Canvas2d = CanvasRenderingContext2D

const SEA = ['#2f9fb0', '#1c7f96'] as const
const SHALLOWS = '#7fd0cf'
const SAND = '#e3d3a4'
const GRASS = '#8fb866'
const ROCK = '#7d7a73'
const JUMPPAD = '#ffcf1f'
const JUMPPAD_INK = '#6b4b00'

/** Clears the canvas (CSS pixels × ratio) and maps metres on it, the whole island in view. */
export function fitMap(context: Canvas2d, width: number, height: number, ratio: number): void {
  const spanX = BOUNDS.maxX - BOUNDS.minX
  const spanZ = BOUNDS.maxZ - BOUNDS.minZ
  const scale = Math.min(width / spanX, height / spanZ) * ratio
  const centreX = (BOUNDS.minX + BOUNDS.maxX) / 2
  const centreZ = (BOUNDS.minZ + BOUNDS.maxZ) / 2
  context.setTransform(1, 0, 0, 1, 0, 0)
  const sea = context.createLinearGradient(0, 0, 0, height * ratio)
  sea.addColorStop(0, SEA[0])
  sea.addColorStop(1, SEA[1])
  context.fillStyle = sea
  context.fillRect(0, 0, width * ratio, height * ratio)
  const x = (width * ratio) / 2 - centreX * scale
  const z = (height * ratio) / 2 - centreZ * scale
  context.setTransform(scale, 0, 0, scale, x, z)
}

/** Land, obstacles, jumppads and spawns. */
export function drawIsland(context: Canvas2d): void {
  context.lineJoin = 'round'
  for (const [colour, width] of [
    [SHALLOWS, 2.4],
    [SAND, 0.7],
    [GRASS, 0],
  ] as const) {
    context.fillStyle = colour
    context.strokeStyle = colour
    context.lineWidth = width
    for (const { corners } of SURFACES) {
      trace(context, corners)
      context.fill()
      if (width > 0) context.stroke()
      else hairline(context)
    }
  }
  for (const { x, z, radius } of OBSTACLES) disc(context, x, z, radius, ROCK)
  for (const pad of JUMPPADS) drawJumppad(context, pad.x, pad.z, pad.yaw, pad.radius)
  for (const spawn of SPAWNS) cross(context, spawn)
}

/** Finished trails faintly, then the present one. */
export function drawTrails(context: Canvas2d, trails: readonly Trail[], lane: LiveLane): void {
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const trail of trails) strokeTrail(context, trail, 0.22, 0.4)
  strokeTrail(context, lane.trail, 0.34, 1)
}

export function drawCharacter(context: Canvas2d, { pose }: LiveLane): void {
  context.save()
  context.translate(pose.x, pose.z)
  context.rotate(-pose.facing)
  context.fillStyle = '#ffffff'
  context.strokeStyle = '#14323a'
  context.lineWidth = 0.18
  context.beginPath()
  context.moveTo(0, -1.25)
  context.lineTo(0.8, 0.8)
  context.lineTo(0, 0.4)
  context.lineTo(-0.8, 0.8)
  context.closePath()
  context.fill()
  context.stroke()
  context.restore()
}

function trace(context: Canvas2d, corners: readonly Point[]): void {
  context.beginPath()
  for (const { x, z } of corners) context.lineTo(x, z)
  context.closePath()
}

/** Hides the seam that antialiasing leaves between two surfaces. */
function hairline(context: Canvas2d): void {
  context.lineWidth = 0.16
  context.stroke()
}

function disc(context: Canvas2d, x: number, z: number, radius: number, colour: string): void {
  context.fillStyle = 'rgb(20 40 30 / 0.25)'
  context.beginPath()
  context.arc(x + 0.25, z + 0.35, radius, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = colour
  context.beginPath()
  context.arc(x, z, radius, 0, 2 * Math.PI)
  context.fill()
}

function drawJumppad(context: Canvas2d, x: number, z: number, yaw: number, radius: number): void {
  context.save()
  context.translate(x, z)
  context.rotate(-yaw)
  context.fillStyle = JUMPPAD
  context.beginPath()
  context.roundRect(-radius * 0.85, -radius * 0.85, radius * 1.7, radius * 1.7, 0.3)
  context.fill()
  context.strokeStyle = JUMPPAD_INK
  context.lineWidth = 0.3
  for (const along of [-0.35, 0.35]) {
    context.beginPath()
    context.moveTo(-0.6, along + 0.35)
    context.lineTo(0, along - 0.25)
    context.lineTo(0.6, along + 0.35)
    context.stroke()
  }
  context.restore()
}

function cross(context: Canvas2d, { x, z }: Point): void {
  context.strokeStyle = 'rgb(20 40 30 / 0.55)'
  context.lineWidth = 0.16
  context.beginPath()
  context.moveTo(x - 0.3, z - 0.3)
  context.lineTo(x + 0.3, z + 0.3)
  context.moveTo(x + 0.3, z - 0.3)
  context.lineTo(x - 0.3, z + 0.3)
  context.stroke()
}

function strokeTrail(context: Canvas2d, trail: Trail, width: number, opacity: number): void {
  const { points } = trail
  if (points.length < 4) return
  context.globalAlpha = opacity
  context.strokeStyle = stageColour(trail.stage).scene
  context.lineWidth = width
  context.beginPath()
  let lastX = 0
  let lastZ = 0
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i] ?? 0
    const z = points[i + 1] ?? 0
    const walked = i > 0 && Math.hypot(x - lastX, z - lastZ) < LONGEST_PIECE
    if (walked) context.lineTo(x, z)
    else context.moveTo(x, z)
    lastX = x
    lastZ = z
  }
  context.stroke()
  context.globalAlpha = 1
}
