/** Draws task/icon.png, the picture of the Azure DevOps extension: a portcullis in a gate, 128 by 128 pixels. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodePng, type Picture } from "./package/png.ts";

const SIZE = 128;

/** Points a pixel is tested at, in each direction: edges come out smooth. */
const SAMPLES = 4;

type Colour = readonly [red: number, green: number, blue: number];

const WALL: Colour = [22, 66, 117];
const OPENING: Colour = [232, 240, 250];
const IRON: Colour = [48, 60, 76];

/** The gate stands on a ground line; its top is half a circle. All measures in pixels. */
const GATE = { left: 30, right: 98, spring: 58, ground: 112 };
const BARS = { width: 7, columns: [37, 55, 73, 91], rows: [48, 66, 84], bottom: 96, tip: 9 };

/** The icon. */
export function drawIcon(): Picture {
  const pixels = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) pixels.set(pixelAt(x, y), (y * SIZE + x) * 4);
  }
  return { width: SIZE, height: SIZE, pixels };
}

/** The mean of what stands at the sample points; opacity is the share of points with a colour. */
function pixelAt(x: number, y: number): readonly number[] {
  const hits: Colour[] = [];
  for (let point = 0; point < SAMPLES * SAMPLES; point++) {
    const colour = colourAt(x + ((point % SAMPLES) + 0.5) / SAMPLES, y + (Math.floor(point / SAMPLES) + 0.5) / SAMPLES);
    if (colour !== null) hits.push(colour);
  }
  if (hits.length === 0) return [0, 0, 0, 0];
  const mean = ([0, 1, 2] as const).map((channel) =>
    Math.round(hits.reduce((sum, colour) => sum + colour[channel], 0) / hits.length),
  );
  return [...mean, Math.round((255 * hits.length) / (SAMPLES * SAMPLES))];
}

function colourAt(x: number, y: number): Colour | null {
  if (!isOnWall(x, y)) return null;
  if (!isInGate(x, y)) return WALL;
  return isIron(x, y) ? IRON : OPENING;
}

/** A square with round corners. */
function isOnWall(x: number, y: number): boolean {
  const radius = 20;
  const dx = Math.max(radius - x, x - (SIZE - radius), 0);
  const dy = Math.max(radius - y, y - (SIZE - radius), 0);
  return dx * dx + dy * dy <= radius * radius;
}

function isInGate(x: number, y: number): boolean {
  const middle = (GATE.left + GATE.right) / 2;
  const radius = (GATE.right - GATE.left) / 2;
  if (y >= GATE.spring) return x >= GATE.left && x <= GATE.right && y <= GATE.ground;
  return (x - middle) ** 2 + (y - GATE.spring) ** 2 <= radius * radius;
}

/** Upright bars that end in a point, and bars across. */
function isIron(x: number, y: number): boolean {
  const half = BARS.width / 2;
  const upright = BARS.columns.some((centre) => {
    const reach = y <= BARS.bottom ? half : half * (1 - (y - BARS.bottom) / BARS.tip);
    return Math.abs(x - centre) <= reach;
  });
  return upright || BARS.rows.some((centre) => Math.abs(y - centre) <= half);
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, "../task/icon.png"), encodePng(drawIcon()));
