// Build the page's parts from JSON. Words become text nodes, and only the elements and attributes
// named here exist, so nothing a report says can become markup, an address or a script.
const TAGS = new Set([
  "button", "dd", "div", "dl", "dt", "h1", "h2", "h3", "li", "mark", "ol", "p", "section", "span",
  "table", "tbody", "td", "th", "thead", "tr", "ul",
]);
const ROLES = { alert: "alert", answer: "status" }; // a screen reader says these when they come
const shown = new WeakMap(); // root -> what it shows, so that a rerun keeps focus and scrolling

function build(part) {
  if (typeof part === "string") return document.createTextNode(part);
  const element = document.createElement(TAGS.has(part.tag) ? part.tag : "span");
  if (part.look) element.className = part.look;
  if (part.label) element.setAttribute("aria-label", part.label);
  if (part.tag === "button") {
    element.type = "button";
    element.dataset.pick = part.pick;
    element.setAttribute("aria-pressed", String(part.pressed));
  }
  const role = ROLES[part.look.split(" ")[0]];
  if (role) element.setAttribute("role", role);
  for (const child of part.children) element.append(build(child));
  return element;
}

// A press rebuilds the part; the button that was pressed keeps the focus.
function focusedButton(root) {
  return [...root.querySelectorAll("button")].indexOf(root.getRootNode().activeElement);
}

// Bring the quoted words into the scroller's view, with the beginning of their passage if it fits.
function scrollToWords(root) {
  const scroller = root.querySelector(".scroller");
  const words = [".centre .said", ".centre mark", ".scroller mark"]
    .map((place) => root.querySelector(place))
    .find(Boolean);
  const passage = root.querySelector(".centre");
  if (!scroller) return;
  const down = (element) =>
    element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const far = words && down(words) - down(passage) > scroller.clientHeight * 0.6;
  scroller.scrollTop += far ? down(words) - scroller.clientHeight / 4 : down(passage) - 8;
  scroller.tabIndex = 0; // so that arrow keys can scroll it
}

// What a reader has asked for comes into view. A panel also takes the focus; an answer does not,
// since the next question may already be being typed.
function arrive(first) {
  if (first.tagName === "SECTION") {
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
  }
  // After the columns around it have their new widths.
  setTimeout(() => first.scrollIntoView({ block: "nearest" }), 100);
}

export default function ({ data, parentElement, setTriggerValue }) {
  document.documentElement.lang = "vi"; // Streamlit says "en", and a screen reader would believe it
  const root = parentElement.querySelector(".parts");
  root.onclick = (event) => {
    const button = event.target.closest("button[data-pick]");
    if (button && button.dataset.pick) setTriggerValue("picked", button.dataset.pick);
  };

  const now = JSON.stringify(data.part);
  const before = shown.get(root);
  if (before?.part !== now) {
    const focused = focusedButton(root);
    root.replaceChildren(build(data.part));
    root.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
    scrollToWords(root);
  }
  if (data.arrival && before?.arrival !== data.arrival) arrive(root.firstElementChild);
  shown.set(root, { part: now, arrival: data.arrival });
}
