// A decision's page with JavaScript: when the team does something while one reads, a quiet line says so. Nothing on the
// page moves by itself. Without JavaScript the page is complete, as of when it was opened.

const news = document.getElementById("news");
const address = `/api/decisions/${encodeURIComponent(news?.dataset.key ?? "")}`;
/** @type {EventSource | null} */
let acts = null;

function tell() {
  if (!news || news.childElementCount) return;
  const says = document.createElement("span");
  const show = document.createElement("button");
  says.textContent = news.dataset.text ?? "";
  show.textContent = news.dataset.show ?? "";
  show.type = "button";
  show.addEventListener("click", () => location.reload());
  news.append(says, show);
}

/** What was missed while nobody looked: the document says when it last changed. */
async function catchUp() {
  try {
    const response = await fetch(address, { cache: "no-store" });
    const decision = response.ok ? await response.json() : null;
    if (decision && String(decision.changed_at) !== news?.dataset.changed) tell();
  } catch {
    // the network is away; the stream comes back by itself
  }
}

/** Listens only while somebody looks. */
function look() {
  if (document.visibilityState !== "visible") {
    acts?.close();
    acts = null;
  } else if (!acts) {
    acts = new EventSource(`${address}/acts`);
    acts.addEventListener("act", tell);
    acts.addEventListener("open", catchUp);
  }
}

if (news) {
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => acts?.close());
  look();
}
