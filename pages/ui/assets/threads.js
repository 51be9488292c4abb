export default function ({ data, parentElement, setTriggerValue }) {
  const list = parentElement.querySelector(".threads");
  const written = JSON.stringify(data.rows);
  if (list.dataset.drawn === written) return;
  list.dataset.drawn = written;
  const focused = parentElement.activeElement?.dataset.id;
  list.replaceChildren(...data.rows.map((row) => {
    const button = el("button", row.current ? "thread current" : "thread");
    button.type = "button";
    button.dataset.id = row.id;
    if (row.current) button.setAttribute("aria-current", "true");
    button.onclick = () => setTriggerValue("opened", row.id);
    const foot = put(el("span", "foot"), el("span", `dot ${row.tone}`), el("span", "", `${row.status} · ${clock(row.at)}`));
    return put(el("li"), put(button, el("span", "title", row.title), foot));
  }));
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}
