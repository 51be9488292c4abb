// Which rows are switched off is kept here by id and told to the page as a whole list; rows may come and go meanwhile.

const SIGN = { pass: "✓", fail: "✕", unknown: "?" };

function common(data) {
  const said = data.verdicts.map(([verdict, count]) => el("span", verdict, `${count} ${verdict}`));
  return [
    el("span", "", "Common to all:"), el("span", `chip ${data.adviceTone}`, `rule says ${data.advice}`),
    el("span", "", `amounts ${data.band}`), ...said,
  ];
}

function cell(value, column) {
  const td = el("td", column === "In their words" ? "words" : column === "Amount" ? "amount" : "");
  td.append(value.differs ? el("mark", "", value.text) : value.text);
  if (value.differs) put(td, el("span", "unseen", "differs from the others"));
  if (value.note) put(td, el("span", "look", value.note));
  return td;
}

function box(row, known, tell) {
  const input = el("input");
  input.type = "checkbox";
  input.dataset.id = row.id;
  input.checked = !row.claimed && !known.off.has(row.id);
  input.disabled = Boolean(row.claimed);
  input.setAttribute("aria-label", row.claimed ? `${row.name}, claimed by ${row.claimed}` : `Include ${row.name}`);
  input.onchange = () => {
    if (input.checked) known.off.delete(row.id); else known.off.add(row.id);
    input.closest("tr").classList.toggle("off", !input.checked);
    tell([...known.off]);
  };
  const td = put(el("td"), input);
  if (row.claimed) put(td, el("span", "look", `claimed by ${row.claimed}`));
  return td;
}

function line(row, columns, known, tell) {
  const tr = el("tr", row.claimed || known.off.has(row.id) ? "off" : "");
  return put(tr, box(row, known, tell), ...row.cells.map((value, at) => cell(value, columns[at])));
}

export default function ({ data, parentElement, setStateValue }) {
  const known = remembered(parentElement, () => ({ drawn: "", off: new Set() }));
  const written = JSON.stringify(data);
  if (known.drawn === written) return;
  known.drawn = written;
  const find = (path) => parentElement.querySelector(path);
  find(".common").replaceChildren(...common(data));
  find("summary").textContent = `The ${data.clauses.length} clauses they share`;
  find("ul").replaceChildren(
    ...data.clauses.map(([verdict, text]) => put(el("li"), el("span", verdict, `${SIGN[verdict]} `), el("span", "", `${text} (${verdict})`))),
  );
  find("caption").textContent = data.label;
  find("thead tr").replaceChildren(
    put(el("th"), el("span", "unseen", "Include")),
    ...data.columns.map((column) => { const th = el("th", column === "Amount" ? "amount" : "", column); th.scope = "col"; return th; }),
  );
  const focused = parentElement.activeElement?.dataset.id;
  const tell = (off) => setStateValue("off", off);
  find("tbody").replaceChildren(...data.rows.map((row) => line(row, data.columns, known, tell)));
  if (focused) find(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  find(".more").textContent = data.more > 0 ? `${data.more} more come when these are decided.` : "";
}
