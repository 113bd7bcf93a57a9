// The phones page: asks what is new once a second and changes only what has changed.

const POLL_MS = 1000;
const ZONE = "Europe/Warsaw";
const ASKED_FOR_A_WORD = /\b(?:YES|NO|TAK|NIE)(?: [0-9A-Z]{2,5})?\b/g;
const OFFERS_MAX = 4;

const at = (id) => document.getElementById(id);
const [phonesAt, notice, find, mode, clockAt] =
  [at("phones"), at("notice"), at("find"), at("mode"), document.querySelector(".clock")];

const cards = new Map(); // number -> { element, shown: JSON of what it shows, total: of its messages }
let seen = "";
let lines = [];

const hours = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, timeStyle: "medium" });
const minutes = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, timeStyle: "short" });
const days = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, weekday: "short", day: "numeric", month: "short", year: "numeric" });

async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.detail ?? `The twin answered ${answer.status}.`);
  return said;
}

function tell(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

async function attempt(work, ...busy) {
  for (const element of busy) element.disabled = true;
  try {
    const result = await work();
    tell("");
    return result;
  } catch (error) {
    tell(error.message);
    return undefined;
  } finally {
    for (const element of busy) element.disabled = false;
    await refresh();
  }
}

// What is new

async function refresh() {
  let view;
  try {
    view = await ask(`/_view?seen=${seen}`);
  } catch {
    document.title = "Phones (stopped)";
    tell("The phones do not answer. Is the local cloud up?");
    return;
  }
  if (document.title !== "Phones") tell("");
  document.title = "Phones";
  showClock(view.clock);
  if (view.phones === null) return;
  seen = view.version;
  lines = view.lines;
  if (document.activeElement !== mode) mode.value = view.mode;
  mode.classList.toggle("trouble", view.mode !== "none");
  showPhones(view);
}

function showClock({ now, stopped }) {
  const instant = new Date(now);
  at("time").textContent = hours.format(instant);
  at("time").dateTime = now;
  at("date").textContent = `${days.format(instant)}${stopped ? ", stopped" : ""}`;
  at("run").textContent = stopped ? "Go" : "Stop";
  at("run").title = stopped ? "Let the clock run on" : "Let the clock stand still";
  clockAt.classList.toggle("stopped", stopped);
  clockAt.dataset.stopped = stopped;
}

function showPhones({ phones, phones_total: total }) {
  const known = new Set(phones.map((phone) => phone.number));
  for (const [number, card] of cards) {
    if (!known.has(number)) { card.element.remove(); cards.delete(number); }
  }
  phones.forEach((phone, place) => {
    const card = cards.get(phone.number) ?? newCard(phone.number);
    const shown = JSON.stringify(phone);
    if (card.shown !== shown) {
      fill(card.element, phone);
      if (card.shown && phone.messages_total > card.total) flash(card.element);
      Object.assign(card, { shown, total: phone.messages_total });
    }
    if (phonesAt.children[place] !== card.element) phonesAt.insertBefore(card.element, phonesAt.children[place] ?? null);
  });
  at("count").textContent = `${phones.length < total ? `${phones.length} of ` : ""}${total} invented ${total === 1 ? "phone" : "phones"}`;
  at("nobody").hidden = total > 0;
  filter();
}

function filter() {
  const wanted = find.value.trim().toLowerCase();
  for (const { element, shown } of cards.values()) element.hidden = !shown.toLowerCase().includes(wanted);
}

// One phone

function newCard(number) {
  const element = at("phone").content.firstElementChild.cloneNode(true);
  const card = { element, shown: "", total: 0 };
  element.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send(element, number);
  });
  cards.set(number, card);
  return card;
}

function fill(element, phone) {
  const name = phone.label || "Unknown owner";
  element.querySelector("h2").textContent = name;
  element.querySelector(".number").textContent = spaced(phone.number);
  const face = element.querySelector(".face");
  face.textContent = initials(phone.label);
  face.style.setProperty("--face", `hsl(${Math.round(phone.number.slice(-5) * 137.5) % 360} 60% 45%)`);
  const stopped = element.querySelector(".stopped");
  stopped.hidden = phone.opted_out_of.length === 0;
  stopped.title = `Said STOP to ${phone.opted_out_of.join(", ")}`;
  fillThread(element.querySelector(".thread"), phone, name);
  fillForm(element, phone, name);
}

