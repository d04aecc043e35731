// The list of messages: draws only what changed, keeps the place, lets deletions fade.

import { drawMessage, fillMessage, node } from "/static/chat/bubbles.js";

const NEAR_END_PX = 80;

export class Log {
  constructor(scroller, list, hooks) {
    this.scroller = scroller;
    this.list = list;
    this.hooks = hooks;
    this.rows = new Map(); // id -> { row, drawn }
    this.unread = 0;
    this.newest = document.getElementById("newest");
    this.newest.addEventListener("click", () => this.toEnd("smooth"));
    scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Pictures and a growing field change heights; whoever was at the end stays there.
    const observer = new ResizeObserver(() => this.stick && this.toEnd());
    observer.observe(list);
    observer.observe(scroller);
    this.stick = true;
    this.top = 0;
  }

  // Only a reader moves upwards; a change of heights never does.
  scrolled() {
    const up = this.scroller.scrollTop < this.top;
    this.top = this.scroller.scrollTop;
    if (this.atEnd) this.stick = true;
    else if (up) this.stick = false;
    this.showNewest();
  }

  clear() {
    this.rows.clear();
    this.list.replaceChildren();
    this.unread = 0;
    this.stick = true;
    this.top = 0;
  }

  get atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_END_PX;
  }

  toEnd(behavior = "instant") {
    this.stick = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  update(messages, first) {
    const here = first || this.stick;
    let added = 0;
    let own = false;
    const present = new Set();
    for (const message of messages) {
      present.add(message.id);
      const known = this.rows.get(message.id);
      const drawn = JSON.stringify(message);
      if (!known) {
        const row = drawMessage(message, this.hooks);
        if (!first) row.classList.add("arriving");
        this.list.append(row);
        this.rows.set(message.id, { row, drawn, at: message.at, mine: message.mine });
        added += message.mine ? 0 : 1;
        own ||= message.mine;
      } else if (known.drawn !== drawn) {
        known.drawn = drawn;
        known.row.classList.remove("arriving");
        fillMessage(known.row, message, this.hooks);
      }
    }
    for (const [id, { row }] of this.rows) {
      if (present.has(id)) continue;
      this.rows.delete(id);
      this.leave(row);
    }
    this.dates();
    this.stick = here || own;
    if (this.stick) this.toEnd(first ? "instant" : "smooth");
    else this.unread += added;
    this.showNewest();
    return first ? 0 : added;
  }

  leave(row) {
    row.style.height = `${row.offsetHeight}px`;
    row.setAttribute("aria-hidden", "true");
    row.inert = true;
    requestAnimationFrame(() => {
      row.classList.add("leaving");
      row.style.height = "0";
    });
    setTimeout(() => row.remove(), 300);
  }

  dates() {
    const look = new Intl.DateTimeFormat(this.hooks.language, { day: "numeric", month: "long" });
    for (const old of this.list.querySelectorAll(".day")) old.remove();
    let day = "";
    let before = null;
    for (const { row, at, mine } of this.rows.values()) {
      const date = new Date(at);
      if (date.toDateString() !== day) {
        day = date.toDateString();
        row.before(node("div", "day", node("span", "", day === new Date().toDateString() ? "Today" : look.format(date))));
        before = null;
      }
      row.classList.toggle("follows", before === mine);
      before = mine;
    }
  }

  showNewest() {
    if (this.stick) this.unread = 0;
    this.newest.hidden = this.stick;
    document.getElementById("newest-count").textContent = this.unread || "";
  }
}
