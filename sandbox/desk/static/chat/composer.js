// The lower edge of the chat: start, unblock, or the field with command list, attachment, reply and edit.

import { icon, node } from "/static/chat/bubbles.js";

const MOST_LINES_PX = 168;

// hooks: say(text, replyTo), sendDocument(file, caption), edit(message, text), start(), unblock()
export class Composer {
  constructor(root, hooks) {
    this.root = root;
    this.hooks = hooks;
    this.mode = "";
    this.commands = [];
    this.file = null;
    this.target = null; // { kind: "reply" | "edit", message, forced }
    this.answered = 0; // the newest question (ForceReply) that was answered or put aside
    this.build();
  }

  build() {
    this.field = node("textarea", "field-text");
    this.field.rows = 1;
    this.field.setAttribute("aria-label", "Message");
    this.field.setAttribute("aria-autocomplete", "list");
    this.field.setAttribute("aria-controls", "commands");
    this.field.autocomplete = "off";
    this.field.spellcheck = false;
    this.context = node("div", "context");
    this.list = node("div", "commands");
    this.list.id = "commands";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Commands");
    this.list.hidden = true;
    this.menu = this.button("menu-button", "Command list", icon("i-menu"), node("span", "", "Menu"));
    this.menu.setAttribute("aria-expanded", "false");
    this.attach = this.button("icon", "Attach a file", icon("i-clip"));
    this.sender = this.button("icon send", "Send", icon("i-send"));
    this.picker = node("input", "hidden");
    this.picker.type = "file";
    this.picker.tabIndex = -1;
    this.picker.setAttribute("aria-label", "File to attach");
    this.line = node("div", "line-box", this.menu, this.attach, this.field, this.sender, this.picker);

    this.menu.addEventListener("click", () => this.toggleCommands());
    this.attach.addEventListener("click", () => this.picker.click());
    this.picker.addEventListener("change", () => this.take(this.picker.files[0]));
    this.sender.addEventListener("click", () => this.submit());
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("paste", (event) => {
      const [file] = event.clipboardData.files;
      if (!file) return;
      event.preventDefault();
      this.take(file);
    });
  }

  button(className, label, ...content) {
    const made = node("button", className, ...content);
    made.type = "button";
    made.setAttribute("aria-label", label);
    made.title = label;
    return made;
  }

  update(view) {
    this.commands = view.commands;
    this.menu.hidden = !view.commands.length;
    const mode = view.blocked ? "blocked" : view.started ? "open" : "start";
    if (mode !== this.mode) this.show(mode);
    if (mode === "open") this.follow(view.messages);
    if (!this.list.hidden) this.drawCommands();
  }

  show(mode) {
    this.mode = mode;
    if (mode === "open") {
      this.root.replaceChildren(this.list, this.context, this.line);
      this.grow();
      return;
    }
    const wide = node("button", "wide", mode === "start" ? "Start" : "Unblock and restart");
    wide.type = "button";
    wide.addEventListener("click", () => (mode === "start" ? this.hooks.start() : this.hooks.unblock()));
    this.root.replaceChildren(wide);
  }

  // A question that wants an answer (ForceReply) opens the reply by itself, once.
  follow(messages) {
    const last = messages[messages.length - 1];
    if (last && last.asks !== undefined && last.id > this.answered && !(this.target && this.target.kind === "edit")) {
      this.answered = last.id;
      this.aim({ kind: "reply", message: last, forced: true });
    } else if (this.target && !messages.some((one) => one.id === this.target.message.id)) {
      this.aim(null);
    }
  }

  reset() {
    this.field.value = "";
    this.file = null;
    this.answered = 0;
    this.mode = "";
    this.hideCommands();
    this.aim(null);
  }

  aim(target) {
    const left = this.target && this.target.kind === "edit" && !target;
    this.target = target;
    if (left) this.field.value = "";
    if (target && target.kind === "edit") this.field.value = target.message.text;
    this.drawContext();
    this.grow();
    if (target && !target.forced) this.field.focus();
  }

  take(file) {
    this.file = file || null;
    this.picker.value = "";
    this.drawContext();
    this.field.focus();
  }

