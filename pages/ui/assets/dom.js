// Building blocks that every component starts with. Text only ever enters through textContent.

function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = String(text);
  return node;
}

function shape(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

function put(parent, ...children) {
  for (const child of children) if (child) parent.appendChild(child);
  return parent;
}

const MEMORY = new WeakMap();

/** What this instance remembers between two calls; `create` runs once per mounted instance. */
function remembered(parentElement, create) {
  if (!MEMORY.has(parentElement)) MEMORY.set(parentElement, create());
  return MEMORY.get(parentElement);
}

function prefersStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** 14:05 today, "21 Nov, 14:05" otherwise, in the reader's own time zone. */
function clock(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  if (at.toDateString() === new Date().toDateString()) return time;
  return `${at.getDate()} ${at.toLocaleDateString("en", { month: "short" })}, ${time}`;
}

function span(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes < 1) return "under a minute";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

function milliseconds(ms) {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 1 ? `${Math.round(ms)} ms` : "< 1 ms";
}
