/*
 * Weerklank's own script. Every page works without it; it adds what saves a teacher a click or a
 * child a text. It reads everything from the page: texts and addresses stand in data attributes, so
 * that they are translated and escaped where all HTML is. README.md lists the attributes.
 *
 * What the server does not have yet waits on the device, sealed: waiting.js.
 */
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const fill = (text, value) => (text || "").replace("{0}", value);

  /* --- autosave ------------------------------------------------------------------------------ */

  const TYPING_MS = 1000;
  const RETRY_FIRST_MS = 2000;
  const RETRY_LAST_MS = 60000;
  const LEAVING_MS = 5000; // that a press on a link waits for a text to arrive
  const SEALING_MS = 200; // after a key, until the words are on the device too

  const savers = [];

  const waits = globalThis.weerklankWaiting;

  function autosave(form) {
    // A drawing or cards inside have a status line of their own.
    const status = form.querySelector("[role=status][data-saved]") || form.querySelector("[role=status]");
    const notice = form.querySelector("[data-conflict]");
    const past = form.querySelector("[data-past]"); // where both texts of a conflict can be read
    const whole = form.dataset.autosave === "whole"; // the server wants all fields together
    const changed = new Set(); // names of fields the server does not have yet
    let going = []; // names that are on their way
    const id = waits.fresh();
    let sealing = 0;
    let busy = false;
    let failing = false; // the last try did not reach the server
    let leaving = null; // the button that was pressed while a text was on its way
    let refused = false; // the server understood and said no: asking again would not help
    let wait = RETRY_FIRST_MS;
    let timer = 0;

    const say = (state, text) => {
      status.dataset.state = state;
      const line = status.querySelector("span") || status;
      if (line.textContent !== text) line.textContent = text;
    };

    const body = (names) => {
      const data = new FormData(form);
      if (whole) return new URLSearchParams(data);
      const sent = new URLSearchParams();
      for (const name of ["csrf", "version"]) if (data.has(name)) sent.append(name, data.get(name));
      for (const name of names) {
        // A box that was cleared is absent from FormData: an empty value says so.
        const values = data.getAll(name);
        for (const value of values.length ? values : [""]) sent.append(name, value);
      }
      return sent;
    };

    // On the device, until the server has it.
    function remember() {
      clearTimeout(sealing);
      const names = [...new Set([...going, ...changed])];
      if (!names.length) return;
      const fields = [...body(names)].filter(([name]) => name !== "csrf");
      const words = all("textarea, input[type=text], input:not([type])", form).map((field) => field.value.trim());
      waits.keep(id, {
        url: form.dataset.autosaveUrl,
        page: location.pathname + location.search,
        fields,
        ready: !refused && form.checkValidity(),
        words: words.filter(Boolean).join("\n"),
      });
    }

    const later = (ms) => {
      clearTimeout(timer);
      timer = setTimeout(save, ms);
    };

    // A half-filled form is not sent: choosing "Worry" before the first word is no mistake.
    const sendable = () => changed.size > 0 && form.checkValidity();
    const written = () => all("textarea", form).some((area) => area.value.trim() !== "");

    function done(answer, names) {
      going = [];
      if (answer.version !== undefined && form.elements.version)
        form.elements.version.value = answer.version;
      const part = form.closest("[data-live]");
      if (part && answer.version !== undefined) part.dataset.live = `${answer.version}.0`; // as the page would say
      if (answer.error) {
        names.forEach((name) => changed.add(name));
        refused = true;
        say("failed", answer.error);
      } else if (answer.conflict) {
        // The reader must know that there are two. Where the server does not keep both, the button does.
        if (!answer.kept) {
          names.forEach((name) => changed.add(name));
          refused = true;
        }
        const where = notice || status;
        say("conflict", "");
        where.textContent = fill(where.dataset.conflict, answer.theirs || "");
        where.hidden = false;
        if (past) past.hidden = false;
        leaving = null;
      } else {
        if (notice) notice.hidden = true;
        say("saved", fill(status.dataset.saved, answer.saved_at || ""));
      }
      if (changed.size) {
        remember();
      } else {
        clearTimeout(sealing);
        waits.drop(id);
      }
    }

    // Not kept, and not because of the text. With a newer token of the same person it is tried again at once.
    async function failed(names, error) {
      going = [];
      names.forEach((name) => changed.add(name));
      const who = error.refused ? await waits.whoIsIn() : "unknown";
      busy = false;
      leaving = null; // the text stays on the screen
      if (who === "me-again") {
        later(0);
        return;
      }
      failing = true;
      refused = who === "me"; // may not, or not any more: asking again would not help
      remember();
      say("failed", (refused && waits.over) || status.dataset.failed || "");
      waits.tellFailing(who);
      if (refused) return;
      later(wait);
      wait = Math.min(wait * 2, RETRY_LAST_MS);
    }

    // What was asked for while a text was on its way: now the version in the form is right.
    function leave() {
      const button = leaving;
      leaving = null;
      if (button) form.requestSubmit(button.form === form ? button : undefined);
    }

    async function save() {
      clearTimeout(timer);
      if (busy || refused || !sendable()) return;
      const names = (going = [...changed]);
      changed.clear(); // what changes from here on goes with the next request
      busy = true;
      try {
        const answer = await waits.post(form.dataset.autosaveUrl, body(names));
        wait = RETRY_FIRST_MS;
        done(answer, names);
        busy = failing = false;
        waits.tellFailing();
        if (leaving) leave();
        else if (changed.size) later(0);
      } catch (error) {
        await failed(names, error);
      }
    }

    const note = (event, ms) => {
      const field = event.target;
      if (!field.name || field.name === "csrf" || field.name === "version") return;
      changed.add(field.name);
      refused = false;
      later(ms);
      clearTimeout(sealing);
      sealing = setTimeout(remember, SEALING_MS);
    };

    if (!status || !form.dataset.autosaveUrl) return;
    form.addEventListener("input", (event) => note(event, TYPING_MS));
    form.addEventListener("change", (event) => note(event, 0));
    form.addEventListener("focusout", save);
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (busy || (failing && sendable())) {
        // Sent now, it would meet its own text of a moment ago, or no server at all.
        event.preventDefault();
        leaving = event.submitter || form;
        save();
        return;
      }
      if (changed.size) {
        // The form itself takes everything along. That it arrived, only the next page can say.
        remember();
        waits.submitted(id);
        changed.clear();
      }
    });
    const unsaved = () => busy || sendable() || (changed.size > 0 && written());
    const hopeless = () => failing || refused || (!busy && !sendable());
    savers.push({ form, save, unsaved, hopeless, failing: () => failing });
  }

  const edited = (form) =>
    [...form.elements].some((field) =>
      field.type === "radio" || field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.tagName === "TEXTAREA" || (field.tagName === "INPUT" && field.type !== "hidden")
          ? field.value !== field.defaultValue
          : false,
    );

  // Going on while a text is on its way: it arrives first, so that the next page knows it and nobody is asked
  // whether to leave. Without network the browser asks.
  async function arrived() {
    const end = Date.now() + LEAVING_MS;
    savers.forEach((saver) => saver.save());
    while (Date.now() < end && savers.some((saver) => saver.unsaved() && !saver.hopeless()))
      await new Promise((done) => setTimeout(done, 20));
  }
  const underWay = () => savers.some((saver) => saver.unsaved() && !saver.hopeless());

  addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target || event.defaultPrevented || !underWay()) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    event.preventDefault();
    await arrived();
    location.assign(link.href);
  });

  let submitting = null;
  let waiting = null; // it goes as soon as it may
  let ready = null; // it may
  addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    const keepsItself = savers.some((saver) => saver.form === form);
    const typed = !keepsItself && waits.isTyped(form);
    if (form.getAttribute("method") === "post" && navigator.onLine === false && !typed) {
      event.preventDefault(); // the browser's own page would come in the place of what was typed
      waits.tellOffline(keepsItself);
      return;
    }
    if (form !== ready && !keepsItself && (typed || underWay())) {
      event.preventDefault();
      if (waiting) return; // pressed twice
      waiting = form;
      await arrived();
      ready = typed && !(await waits.send(form)) ? null : form;
      waiting = null;
      if (ready) form.requestSubmit(event.submitter || undefined);
      return;
    }
    ready = null;
    submitting = form;
  });
  addEventListener("pageshow", () => (submitting = null));
  addEventListener("beforeunload", (event) => {
    if (waits.isGoingAway()) return;
    const open = all("form[data-guard]").some((form) => form !== submitting && edited(form));
    if (open || savers.some((saver) => saver.form !== submitting && saver.unsaved()))
      event.preventDefault();
  });
  addEventListener("online", () => {
    savers.forEach((saver) => saver.save());
    waits.takeUp();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) savers.forEach((saver) => saver.save());
  });

  /* --- theme and reading help: seen at once, remembered by the server -------------------------- */

  const THEMES = ["light", "dark", "contrast"];

  function show(name, value) {
    const look = document.documentElement.dataset;
    if (name === "theme" && THEMES.includes(value)) look.theme = value;
    else if (name === "reading" && value === "wide") look.reading = "ruim";
    else delete look[name]; // as the device has it
  }

  const isLook = (control) => control?.name === "theme" || control?.name === "reading";

  function switches(form) {
    // Radios with a button below: the button keeps the choice.
    form.addEventListener("change", (event) => {
      if (isLook(event.target)) show(event.target.name, event.target.value);
    });
    // One button per choice: it is kept at once, without leaving the page.
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!isLook(button)) return;
      event.preventDefault();
      show(button.name, button.value);
      for (const other of all(`button[name=${button.name}]`, form))
        other.setAttribute("aria-pressed", String(other === button));
      const data = new URLSearchParams(new FormData(form));
      data.append(button.name, button.value);
      // Without network the choice holds for this page; there is nothing to tell anybody.
      fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
    });
  }

  /* --- the class map: show only some pupils ---------------------------------------------------- */

  function filter(group) {
    const list = document.querySelector(group.dataset.filter);
    if (!list) return;
    group.hidden = false;
    group.addEventListener("change", (event) => {
      const wanted = event.target.value;
      for (const item of list.children)
        item.hidden = wanted !== "" && !(item.dataset.state || "").split(" ").includes(wanted);
    });
  }

  /* --- searching: the words stand in no address, so the way back keeps them with the history entry ---- */

  const SEARCH_KEY = "zoek";

  // From a box elsewhere to the page of what is found: the words go along in this tab's memory.
  function searchGo(form) {
    form.addEventListener("submit", (event) => {
      const query = form.elements.q.value.trim();
      try {
        sessionStorage.setItem(SEARCH_KEY, query);
      } catch {
        return; // the form is sent as it is
      }
      event.preventDefault();
      if (query) location.assign(form.action);
      else form.elements.q.focus();
    });
  }

  async function searchFor(url, fields) {
    const here = document.getElementById("inhoud");
    const body = new URLSearchParams(fields);
    body.set("csrf", document.querySelector("input[name=csrf]").value);
    here.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { method: "POST", body, credentials: "same-origin", redirect: "error" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("inhoud");
      if (!fresh) throw new Error("no page");
      here.replaceChildren(...fresh.childNodes);
      document.title = page.title;
    } finally {
      here.removeAttribute("aria-busy");
    }
    all("form[data-search]", here).forEach(search);
    return here;
  }

  function search(form) {
    const run = async (event) => {
      event.preventDefault();
      const fields = [...new FormData(form)].filter(([name]) => name !== "csrf");
      const url = form.action;
      // Another page of the same: its own entry, so that "back" leads to the one before.
      if (new URL(url).pathname !== location.pathname) history.pushState(null, "", url);
      history.replaceState({ [SEARCH_KEY]: fields }, "");
      const here = await searchFor(url, fields).catch(() => null);
      if (!here) return form.submit(); // without us
      const sum = here.querySelector("#gevonden");
      (here.querySelector("[aria-invalid]") || sum)?.focus({ preventScroll: false });
    };
    form.addEventListener("submit", run);
    form.addEventListener("change", (event) => {
      if (event.target.type === "radio" && form.elements.q.value.trim()) form.requestSubmit();
    });
  }

  // Come here by a box elsewhere, by "back", or by loading the page anew.
  function searchAgain() {
    const form = document.querySelector("form.search");
    if (!form) return;
    let fields = history.state?.[SEARCH_KEY];
    try {
      const query = sessionStorage.getItem(SEARCH_KEY);
      sessionStorage.removeItem(SEARCH_KEY);
      if (query) fields = [["q", query]];
    } catch {
      // nothing was brought along
    }
    if (fields) {
      history.replaceState({ [SEARCH_KEY]: fields }, "");
      searchFor(location.pathname, fields).catch(() => {});
    } else if (!form.elements.q.value) form.elements.q.focus();
  }

  addEventListener("popstate", (event) => {
    if (document.querySelector("form.search")) {
      if (event.state?.[SEARCH_KEY]) searchFor(location.pathname, event.state[SEARCH_KEY]).catch(() => location.reload());
      else location.reload();
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector("form.search input[name=q]") || document.getElementById("zoek");
    if (!box) return;
    event.preventDefault();
    if (box.offsetParent) box.focus();
    else location.assign("/zoeken");
  });

  /* --- copy and print -------------------------------------------------------------------------- */

  function copy(button) {
    const source = document.querySelector(button.dataset.copy);
    if (!source || !navigator.clipboard) return; // no button rather than one that fails
    const label = button.querySelector("span") || button;
    const text = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText((source.value ?? source.innerText).trim());
      label.textContent = button.dataset.copied || text;
      setTimeout(() => (label.textContent = text), 2500);
    });
  }

  function print(button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  /* --- a quick note per pupil, and other things that open -------------------------------------- */

  function quicknote(details) {
    details.addEventListener("toggle", () => {
      if (!details.open) return;
      for (const other of all("details.quicknote[open]"))
        if (other !== details && !all("form", other).some(edited)) other.open = false;
      (details.querySelector(".quicknote__box") || details.querySelector("form"))?.scrollIntoView({ block: "nearest" });
      (details.querySelector("textarea") || details.querySelector("input:not([type=hidden])"))?.focus();
    });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  }

  // Arrows go from pupil to pupil, so that the last of thirty is not sixty tabs away.
  function classmap(list) {
    const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const place = (item) => item.getBoundingClientRect();
    list.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const control = event.target.closest("a.pupil, summary");
      if (!step || !control) return;
      const items = [...list.children].filter((item) => !item.hidden);
      const here = control.closest("li");
      const at = items.indexOf(here);
      const column = items.filter((item) => Math.abs(place(item).left - place(here).left) < 2);
      const next = step[0] ? items[at + step[0]] : column[column.indexOf(here) + step[1]];
      event.preventDefault();
      (next?.querySelector(control.tagName) || next?.querySelector("a, summary"))?.focus();
    });
  }

  /* --- a badge: its secret stands behind the # of the address, and leaves it at once ------------- */

  function fragment(form) {
    const field = form.elements[form.dataset.fragment];
    const take = () => {
      const secret = decodeURIComponent(location.hash.slice(1));
      if (!/^[0-9a-z]{20,40}$/i.test(secret)) return; // a place on the page, no badge
      history.replaceState(null, "", location.pathname);
      field.value = secret;
      form.requestSubmit();
    };
    addEventListener("hashchange", take);
    addEventListener("pagehide", () => (field.value = "")); // nothing for who presses "back"
    take();
  }

  /* --- a preview that the server draws of what is being typed -------------------------------------- */

  const PREVIEW_MS = 400;

  function preview(form) {
    let timer = 0;
    let last = 0; // answers can overtake each other
    const draw = async () => {
      const number = ++last;
      try {
        const answer = await fetch(form.dataset.previewUrl, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          credentials: "same-origin",
        });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const made = page.querySelector(form.dataset.preview);
        if (made && number === last) document.querySelector(form.dataset.preview).replaceWith(made);
      } catch {
        // offline: the next key tries again
      }
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(draw, PREVIEW_MS);
    });
    form.querySelector("[data-preview-button]")?.addEventListener("click", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      draw();
    });
  }

  function opener(button) {
    const dialog = document.querySelector(button.dataset.dialog);
    if (dialog?.showModal) {
      button.hidden = false;
      button.addEventListener("click", () => dialog.showModal());
    }
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing)
      event.target.closest?.("textarea")?.form?.requestSubmit();
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
  });
  addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });

  /* --- read aloud: only by a voice of the device itself, so that nothing leaves it --------------- */

  function speak(button) {
    const lang = button.dataset.sayLang || document.documentElement.lang;
    const find = () =>
      speechSynthesis
        .getVoices()
        .find((voice) => voice.localService && voice.lang.split(/[-_]/)[0] === lang);
    const look = () => (button.hidden = !find());
    if (!globalThis.speechSynthesis) return;
    speechSynthesis.addEventListener("voiceschanged", look); // voices come when they are ready
    look();
    button.addEventListener("click", () => {
      const said = new SpeechSynthesisUtterance(button.dataset.say);
      said.voice = find();
      said.lang = said.voice?.lang || lang;
      said.rate = 0.9;
      speechSynthesis.cancel(); // pressed again: from the start
      speechSynthesis.speak(said);
    });
    addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  /* --- two devices in one conversation ---------------------------------------------------------- */

  // The stream says that something changed, never what: the page is fetched anew, and of it are taken the
  // parts that are newer here. What somebody is typing in is left alone; keeping it tells of the other text.
  function live(root) {
    let busy = false;
    let again = false;
    let later = false; // something newer waits until nobody is at work in it
    const dirty = (part) =>
      part.contains(document.activeElement) ||
      part.querySelector("[data-conflict]:not([hidden])") || // the other text is told, and mine stands here
      savers.some((saver) => part.contains(saver.form) && saver.unsaved());

    const calm = () =>
      !savers.some((saver) => saver.unsaved()) &&
      !document.activeElement?.closest("form[data-autosave], form[data-guard]");

    // The scripts of drawings and cards start with the page: it is loaded anew, as soon as that loses nothing.
    const needsScript = (part) => part.querySelector("[data-drawing], [data-cards]");

    function reload() {
      if (calm()) location.reload();
      else later = true;
    }

    function takePart(theirs) {
      const mine = document.getElementById(theirs.id);
      if (!mine || mine.dataset.live === theirs.dataset.live) return;
      if (dirty(mine)) {
        later = true;
      } else if (needsScript(theirs)) {
        reload();
      } else {
        for (let i = savers.length; i-- > 0; ) if (mine.contains(savers[i].form)) savers.splice(i, 1);
        const fresh = document.adoptNode(theirs);
        mine.replaceWith(fresh);
        fresh.classList.add("is-fresh");
        bind(fresh);
      }
    }

    // Questions that an answer brought along come where they belong; those it took away go, unless
    // somebody is at work in them.
    function takeList(theirs) {
      const name = theirs.getAttribute("aria-labelledby");
      const mine = document.querySelector(`[data-live-list][aria-labelledby="${CSS.escape(name)}"]`);
      if (!mine) return;
      const questions = (list) => all(":scope > [data-live-item]", list);
      for (const old of questions(mine))
        if (!questions(theirs).some((question) => question.id === old.id) && !dirty(old)) old.remove();
      let after = null;
      for (const question of questions(theirs)) {
        let here = document.getElementById(question.id);
        if (!here && needsScript(question)) {
          reload();
          continue;
        }
        if (!here) {
          here = document.adoptNode(question);
          if (after) after.after(here);
          else if (questions(mine)[0]) questions(mine)[0].before(here);
          else mine.append(here);
          here.classList.add("is-fresh");
          bind(here);
        }
        after = here;
      }
    }

    function take(page) {
      later = false;
      all("[data-live-list]", page).forEach(takeList);
      all("[data-live][id]", page).forEach(takePart);
      const here = page.querySelector("[data-live-here]")?.dataset.liveHere;
      if (here && here !== root.dataset.liveHere && !savers.some((saver) => saver.unsaved())) {
        root.dataset.liveHere = here;
        const url = new URL(location.href);
        url.searchParams.delete("na");
        url.searchParams.set("vraag", here);
        location.assign(url);
      }
    }

    async function look() {
      again = busy;
      if (busy) return;
      busy = true;
      try {
        const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error" });
        if (answer.ok)
          take(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        // No network: the stream comes back by itself, and then it is looked at.
      }
      busy = false;
      if (again) look();
    }

    document.addEventListener("focusout", () => setTimeout(() => later && look(), TYPING_MS));

    // Whenever it opens: between the page and its stream, or while it was away, something may have changed.
    const source = new EventSource(root.dataset.liveUrl);
    source.addEventListener("changed", look);
    source.addEventListener("open", look);
    addEventListener("pagehide", () => source.close());
  }

  // Rough, for both, and it stops nothing (UX §6).
  function clock(element) {
    const until = Date.now() + Number(element.dataset.clock) * 60000;
    const show = () => {
      const left = Math.round((until - Date.now()) / 60000 / 2) * 2;
      element.textContent = left > 0 ? fill(element.dataset.clockWords, left) : element.dataset.clockEnd;
    };
    element.hidden = false;
    show();
    setInterval(show, 60000);
  }

  // One tap hides all that was written (R3); the next shows it again.
  function hide(button) {
    const label = button.querySelector("span");
    const words = label.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const hidden = document.body.classList.toggle("is-hidden");
      label.textContent = hidden ? button.dataset.hide : words;
      button.setAttribute("aria-pressed", String(hidden));
    });
  }

  /* --- the question mirror and the goal sharpener, under a field ------------------------------- */

  const MIRROR_MS = 250;

  // The line the cursor is in is one turn: it is looked at alone, and only that line is replaced.
  function turnOf(field) {
    const at = field.selectionStart ?? field.value.length;
    const from = field.value.lastIndexOf("\n", at - 1) + 1;
    const end = field.value.indexOf("\n", at);
    return { from, to: end < 0 ? field.value.length : end };
  }

  function mirror(box) {
    const field = document.getElementById(box.dataset.mirror);
    const token = document.querySelector("input[name=csrf]")?.value;
    const out = box.querySelector(".mirror__out");
    const idle = [...out.childNodes];
    let asked = ""; // the turn that the last question was about
    let shown = "";
    let before = null; // the words that a proposal took the place of
    let going = null;
    let timer = 0;
    if (!field || !token) return;
    const button = field.form?.querySelector("[data-mirror-button]");
    if (button) button.hidden = true; // the answer comes by itself

    const make = (tag, name, ...inside) => {
      const element = document.createElement(tag);
      if (name) element.className = name;
      element.append(...inside);
      return element;
    };

    function put(text) {
      const { from, to } = turnOf(field);
      const was = field.value.slice(from, to);
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
      return was;
    }

    function way(text, action, label) {
      const use = make("button", "tip tip--use", text);
      use.type = "button";
      if (label) use.setAttribute("aria-label", label);
      use.addEventListener("click", action);
      return make("li", "", use);
    }

    function show(said) {
      const text = make("p", "mirror__text");
      said.pieces.forEach((piece, i) => text.append(i % 2 ? make("mark", "", piece) : piece));
      const name = make("p", "mirror__name", make("strong", "", said.name), " ");
      name.append(make("span", "small muted", said.certainty));
      const ways = make("ul", "mirror__ways");
      for (const other of said.rewrites)
        ways.append(
          way(other, () => (before = put(other)), fill(box.dataset.mirrorUse, other)),
        );
      if (before !== null)
        ways.append(
          way(box.dataset.mirrorUndo, () => {
            put(before);
            before = null;
          }),
        );
      out.replaceChildren(name, ...said.remarks.map((remark) => make("p", "", remark)));
      if (said.pieces.length > 1) name.after(text);
      if (ways.childElementCount) out.append(ways);
      box.dataset.tone = said.tone;
    }

    function rest() {
      going?.abort();
      asked = shown = "";
      out.replaceChildren(...idle);
      delete box.dataset.tone;
    }

    async function look() {
      const { from, to } = turnOf(field);
      const turn = field.value.slice(from, to);
      if (!box.open || turn === asked) return;
      if (!turn.trim()) {
        rest();
        return;
      }
      going?.abort(); // an answer to older words must not come after this one
      going = new AbortController();
      asked = turn;
      try {
        const answer = await fetch(box.dataset.mirrorUrl, {
          method: "POST",
          headers: { "X-Requested-With": "autosave", Accept: "application/json" },
          body: new URLSearchParams({ csrf: token, text: turn }),
          credentials: "same-origin",
          redirect: "error",
          signal: going.signal,
        });
        if (!answer.ok) throw new Error("not looked at");
        const text = await answer.text();
        if (text !== shown) show(JSON.parse(text)); // the same again is left standing
        shown = text;
      } catch (error) {
        if (error.name !== "AbortError") rest(); // it is a help, not a need
      }
    }

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(look, MIRROR_MS);
    };
    field.addEventListener("input", later);
    field.addEventListener("click", later);
    field.addEventListener("keyup", later); // to another line
    box.addEventListener("toggle", later);
  }

  function bind(root) {
    all("form[data-autosave]", root).forEach(autosave);
    all("[data-say]", root).forEach(speak);
    all("[data-mirror]", root).forEach(mirror);
  }

  /* --- a link to a fold opens it: who comes to fill it in has asked for it already ---------------- */

  function unfold() {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.tagName === "DETAILS") target.open = true;
  }

  /* --- start: the script is loaded with `defer`, so the page is there --------------------------- */

  bind(document);
  all("form[data-switch]").forEach(switches);
  all("[data-filter]").forEach(filter);
  all("form[data-search-go]").forEach(searchGo);
  all("form[data-search]").forEach(search);
  searchAgain();
  all("[data-copy]").forEach(copy);
  all("[data-print]").forEach(print);
  all("details.quicknote").forEach(quicknote);
  all(".classmap").forEach(classmap);
  all("form[data-fragment]").forEach(fragment);
  all("form[data-preview]").forEach(preview);
  all("[data-dialog]").forEach(opener);
  all("[data-live-url]").forEach(live);
  all("[data-clock]").forEach(clock);
  all("[data-hide]").forEach(hide);
  waits.start(savers);
  unfold();
  addEventListener("hashchange", unfold);
  document.querySelector(".errorsummary[tabindex]")?.focus();
})();
