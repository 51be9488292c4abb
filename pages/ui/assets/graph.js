// The live graph: drawn once per version of the graph, then only classes change. New steps are replayed at a pace
// that an eye can follow; what happened before the thread was opened, and reduced motion, is shown at once.

const PACE_MS = 140;
const HURRY_MS = 80;
const LONG_QUEUE = 12;
const STATES = ["running", "done", "paused", "failed"];
const SPOKEN = { running: "running", done: "done", paused: "waiting for a decision", failed: "failed" };

function drawNode(node) {
  const pill = node.group === "start" || node.group === "end";
  const g = shape("g", { class: `node ${node.group}`, transform: `translate(${node.left} ${node.top})` });
  put(g, shape("rect", { class: "halo", x: -4, y: -4, width: node.width + 8, height: node.height + 8, rx: pill ? 15 : 12 }));
  put(g, shape("rect", { class: "box", width: node.width, height: node.height, rx: pill ? 11 : 8 }));
  const top = pill ? 15 : (node.height - 15 * node.lines.length - 14) / 2 + 12;
  node.lines.forEach((text, i) => {
    const label = shape("text", { class: "name", x: node.width / 2, y: top + 15 * i });
    label.textContent = text;
    put(g, label);
  });
  if (pill) return g;
  put(g, shape("text", { class: "ms", x: node.width / 2, y: top + 15 * node.lines.length }));
  const badge = shape("g", { class: "badge", transform: `translate(${node.width - 3} 3)` });
  put(badge, shape("circle", { r: 8 }));
  put(badge, shape("path", { class: "check", d: "M-3.5 0.2 L-1 2.8 L3.8 -2.6" }));
  put(badge, shape("path", { class: "pause", d: "M-2 -3.2 V3.2 M2 -3.2 V3.2" }));
  put(badge, shape("path", { class: "cross", d: "M-2.8 -2.8 L2.8 2.8 M2.8 -2.8 L-2.8 2.8" }));
  return put(g, badge);
}

function drawEdge(edge, target) {
  const g = shape("g", { class: edge.conditional ? "edge conditional" : "edge" });
  put(g, shape("path", { class: "line", d: edge.path }));
  const x = target.left + target.width / 2;
  return put(g, shape("path", { class: "tip", d: `M${x - 3.5} ${target.top - 6} L${x} ${target.top - 0.5} L${x + 3.5} ${target.top - 6} Z` }));
}

function drawLabel(label) {
  const g = shape("g", { class: "label", transform: `translate(${label.x} ${label.y})` });
  put(g, shape("rect", { x: -label.width / 2, y: -8.5, width: label.width, height: 17, rx: 8.5 }));
  const text = shape("text", { y: 4 });
  text.textContent = label.text;
  return put(g, text);
}

function drawBand(band, width) {
  const g = shape("g", { class: "band" });
  put(g, shape("rect", { x: 0, y: band.top - 6, width, height: band.bottom - band.top + 12, rx: 8 }));
  const text = shape("text", { transform: `translate(14 ${(band.top + band.bottom) / 2}) rotate(-90)` });
  text.textContent = band.name;
  return put(g, text);
}

function build(memory, drawing, select) {
  const svg = memory.svg;
  svg.setAttribute("viewBox", `0 0 ${drawing.width} ${drawing.height}`);
  svg.replaceChildren(...drawing.bands.map((band) => drawBand(band, drawing.width)));
  const byName = Object.fromEntries(drawing.nodes.map((node) => [node.name, node]));
  memory.edges = drawing.edges.map((edge) => drawEdge(edge, byName[edge.target]));
  memory.labels = drawing.edges.map((edge) => (edge.label ? drawLabel(edge.label) : null));
  memory.nodes = {};
  memory.names = {};
  memory.lines = put(shape("g", {}), ...memory.edges);
  put(svg, memory.lines, ...memory.labels);
  for (const node of drawing.nodes) {
    const g = drawNode(node);
    memory.nodes[node.name] = g;
    memory.names[node.name] = node.label;
    put(svg, g);
    if (node.group === "start" || node.group === "end") continue;
    g.setAttribute("role", "button");
    g.setAttribute("tabindex", "0");
    g.setAttribute("aria-label", node.label);
    g.onclick = () => select(node.name);
    g.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      select(node.name);
    };
  }
  memory.version = drawing.version;
}

