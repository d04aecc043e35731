// The page's API. A refusal in plain words becomes an Error whose message may be shown.

async function call(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("The sandbox does not answer.");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error || "The sandbox could not do that.");
  return body;
}

const post = (path, order) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(order) });

export const view = (person) => call(`/chat/view?person=${person}`);
export const liveAddress = (person, since) => `${location.origin.replace(/^http/, "ws")}/chat/live?person=${person}&since=${since}`;
export const say = (person, text, replyTo) => post("/chat/say", { person, text, reply_to: replyTo });
export const edit = (person, message, text) => post("/chat/edit", { person, message, text });
export const press = (person, message, button) => post("/chat/press", { person, message, button });
export const remove = (person, message) => post("/chat/delete", { person, message });
export const block = (person) => post("/chat/block", { person });
export const unblock = (person) => post("/chat/unblock", { person });

export function sendDocument(person, file, caption) {
  const form = new FormData();
  form.set("person", person);
  form.set("caption", caption);
  form.set("file", file, file.name);
  return call("/chat/document", { method: "POST", body: form });
}
