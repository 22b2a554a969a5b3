// Under `narrate serve` the page shows how far a running build is. A public host is never asked.

const BUILDING_MS = 3000;
const IDLE_MS = 20000;

const watchBuilds = () => {
  if (!isWeb || !(isLoopback(location.hostname) || isNearby(location.hostname))) return;
  let wasBuilding = false;
  const told = el("span");
  const reload = press("reload", {}, () => location.reload());
  const notice = el("div", { class: "notice", hidden: true }, told, reload);
  document.body.prepend(notice);

  const ask = async () => {
    let state = null;
    try {
      const answer = await fetch("progress", { cache: "no-store" });
      state = answer.ok ? await answer.json() : null;
    } catch {
      state = null;
    }
    if (typeof state?.building !== "boolean") return; // no such server, or it has ended
    const { building } = state;
    if (building) {
      const share = state.characters ? state.characters_done / state.characters : 0;
      const left = state.left_s ? `, ${say("left", { time: lengthOf(state.left_s) })}` : "";
      told.textContent = say("progress", { what: `${Math.floor(100 * share)} %${left}` });
    } else if (wasBuilding) {
      spoken(told, "ready");
    }
    notice.hidden = !building && !wasBuilding;
    reload.hidden = building;
    wasBuilding ||= building;
    setTimeout(ask, building ? BUILDING_MS : IDLE_MS);
  };
  ask();
};
