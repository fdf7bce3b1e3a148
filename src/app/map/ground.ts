/** The static part of a map: sea, land, obstacles, jumppads and spawns. */
import { HOME, type Point, perWorld, type World } from '../../island/index.ts'
import type { MapLook } from './looks.ts'
import { type Canvas2d, drawInMetres, drawInPixels, type MapView } from './view.ts'

/** Number of cached grounds: as many sizes as a page is likely to show at once. */
const KEPT = 8
const kept = new Map<string, HTMLCanvasElement>()

let worlds = 0
/** Number that names a world in `kept`. */
const numberOf = perWorld(() => ({ number: worlds++ }))

/** Fills the canvas with the island, without characters or trails. */
export function drawGround(
  context: Canvas2d,
  view: MapView,
  look: MapLook,
  world: World = HOME,
): void {
  const name = [look.name, view.width, view.height, numberOf(world).number].join()
  const ground = kept.get(name) ?? paintGround(view, look, world)
  kept.delete(name)
  kept.set(name, ground)
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest)
  drawInPixels(context)
  context.drawImage(ground, 0, 0)
}

function paintGround(view: MapView, look: MapLook, world: World): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = view.width
  canvas.height = view.height
  const context = canvas.getContext('2d')
  if (!context) return canvas
  const sea = context.createLinearGradient(0, 0, 0, view.height)
  sea.addColorStop(0, look.sea[0])
  sea.addColorStop(1, look.sea[1])
  context.fillStyle = sea
  context.fillRect(0, 0, view.width, view.height)
  drawInMetres(context, view)
  drawLand(context, look, world)
  for (const { x, z, radius } of world.obstacles) drawObstacle(context, x, z, radius, look)
  for (const { x, z, yaw, radius } of world.jumppads) drawJumppad(context, x, z, yaw, radius, look)
  for (const spawn of world.map.spawns) drawSpawn(context, spawn, look)
  return canvas
}

/** Draws shallow water, shore and land. Widths are of strokes in metres: half of each lies off the land. */
function drawLand(context: Canvas2d, look: MapLook, { map }: World): void {
  context.lineJoin = 'round'
  for (const [colour, width] of [
    [look.shallows, 2.4],
    [look.shore, 0.7],
    [look.land, 0],
  ] as const) {
    context.fillStyle = colour
    context.strokeStyle = colour
    // A hairline hides the seam that antialiasing leaves between two surfaces.
    context.lineWidth = width || 0.16
    for (const { corners } of map.surfaces) {
      context.beginPath()
      for (const { x, z } of corners) context.lineTo(x, z)
      context.closePath()
      context.fill()
      context.stroke()
    }
  }
}

function drawObstacle(context: Canvas2d, x: number, z: number, radius: number, look: MapLook) {
  context.fillStyle = look.shadow
  context.beginPath()
  context.arc(x + 0.25, z + 0.35, radius, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = look.rock
  context.beginPath()
  context.arc(x, z, radius, 0, 2 * Math.PI)
  context.fill()
}

/** Draws a plate with two chevrons that point in the direction of the throw. */
function drawJumppad(
  context: Canvas2d,
  x: number,
  z: number,
  yaw: number,
  radius: number,
  look: MapLook,
): void {
  context.save()
  context.translate(x, z)
  context.rotate(-yaw)
  context.fillStyle = look.jumppad
  context.beginPath()
  context.roundRect(-radius * 0.85, -radius * 0.85, radius * 1.7, radius * 1.7, 0.3)
  context.fill()
  context.strokeStyle = look.jumppadInk
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

function drawSpawn(context: Canvas2d, { x, z }: Point, look: MapLook): void {
  context.strokeStyle = look.spawn
  context.lineWidth = 0.16
  context.beginPath()
  context.moveTo(x - 0.3, z - 0.3)
  context.lineTo(x + 0.3, z + 0.3)
  context.moveTo(x + 0.3, z - 0.3)
  context.lineTo(x - 0.3, z + 0.3)
  context.stroke()
}
