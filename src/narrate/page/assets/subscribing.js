// How an app gets the feed.

const isLoopback = (host) =>
  /^((.+\.)?localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])\.?$/.test(host);
// Addresses and names that mean something in one network only: RFC 1918, 3927, 4193, 6598, 6762.
const isNearby = (host) =>
  /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))(\.\d+){2,3}$/.test(
    host,
  ) ||
  /^\[(f[cd]|fe[89ab]|::ffff:)/.test(host) ||
  /\.(local|lan|home|home\.arpa|internal|localdomain|fritz\.box)\.?$/.test(host) ||
  /^[a-z0-9-]+$/.test(host);
// What `narrate serve` puts into an address is for those who were given it, not for other servers.
const hasKey = (path) => /^\/t\/[\w-]{12,64}\/[^/]+$/.test(path);

// Where the feed is: its public address, or the one this page was opened at.
const feedAddress = (texts) => {
  const here = isWeb ? new URL(texts.feed, location.origin + location.pathname).href : "";
  const { hostname } = location;
  if (here && isNearby(hostname) && !isLoopback(hostname)) return here;
  return webAddress(texts.feed_url) || here;
};

// Each app has a scheme of its own; without `https://` where the app puts one in front. Some fetch
// feeds themselves, others have servers of their own for it (Apple since iOS 14.5).
const APPS = [
  ["Apple Podcasts", (url) => `podcast://${url.replace(/^https?:\/\//i, "")}`, false],
  ["Pocket Casts", (url) => `pktc://subscribe/${url.replace(/^https?:\/\//i, "")}`, false],
  ["AntennaPod", (url) => `antennapod-subscribe://${url.replace(/^https?:\/\//i, "")}`, true],
  ["Overcast", (url) => `overcast://x-callback-url/add?url=${encodeURIComponent(url)}`, false],
  ["gPodder", (url) => `gpodder://${url.replace(/^https?:\/\//i, "")}`, true],
  ["", (url) => `podcast:${url}`, true],
];

const copyField = (texts, url) => {
  const input = el("input", { type: "text", readonly: true, value: url });
  spoken(input, "address", { lang: OWN_NAMES[texts.lang] || texts.lang }, "aria-label");
  const told = el("span", { class: "told", role: "status" });
  const copy = press("copy", {}, async () => {
    input.select();
    try {
      await navigator.clipboard.writeText(url);
      told.textContent = say("copied");
    } catch {
      // Without https the clipboard is closed to pages; the older way may still be open.
      told.textContent = say(document.execCommand?.("copy") ? "copied" : "copy_failed");
    }
  });
  return el("div", { class: "copy" }, input, copy, told);
};

const subscription = (texts) => {
  const url = feedAddress(texts);
  const title = textNode("h2", texts.title, { lang: texts.lang });
  const name = textNode("p", OWN_NAMES[texts.lang] || texts.lang, { lang: texts.lang, class: "quiet" });
  if (!url) return el("div", {}, title, name, phrase("p", "no_address", {}, { class: "hint" }));
  const { hostname, pathname } = new URL(url);
  const isClosed = isLoopback(hostname) || isNearby(hostname) || hasKey(pathname);
  const apps = APPS.filter(([, , fetchesItself]) => fetchesItself || !isClosed).map(
    ([app, link]) => {
      const node = el("a", { href: link(url), rel: "nofollow" });
      if (app) node.textContent = app;
      else spoken(node, "other_app");
      return el("li", {}, node);
    },
  );
  return el(
    "div",
    {},
    title,
    name,
    el("ul", { class: "apps" }, ...apps),
    copyField(texts, url),
    isLoopback(hostname) ? phrase("p", "local_only", {}, { class: "hint" }) : null,
    isClosed ? phrase("p", "clouds", {}, { class: "hint" }) : null,
  );
};

const subscribing = () =>
  el(
    "details",
    { class: "subscribe" },
    phrase("summary", "subscribe"),
    el("div", { class: "feeds" }, ...show.languages.map(subscription)),
  );
