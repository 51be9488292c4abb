const DAY_S = 86400;

/** When the queue is clear, in the reader's own time: "Clear by 16:40", or a span if that is not today. */
function clearBy(seconds) {
  if (seconds > DAY_S) return `Clear in ${span(seconds)}`;
  const minutes = 5 * 60 * 1000;
  const at = new Date(Math.ceil((Date.now() + seconds * 1000) / minutes) * minutes);
  return `Clear by ${clock(at.toISOString())}`;
}

function bar(row, most) {
  const track = el("span", "track");
  track.setAttribute("aria-hidden", "true");
  const fill = el("span", "fill");
  fill.style.width = row.count ? `${Math.max(8, (100 * row.count) / most)}%` : "0";
  const age = put(el("span", "age", `${row.label}: `), el("strong", "", row.count));
  return put(el("li"), put(track, fill), age);
}

export default function ({ data, parentElement }) {
  const known = remembered(parentElement, () => ({ drawn: "" }));
  const written = JSON.stringify(data);
  if (known.drawn === written) return;
  known.drawn = written;
  const clear = parentElement.querySelector(".clear");
  clear.replaceChildren();
  if (data.clearIn) put(clear, el("strong", "", clearBy(data.clearIn)), el("span", "", ` ${data.pace}`));
  else put(clear, el("span", "", data.pace));
  const most = Math.max(1, ...data.ages.map((row) => row.count));
  parentElement.querySelector(".ages").replaceChildren(...data.ages.map((row) => bar(row, most)));
}
