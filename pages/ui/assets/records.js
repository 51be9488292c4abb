/** The year as well where it is not this one: what lies here may be old. */
function longClock(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.getFullYear() === new Date().getFullYear()) return clock(iso);
  return `${clock(iso)} ${at.getFullYear()}`;
}

function words(cell) {
  return cell.at ? longClock(cell.at) : cell.text;
}

function firstOf(cell, row, choose) {
  if (!choose) return el("span", "text", words(cell));
  const open = el("button", "open", words(cell));
  open.type = "button";
  open.dataset.id = row.id;
  open.setAttribute("aria-label", row.label);
  if (row.current) open.setAttribute("aria-current", "true");
  open.onclick = (event) => { event.stopPropagation(); choose(row.id); };
  return open;
}

function look(data, place) {
  return [data.numeric.includes(place) ? "number" : "", data.wide === place ? "wide" : "", data.full ? "full" : ""].join(" ");
}

function line(row, data, choose) {
  const tr = el("tr", `row ${choose ? "choosable" : ""} ${row.current ? "current" : ""}`);
  if (choose) tr.onclick = () => choose(row.id);
  row.cells.forEach((cell, place) => {
    const td = el("td", look(data, place));
    const style = cell.tone ? `chip ${cell.tone}` : cell.code ? "text code" : "text";
    put(td, place === 0 ? firstOf(cell, row, choose) : el("span", style, words(cell)));
    for (const below of cell.below) put(td, el("span", "below", below));
    if (cell.whole || cell.at) td.title = cell.whole || cell.at;
    put(tr, td);
  });
  return tr;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const frame = parentElement.querySelector(".frame");
  const written = JSON.stringify(data);
  if (frame.dataset.drawn === written) return;
  frame.dataset.drawn = written;
  frame.setAttribute("aria-label", data.label);
  frame.classList.toggle("whole", data.rows.length <= 12);
  const choose = data.choosable ? (id) => setTriggerValue("chosen", id) : null;
  const focused = parentElement.activeElement?.dataset.id;
  const head = el("tr");
  data.head.forEach((title, place) => {
    const cell = el("th", data.numeric.includes(place) ? "number" : "", title);
    cell.scope = "col";
    put(head, cell);
  });
  frame.querySelector("thead").replaceChildren(head);
  const body = frame.querySelector("tbody");
  body.replaceChildren(...data.rows.map((row) => line(row, data, choose)));
  frame.classList.toggle("chosen", data.rows.some((row) => row.current));
  const current = body.querySelector(".current");
  // within the frame only: scrollIntoView would move the page as well
  if (current && !frame.dataset.reached) frame.scrollTop = current.offsetTop - frame.clientHeight / 2;
  frame.dataset.reached = current ? "yes" : "";
  if (focused) body.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}
