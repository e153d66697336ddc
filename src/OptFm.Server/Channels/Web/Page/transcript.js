// The messages on the page. Everything that was written by a person or a bot is put in as text, never as HTML.
const NEAR_END = 80;
const GAP = 12;
const time = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });

export class Transcript {
  #log;
  #scroll;
  #onPress;
  #byId = new Map();
  #own = new Map();
  #settled = false;

  constructor(log, scroll, onPress) {
    this.#log = log;
    this.#scroll = scroll;
    this.#onPress = onPress;
  }

  get isEmpty() {
    return this.#log.childElementCount === 0;
  }

  /** History is complete: from now on additions are read out. */
  settle() {
    if (this.#settled) return;
    this.#settled = true;
    this.#log.setAttribute("aria-busy", "false");
    if (!this.isEmpty) this.#show(this.#log.lastElementChild);
  }

  addOwn(id, text, { scroll = false } = {}) {
    if (this.#own.has(id)) return;
    const message = element("article", "message own");
    message.append(element("span", "hidden", "Вы: "), element("p", "text", text));
    this.#own.set(id, message);
    this.#add(message, scroll);
  }

  addReply(event) {
    const message = element("article", "message bot");
    this.#fill(message, event);
    this.#byId.set(event.id, message);
    this.#add(message);
  }

  /** Puts a menu's next page where the menu was. Returns false when it is not on the page. */
  replace(event) {
    const message = this.#byId.get(event.replaces);
    if (!message) return false;
    const hadFocus = message.contains(document.activeElement);
    this.#byId.set(event.id, message);
    this.#fill(message, event);
    if (hadFocus) (message.querySelector("button, a") ?? this.#scroll).focus({ preventScroll: true });
    if (hadFocus) message.scrollIntoView({ block: "nearest" });
    return true;
  }

  markSending(id, sending) {
    this.#own.get(id)?.classList.toggle("sending", sending);
  }

  confirm(id) {
    this.#own.get(id)?.querySelector(".problem")?.remove();
  }

  markRefused(id, status) {
    const message = this.#own.get(id);
    if (!message) return;
    message.classList.remove("sending");
    message.append(element("p", "problem", status === 413 ? "Не отправлено: слишком длинное сообщение" : "Не отправлено"));
  }

  /** Shows which buttons wait for their answer. */
  markAnswering(items) {
    for (const button of this.#log.querySelectorAll("button[aria-busy=true]")) button.removeAttribute("aria-busy");
    for (const item of items) {
      for (const button of this.#byId.get(item.message)?.querySelectorAll("button") ?? []) {
        if (button.value === item.press) button.setAttribute("aria-busy", "true");
      }
    }
  }

  /** Keeps the end in view, unless somebody reads further up. */
  follow() {
    if (this.#isNearEnd()) this.#toEnd();
  }

  #add(message, scroll = false) {
    const follow = scroll || this.#isNearEnd();
    this.#log.append(message);
    if (follow) this.#show(message);
  }

  /** To the end, but never past the beginning of the message: a long answer is read from its start. */
  #show(message) {
    const start = message.getBoundingClientRect().top - this.#scroll.getBoundingClientRect().top;
    this.#toEnd(this.#scroll.scrollTop + start - GAP);
  }

  #fill(message, event) {
    const text = element("p", "text");
    text.append(...event.spans.map(span));
    const at = element("time", "at", time.format(event.at));
    at.dateTime = new Date(event.at).toISOString();
    const bubble = element("div", "bubble");
    bubble.append(element("span", "hidden", "Бот: "), text, at);
    message.replaceChildren(bubble);
    if (event.buttons?.length) message.append(this.#keyboard(event));
  }

  #keyboard(event) {
    const keyboard = element("div", "keyboard");
    keyboard.setAttribute("role", "group");
    keyboard.setAttribute("aria-label", "Варианты ответа");
    for (const row of event.buttons) {
      const line = element("div", "row");
      line.append(...row.map((button) => this.#button(button, event.id)));
      keyboard.append(line);
    }
    return keyboard;
  }

  #button(button, message) {
    if (button.url) return link(button.url, button.text) ?? element("span", "", button.text);
    const made = element("button", "", button.text);
    made.type = "button";
    made.value = button.press;
    made.addEventListener("click", () => this.#onPress(button, message));
    return made;
  }

  #isNearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #toEnd(most = Infinity) {
    this.#scroll.scrollTop = Math.min(this.#scroll.scrollHeight, most);
  }
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function span({ text, bold, italic, code, url }) {
  let node = document.createTextNode(text);
  if (code) node = wrap("code", node);
  if (url) node = link(url, node) ?? node;
  if (italic) node = wrap("em", node);
  return bold ? wrap("strong", node) : node;
}

function wrap(name, node) {
  const made = document.createElement(name);
  made.append(node);
  return made;
}

function link(url, content) {
  if (!/^https?:\/\//i.test(url)) return null;
  const made = document.createElement("a");
  made.href = url;
  made.target = "_blank";
  made.rel = "noopener noreferrer";
  made.append(content);
  return made;
}
