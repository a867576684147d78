// Draws points and strokes by WebGL 2: everything lies in the card's memory once for each layout, and a frame is two calls whose view is
// four numbers. Strokes are quads, so that they have a width and dashes that keep their length at every zoom.
import type { Layout, Segment, View } from "../../logic/graph";
import { colourOf, type GraphData, isCase, shapeOf, strokeOf } from "./looks";

const shared = `#version 300 es
precision highp float;
uniform vec4 view;  // left, top, per day, per row
uniform vec2 size;  // of the screen in CSS pixels
uniform float ratio;
vec2 pixel(vec2 at) { return (at - view.xy) * view.zw; }
vec4 place(vec2 at) { return vec4(at.x / size.x * 2.0 - 1.0, 1.0 - at.y / size.y * 2.0, 0.0, 1.0); }
`;

const strokeVertex = `${shared}
in vec4 ends;
in vec4 colour;
in vec2 look;  // width, dashed
out vec4 tint;
out float along;
out float dashed;
void main() {
  vec2 a = pixel(ends.xy), b = pixel(ends.zw);
  vec2 way = b - a;
  float far = max(length(way), 0.001);
  vec2 aside = vec2(-way.y, way.x) / far * max(look.x, 1.0) * 0.5;
  int corner = gl_VertexID;
  float end = (corner == 1 || corner == 3) ? 1.0 : 0.0;
  vec2 at = mix(a, b, end) + aside * (corner < 2 ? 1.0 : -1.0);
  gl_Position = place(at);
  tint = colour;
  along = end * far;
  dashed = look.y;
}`;

const strokeFragment = `#version 300 es
precision highp float;
in vec4 tint;
in float along;
in float dashed;
out vec4 ink;
void main() {
  if (dashed > 0.5 && mod(along, 10.0) > 6.0) discard;
  ink = tint;
}`;

const pointVertex = `${shared}
in vec2 at;
in vec4 colour;
in vec2 look;  // shape: 0 disc, 1 diamond, 2 ring, 3 square; whether a case
out vec4 tint;
out float shape;
void main() {
  gl_Position = place(pixel(at));
  float across = look.y > 0.5 ? clamp(view.w * 0.9, 5.0, 13.0) : clamp(view.w * 0.7, 2.5, 10.0);
  gl_PointSize = across * ratio;
  tint = colour;
  shape = look.x;
}`;

const pointFragment = `#version 300 es
precision highp float;
in vec4 tint;
in float shape;
out vec4 ink;
void main() {
  vec2 from = abs(gl_PointCoord - 0.5) * 2.0;
  float far = shape > 2.5 ? max(from.x, from.y) / 0.9 : shape > 0.5 && shape < 1.5 ? from.x + from.y : length(from);
  if (far > 1.0 || (shape > 1.5 && shape < 2.5 && far < 0.55)) discard;
  ink = tint;
}`;

export interface Drawer {
  /** Takes what is to be drawn to the card. */
  take(graph: GraphData, of: Layout, all: readonly Segment[]): void;
  draw(view: View, width: number, height: number, ratio: number): void;
}

function program(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram | undefined {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : undefined;
}

/** Floats first, then a colour of four bytes: one instance after another in one buffer. */
class Batch {
  private readonly array: WebGLVertexArrayObject;
  private readonly buffer: WebGLBuffer;
  private readonly uniforms: Record<"view" | "size" | "ratio", WebGLUniformLocation | null>;
  private count = 0;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly made: WebGLProgram,
    private readonly floats: readonly (readonly [string, number])[],
    private readonly instanced: boolean,
  ) {
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    this.uniforms = { view: gl.getUniformLocation(made, "view"), size: gl.getUniformLocation(made, "size"), ratio: gl.getUniformLocation(made, "ratio") };
    const stride = this.stride();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    let offset = 0;
    const attribute = (name: string, parts: number, type: number, normalised: boolean) => {
      const at = gl.getAttribLocation(made, name);
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, parts, type, normalised, stride, offset);
      if (instanced) gl.vertexAttribDivisor(at, 1);
      offset += type === gl.FLOAT ? parts * 4 : parts;
    };
    for (const [name, parts] of floats) attribute(name, parts, gl.FLOAT, false);
    attribute("colour", 4, gl.UNSIGNED_BYTE, true);
    gl.bindVertexArray(null);
  }

  private stride() {
    return this.floats.reduce((sum, [, parts]) => sum + parts * 4, 4);
  }

  take(count: number, write: (n: number, floats: Float32Array, colour: Uint8Array) => void) {
    const stride = this.stride();
    const bytes = new ArrayBuffer(count * stride);
    for (let n = 0; n < count; n++) write(n, new Float32Array(bytes, n * stride, stride / 4 - 1), new Uint8Array(bytes, (n + 1) * stride - 4, 4));
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, bytes, this.gl.STATIC_DRAW);
    this.count = count;
  }

  draw(view: View, width: number, height: number, ratio: number) {
    const { gl } = this;
    gl.useProgram(this.made);
    gl.uniform4f(this.uniforms.view, view.left, view.top, view.perDay, view.perRow);
    gl.uniform2f(this.uniforms.size, width, height);
    gl.uniform1f(this.uniforms.ratio, ratio);
    gl.bindVertexArray(this.array);
    if (this.instanced) gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
    else gl.drawArrays(gl.POINTS, 0, this.count);
    gl.bindVertexArray(null);
  }
}

const shapes = { disc: 0, diamond: 1, ring: 2, square: 3 };

/** Absent: this browser, or this machine, has no WebGL 2, or none that draws this. */
export function drawer(canvas: HTMLCanvasElement): Drawer | undefined {
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: true, preserveDrawingBuffer: false });
  if (!gl) return undefined;
  const made = [program(gl, strokeVertex, strokeFragment), program(gl, pointVertex, pointFragment)] as const;
  if (!made[0] || !made[1]) return undefined;
  const lines = new Batch(gl, made[0], [["ends", 4], ["look", 2]], true);
  const points = new Batch(gl, made[1], [["at", 2], ["look", 2]], false);
  return {
    take(graph, of, all) {
      lines.take(all.length, (n, floats, colour) => {
        const one = all[n]!;
        const stroke = strokeOf(graph, one);
        floats.set([one.x1, one.y1, one.x2, one.y2, stroke.width, stroke.dashed ? 1 : 0]);
        colour.set([...stroke.colour, 255]);
      });
      points.take(of.rows.length, (n, floats, colour) => {
        const who = of.rows[n]!;
        floats.set([of.x[who]!, n, shapes[shapeOf(graph, who)], isCase(graph, who) ? 1 : 0]);
        colour.set([...colourOf(graph, who), 255]);
      });
    },
    draw(view, width, height, ratio) {
      gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      lines.draw(view, width, height, ratio);
      points.draw(view, width, height, ratio);
    },
  };
}