  drawContext() {
    const rows = [];
    if (this.target) {
      const title = this.target.kind === "edit" ? "Edit message" : "Reply";
      rows.push(this.contextRow(title, this.target.message.text || "File", () => this.aim(null)));
    }
    if (this.file) rows.push(this.contextRow("File", this.file.name, () => this.take(null)));
    this.context.replaceChildren(...rows);
    const asks = this.target && this.target.message.asks;
    this.field.placeholder = this.file ? "Caption" : asks || "Message";
  }

  contextRow(title, text, drop) {
    const close = this.button("icon", `${title}: leave it`, icon("i-close"));
    close.addEventListener("click", drop);
    return node("div", "context-row", node("div", "context-text", node("strong", "", title), node("span", "", text)), close);
  }

  typed() {
    this.grow();
    if (/^\/\w*$/.test(this.field.value) && this.matching().length) this.drawCommands();
    else this.hideCommands();
  }

  grow() {
    if (!this.field.isConnected) return;
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, MOST_LINES_PX)}px`;
  }

  key(event) {
    if (!this.list.hidden && this.commandKey(event)) return;
    if (event.key === "Escape") {
      if (this.target) this.aim(null);
      else if (this.file) this.take(null);
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "ArrowUp" && !this.field.value) {
      event.preventDefault();
      this.hooks.editLast();
    }
  }

  async submit() {
    const text = this.field.value;
    const { target, file } = this;
    if (!file && !text.trim()) return;
    this.field.value = "";
    this.file = null;
    this.target = null;
    this.hideCommands();
    this.drawContext();
    this.grow();
    this.field.focus();
    const done = await this.send(text, target, file);
    if (done || this.field.value) return;
    // Refused: what was typed comes back.
    this.field.value = text;
    this.file = file;
    this.target = target;
    this.drawContext();
    this.grow();
  }

  send(text, target, file) {
    if (file) return this.hooks.sendDocument(file, text);
    if (target && target.kind === "edit") return this.hooks.edit(target.message, text);
    return this.hooks.say(text, target ? target.message.id : null);
  }

  // The command list

  matching() {
    const typed = this.field.value.startsWith("/") ? this.field.value.slice(1).toLowerCase() : "";
    return this.commands.filter((one) => one.command.startsWith(typed));
  }

  toggleCommands() {
    if (this.list.hidden) {
      this.drawCommands();
      this.field.focus();
    } else this.hideCommands();
  }

  drawCommands() {
    const rows = this.matching().map((one, place) => {
      const row = node("div", "command-row", node("strong", "", `/${one.command}`), node("span", "muted", one.description));
      row.setAttribute("role", "option");
      row.id = `command-${one.command}`;
      row.addEventListener("click", () => this.choose(one.command));
      row.addEventListener("pointerenter", () => this.point(place));
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = !rows.length;
    this.menu.setAttribute("aria-expanded", String(!this.list.hidden));
    this.point(0);
  }

  point(place) {
    this.pointed = place;
    [...this.list.children].forEach((row, number) => {
      row.setAttribute("aria-selected", String(number === place));
      if (number !== place) return;
      row.scrollIntoView({ block: "nearest" });
      this.field.setAttribute("aria-activedescendant", row.id);
    });
  }

  hideCommands() {
    this.list.hidden = true;
    this.menu.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  commandKey(event) {
    const found = this.matching();
    if (event.key === "Escape") this.hideCommands();
    else if (event.key === "ArrowDown") this.point((this.pointed + 1) % found.length);
    else if (event.key === "ArrowUp") this.point((this.pointed + found.length - 1) % found.length);
    else if (event.key === "Tab") {
      this.field.value = `/${found[this.pointed].command} `;
      this.typed();
    } else if (event.key === "Enter" && !event.shiftKey) this.choose(found[this.pointed].command);
    else return false;
    event.preventDefault();
    return true;
  }

  choose(command) {
    this.field.value = "";
    this.hideCommands();
    this.grow();
    this.field.focus();
    this.hooks.say(`/${command}`, null);
  }
}
