// The page's parts put together: what the customer does goes into the queue, what the bot says comes from the stream.
import { Transcript } from "./transcript.js";
import { Outgoing } from "./outgoing.js";
import { Live } from "./live.js";

const STOP_EXPECTING_AFTER = 30_000;
const byId = (id) => document.getElementById(id);

byId("fallback").remove();
const [form, field, status, typing] = ["form", "text", "status", "typing"].map(byId);
let streamDown = false;
let postDown = false;
let expectingUntil = 0;

const transcript = new Transcript(byId("log"), byId("scroll"), press);
const outgoing = new Outgoing({ onChange: showState, onConnection: (up) => { postDown = !up; showState(); }, onRefused: refused });
const live = new Live({ onReply: reply, onReady: ready, onConnection: connection });

function say(item) {
  expectingUntil = Date.now() + STOP_EXPECTING_AFTER;
  setTimeout(showState, STOP_EXPECTING_AFTER + 100);
  outgoing.add(item);
  live.wake();
}

function press(button, message) {
  if (outgoing.items.some((item) => item.press === button.press && item.message === message)) return;
  say({ press: button.press, message, label: button.text.slice(0, 128) });
}

function send() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  fitField();
  const item = { id: Outgoing.newId(), text };
  transcript.addOwn(item.id, text, { scroll: true });
  say(item);
  field.focus();
}

function reply(event) {
  const asked = event.re && outgoing.items.find((item) => item.id === event.re.id);
  if (event.re) outgoing.answered(event.re.id);
  if (event.replaces && transcript.replace(event)) return showState();
  if (event.re?.text) transcript.addOwn(event.re.id, event.re.text, { scroll: Boolean(asked) });
  transcript.addReply(event);
  showState();
}

function ready() {
  for (const item of outgoing.items) {
    if (item.text) transcript.addOwn(item.id, item.text, { scroll: true });
  }
  // A visitor with an empty chat is greeted. The same id from every tab: the server stores it once.
  if (transcript.isEmpty && outgoing.items.length === 0) say({ id: "start", start: true });
  transcript.settle();
  outgoing.flush();
}

function refused(item, reason) {
  transcript.markRefused(item.id, reason);
  showState();
}

function connection(up) {
  streamDown = !up;
  if (up) outgoing.flush();
  showState();
}

function showState() {
  const down = streamDown || postDown;
  const waiting = !down && outgoing.items.length > 0 && Date.now() < expectingUntil;
  const wasHidden = typing.hidden;
  typing.hidden = !waiting;
  if (waiting && wasHidden) transcript.follow();
  const words = !navigator.cookieEnabled ? "Чату нужны cookie: разрешите их для этого сайта." : down ? "Нет связи, повторяем…" : "";
  if (status.textContent !== words) status.textContent = words;
  for (const item of outgoing.items) transcript.markSending(item.id, !item.stored);
  transcript.markAnswering(outgoing.items);
}

// Browsers without field-sizing: https://developer.mozilla.org/docs/Web/CSS/field-sizing
function fitField() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
field.addEventListener("input", fitField);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
// A keyboard that slides over a phone's screen is not opened without being asked for.
if (matchMedia("(pointer: fine)").matches) field.focus();

outgoing.onStored = (item) => { transcript.markSending(item.id, false); transcript.confirm(item.id); };
if (outgoing.items.length > 0) expectingUntil = Date.now() + STOP_EXPECTING_AFTER;
live.start();
