const DUE = (seconds) => (seconds < 0 ? `${span(seconds)} late` : `in ${span(seconds)}`);

const SIGNS = { pass: "✓", fail: "✕", unknown: "?" };

function judgement(row) {
  const clauses = el("div", "clauses");
  for (const [verdict, count] of row.verdicts) {
    put(clauses, put(el("span", `verdict ${verdict}`), el("span", "", `${count} ${SIGNS[verdict]}`), el("span", "unseen", verdict)));
  }
  return put(el("td"), el("span", `chip ${row.adviceTone}`, row.advice), clauses);
}

function due(row) {
  if (!row.pending) return el("td", "decided", row.decided);
  const when = el("div", row.dueIn < 0 ? "late" : "", DUE(row.dueIn));
  return put(el("td"), when, el("span", `chip ${row.priorityTone}`, row.priority));
}

function line(row, choose) {
  const tr = el("tr", row.current ? "row current" : "row");
  tr.onclick = () => choose(row.id);
  const open = el("button", "open", row.requester);
  open.type = "button";
  open.dataset.id = row.id;
  open.setAttribute("aria-label", `Open ${row.kind} by ${row.requester}, ${row.amount || "no amount"}`);
  if (row.current) open.setAttribute("aria-current", "true");
  open.onclick = (event) => { event.stopPropagation(); choose(row.id); };
  const who = put(el("td", "who"), open, el("span", "kind", row.kind), el("span", "request", row.request));
  return put(tr, due(row), who, el("td", "number", row.amount), judgement(row));
}

export default function ({ data, parentElement, setTriggerValue }) {
  const body = parentElement.querySelector("tbody");
  const written = JSON.stringify(data.rows);
  if (body.dataset.drawn === written) return;
  const focused = parentElement.activeElement?.dataset.id;
  body.replaceChildren(...data.rows.map((row) => line(row, (id) => setTriggerValue("chosen", id))));
  body.dataset.drawn = written;
  if (focused) body.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}
