// What the page knows, and in which language it speaks.

const { show, words } = JSON.parse($("#data").textContent);
const OWN_NAMES = { de: "Deutsch", en: "English" };

const store = {
  memory: {},
  key: (name) => `narrate:${show.id}:${name}`,
  read(name) {
    try {
      return localStorage.getItem(this.key(name)) ?? this.memory[name] ?? null;
    } catch {
      return this.memory[name] ?? null; // storage may be forbidden, as with strict cookie settings
    }
  },
  write(name, value) {
    this.memory[name] = String(value);
    try {
      localStorage.setItem(this.key(name), String(value));
    } catch {
      // it is remembered until the page is closed
    }
  },
};

let ui = words[store.read("language")]
  ? store.read("language")
  : (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => words[tag]) || "en";

const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

const say = (name, values = {}) => put(words[ui][name], values);

// The same as nodes: what a phrase has in backticks is to be typed.
const sayAsNodes = (name, values) =>
  words[ui][name].split("`").map((part, index) => {
    const text = put(part, values);
    return index % 2 ? textNode("code", text) : text;
  });

// A node that says a phrase, also after the language of the page was changed.
const spoken = (node, phrase, values = {}, attribute = "") => {
  node.dataset[attribute ? "wordLabel" : "word"] = JSON.stringify([phrase, values, attribute]);
  translate(node);
  return node;
};

const translate = (node) => {
  if (node.dataset.word) {
    const [phrase, values] = JSON.parse(node.dataset.word);
    node.replaceChildren(...sayAsNodes(phrase, values));
  }
  if (node.dataset.wordLabel) {
    const [phrase, values, attribute] = JSON.parse(node.dataset.wordLabel);
    node.setAttribute(attribute, say(phrase, values));
    if (node.tagName === "BUTTON") node.title = say(phrase, values);
  }
};

const translateAll = () => {
  document.documentElement.lang = ui;
  for (const node of document.querySelectorAll("[data-word], [data-word-label]")) translate(node);
};

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

const lengthOf = (seconds) => {
  const minutes = Math.round(seconds / 60);
  if (Math.round(seconds) < 60) return say("seconds", { s: Math.round(seconds) });
  if (minutes < 60) return say("minutes", { m: minutes });
  return say("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
};

// The day that the show's author meant, wherever the reader is.
const dateOf = (iso) =>
  new Intl.DateTimeFormat(ui === "en" ? "en-GB" : ui, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${iso.slice(0, 10)}T12:00:00Z`),
  );

const sizeOf = (bytes) =>
  new Intl.NumberFormat(ui, { maximumFractionDigits: 1 }).format(bytes / 1e6) + " MB";

const phrase = (tag, name, values = {}, attributes = {}) => spoken(el(tag, attributes), name, values);

const textNode = (tag, text, attributes = {}) => {
  const node = el(tag, attributes);
  node.textContent = text;
  return node;
};

const LONG_TITLE = 200;
const titleLooks = (title) => (title.length > LONG_TITLE ? "long" : null);

const press = (name, values, does, attributes = {}) =>
  on(spoken(el("button", { type: "button", ...attributes }), name, values), "click", does);
