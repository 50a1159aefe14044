// The page behind a morning story's link, with JavaScript: the secret in the fragment fills itself in and opens the story.
// That says nothing to anybody; only the press on the page does. Without JavaScript the link is pasted.

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("open"));
const secret = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=link]"));

if (form && secret && location.hash.length > 1) {
  secret.value = location.hash.slice(1, 101);
  // the secret leaves the address bar before anything else is asked for
  history.replaceState(null, "", location.pathname + location.search);
  form.requestSubmit();
} else if (secret?.value) {
  // it comes along into another language, where no server sees it
  for (const link of document.querySelectorAll("header nav a")) /** @type {HTMLAnchorElement} */ (link).hash = secret.value;
}