function clear(memory) {
  clearTimeout(memory.timer);
  memory.timer = null;
  memory.shown = 0;
  memory.steps.replaceChildren();
  for (const part of [...memory.edges, ...memory.labels]) part?.classList.remove("taken");
  for (const [name, g] of Object.entries(memory.nodes)) {
    g.classList.remove(...STATES, "reached", "untimed");
    const ms = g.querySelector(".ms");
    if (ms) ms.textContent = "";
    if (g.hasAttribute("role")) g.setAttribute("aria-label", memory.names[name]);
  }
}

function setStep(memory, name, state, text) {
  let item = memory.steps.querySelector(`[data-node="${name}"]`);
  if (!item) {
    item = put(el("li"), el("span", "mark"), el("span", "step"), el("span", "took"));
    item.dataset.node = name;
    item.querySelector(".step").textContent = memory.names[name];
    put(memory.steps, item);
  }
  item.className = state;
  item.querySelector(".took").textContent = text;
}

function reshow(memory, frame) {
  show(memory, { ...frame, nodes: frame.nodes.filter((lit) => !memory.nodes[lit.name]?.classList.contains(lit.state)) });
  memory.last = JSON.stringify(frame);
}

function show(memory, frame) {
  memory.last = JSON.stringify(frame);
  for (const index of frame.edges) {
    memory.edges[index].classList.add("taken");
    memory.lines.appendChild(memory.edges[index]); // long edges share a trunk: the taken one lies on top
    memory.labels[index]?.classList.add("taken");
  }
  for (const { name, state, ms } of frame.nodes) {
    const g = memory.nodes[name];
    if (!g) continue;
    g.classList.remove(...STATES);
    g.classList.add("reached", state);
    if (!g.hasAttribute("role")) continue;
    const text = state === "paused" ? "waiting" : state === "running" ? "…" : ms === null ? "" : milliseconds(ms);
    g.querySelector(".ms").textContent = text;
    g.classList.toggle("untimed", !text);
    g.setAttribute("aria-label", `${memory.names[name]}: ${SPOKEN[state]}${state === "done" && text ? ", " + text : ""}`);
    setStep(memory, name, state, text);
  }
}

function play(memory) {
  memory.timer = null;
  const waiting = memory.frames.length - memory.shown;
  if (waiting <= 0) {
    memory.live.textContent = memory.summary;
    memory.root.classList.remove("playing");
    return;
  }
  memory.root.classList.add("playing");
  show(memory, memory.frames[memory.shown++]);
  memory.timer = setTimeout(() => play(memory), waiting > LONG_QUEUE ? HURRY_MS : PACE_MS);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".graph");
  const memory = remembered(parentElement, () => ({
    root,
    svg: root.querySelector("svg"),
    steps: root.querySelector(".steps"),
    live: root.querySelector(".live"),
    turn: null,
    timer: null,
  }));
  if (memory.version !== data.drawing.version) build(memory, data.drawing, (name) => setTriggerValue("node", name));
  if (memory.turn !== data.turn || data.frames.length < memory.shown) {
    clear(memory);
    memory.turn = data.turn;
  }
  memory.frames = data.frames;
  memory.summary = data.summary;
  root.classList.toggle("begun", data.frames.length > 0);
  root.querySelector(".nothing").hidden = data.frames.length > 0;
  for (const [name, g] of Object.entries(memory.nodes)) g.classList.toggle("selected", name === data.selected);
  const atOnce = prefersStillness() ? data.frames.length : data.known;
  // steps that run side by side share a frame: it may have grown since it was shown
  const last = memory.shown - 1;
  if (last >= 0 && JSON.stringify(data.frames[last]) !== memory.last) reshow(memory, data.frames[last]);
  while (memory.shown < atOnce) show(memory, memory.frames[memory.shown++]);
  if (!memory.timer) play(memory);
  return () => clearTimeout(memory.timer);
}
