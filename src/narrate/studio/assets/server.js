// Asking the server, and telling what came of it. The relative addresses hold the key.

import { $, button, make } from "./dom.js";

export class Trouble extends Error {
  constructor(parts) {
    super(parts.what);
    this.parts = parts;
  }
}

export async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Trouble({ what: "The studio does not answer", where: "", mend: "Has it ended? Start `narrate studio` again and open the address that it prints." });
  }
  if (answer.headers.get("content-type")?.startsWith("application/json")) {
    const content = await answer.json();
    if (answer.ok) return content;
    throw new Trouble(content.error);
  }
  throw new Trouble({ what: (await answer.text()).trim(), where: "", mend: "" });
}

export const post = (path, content) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(content) });

export function complain(error) {
  const parts = error instanceof Trouble ? error.parts : { what: String(error), where: "", mend: "" };
  const head = parts.where ? `${parts.where}: ${parts.what}` : parts.what;
  $("trouble").replaceChildren(
    make("p", {}, head),
    ...(parts.mend ? [make("p", {}, parts.mend)] : []),
    button("Close", () => ($("trouble").hidden = true)),
  );
  $("trouble").hidden = false;
}

export function tell(words, ...more) {
  $("news").replaceChildren(words, ...more);
}

export function guarded(action) {
  return async (...given) => {
    try {
      await action(...given);
    } catch (error) {
      complain(error);
    }
  };
}
