// Draws a list of typed blocks: the small vocabulary in which evidence and decision records are written.

const VERDICTS = { pass: ["✓", "good"], fail: ["✕", "bad"], unknown: ["?", "warn"] };

const DRAW = {
  heading: (block) => el(`h${block.level}`, "heading", block.text),
  note: (block) => el("p", `note ${block.tone ? "tone-" + block.tone : ""}`, block.text),
  quote(block) {
    const words = el("blockquote", "quote said", block.text);
    if (block.label && (block.text.length > 360 || block.text.split("\n").length > 4)) {
      // a long one scrolls inside itself, also by keyboard
      words.classList.add("capped");
      words.tabIndex = 0;
      words.setAttribute("role", "region");
      words.setAttribute("aria-label", block.label);
    }
    return words;
  },
  facts(block) {
    const list = el("dl", "facts");
    for (const row of block.rows) {
      const value = el("dd", "said");
      if (row.tone) put(value, el("span", `chip ${row.tone}`, row.value));
      else value.textContent = row.value;
      if (row.fact) value.dataset.fact = row.fact;
      put(list, el("dt", "", row.label), value);
    }
    return list;
  },
  figures(block) {
    const list = el("dl", "figures");
    for (const row of block.rows) {
      const figure = put(el("div", row.strong ? "strong" : ""), el("dt", "", row.label), el("dd", "", row.value));
      if (row.fact) figure.dataset.fact = row.fact;
      put(list, figure);
    }
    return list;
  },
  tags(block) {
    const row = el("div", "tags");
    for (const tag of block.items) put(row, el("span", tag.tone ? `chip ${tag.tone}` : "plain", tag.text));
    return row;
  },
  points(block) {
    const list = el("ul", "points");
    for (const item of block.items) put(list, el("li", "said", item));
    return list;
  },
  table(block) {
    const head = el("tr");
    block.head.forEach((title, i) => {
      const cell = el("th", block.numeric.includes(i) ? "number" : "", title);
      cell.scope = "col";
      put(head, cell);
    });
    const body = el("tbody");
    for (const row of block.rows) {
      const line = el("tr");
      row.forEach((text, i) => put(line, el("td", block.numeric.includes(i) ? "number" : "said", text)));
      put(body, line);
    }
    const scroll = el("div", "scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", block.label);
    return put(scroll, put(el("table"), put(el("thead"), head), body));
  },
  clauses(block) {
    const list = el("ul", "clauses");
    for (const clause of block.rows) {
      const [sign, tone] = VERDICTS[clause.verdict];
      const icon = el("span", "sign", sign);
      icon.setAttribute("aria-hidden", "true");
      const verdict = put(el("span", `chip ${tone}`), icon, el("span", "", clause.verdict));
      const found = put(el("span", "said"), el("span", "fact", clause.fact), el("span", "source", clause.source));
      const text = put(el("span", "said"), el("span", "rule", clause.text), found);
      const links = clause.facts ?? [];
      const row = put(el(links.length ? "button" : "div", "clause"), verdict, text);
      if (links.length) {
        row.type = "button";
        row.dataset.clause = clause.id;
        row.setAttribute("aria-pressed", "false");
        row.onclick = () => chooseClause(clause, row.getAttribute("aria-pressed") !== "true");
      }
      put(list, put(el("li"), row));
    }
    return list;
  },
  columns(block, open) {
    const side = (blocks) => put(el("div", "column"), ...blocks.map((each) => draw(each, open)));
    return put(el("div", "columns"), side(block.left), side(block.right));
  },
  difference(block) {
    const list = el("ul", "difference");
    list.setAttribute("aria-label", block.title);
    const SIGN = { added: ["+ ", "ins"], removed: ["− ", "del"], same: ["  ", "span"] };
    for (const line of block.lines) {
      const [sign, tag] = SIGN[line.change];
      const mark = el("span", "", sign);
      mark.setAttribute("aria-hidden", "true");
      const said = line.change === "same" ? "" : `${line.change}: `;
      put(list, put(el("li", line.change), mark, el("span", "unseen", said), el(tag, "said", line.text)));
    }
    return list;
  },
  trend(block) {
    const [width, height] = [132, 34];
    const x = (i) => (block.scores.length < 2 ? width / 2 : 6 + (i * (width - 12)) / (block.scores.length - 1));
    const y = (score) => height / 2 - (score * (height - 10)) / 2;
    const figure = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": block.label });
    put(figure, shape("line", { x1: 0, x2: width, y1: height / 2, y2: height / 2, class: "zero" }));
    put(figure, shape("polyline", { points: block.scores.map((s, i) => `${x(i)},${y(s)}`).join(" "), class: "curve" }));
    block.scores.forEach((s, i) => put(figure, shape("circle", { cx: x(i), cy: y(s), r: 3, class: s < 0 ? "low" : "high" })));
    return put(el("div", "trend"), figure, el("span", "tone-soft", block.caption));
  },
  spoken(block) {
    const list = el("ol", "spoken");
    for (const line of block.lines) {
      put(list, put(el("li", line.who), el("span", "speaker", line.name), el("span", "said", line.text)));
    }
    return list;
  },
  fold(block, open) {
    const details = el("details", "fold");
    details.dataset.title = block.title;
    details.open = open.has(block.title) || (block.open && !open.has("!" + block.title));
    return put(details, el("summary", "", block.title), put(el("div", "inside"), ...block.blocks.map((b) => draw(b, open))));
  },
};

/** Tell every part of the card which facts a clause rests on; its parts may be components of their own. */
function chooseClause(clause, on) {
  const detail = on ? { id: clause.id, text: clause.text, facts: clause.facts } : { id: "", text: "", facts: [] };
  document.dispatchEvent(new CustomEvent("triage-clause", { detail }));
}

/** Mark the facts that the chosen clause rests on; returns the marked ones, folds around them opened. */
function markFacts(sheet, chosen) {
  for (const button of sheet.querySelectorAll("[data-clause]")) {
    button.setAttribute("aria-pressed", String(button.dataset.clause === chosen.id));
  }
  const marked = [];
  for (const place of sheet.querySelectorAll("[data-fact]")) {
    const on = chosen.facts.includes(place.dataset.fact);
    place.classList.toggle("marked", on);
    if (on) place.setAttribute("aria-current", "true");
    else place.removeAttribute("aria-current");
    if (on) marked.push(place);
    for (let fold = place.closest("details"); on && fold; fold = fold.parentElement.closest("details")) fold.open = true;
  }
  return marked;
}

function draw(block, open) {
  return DRAW[block.type](block, open);
}

/** Redraw `target` if the blocks changed; folds stay as the reader left them. */
function drawBlocks(target, blocks) {
  const written = JSON.stringify(blocks);
  if (target.dataset.drawn === written) return;
  const open = new Set();
  for (const fold of target.querySelectorAll("details")) open.add((fold.open ? "" : "!") + fold.dataset.title);
  target.replaceChildren(...blocks.map((block) => draw(block, open)));
  target.dataset.drawn = written;
}
