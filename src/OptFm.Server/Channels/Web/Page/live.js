// The stream of replies. It names the last one it has whenever it connects, so that nothing is lost or repeated.
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
// The server says something every 15 seconds: a longer silence is a connection that was lost without a word.
const LONGEST_SILENCE = 45_000;

export class Live {
  #handlers;
  #source = null;
  #last = "0";
  #delay = FIRST_DELAY;
  #timer = 0;
  #watch = 0;
  #parked = false;

  constructor(handlers) {
    this.#handlers = handlers;
    addEventListener("online", () => this.#reconnect());
    addEventListener("offline", () => this.#handlers.onConnection(false));
    addEventListener("focus", () => this.wake());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.wake());
  }

  start() {
    this.#stop();
    this.#parked = false;
    const source = new EventSource(`/chat/events?after=${this.#last}`);
    this.#source = source;
    this.#alive();
    source.onopen = () => {
      this.#alive();
      this.#delay = FIRST_DELAY;
      this.#handlers.onConnection(true);
    };
    source.onmessage = (event) => {
      this.#alive();
      this.#last = event.lastEventId;
      this.#handlers.onReply({ ...JSON.parse(event.data), id: event.lastEventId });
    };
    source.addEventListener("ready", () => this.#handlers.onReady());
    source.addEventListener("beat", () => this.#alive());
    source.addEventListener("parked", () => {
      // Newer tabs took the place of this one; it listens again once somebody looks at it.
      this.#stop();
      this.#parked = true;
    });
    source.onerror = () => this.#lost();
  }

  wake() {
    if (this.#parked) this.start();
  }

  #alive() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(), LONGEST_SILENCE);
  }

  #lost() {
    this.#stop();
    this.#handlers.onConnection(false);
    this.#timer = setTimeout(() => this.start(), this.#delay * (0.75 + Math.random() / 2));
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
  }

  #stop() {
    clearTimeout(this.#timer);
    clearTimeout(this.#watch);
    this.#source?.close();
  }

  #reconnect() {
    this.#delay = FIRST_DELAY;
    this.start();
  }
}
