// Keeps one person's chat up to date over a WebSocket, and says when the sandbox is gone.

import { liveAddress } from "/static/chat/api.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

export class Live {
  // onView(view) for every new state; onLost(lost) when the connection goes and comes back
  constructor(onView, onLost) {
    this.onView = onView;
    this.onLost = onLost;
    this.socket = null;
  }

  follow(person, version) {
    if (this.socket) this.socket.close();
    clearTimeout(this.retry);
    this.person = person;
    this.version = version;
    this.pause = FIRST_PAUSE_MS;
    this.open();
  }

  open() {
    const socket = new WebSocket(liveAddress(this.person, this.version));
    this.socket = socket;
    socket.onopen = () => {
      this.pause = FIRST_PAUSE_MS;
      this.onLost(false);
    };
    socket.onmessage = (event) => {
      if (socket !== this.socket) return;
      const view = JSON.parse(event.data);
      this.version = view.version;
      this.onView(view);
    };
    socket.onclose = () => {
      if (socket !== this.socket) return;
      this.onLost(true);
      this.retry = setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    };
  }
}