function flash(element) {
  element.classList.remove("new");
  void element.offsetWidth; // lets the animation begin anew
  element.classList.add("new");
}

function fillThread(thread, phone, name) {
  thread.setAttribute("aria-label", `Messages of ${name}`);
  const atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 40;
  const rows = [];
  let day = "";
  for (const message of phone.messages) {
    const itsDay = days.format(new Date(message.at));
    if (itsDay !== day) rows.push(make("li", "day", itsDay));
    day = itsDay;
    rows.push(textRow(message));
  }
  if (!rows.length) rows.push(make("li", "none", "No messages"));
  thread.replaceChildren(...rows);
  if (atEnd) requestAnimationFrame(() => { thread.scrollTop = thread.scrollHeight; });
}

function textRow(message) {
  const row = make("li", message.from_phone ? "text mine" : "text");
  const note = make("small", "", `${minutes.format(new Date(message.at))} · `);
  note.title = `${message.sid}, our number ${message.line}`;
  note.append(message.from_phone ? fateOfReply(message) : fateOfText(message));
  if (message.segments > 1) note.append(` · ${message.segments} segments`);
  row.append(make("p", "", message.body || "(empty)"), note);
  return row;
}

function fateOfText({ status, error_code: code }) {
  if (status === "delivered") return make("span", "good", "✓✓ delivered");
  if (status === "sent") return make("span", "", "✓ sent");
  if (code || status === "failed" || status === "undelivered") return make("span", "bad", `✕ ${status}${code ? ` ${code}` : ""}`);
  return make("span", "", `${status} …`);
}

function fateOfReply({ webhook }) {
  if (/^(answered 2\d\d(, )?)+$/.test(webhook)) return make("span", "", "read by the application");
  if (webhook === "on its way") return make("span", "", "on its way …");
  return make("span", "warn", webhook);
}

function fillForm(element, phone, name) {
  const input = element.querySelector("input[name=body]");
  input.setAttribute("aria-label", `Text from ${name}`);
  const select = element.querySelector("select");
  const last = phone.messages.at(-1)?.line;
  const chosen = phone.messages.length && select.dataset.last !== last ? last : select.value || last;
  select.replaceChildren(...lines.map((line) => new Option(spaced(line), line, false, line === chosen)));
  select.dataset.last = last ?? "";
  const newest = phone.messages.at(-1);
  const words = newest && !newest.from_phone ? [...new Set(newest.body.match(ASKED_FOR_A_WORD) ?? [])] : [];
  element.querySelector(".offers").replaceChildren(...words.slice(0, OFFERS_MAX).map((word) => {
    const button = make("button", "", word);
    button.type = "button";
    button.addEventListener("click", () => { input.value = word; send(element, phone.number); });
    return button;
  }));
}

async function send(element, number) {
  const form = element.querySelector("form");
  const input = form.elements.body;
  const body = input.value;
  if (!body) return;
  input.value = "";
  const sending = ask("/_inbound", { from: number, to: form.elements.line.value, body });
  setTimeout(refresh, 60); // shows it while the application thinks
  const received = await attempt(() => sending, form.querySelector("button.main"));
  if (received === undefined) input.value = body;
}

// The bar

at("run").addEventListener("click", () => {
  const move = clockAt.dataset.stopped === "true" ? { go: true } : { stop: true };
  attempt(() => ask("/_clock", move), at("run"));
});
for (const button of document.querySelectorAll("[data-advance]")) {
  button.addEventListener("click", () => attempt(
    () => ask("/_clock", { advance_seconds: Number(button.dataset.advance) }),
    ...document.querySelectorAll(".clock button"),
  ));
}
mode.addEventListener("change", () => attempt(() => ask("/_outage", { mode: mode.value })));
find.addEventListener("input", filter);

const dialog = at("newcomer");
at("add").addEventListener("click", () => { dialog.querySelector("form").reset(); dialog.showModal(); });
dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "add") return;
  const { number, label } = dialog.querySelector("form").elements;
  attempt(() => ask("/_names", { [number.value]: label.value.trim() }));
});

// Words

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

function initials(label) {
  const words = label.replace(/,.*/, "").split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  return words.length ? words[0][0] + (words.length > 1 ? words.at(-1)[0] : "") : "?";
}

function spaced(number) {
  return number.replace(/^\+48(\d{3})(\d{3})(\d{3})$/, "+48 $1 $2 $3");
}

await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, POLL_MS);
document.addEventListener("visibilitychange", refresh);
