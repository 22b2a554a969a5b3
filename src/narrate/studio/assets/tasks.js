// Tasks: one at a time; the page asks how far it is.

import { $, make } from "./dom.js";
import { ask, complain, post, tell, Trouble } from "./server.js";
import { state } from "./state.js";

export async function begin(kind, order, afterwards) {
  $("trouble").hidden = true;
  tell("");
  state.handing += 1;
  try {
    const { number } = await post(`api/tasks/${kind}`, order);
    state.afterwards.set(number, afterwards ?? (() => {}));
  } finally {
    state.handing -= 1;
  }
  if (!state.busy) await follow();
}

export async function follow() {
  state.busy = true;
  let next = 0;
  let shown = 0;
  let wait = 30; // what is quick is seen at once
  try {
    for (;;) {
      const told = await ask(`api/progress?since=${next}`);
      if (told.state === "idle") break;
      if (told.number !== shown) {
        [shown, next] = [told.number, 0];
        $("task-lines").replaceChildren();
      }
      if (next !== told.next) {
        for (const line of told.lines) $("task-lines").append(make("li", { class: line.weight }, line.text));
        next = told.next;
      }
      if (told.state !== "running") {
        finish(told);
        break;
      }
      paint(told);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(2 * wait, 300);
    }
  } finally {
    state.busy = false;
  }
}

const IDLE_MS = 2000;

// What another page of this studio does, or a command, is shown here, too.
export function watch(reload) {
  let wasBuilding = false;
  setInterval(async () => {
    if (state.busy || state.handing || document.hidden) return;
    try {
      const told = await ask("api/progress?since=100000000");
      if (state.busy || state.handing) return;
      if (told.number > state.task) {
        await follow();
        await reload();
      } else if (told.building) {
        if (!wasBuilding) tell("A command builds this show now.");
        wasBuilding = true;
      } else if (told.stamp !== state.stamp) {
        state.stamp = told.stamp;
        wasBuilding = false;
        await reload();
        tell("A command has built something: you see it as it is now.");
      } else if (wasBuilding) {
        wasBuilding = false;
        tell("The command has built nothing new.");
      }
    } catch {
      // Whoever presses a button is told that the studio has ended.
    }
  }, IDLE_MS);
}

function paint(told) {
  $("task").hidden = $("task-words").hidden = false;
  $("said-head").textContent = "What it says";
  $("stop").hidden = false;
  $("task-bar").hidden = false;
  const doing = told.of || told.lines.length ? told.doing : "";
  $("task-words").textContent = `Now ${told.words}${doing ? `: ${doing}` : ""}`;
  const bar = $("task-bar");
  if (told.of) [bar.max, bar.value] = [told.of, told.done];
  else bar.removeAttribute("value");
}

function finish(told) {
  const isNew = told.number > state.task;
  state.task = Math.max(state.task, told.number);
  state.stamp = told.stamp;
  $("stop").hidden = true;
  $("task-bar").hidden = true;
  const ends = { done: "Done", failed: "Failed", stopped: "Stopped" };
  $("task-words").hidden = true;
  $("said-head").textContent = `${ends[told.state]}, ${told.words}: what it said`;
  $("task").hidden = !$("task-lines").children.length;
  if (!isNew) return;
  const follows = state.afterwards.get(told.number);
  state.afterwards.delete(told.number);
  if (told.state === "failed") {
    complain(new Trouble(told.error));
  } else if (told.state === "stopped") {
    tell("Stopped. What was done is kept.");
  } else if (follows) {
    Promise.resolve(follows(told.result)).catch(complain);
  }
}
