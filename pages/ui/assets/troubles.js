export default function ({ data, parentElement, setTriggerValue }) {
  const body = parentElement.querySelector("tbody");
  const written = JSON.stringify(data.rows);
  if (body.dataset.drawn === written) return;
  body.dataset.drawn = written;
  const focused = parentElement.activeElement?.dataset.id;
  body.replaceChildren(...data.rows.map((row) => {
    const open = el("button", "open", "Open");
    open.type = "button";
    open.dataset.id = row.id;
    open.setAttribute("aria-label", `Open the thread of ${clock(row.at)}, ${row.step}`);
    open.onclick = () => setTriggerValue("opened", row.thread);
    const told = put(el("tr"), el("td", "when", clock(row.at)), el("td", "", row.step),
      put(el("td", "said"), el("span", "", row.what), el("span", "below", `Done instead by ${row.by}`)));
    return put(told, el("td", "said by", row.by), put(el("td"), open));
  }));
  if (focused) body.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}
