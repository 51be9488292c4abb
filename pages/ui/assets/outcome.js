// What became of a decision. While it can be called back the seconds run here, without a rerun; the desk alone decides
// when they are over. Only the sentence is a live region: seconds that are read out one by one would be noise.

const MARK = { good: "✓", bad: "✕", warn: "!", info: "i" };
const DRIFT_MS = 700;

function tick(memory) {
  cancelAnimationFrame(memory.frame);
  const step = () => {
    const rest = Math.max(memory.deadline - performance.now(), 0);
    const text = rest > 0 ? `${memory.data.running} ${Math.ceil(rest / 1000)} s` : memory.data.over;
    if (memory.left.textContent !== text) memory.left.textContent = text;
    memory.rest.style.transform = `scaleX(${memory.data.total > 0 ? Math.min(rest / memory.data.total, 1) : 0})`;
    if (rest > 0) memory.frame = requestAnimationFrame(step);
  };
  step();
}

function write(memory, data) {
  memory.sheet.hidden = !data.text;
  memory.sheet.className = `sheet outcome ${data.tone}`;
  memory.mark.textContent = MARK[data.tone] ?? "";
  if (memory.status.textContent !== data.text) memory.status.textContent = data.text;
  memory.detail.textContent = data.detail;
}

export default function ({ data, parentElement }) {
  const memory = remembered(parentElement, () => ({
    sheet: parentElement.querySelector(".sheet"),
    mark: parentElement.querySelector(".mark"),
    status: parentElement.querySelector("[role=status]"),
    left: parentElement.querySelector(".left"),
    detail: parentElement.querySelector(".detail"),
    track: parentElement.querySelector(".track"),
    rest: parentElement.querySelector(".rest"),
    until: null,
  }));
  memory.data = data;
  write(memory, data);
  memory.track.hidden = !data.until;
  if (data.until) {
    const deadline = performance.now() + data.left;
    // the desk's clock counts, but a frame's delay on the way must not make the bar jump
    if (memory.until !== data.until || Math.abs(deadline - memory.deadline) > DRIFT_MS) memory.deadline = deadline;
    tick(memory);
  } else {
    cancelAnimationFrame(memory.frame);
    memory.left.textContent = "";
  }
  memory.until = data.until;
  return () => cancelAnimationFrame(memory.frame);
}
