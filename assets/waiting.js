/*
 * What was typed and is not yet with the server waits on this device, sealed: with a key that the
 * page brings and that only the same person's pages bring (data-device-key). So on a device of the
 * class the next child can neither read nor send it, and who takes the device away has nothing.
 * docs/decisions/0012. Without a secure context, or where storage is switched off, nothing is kept
 * and the words wait in the page alone.
 *
 * A tab holds a lock for as long as it lives: what another tab left behind is taken up by the next
 * page of that person, and what a living tab holds is left to it. app.js uses this; it is loaded
 * before it.
 *
 * A form with a button is never sent by itself: its words stand here from the press on the button until the next page
 * says that they arrived, and come back into the form when they did not.
 */
"use strict";
globalThis.weerklankWaiting = (() => {
  const PREFIX = "weerklank.waits.";
  const TAB = "weerklank.tab.";
  const DAY_MS = 24 * 60 * 60 * 1000;
  const LAST_DAYS = 7; // then it is gone, whoever opens a page of ours on this device

  const box = document.getElementById("waiting");
  const secret = box?.dataset.deviceKey || "";
  delete box?.dataset.deviceKey;

  function storage() {
    try {
      return globalThis.localStorage;
    } catch {
      return null; // forbidden by the browser's settings
    }
  }
  const shelf = storage();
  const able = Boolean(secret && shelf && globalThis.crypto?.subtle && navigator.locks);

  const fresh = () => crypto.getRandomValues(new Uint32Array(3)).join("-");
  const tab = able ? fresh() : "";
  const latest = new Map(); // what is being sealed, or was: newer words win

  const ofHex = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const toText = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const ofText = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const key = able && crypto.subtle.importKey("raw", ofHex(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  const held = able &&
    new Promise((granted) => {
      // Never let go: the browser does, when the page is gone.
      navigator.locks.request(TAB + tab, () => new Promise(() => granted())).catch(() => {});
    });

  async function seal(words) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const text = new TextEncoder().encode(JSON.stringify(words));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, text);
    await held;
    return JSON.stringify({ tab, at: Date.now(), iv: toText(iv), data: toText(new Uint8Array(data)) });
  }

  // null: somebody else's, or spoilt.
  async function open(entry) {
    try {
      const iv = ofText(entry.iv);
      const data = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, ofText(entry.data));
      return JSON.parse(new TextDecoder().decode(data));
    } catch {
      return null;
    }
  }

  function read(name) {
    try {
      const entry = JSON.parse(shelf.getItem(name));
      const age = Date.now() - entry.at;
      if (age < LAST_DAYS * DAY_MS && age > -DAY_MS && typeof entry.tab === "string") return entry;
    } catch {
      // not of our making
    }
    return null;
  }

  function entries() {
    const found = [];
    for (const name of Object.keys(shelf).filter((one) => one.startsWith(PREFIX))) {
      const entry = read(name);
      if (entry) found.push({ name, entry });
      else shelf.removeItem(name);
    }
    return found.sort((a, b) => a.entry.at - b.entry.at);
  }

  // The words of one form, in place of its earlier ones. Answers whether they are on the device.
  async function keep(id, words) {
    latest.set(id, words);
    if (!able) return false;
    try {
      const sealed = await seal(words);
      if (latest.get(id) === words) shelf.setItem(PREFIX + id, sealed);
      return true;
    } catch {
      return false; // full: the page still has them
    }
  }

  function drop(id) {
    latest.delete(id);
    if (able) shelf.removeItem(PREFIX + id);
  }

  // Gives everything that this person's closed tabs left, oldest first, to `take(id, words)`, one
  // at a time; no other tab takes the same meanwhile. It stays until drop(id).
  async function claim(take) {
    if (!able) return;
    for (const { name, entry } of entries()) {
      if (entry.tab === tab) continue;
      await navigator.locks.request(TAB + entry.tab, { ifAvailable: true }, async (lock) => {
        const words = lock && shelf.getItem(name) !== null && (await open(entry));
        if (words) await take(name.slice(PREFIX.length), words);
      });
    }
  }

  /* --- to the server ------------------------------------------------------------------------------ */

  const ROUND_MS = 15000; // how often it is looked for what a tab left that closed since
  const SUBMITTED = "weerklank.submitted"; // in this tab: what went along with a form
  const TOLD = "weerklank.told"; // in this tab: what the page says after it loaded itself anew
  const FAILING = ["offline", "pageOnly", "signedOut", "signedOutHere"];

  let savers = []; // of app.js: the forms of this page that keep themselves
  let token = box?.dataset.csrf || "";
  let goingAway = false; // on purpose, and nothing is lost by it

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const parse = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  // One text, in the background. Throws when nobody can say yet whether it is kept; `refused` is then
  // true when the server would not have it from whoever it thinks this is.
  async function post(url, fields) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-Requested-With": "autosave", Accept: "application/json" },
      body: fields,
      credentials: "same-origin",
      redirect: "error", // a redirect to the sign-in page is not an answer
      keepalive: true, // also when the page is being left
    });
    const type = answer.headers.get("Content-Type") || "";
    if (answer.status >= 500 || !type.startsWith("application/json"))
      throw new Error("no answer of ours");
    const said = await answer.json();
    if (said.error === true)
      throw Object.assign(new Error("refused, but not because of the text"), {
        refused: [403, 404].includes(answer.status),
      });
    return { ...said, kept: answer.ok };
  }

  function go(where) {
    goingAway = true;
    if (where) location.replace(where);
    else location.reload();
  }

  // Who is signed in here by now: "me"; "me-again", and tokens that a new sign-in made old are renewed;
  // "nobody"; "other": then this page goes from the screen, and its words wait. Or "unknown".
  async function whoIsIn() {
    if (!box) return "unknown";
    try {
      const answer = await fetch(box.dataset.who, { credentials: "same-origin" });
      const theirs = (await parse(answer)).getElementById("waiting");
      if (!theirs) return answer.status < 500 ? "nobody" : "unknown";
      if (theirs.dataset.deviceKey !== secret) {
        go("/");
        return "other";
      }
      if (theirs.dataset.csrf === token) return "me";
      token = theirs.dataset.csrf;
      for (const field of all("input[name=csrf]")) field.value = token;
      return "me-again";
    } catch {
      return "unknown";
    }
  }

  // "kept"; "both": another text had come meanwhile; "stuck": it will not be kept; or who is signed in.
  async function deliver(words) {
    const fields = new URLSearchParams(words.fields);
    fields.set("csrf", token);
    try {
      let answer = await post(words.url, fields);
      if (answer.conflict && !answer.kept) {
        fields.set("version", answer.version); // theirs stays as an earlier version
        answer = { ...(await post(words.url, fields)), conflict: true };
      }
      if (answer.error || !answer.kept) return "stuck";
      return answer.conflict ? "both" : "kept";
    } catch (error) {
      if (!error.refused) return "unknown";
      const who = await whoIsIn();
      return who === "me" ? "stuck" : who;
    }
  }

  /* --- saying so ------------------------------------------------------------------------------------ */

  const list = box?.querySelector("[data-waiting-list]");

  // `what` names a text of the box; "": nothing to say.
  function tell(what) {
    box.dataset.state = what;
    box.querySelector("[data-waiting-say]").textContent = what && box.dataset[what];
    box.querySelector("[data-waiting-enter]").hidden = !what.startsWith("signedOut");
    box.hidden = !what && !list.querySelector("li");
  }

  // After a text did not reach the server; without `who`, after one did.
  function tellFailing(who) {
    if (!box) return;
    if (who === "nobody") tell(able ? "signedOut" : "signedOutHere");
    else if (who === "unknown") tell(able ? "offline" : "pageOnly");
    else if (FAILING.includes(box.dataset.state) && !savers.some((saver) => saver.failing())) tell("");
  }

  // A form that cannot go now. Only of one that keeps itself the words are on the device.
  function tellOffline(keepsItself) {
    if (box) tell(able && keepsItself ? "offline" : "pageOnly");
  }

  // A text that has no place here: its writer reads it, copies it, and throws it away.
  function showStuck(id, words) {
    if (!words.words || list.querySelector(`[data-id="${CSS.escape(id)}"]`)) return;
    const item = box.querySelector("template").content.firstElementChild.cloneNode(true);
    item.dataset.id = id;
    item.querySelector(".pre").textContent = words.words;
    item.querySelector("a").href = words.page;
    item.querySelector("button").addEventListener("click", () => {
      drop(id);
      item.remove();
      if (!list.querySelector("li")) tell("");
    });
    list.append(item);
    if (!box.dataset.state) tell(words.form ? "unsent" : "stuck");
  }

  /* --- forms with a button: nothing is sent by itself, and nothing typed is lost ------------------------ */

  const SENT = "weerklank.sent"; // in this tab: the form that was sent last
  const ofForm = new WeakMap(); // form to id of its words on the device
  const givenBack = new Set();

  const texts = (form) => all("textarea, input[type=text], input:not([type])", form);
  const pathOf = (address) => address.split(/[?#]/)[0];
  // A new thing has version 0, and another address each time it is asked for.
  const shape = (form) =>
    [...new Set([...form.elements].map((field) => field.name)), form.elements.version?.value ?? ""].sort().join(" ");

  // Whether somebody typed in a form that does not keep itself. Secrets and files are left to the browser.
  function isTyped(form) {
    return (
      Boolean(box) &&
      form.getAttribute("method") === "post" &&
      !form.querySelector("input[type=password], input[type=file]") &&
      texts(form).some((field) => (field.type === "textarea" ? field.value.trim() : field.value !== field.defaultValue))
    );
  }

  // Its words are on the device before it goes. Answers whether it may go: the server is there, and whoever typed
  // is signed in. Else the page stays, and says why.
  async function send(form) {
    const id = ofForm.get(form) || fresh();
    ofForm.set(form, id);
    await keep(id, {
      form: true,
      url: form.getAttribute("action"),
      page: location.pathname + location.search,
      shape: shape(form),
      fields: [...new FormData(form)].filter(([name]) => name !== "csrf"),
      words: texts(form).map((field) => field.value.trim()).filter(Boolean).join("\n"),
    });
    const who = navigator.onLine === false ? "unknown" : await whoIsIn();
    if (who === "me" || who === "me-again") {
      if (able) sessionStorage.setItem(SENT, id);
      return true;
    }
    if (who === "nobody") tell(able ? "signedOut" : "signedOutHere");
    else if (who === "unknown") tell("notSent");
    return false;
  }

  // The page that follows a form says that it arrived; not one that refuses it, and not one that somebody went to
  // from the browser's own "no connection".
  function arrived(id, words) {
    if (sessionStorage.getItem(SENT) !== id || document.querySelector("[data-refused]")) return false;
    return document.referrer !== "" && new URL(document.referrer).pathname === pathOf(words.page);
  }

  function placeOf(words) {
    if (location.pathname !== pathOf(words.page)) return null;
    const same = all("form[method=post]:not([data-autosave])").filter((form) => shape(form) === words.shape);
    const here = same.find((form) => form.getAttribute("action") === words.url) || (same.length === 1 ? same[0] : null);
    return here && texts(here).every((field) => field.value === field.defaultValue) ? here : null;
  }

  // With the address it had: when it did arrive after all, the server knows its number and makes no second.
  function refill(form, words) {
    const left = new Map();
    for (const [name, value] of words.fields) left.set(name, [...(left.get(name) || []), value]);
    for (const field of [...form.elements].filter((one) => one.name && one.name !== "csrf" && one.type !== "submit")) {
      const values = left.get(field.name) || [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (values.length) field.value = values.shift();
    }
    form.setAttribute("action", words.url);
    for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
  }

  // Answers whether the words stand in their form again.
  function giveBack(id, words) {
    if (arrived(id, words)) {
      drop(id);
      return false;
    }
    const form = placeOf(words);
    if (!form || givenBack.has(id)) {
      if (!givenBack.has(id)) showStuck(id, words);
      return false;
    }
    refill(form, words);
    ofForm.set(form, id);
    givenBack.add(id);
    return true;
  }

  /* --- taking up what closed tabs left ---------------------------------------------------------------- */

  const isOf = (form, words) =>
    form.dataset.autosaveUrl === words.url &&
    ["q", "v", "p"].every((name) => {
      const said = words.fields.find(([field]) => field === name);
      return (form.elements[name]?.value ?? "") === (said ? said[1] : "");
    });
  const substance = (fields) =>
    JSON.stringify(fields.filter(([name]) => !["csrf", "version", "back"].includes(name)));
  const shows = (form, words) => substance([...new FormData(form)]) === substance(words.fields);

  let takingUp = false;
  async function takeUp() {
    if (takingUp || !able) return;
    takingUp = true;
    let told = "";
    let isOlder = false; // this page shows what stood before
    let hindered = "";
    await claim(async (id, words) => {
      if (hindered) return;
      if (words.form) {
        if (giveBack(id, words)) told ||= "returned";
        return;
      }
      const outcome = words.ready ? await deliver(words) : "stuck";
      if (outcome === "stuck") {
        showStuck(id, words);
      } else if (outcome === "kept" || outcome === "both") {
        drop(id);
        const form = all("form[data-autosave]").find((one) => isOf(one, words));
        isOlder ||= Boolean(form) && !shows(form, words);
        // What went along with a form has nearly always arrived with it: nothing to tell.
        if (outcome === "both") told = outcome;
        else if (sessionStorage.getItem(SUBMITTED) !== id) told ||= outcome;
      } else {
        hindered = outcome;
      }
    });
    takingUp = false;
    if (hindered) {
      tellFailing(hindered);
      if (hindered === "me-again") takeUp();
    } else if (isOlder && !savers.some((saver) => saver.unsaved())) {
      if (told) sessionStorage.setItem(TOLD, told);
      go();
    } else if (told) {
      tell(told);
    }
  }

  function start(ofPage) {
    savers = ofPage;
    if (!box) return;
    const told = sessionStorage.getItem(TOLD);
    sessionStorage.removeItem(TOLD);
    if (told) tell(told);
    if (!able) box.querySelector("[data-waiting-enter] a").target = "_blank";
    box.querySelector("[data-waiting-enter] a").addEventListener("click", (event) => {
      if (!able) return; // in a tab beside this one, where the words are
      event.preventDefault();
      go(); // the server shows the way in, and back to here
    });
    takeUp();
    setInterval(takeUp, ROUND_MS);
  }

  if (shelf) entries(); // what is past its time goes, whoever's it is

  return {
    fresh: () => (able ? fresh() : ""),
    keep,
    drop,
    post,
    whoIsIn,
    tellFailing,
    tellOffline,
    isTyped,
    send,
    takeUp,
    start,
    submitted: (id) => sessionStorage.setItem(SUBMITTED, id),
    isGoingAway: () => goingAway,
    over: box?.dataset.over || "",
  };
})();
