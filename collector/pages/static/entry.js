// Signing in and joining with JavaScript: an invitation in the fragment fills itself in, and a password can be shown.
// Without JavaScript the invitation is pasted, and nothing else is missing.

const invitation = /** @type {HTMLInputElement | null} */ (document.getElementById("invitation"));

if (invitation && location.hash.length > 1) {
  const fragment = location.hash;
  invitation.value = fragment.slice(1, 101);
  // the secret leaves the address bar before anything else is asked for
  history.replaceState(null, "", location.pathname + location.search);
  // and comes along into another language, again where no server sees it
  for (const link of document.querySelectorAll("header nav a")) {
    /** @type {HTMLAnchorElement} */ (link).hash = fragment;
  }
  document.getElementById("pasted")?.setAttribute("hidden", "");
  document.getElementById("there")?.removeAttribute("hidden");
  document.getElementById("password")?.focus();
}

/** @param {HTMLElement} field holds one password input, and says `data-show` and `data-hide` */
function showable(field) {
  const input = field.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  if (!input) return;
  button.setAttribute("aria-controls", input.id);
  /** @param {boolean} shown */
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    input.spellcheck = false;
    button.textContent = (shown ? field.dataset.hide : field.dataset.show) ?? "";
    button.setAttribute("aria-label", `${button.textContent}: ${input.labels?.[0]?.textContent}`);
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // a shown password is sent as one, so that browsers and the next glance treat it so
  input.form?.addEventListener("submit", () => show(false));
  show(false);
  field.append(button);
}

for (const field of document.querySelectorAll(".secret")) showable(/** @type {HTMLElement} */ (field));
