/*
 * Theme cards: tap one to lay it in the row, tap it again to take it back; buttons move it along. The select of
 * each card keeps its place, so that the form says the same as without this script.
 */
"use strict";
(() => {
  const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i]);

  function start(root) {
    const row = root.querySelector(".cards__row");
    const model = row.querySelector("[data-model]");
    const state = root.querySelector("[data-say-state]");
    const cards = [...root.querySelectorAll("[data-card]")].map((tile) => ({
      tile,
      select: tile.querySelector("select"),
      take: tile.querySelector(".cards__take"),
      name: tile.querySelector("label").textContent.trim(),
    }));
    let laid = cards
      .filter((card) => card.select.value !== "")
      .sort((a, b) => a.select.value - b.select.value);

    function lie(card, place) {
      const item = model.cloneNode(true);
      item.removeAttribute("data-model");
      item.hidden = false;
      item.querySelector(".dot").textContent = place + 1;
      item.querySelector(".cards__name").textContent = card.name;
      item.querySelector(".cards__face").append(card.tile.querySelector(".art").cloneNode(true));
      for (const button of item.querySelectorAll("[data-move]")) {
        const move = Number(button.dataset.move);
        button.setAttribute("aria-label", fill(button.dataset.label, card.name));
        button.disabled = move !== 0 && !laid[place + move];
        button.addEventListener("click", () => moved(card, move));
      }
      return item;
    }

    function show() {
      row.replaceChildren(model, ...laid.map(lie));
      row.parentElement.hidden = laid.length === 0;
      for (const card of cards) {
        const place = laid.indexOf(card);
        card.select.value = place < 0 ? "" : String(place + 1);
        card.take.setAttribute("aria-pressed", String(place >= 0));
        card.tile.classList.toggle("is-laid", place >= 0);
      }
    }

    function keep(card) {
      show();
      const place = laid.indexOf(card);
      state.textContent =
        place < 0
          ? fill(root.dataset.putBack, card.name)
          : fill(root.dataset.laid, card.name, place + 1, laid.length);
      card.select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function toggle(card) {
      laid = laid.includes(card) ? laid.filter((other) => other !== card) : [...laid, card];
      keep(card);
    }

    function moved(card, move) {
      if (move === 0) {
        toggle(card);
        card.take.focus();
        return;
      }
      const from = laid.indexOf(card);
      laid.splice(from, 1);
      laid.splice(from + move, 0, card);
      keep(card);
      const item = row.children[laid.indexOf(card) + 1]; // behind the model
      const same = item.querySelector(`[data-move="${move}"]`);
      (same.disabled ? item.querySelector("[data-move]:enabled") : same).focus();
    }

    for (const card of cards) {
      card.select.hidden = true;
      card.take.hidden = false;
      card.take.addEventListener("click", () => toggle(card));
    }
    root.querySelector("[data-without]").hidden = true;
    root.querySelector("[data-with]").hidden = false;
    show();
  }

  for (const root of document.querySelectorAll("[data-cards]")) {
    if (root.dataset.cards === "ready") continue;
    root.dataset.cards = "ready";
    start(root);
  }
})();
