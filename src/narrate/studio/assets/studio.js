// The maker's page: what its own buttons and forms do, and its beginning.

import { $ } from "./dom.js";
import { loadShow, paintEpisodes } from "./episodes.js";
import { build, route } from "./places.js";
import { ask, complain, guarded, post } from "./server.js";
import { state } from "./state.js";
import { begin, follow, watch } from "./tasks.js";
import { dropCase, loadLexicon, paintWordVoices, played, teachOrder, tellUses } from "./words.js";

$("search").addEventListener("input", paintEpisodes);
$("word-lang").addEventListener("change", () => paintWordVoices());
$("word").addEventListener("input", dropCase);
$("build").addEventListener("click", guarded(() => build({})));
$("stop").addEventListener("click", guarded(() => post("api/stop", {})));
$("try").addEventListener("click", guarded(async () => {
  if ($("teach").reportValidity()) await begin("teach", teachOrder(false), played);
}));
$("teach").addEventListener("submit", (event) => {
  event.preventDefault();
  guarded(() => begin("teach", teachOrder(true), async (result) => {
    await loadLexicon();
    await played(result);
    tellUses(`“${$("word").value}” is kept.`, result.uses);
  }))();
});
$("say").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = $("say-voice").value;
  const voice = state.show.voices.find((one) => one.name === name);
  guarded(() => begin("say", { text: $("text").value, lang: voice.lang, voice: name }, played))();
});
window.addEventListener("hashchange", guarded(route));

guarded(async () => {
  await loadShow();
  const told = await ask("api/progress");
  if (told.state === "running") follow().catch(complain);
  else [state.task, state.stamp] = [told.number, told.stamp];
  await route();
  watch(async () => {
    await loadShow();
    await route();
  });
})();
