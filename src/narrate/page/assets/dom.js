// Elements, built one by one: no text of a show is ever read as markup.

const $ = (selector, root = document) => root.querySelector(selector);

const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

const on = (node, event, does) => {
  node.addEventListener(event, does);
  return node;
};

const ICONS = {
  play: "M8 5v14l11-7z",
  pause: "M7 5h4v14H7zM13 5h4v14h-4z",
  previous: "M6 6h2.5v12H6zM19 6v12l-9-6z",
  next: "M15.5 6H18v12h-2.5zM5 6v12l9-6z",
  back: "M12 5V1L6.5 6 12 11V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8z",
  moon: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z",
  up: "M12 7.5 5.5 14l1.4 1.4 5.1-5.1 5.1 5.1 1.4-1.4z",
  down: "M12 16.5 18.5 10l-1.4-1.4-5.1 5.1-5.1-5.1L5.5 10z",
  forward: "M12 5V1l5.5 5L12 11V7a6 6 0 1 0 6 6h2a8 8 0 1 1-8-8z",
};

const icon = (name) => {
  const make = (tag, attributes) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const svg = make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" });
  svg.append(make("path", { d: ICONS[name] }));
  return svg;
};

// Only web addresses become links: a show's author may have typed anything.
const webAddress = (text) => (/^https?:\/\//i.test(text || "") ? text : "");

const file = (name) => encodeURIComponent(name || "");
