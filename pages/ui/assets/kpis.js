const WIDE = 100;
const HIGH = 40;

/** A line through the values; the table beside the chart of the same name tells them in words. */
function courseOf(values) {
  const svg = shape("svg", {
    class: "course", viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true",
  });
  const low = Math.min(...values);
  const reach = Math.max(...values) - low;
  const places = values.map((value, place) => {
    const x = (WIDE * place) / (values.length - 1);
    const y = reach ? HIGH - 2 - ((HIGH - 4) * (value - low)) / reach : HIGH / 2;
    return `${x.toFixed(2)},${y.toFixed(2)}`;
  });
  svg.appendChild(shape("path", { d: `M${places.join("L")}` }));
  return svg;
}

function aboutOf(card, means, shown) {
  const about = el("button", "about", "i");
  about.type = "button";
  about.setAttribute("aria-label", `What ${card.title} means`);
  about.title = card.means;
  const show = (open) => {
    means.hidden = !open;
    about.setAttribute("aria-expanded", String(open));
    if (open) shown.add(card.name);
    else shown.delete(card.name);
  };
  about.onclick = () => show(means.hidden);
  show(shown.has(card.name));
  return about;
}

function listOf(card, open) {
  const list = el("button", "list", card.below);
  list.type = "button";
  list.dataset.name = card.name;
  list.disabled = !card.opens;
  list.setAttribute("aria-label", `${card.title}: ${card.value}. ${card.below}${card.opens ? ". Show the list" : ""}`);
  list.onclick = () => open(card.name);
  return list;
}

function cardOf(card, open, shown) {
  const box = el("div", "card");
  box.setAttribute("role", "listitem");
  const means = el("p", "means", card.means);
  put(box, put(el("div", "head"), el("span", "title", card.title), aboutOf(card, means, shown)));
  put(box, el("div", "value", card.value));
  if (card.moved) {
    const moved = el("span", `chip moved ${card.tone}`, `${card.arrow} ${card.moved}`.trim());
    moved.title = "Compared with the span of equal length before";
    put(box, put(moved, el("span", "unseen", " compared with the span before")));
  }
  if (card.course.length > 1) put(box, courseOf(card.course));
  return put(box, listOf(card, open), means);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const sheet = parentElement.querySelector(".kpis");
  const written = JSON.stringify(data);
  if (sheet.dataset.drawn === written) return;
  sheet.dataset.drawn = written;
  const shown = remembered(parentElement, () => new Set());
  const focused = parentElement.activeElement?.dataset.name;
  sheet.setAttribute("aria-label", "Key figures");
  sheet.replaceChildren(...data.cards.map((card) => cardOf(card, (name) => setTriggerValue("opened", name), shown)));
  if (focused) sheet.querySelector(`.list[data-name="${CSS.escape(focused)}"]`)?.focus();
}
