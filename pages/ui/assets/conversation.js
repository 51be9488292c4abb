// The chat pane. Lines are kept and updated in place, so that nothing flickers and open folds stay open.

const REVEAL_MS = 420;

function reveal(memory, target, text) {
  const shown = target.textContent;
  cancelAnimationFrame(memory.reveals.get(target));
  if (shown === text) return;
  if (!memory.settled || prefersStillness() || !text.startsWith(shown)) {
    target.textContent = text;
    return;
  }
  const started = performance.now();
  const missing = text.length - shown.length;
  const step = (now) => {
    const share = Math.min((now - started) / REVEAL_MS, 1);
    target.textContent = text.slice(0, shown.length + Math.ceil(missing * share));
    if (memory.sticky) memory.log.scrollTop = memory.log.scrollHeight;
    if (share < 1) memory.reveals.set(target, requestAnimationFrame(step));
  };
  memory.reveals.set(target, requestAnimationFrame(step));
}

function newLine(line) {
  const item = el("div", `line ${line.who}`);
  item.dataset.id = line.id;
  const bubble = put(el("div", "bubble"), el("span", "unseen", `${line.name}: `), el("p", "said text"));
  put(item, put(el("div", "byline"), el("span", "name", line.name), el("time", "", clock(line.at))), bubble);
  return put(item, el("div", "below"), el("div", "why"));
}

function updateLine(memory, item, line) {
  item.className = `line ${line.who}${line.streaming ? " streaming" : ""}`;
  const text = item.querySelector(".text");
  if (line.who === "customer") text.textContent = line.text;
  else reveal(memory, text, line.text);
  const below = item.querySelector(".below");
  const written = JSON.stringify([line.chip, line.citations]);
  if (below.dataset.drawn !== written) {
    below.dataset.drawn = written;
    below.replaceChildren();
    if (line.chip) put(below, el("span", `chip ${line.chip.tone}`, line.chip.text));
    if (line.citations.length) put(below, el("span", "sources", `From: ${line.citations.join(" · ")}`));
  }
  drawBlocks(item.querySelector(".why"), line.why);
}

function drawEmpty(pane, empty) {
  pane.hidden = !empty;
  if (empty) pane.replaceChildren(el("strong", "", empty.title), el("span", "", empty.text));
}

export default function ({ data, parentElement }) {
  const log = parentElement.querySelector(".log");
  const memory = remembered(parentElement, () => {
    const fresh = { log, reveals: new WeakMap(), thread: null, settled: false, sticky: true };
    log.onscroll = () => { fresh.sticky = log.scrollHeight - log.scrollTop - log.clientHeight < 60; };
    return fresh;
  });
  if (memory.thread !== data.thread) {
    // a thread that is being opened is shown as it stands; only what comes later is written out
    memory.settled = data.started;
    memory.sticky = true;
    log.replaceChildren();
    memory.thread = data.thread;
  }
  drawEmpty(parentElement.querySelector(".empty"), data.empty);
  const kept = new Set(data.lines.map((line) => line.id));
  for (const item of [...log.children]) if (!kept.has(item.dataset.id)) item.remove();
  data.lines.forEach((line, index) => {
    let item = log.children[index];
    if (!item || item.dataset.id !== line.id) {
      item = newLine(line);
      log.insertBefore(item, log.children[index] ?? null);
    }
    updateLine(memory, item, line);
  });
  if (memory.sticky) log.scrollTop = log.scrollHeight;
  memory.settled = true;
}
