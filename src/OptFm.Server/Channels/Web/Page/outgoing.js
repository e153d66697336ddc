// What the customer did and the server may not have yet. Kept over a reload; each item keeps its id, so that repeating it is harmless.
const KEY = "optfm-chat-outgoing";
const FIRST_DELAY = 1000;
const LONGEST_DELAY = 15_000;
const TIMEOUT = 20_000;

export class Outgoing {
  items = load();
  onStored = () => {};
  #handlers;
  #running = false;
  #timer = 0;
  #delay = FIRST_DELAY;

  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener("online", () => this.flush());
  }

  static newId() {
    // Not randomUUID: it is absent where the page is served without TLS, as on a local network.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  add(item) {
    this.items.push({ id: Outgoing.newId(), ...item });
    this.#changed();
    this.flush();
  }

  /** The reply to this item is here; whatever was stored before it will get none. */
  answered(id) {
    const at = this.items.findIndex((item) => item.id === id);
    if (at < 0) return;
    this.items = this.items.filter((item, i) => i > at || (i < at && !item.stored));
    this.#changed();
  }

  /** Sends one after another, in order, until all are stored. */
  async flush() {
    if (this.#running) return;
    clearTimeout(this.#timer);
    this.#running = true;
    try {
      for (let item; (item = this.items.find((i) => !i.stored));) {
        const wait = await this.#post(item);
        if (wait > 0) {
          this.#timer = setTimeout(() => this.flush(), wait);
          return;
        }
      }
    } finally {
      this.#running = false;
    }
  }

  /** Returns after how many milliseconds to try again, or 0 when the item is settled. */
  async #post(item) {
    const { stored, ...body } = item;
    let response;
    try {
      response = await fetch("/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT),
      });
    } catch {
      return this.#failed();
    }

    if (response.status === 429) return Math.max(1, Number(response.headers.get("Retry-After")) || 1) * 1000;
    if (response.status >= 500 || response.status === 408) return this.#failed();

    this.#delay = FIRST_DELAY;
    this.#handlers.onConnection(true);
    if (response.ok) {
      item.stored = true;
      this.onStored(item);
    } else {
      this.items = this.items.filter((i) => i !== item);
      this.#handlers.onRefused(item, response.status);
    }
    this.#changed();
    return 0;
  }

  #failed() {
    this.#handlers.onConnection(false);
    const wait = this.#delay * (0.75 + Math.random() / 2);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
    return wait;
  }

  #changed() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.items));
    } catch {
      // No storage in this browser: the queue lives as long as the page.
    }
    this.#handlers.onChange();
  }
}

function load() {
  try {
    const items = JSON.parse(sessionStorage.getItem(KEY));
    return Array.isArray(items) ? items.filter((item) => typeof item?.id === "string") : [];
  } catch {
    return [];
  }
}
