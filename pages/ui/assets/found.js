function measure(row, limit) {
  const enough = row.relevance >= limit;
  const bar = el("div", "bar");
  const fill = el("div", "fill");
  fill.style.width = `${Math.round(row.relevance * 100)}%`;
  const mark = el("div", "limit");
  mark.style.left = `${Math.round(limit * 100)}%`;
  put(bar, fill, mark).setAttribute("aria-hidden", "true");
  const said = el("span", "value", `${row.relevance.toFixed(2)}, ${enough ? "above" : "below"} the limit of ${limit.toFixed(2)}`);
  return put(el("div", enough ? "measure enough" : "measure"), bar, said);
}

function titled(row, choose) {
  if (!choose) return el("span", "title", row.title);
  const open = el("button", "open", row.title);
  open.type = "button";
  open.onclick = () => choose(row.id);
  return open;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".found");
  const written = JSON.stringify(data);
  if (list.dataset.drawn === written) return;
  list.dataset.drawn = written;
  const choose = data.choosable ? (id) => setTriggerValue("chosen", id) : null;
  list.replaceChildren(...data.rows.map((row) => {
    const head = put(el("div", "head"), titled(row, choose), el("span", "about", row.about));
    return put(el("li"), head, measure(row, data.limit), el("p", "passage", row.text));
  }));
}
