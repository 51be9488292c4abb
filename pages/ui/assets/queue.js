const DUE = (seconds) => (seconds < 0 ? `${span(seconds)} late` : `in ${span(seconds)}`);

const SIGNS = { pass: "✓", fail: "✕", unknown: "?" };

function judgement(row) {
  const clauses = el("div", "clauses");
  for (const [verdict, count] of row.verdicts) {
    put(clauses, put(el("span", `verdict ${verdict}`), el("span", "", `${count} ${SIGNS[verdict]}`), el("span", "unseen", verdict)));
  }
  return put(el("td", "number"), el("div", "amount", row.amount), el("span", `chip ${row.adviceTone}`, row.advice), clauses);
}

function due(row) {
  if (!row.open) return el("td", "decided", row.decided);
  const when = el("div", row.dueIn < 0 ? "late" : "", DUE(row.dueIn));
  const age = el("div", "age", row.age < 60 ? "just came" : `${span(row.age)} old`);
  return put(el("td"), when, el("span", `chip ${row.priorityTone}`, row.priority), age);
}

function who(row, choose) {
  const open = el("button", "open", row.requester);
  open.type = "button";
  open.dataset.id = row.id;
  open.setAttribute("aria-label", `Open ${row.kind} by ${row.requester}, ${row.amount || "no amount"}`);
  if (row.current) open.setAttribute("aria-current", "true");
  open.onclick = (event) => { event.stopPropagation(); choose(row.id); };
  const head = put(el("div"), open, el("span", "kind", row.kind));
  const foot = el("div", "reason");
  if (row.second) put(foot, el("span", "chip accent", "needs a second person"));
  if (row.claimed) put(foot, el("span", "chip info", `claimed by ${row.claimed}`));
  put(foot, el("span", "why", `${row.team} · ${row.reason}`));
  return put(el("td", "who"), head, el("span", "request", row.request), foot);
}

function line(row, choose) {
  const tr = el("tr", row.current ? "row current" : "row");
  tr.onclick = () => choose(row.id);
  return put(tr, due(row), who(row, choose), judgement(row));
}

/** Arrow keys go from row to row; Enter opens, as with every button. */
function walk(body, event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...body.querySelectorAll(".open")];
  const at = rows.indexOf(event.target);
  if (!step || at < 0) return;
  event.preventDefault();
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)].focus();
}

/** Bring the selected row into the frame, without moving the page. */
function reveal(frame) {
  const row = frame.querySelector(".row.current");
  if (!row) return;
  const head = frame.querySelector("thead").offsetHeight;
  const above = row.offsetTop - head - frame.scrollTop;
  const below = row.offsetTop + row.offsetHeight - frame.scrollTop - frame.clientHeight;
  if (above < 0) frame.scrollTop += above;
  else if (below > 0) frame.scrollTop += below;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".frame");
  const body = frame.querySelector("tbody");
  const known = remembered(parentElement, () => ({ drawn: "", current: null }));
  const written = JSON.stringify(data.rows);
  if (known.drawn === written) return;
  const focused = parentElement.activeElement?.dataset.id;
  body.replaceChildren(...data.rows.map((row) => line(row, (id) => setTriggerValue("chosen", id))));
  body.onkeydown = (event) => walk(body, event);
  known.drawn = written;
  if (focused) body.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const current = data.rows.find((row) => row.current)?.id ?? null;
  if (current !== known.current) reveal(frame);
  known.current = current;
}
