const NOTHING = { id: "", text: "", facts: [] };

function listen(parentElement, sheet) {
  const memory = { chosen: NOTHING };
  const follow = (event) => {
    memory.chosen = event.detail;
    const marked = markFacts(sheet, memory.chosen);
    const said = marked.map((place) => place.innerText.replace(/\s+/g, " ")).join("; ");
    parentElement.querySelector("[role=status]").textContent = marked.length ? `${memory.chosen.text}: ${said}` : "";
    marked[0]?.scrollIntoView({ block: "nearest", behavior: prefersStillness() ? "auto" : "smooth" });
  };
  document.addEventListener("triage-clause", follow);
  memory.stop = () => document.removeEventListener("triage-clause", follow);
  return memory;
}

export default function ({ data, parentElement }) {
  const sheet = parentElement.querySelector(".sheet");
  const memory = remembered(parentElement, () => listen(parentElement, sheet));
  if (sheet.dataset.card !== data.card) {
    memory.chosen = NOTHING; // another card: what was marked on the last one means nothing here
    sheet.dataset.card = data.card;
  }
  drawBlocks(sheet, data.blocks);
  markFacts(sheet, memory.chosen);
  return memory.stop;
}
