// The mailbox page: asks for the mails every two seconds; a mail that is being read stays as it is.

const POLL_MS = 2000;
const ZONE = "Europe/Warsaw";
const HINT_MAX = 90;

const at = (id) => document.getElementById(id);
const when = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, dateStyle: "full", timeStyle: "medium" });
const short = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

let mails = [];
let listed = "";
let chosen = location.hash.slice(1);

async function refresh() {
  try {
    const answer = await fetch("/_messages");
    if (!answer.ok) throw new Error();
    mails = await answer.json();
    at("notice").hidden = true;
  } catch {
    at("notice").textContent = "The mailbox does not answer. Is the local cloud up?";
    at("notice").hidden = false;
    return;
  }
  showList();
}

function showList() {
  const wanted = at("find").value.trim().toLowerCase();
  const fitting = mails.filter((mail) => words(mail).includes(wanted));
  const now = JSON.stringify([fitting.map((mail) => mail.id), chosen]);
  at("count").textContent = `${mails.length} ${mails.length === 1 ? "mail" : "mails"}; nothing leaves this machine`;
  at("none").hidden = mails.length > 0;
  if (now === listed) return;
  listed = now;
  const focused = document.activeElement?.closest("nav li")?.dataset.id;
  at("mails").replaceChildren(...fitting.map(row));
  if (focused) document.querySelector(`nav li[data-id="${focused}"] button`)?.focus();
  const open = mails.find((mail) => mail.id === chosen);
  if (open && at("mail").dataset.id !== chosen) read(open);
  if (!open && at("mail").dataset.id) close();
}

function words(mail) {
  return [mail.subject, mail.sender, ...mail.recipients, mail.text].join(" ").toLowerCase();
}

function row(mail) {
  const element = at("row").content.firstElementChild.cloneNode(true);
  element.dataset.id = mail.id;
  element.querySelector(".to").textContent = mail.recipients.join(", ");
  element.querySelector("time").textContent = short.format(new Date(mail.received_at));
  element.querySelector("time").dateTime = mail.received_at;
  element.querySelector(".subject").textContent = mail.subject || "(no subject)";
  element.querySelector(".hint").textContent = hint(mail);
  const button = element.querySelector("button");
  if (mail.id === chosen) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => choose(mail.id));
  return element;
}

function hint(mail) {
  const count = mail.attachments.length;
  const files = count ? `${count} ${count === 1 ? "file" : "files"} · ` : "";
  return files + mail.text.replace(/\s+/g, " ").trim().slice(0, HINT_MAX);
}

function choose(id) {
  chosen = id;
  history.replaceState(null, "", id ? `#${id}` : location.pathname);
  showList();
  if (id) at("mail").focus({ preventScroll: true });
}

function read(mail) {
  const element = at("reader").content.firstElementChild.cloneNode(true);
  element.querySelector("h2").textContent = mail.subject || "(no subject)";
  element.querySelector(".from").textContent = mail.sender;
  element.querySelector(".recipients").textContent = mail.recipients.join(", ");
  element.querySelector(".received").textContent = `${when.format(new Date(mail.received_at))}, Warsaw`;
  element.querySelector(".id").textContent = mail.message_id || "none";
  if (mail.copy_number > 1) element.querySelector(".id").append(make("span", "copy", `copy ${mail.copy_number} of the same mail`));
  element.querySelector(".attachments").replaceChildren(...mail.attachments.map((file, place) => attachment(mail, file, place)));
  element.querySelector(".raw").href = `/_messages/${mail.id}/raw`;
  element.querySelector(".back").addEventListener("click", () => choose(""));
  for (const button of element.querySelectorAll("[data-view]")) {
    button.hidden = button.dataset.view === "html" && !mail.html;
    button.addEventListener("click", () => show(element, mail, button.dataset.view));
  }
  show(element, mail, mail.html ? "html" : "text");
  at("mail").replaceChildren(element);
  at("mail").dataset.id = mail.id;
  at("mail").scrollTop = 0;
  document.body.classList.add("reading");
}

function close() {
  at("mail").replaceChildren(make("p", "choose", "Choose a mail to read it."));
  delete at("mail").dataset.id;
  document.body.classList.remove("reading");
}

function show(element, mail, view) {
  for (const button of element.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === view);
  element.querySelector(".body").replaceChildren(view === "html" ? harmless(mail) : make("pre", "", mail.text || "(no plain text)"));
}

// No scripts, no forms, no network, no way out: `sandbox` here, and a policy on the answer itself.
function harmless(mail) {
  const frame = make("iframe");
  frame.setAttribute("sandbox", "");
  frame.title = "The mail as it is formatted";
  frame.src = `/_messages/${mail.id}/html`;
  return frame;
}

function attachment(mail, file, place) {
  const link = make("a", "", file.name);
  link.href = `/_messages/${mail.id}/attachments/${place}`;
  link.append(make("small", "", `${file.content_type}, ${size(file.size)}`));
  const item = make("li");
  item.append(link);
  return item;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} kB`;
}

function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

at("find").addEventListener("input", showList);
await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, POLL_MS);
document.addEventListener("visibilitychange", refresh);
