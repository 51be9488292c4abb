/* The chat of a website. Embed it with
 *   <script src="https://desk.example/widget.js" data-title="Help" defer></script>
 * A website that knows its customer asks POST /sessions for a token on its own server and adds data-token="ts_…".
 * Text is only ever set as text; nothing is loaded from anywhere but this script's own host. */
(() => {
  "use strict";
  /* Whom a token is for, so that nobody finds another's conversation after signing in under another name. */
  function customer(token) {
    try { return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).sub; } catch { return ""; }
  }
  const SCRIPT = document.currentScript;
  const BASE = new URL(".", SCRIPT.src).href;
  const KEPT = `triage-chat ${BASE} ${customer(SCRIPT.dataset.token)}`;
  const RETRIES = 6;
  const LONGEST_PAUSE_MS = 8000;

  const LANGUAGE = (SCRIPT.dataset.language || document.documentElement.lang || navigator.language).slice(0, 2);
  const WORDS = EVERY_LANGUAGE[LANGUAGE] || EVERY_LANGUAGE.en;

  const STYLE = `
    :host { all: initial; --paper: #fff; --page: #f6f7fa; --ink: #171b26; --soft: #4c5468; --line: #dee2ea;
      --accent: #4f46e5; --mine: #ecebfd; --note: #fff1da; --note-ink: #7f4400; color-scheme: light; }
    @media (prefers-color-scheme: dark) { :host { --paper: #161a23; --page: #0d1017; --ink: #e7eaf1; --soft: #b6becd;
      --line: #2a303d; --accent: #6062ee; --mine: #21214a; --note: #33260f; --note-ink: #ffc978; color-scheme: dark; } }
    * { box-sizing: border-box; font: 15px/1.45 Inter, "Segoe UI", system-ui, sans-serif; color: inherit; }
    button { cursor: pointer; min-height: 44px; border-radius: 8px; border: 1px solid var(--line);
      background: var(--paper); padding: 0 14px; }
    button:disabled { opacity: .6; cursor: default; }
    :is(button, textarea):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .primary { background: var(--accent); border-color: var(--accent); color: #fff; font-weight: 600; }
    .launcher { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; border-radius: 24px; padding: 0 20px;
      box-shadow: 0 4px 18px #0004; }
    .panel { position: fixed; inset: 0; z-index: 2147483001; display: flex; flex-direction: column;
      background: var(--page); color: var(--ink); }
    [hidden] { display: none !important; }
    header, form, .state { padding: 10px 14px; background: var(--paper); }
    header { display: flex; align-items: center; gap: 10px; border-bottom: 1px solid var(--line); }
    header h2 { flex: 1; margin: 0; font-size: 17px; font-weight: 650; }
    .mood { font-size: 13px; padding: 2px 10px; border-radius: 12px; border: 1px solid var(--line); color: var(--soft); }
    .log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 14px; margin: 0; display: flex;
      flex-direction: column; gap: 10px; }
    .line { max-width: 88%; align-self: flex-start; background: var(--paper); border: 1px solid var(--line);
      border-radius: 12px; padding: 8px 12px; }
    .line.customer { align-self: flex-end; background: var(--mine); border-color: transparent; }
    .line p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .who, .sources { font-size: 12.5px; color: var(--soft); margin: 0; }
    .state { border-top: 1px solid var(--line); color: var(--soft); font-size: 14px; min-height: 42px; }
    .state.waits { background: var(--note); color: var(--note-ink); font-weight: 600; }
    .rating { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin-top: 6px; }
    .rating span { width: 100%; }
    .rating button { min-width: 44px; padding: 0 6px; }
    form { display: grid; grid-template-columns: 1fr auto; gap: 8px; border-top: 1px solid var(--line); }
    textarea { grid-column: 1 / -1; resize: none; min-height: 64px; border-radius: 8px; border: 1px solid var(--line);
      background: var(--page); padding: 8px 10px; width: 100%; font-size: 16px; }
    @media (min-width: 520px) { .panel { inset: auto 16px 16px auto; width: 390px; height: min(640px, calc(100vh - 32px));
      border: 1px solid var(--line); border-radius: 14px; overflow: hidden; box-shadow: 0 8px 32px #0005; } }
    @media (prefers-reduced-motion: no-preference) { .working::after { content: "…"; animation: blink 1s infinite; }
      @keyframes blink { 50% { opacity: .2; } } }`;

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("aria-") || name === "role" || name === "for") element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children);
    return element;
  };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const clock = (text) => {
    const at = new Date(text);
    const day = at.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    return at.toLocaleString(LANGUAGE, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  };

  class Gone extends Error {}
  /* The website's own token has ended; only a newly loaded page brings another. The conversation stays. */
  class SignedOut extends Error {}

  /* What survives a reload: the token, the thread, and the last event that was seen. */
  class Memory {
    constructor() {
      try { Object.assign(this, JSON.parse(localStorage.getItem(KEPT) || "{}")); } catch { /* private windows keep nothing */ }
    }
    keep(changes) {
      Object.assign(this, changes);
      try { localStorage.setItem(KEPT, JSON.stringify(this)); } catch { /* the conversation lives as long as the page */ }
    }
    forget() {
      this.keep({ token: undefined, thread: undefined, last: undefined });
    }
  }

  /* Talks to the desk. Whatever is sent twice carries the same id, so that it is one message there. */
  class Line {
    constructor(memory) { this.memory = memory; }

    async token() {
      if (SCRIPT.dataset.token) return this.memory.token || SCRIPT.dataset.token;
      if (!this.memory.token) {
        const made = await this.patiently(() => fetch(`${BASE}widget/session`, { method: "POST" }));
        this.memory.keep({ token: (await made.json()).token });
      }
      return this.memory.token;
    }

    async ask(path, options = {}) {
      const headers = { ...options.headers, Authorization: `Bearer ${await this.token()}` };
      if (options.body) headers["Content-Type"] = "application/json";
      const answer = await fetch(BASE + path, { ...options, headers });
      if (answer.status === 401 && SCRIPT.dataset.token) throw new SignedOut(WORDS.reload);
      if (answer.status === 401 || answer.status === 404) throw new Gone();
      return answer;
    }

    /* Again and again while the desk is away, opens, or asks for patience. */
    async patiently(attempt) {
      for (let round = 0; ; round += 1) {
        try {
          const answer = await attempt();
          if (answer.ok || ![429, 502, 503, 504].includes(answer.status)) return answer;
          if (round === RETRIES) return answer;
        } catch (error) {
          if (error instanceof Gone || error instanceof SignedOut || round === RETRIES) throw error;
        }
        await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** round) * (0.75 + Math.random() / 2));
      }
    }

    async send(message, waitS) {
      const body = JSON.stringify({ ...message, thread_id: this.memory.thread, channel: "widget" });
      const answer = await this.patiently(() => this.ask(`chat?wait_s=${waitS}`, { method: "POST", body }));
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.detail);
      this.memory.keep({ thread: told.thread_id, token: told.session || this.memory.token });
      return told;
    }

    async thread() {
      const answer = await this.patiently(() => this.ask(`threads/${this.memory.thread}`));
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    }

    rate(turn, rating) {
      const body = JSON.stringify({ rating });
      return this.patiently(() => this.ask(`turns/${turn}/rating`, { method: "POST", body }));
    }

    /* Every event once and in order, over as many connections as it takes. */
    async follow(onEvent, onState) {
      for (let round = 0; this.memory.thread; round += 1) {
        try {
          const headers = { "Last-Event-ID": String(this.memory.last || 0), Accept: "text/event-stream" };
          const answer = await this.ask(`threads/${this.memory.thread}/events`, { headers, cache: "no-store" });
          if (answer.ok) {
            onState(true);
            await this.read(answer.body, (event) => { round = 0; onEvent(event); });
          }
        } catch (error) {
          if (error instanceof Gone || error instanceof SignedOut) throw error;
        }
        onState(false);
        await pause(Math.min(LONGEST_PAUSE_MS, 300 * 2 ** round));
      }
    }

    async read(body, onEvent) {
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = ""; ;) {
        const { done, value } = await reader.read();
        if (done) return;
        const parts = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
        rest = parts.pop();
        for (const part of parts) {
          const data = part.split("\n").filter((row) => row.startsWith("data: ")).map((row) => row.slice(6)).join("\n");
          const event = data ? JSON.parse(data) : null;
          if (event && event.seq > (this.memory.last || 0)) {
            onEvent(event);
            this.memory.keep({ last: event.seq });
          }
        }
      }
    }
  }

  class Chat {
    constructor(root) {
      this.memory = new Memory();
      this.line = new Line(this.memory);
      this.nodes = new Map();
      this.answers = new Map();
      this.sending = Promise.resolve();
      const title = SCRIPT.dataset.title || WORDS.title;
      this.launcher = make("button", { className: "launcher primary", textContent: WORDS.open, onclick: () => this.open() });
      this.mood = make("span", { className: "mood", hidden: true });
      this.log = make("div", { className: "log", role: "log", "aria-live": "polite", "aria-label": title, tabIndex: 0 });
      this.state = make("div", { className: "state", role: "status", textContent: WORDS.hello });
      this.text = make("textarea", { "aria-label": WORDS.write, placeholder: WORDS.write, maxLength: 4000, rows: 2 });
      this.text.onkeydown = (key) => {
        if (key.key === "Enter" && !key.shiftKey && !key.isComposing) { key.preventDefault(); this.submit(); }
      };
      this.panel = make("section", { className: "panel", role: "dialog", "aria-label": title, hidden: true },
        make("header", {}, make("h2", { textContent: title }), this.mood,
          make("button", { textContent: "✕", "aria-label": WORDS.close, onclick: () => this.close() })),
        this.log, this.state,
        make("form", { onsubmit: (event) => { event.preventDefault(); this.submit(); } }, this.text,
          make("button", { type: "button", textContent: WORDS.person, onclick: () => this.say(WORDS.ask) }),
          make("button", { type: "submit", className: "primary", textContent: WORDS.send })));
      this.panel.onkeydown = (key) => { if (key.key === "Escape") this.close(); };
      root.append(this.launcher, this.panel);
      if (this.memory.thread) this.resume();
    }

    open() {
      this.panel.hidden = false;
      this.launcher.hidden = true;
      this.text.focus();
    }

    close() {
      this.panel.hidden = true;
      this.launcher.hidden = false;
      this.launcher.focus();
    }

    submit() {
      const text = this.text.value.trim();
      if (!text) return;
      this.text.value = "";
      this.say(text);
    }

    /* One after the other: the first message makes the thread that the next ones belong to. */
    say(text) {
      const message = { text, message_id: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}` };
      const shown = this.bubble(`sent ${message.message_id}`, "customer", WORDS.you, text);
      this.tell(WORDS.working, "working");
      this.sending = this.sending.then(() => this.deliver(message, shown));
    }

    async deliver(message, shown) {
      try {
        const told = await this.line.send(message, 0);
        this.nodes.delete(`sent ${message.message_id}`);
        this.nodes.set(`customer ${told.turn_id}`, shown);
        this.answers.set(told.turn_id, message);
      } catch (error) {
        if (error instanceof Gone && (this.memory.thread || this.memory.token)) {
          this.restart();
          await this.deliver(message, shown);
          return;
        }
        shown.remove();
        this.text.value = message.text;
        this.tell(error instanceof TypeError || error instanceof Gone ? WORDS.failed : error.message || WORDS.failed);
        return;
      }
      /* It arrived: whatever fails from here on must not look as if it had not, else it is sent twice. */
      if (!this.following) this.follow();
      await this.refreshNow();
    }

    async resume() {
      await this.refreshNow();
      if (this.memory.thread) this.follow();
    }

    restart() {
      this.memory.forget();
      this.tell(WORDS.ended);
    }

    async follow() {
      this.following = true;
      try {
        await this.line.follow((event) => this.on(event), (connected) => this.connection(connected));
      } catch (error) {
        this.lose(error);
      }
      this.following = false;
    }

    connection(connected) {
      if (connected && this.lost) this.refreshNow();
      this.lost = !connected;
      this.panel.dataset.connected = String(connected);
      if (!connected) this.tell(WORDS.again);
    }

    on(event) {
      if (event.type === "NODE_STARTED" && WORDS.steps[event.node]) this.tell(WORDS.steps[event.node], "working");
      else if (event.type === "RESPONSE_CHUNK") this.stream(event);
      else if (!event.type.startsWith("NODE_")) this.refreshSoon();
    }

    stream(event) {
      const key = `stream ${event.turn_id}`;
      const node = this.nodes.get(key) || this.bubble(key, "agent", WORDS.agent, "");
      node.querySelector("p:last-of-type").textContent += event.payload.text;
      this.scroll();
    }

    refreshSoon(ms = 60) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refreshNow(), ms);
    }

    /* Never fails: what cannot be read now is read again soon. */
    async refreshNow() {
      try { await this.refresh(); } catch (error) { this.lose(error); }
    }

    lose(error) {
      if (error instanceof SignedOut) this.tell(error.message);
      else if (error instanceof Gone) this.restart();
      else this.refreshSoon(LONGEST_PAUSE_MS);
    }

    /* The transcript is the truth; what was shown before it is replaced by it. */
    async refresh() {
      if (!this.memory.thread) return;
      const thread = await this.line.thread();
      thread.transcript.forEach((line) => this.draw(line, thread));
      this.stand(thread);
      await Promise.all([...this.answers].map(([turn, message]) => this.complete(turn, message, thread)));
      this.scroll();
    }

    draw(line, thread) {
      const key = line.who === "customer" ? `customer ${line.turn_id}` : `${line.turn_id} ${line.at}`;
      if (this.nodes.has(key)) return;
      if (line.who !== "customer") this.drop(`stream ${line.turn_id}`);
      const author = line.who === "customer" ? WORDS.you : line.who === "agent" ? WORDS.agent : line.author;
      const node = this.bubble(key, line.who, author, line.text);
      const titles = [...new Set(line.citations.map((citation) => citation.title))];
      if (titles.length) node.append(make("p", { className: "sources", textContent: `${WORDS.sources}: ${titles.join(" · ")}` }));
      const last = line === thread.transcript.at(-1);
      if (last && line.who !== "customer" && !thread.due_at) this.askRating(node, line.turn_id);
    }

    bubble(key, who, author, text) {
      const node = make("div", { className: `line ${who}` }, make("p", { className: "who", textContent: author }),
        make("p", { textContent: text }));
      this.nodes.set(key, node);
      this.log.append(node);
      this.scroll();
      return node;
    }

    drop(key) {
      this.nodes.get(key)?.remove();
      this.nodes.delete(key);
    }

    stand(thread) {
      if (thread.due_at) this.tell(`${WORDS.waits}, ${WORDS.due} ${clock(thread.due_at)}`, "waits");
      else if (thread.status === "WITH_PERSON") this.tell(WORDS.with, "waits");
      else if (thread.status === "RUNNING" || thread.status === "OPEN") return;
      else this.tell("");
    }

    /* Sending a message again under its id tells what became of it: here, the mood that was read in it. */
    async complete(turn, message, thread) {
      const line = thread.transcript.find((each) => each.turn_id === turn && each.who === "customer");
      if (!line || ["waiting", "running"].includes(line.status)) return;
      this.answers.delete(turn);
      const told = await this.line.send(message, 0);
      if (told.sentiment) {
        this.mood.hidden = false;
        this.mood.textContent = WORDS.mood[told.sentiment.label];
        this.mood.dataset.mood = told.sentiment.label;
      }
    }

    askRating(node, turn) {
      this.log.querySelectorAll(".rating").forEach((older) => older.remove());
      const said = make("span", { className: "who", textContent: WORDS.rate, id: `rate-${turn}` });
      const group = make("div", { className: "rating", role: "group", "aria-label": WORDS.rate }, said);
      WORDS.stars.forEach((name, index) => group.append(make("button", { type: "button", textContent: String(index + 1),
        "aria-label": `${index + 1}: ${name}`, onclick: async () => {
          const answer = await this.line.rate(turn, index + 1);
          if (answer.ok) group.replaceChildren(make("span", { className: "who", role: "status", textContent: WORDS.rated }));
        } })));
      node.append(group);
    }

    tell(text, kind = "") {
      this.state.className = `state ${kind}`;
      if (this.state.textContent !== text) this.state.textContent = text;
    }

    scroll() {
      this.log.scrollTop = this.log.scrollHeight;
    }
  }

  const start = () => {
    const host = document.createElement("triage-chat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    document.body.append(host);
    new Chat(root);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
