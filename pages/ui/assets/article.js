const TAGS = { code: "code", strong: "strong", stress: "em" };

function inline(parent, spans) {
  for (const span of spans) {
    if (span.style === "link") {
      const link = el("a", "", span.text);
      link.href = span.to; // http, https or mailto: nothing else comes here
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow";
      put(parent, link);
    } else if (span.style === "picture") {
      put(parent, el("span", "picture", span.text));
    } else if (TAGS[span.style]) {
      put(parent, el(TAGS[span.style], "", span.text));
    } else {
      parent.appendChild(document.createTextNode(span.text));
    }
  }
  return parent;
}

function scrolling(inner, label) {
  const frame = el("div", "scroll");
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", label);
  return put(frame, inner);
}

function cells(tag, row) {
  return put(el("tr"), ...row.map((spans) => inline(el(tag), spans)));
}

const DRAW = {
  heading: (block) => inline(el(block.level < 3 ? "h3" : "h4"), block.spans),
  text: (block) => inline(el("p"), block.spans),
  quote: (block) => inline(el("blockquote"), block.spans),
  rule: () => el("hr"),
  code(block) {
    const code = el("pre", "", block.text);
    code.tabIndex = 0;
    return code;
  },
  list(block) {
    return put(el("ul"), ...block.items.map((item) =>
      put(el("li", `depth-${item.depth}`), el("span", "mark", item.mark), inline(el("span"), item.spans))));
  },
  table(block) {
    const [head, ...rows] = block.rows;
    const table = put(el("table"), put(el("thead"), cells("th", head)), put(el("tbody"), ...rows.map((row) => cells("td", row))));
    return scrolling(table, "A table of the article");
  },
};

export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector(".article");
  const written = JSON.stringify(data.blocks);
  if (sheet.dataset.drawn === written) return;
  sheet.dataset.drawn = written;
  sheet.replaceChildren(...data.blocks.map((block) => DRAW[block.type](block)));
}
