const DUE = (seconds) => (seconds < 0 ? `${span(seconds)} late` : `in ${span(seconds)}`);

function verdicts(row) {
  const cell = el("td", "verdicts");
  for (const [verdict, count] of row.verdicts) {
    const [sign, tone] = { pass: ["✓", "good"], fail: ["✕", "bad"], unknown: ["?", "warn"] }[verdict];
    put(cell, el("span", `chip ${tone}`, `${sign} ${count}`), el("span", "unseen", ` ${verdict} `));
  }
  return cell;
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
  const due = put(el("td"), el("span", row.dueIn < 0 && row.pending ? "chip bad" : "", row.pending ? DUE(row.dueIn) : row.decided));
  const who = put(el("td", "who"), open, el("span", "request", row.request));
  const tags = put(el("td", "tags"), el("span", `chip ${row.priorityTone}`, row.priority));
  put(tr, due, who, el("td", "number", row.amount), tags, verdicts(row));
  return put(tr, put(el("td"), el("span", `chip ${row.adviceTone}`, row.advice)));
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
