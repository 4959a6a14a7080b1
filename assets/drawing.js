/*
 * A drawing: a pen on the sheet that the server drew, which is SVG here too. Strokes are kept in the hidden field
 * as src/answer/drawing.h writes them. Works with touch, mouse, pen and keyboard; without this script
 * there is a photo or words instead.
 */
"use strict";
(() => {
  const WIDE = 1000;
  const HIGH = 700;
  const PENS = [6, 14, 28];
  const STEP = 25; // of the keyboard's pen
  const SHORTEST = 4; // between two points
  const POINTS = 400; // of one stroke
  const LONGEST = 7 + 5 * POINTS; // of one stroke, written
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const SVG = "http://www.w3.org/2000/svg";

  const two = (n) => DIGITS[n >> 6] + DIGITS[n & 63];
  const whole = (p) => two(p.x) + two(p.y);

  function written(stroke) {
    let text = DIGITS[stroke.colour] + DIGITS[stroke.width] + whole(stroke.points[0]);
    stroke.points.forEach((p, i) => {
      if (i === 0) return;
      const dx = p.x - stroke.points[i - 1].x;
      const dy = p.y - stroke.points[i - 1].y;
      const near = Math.abs(dx) < 32 && Math.abs(dy) < 32;
      text += near ? DIGITS[dx + 32] + DIGITS[dy + 32] : "A" + whole(p);
    });
    return text;
  }

  const pathOf = (points) =>
    points.length === 1
      ? `M${points[0].x} ${points[0].y}h0`
      : "M" + points.map((p) => `${p.x} ${p.y}`).join("L");

  function start(root) {
    const field = root.querySelector("input[type=hidden][name=a]");
    const sheet = root.querySelector("[data-sheet]");
    const svg = sheet.querySelector("svg");
    const ink = svg.querySelector(".paper__ink");
    const state = root.querySelector("[data-say-state]");
    const elsewhere = root.querySelector("details");
    const undo = root.querySelector("[data-undo]");
    const clear = root.querySelector("[data-clear]");
    const say = (text) => (state.textContent = text);
    let strokes = field.value ? field.value.split(".") : []; // as written, one path each
    let cleared = null; // what stood on the sheet before it was emptied
    let colour = 0;
    let width = 1;
    let now = null; // the stroke under way
    let pen = null; // the keyboard's: {x, y, down, mark}

    const paths = () => [...ink.children];
    const size = () => strokes.reduce((sum, stroke) => sum + stroke.length + 1, 0);

    function keep() {
      field.value = strokes.join(".");
      undo.disabled = !strokes.length && !cleared;
      clear.disabled = !strokes.length;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function begin(point) {
      if (
        size() > Number(root.dataset.limit) - LONGEST ||
        strokes.length >= Number(root.dataset.strokes)
      ) {
        say(root.dataset.full);
        return;
      }
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", `ink${colour}`);
      path.setAttribute("stroke-width", PENS[width]);
      now = { colour, width, points: [point], path };
      path.setAttribute("d", pathOf(now.points));
      ink.append(path);
    }

    function draw(point) {
      const last = now.points[now.points.length - 1];
      if (Math.hypot(point.x - last.x, point.y - last.y) < SHORTEST) return;
      now.points.push(point);
      now.path.setAttribute("d", pathOf(now.points));
      if (now.points.length >= POINTS) {
        end(); // a long stroke goes on as the next one
        begin(point);
      }
    }

    function end() {
      if (!now) return;
      strokes.push(written(now));
      cleared = null;
      now = null;
      keep();
    }

    const inside = (value, most) => Math.max(0, Math.min(most - 1, Math.round(value)));
    function pointOf(event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(
        svg.getScreenCTM().inverse(),
      );
      return { x: inside(at.x, WIDE), y: inside(at.y, HIGH) };
    }

    sheet.addEventListener("pointerdown", (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      event.preventDefault();
      end();
      sheet.setPointerCapture(event.pointerId);
      begin(pointOf(event));
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!now || pen?.down || !event.isPrimary) return;
      for (const each of event.getCoalescedEvents?.() ?? [event]) if (now) draw(pointOf(each));
    });
    for (const name of ["pointerup", "pointercancel", "lostpointercapture"])
      sheet.addEventListener(name, () => !pen?.down && end());

    // The keyboard's pen: a ring that moves, and draws while it is down.
    function ring() {
      const mark = document.createElementNS(SVG, "circle");
      mark.setAttribute("class", "paper__pen");
      mark.setAttribute("r", 18);
      svg.append(mark);
      return { x: WIDE / 2, y: HIGH / 2, down: false, mark };
    }
    function show() {
      pen.mark.setAttribute("cx", pen.x);
      pen.mark.setAttribute("cy", pen.y);
      pen.mark.classList.toggle("is-down", pen.down);
    }
    const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    sheet.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move && event.key !== " ") return;
      event.preventDefault();
      pen ??= ring();
      if (move) {
        const step = event.shiftKey ? 5 : STEP;
        pen.x = inside(pen.x + move[0] * step, WIDE);
        pen.y = inside(pen.y + move[1] * step, HIGH);
        if (pen.down && now) draw({ x: pen.x, y: pen.y });
      } else {
        if (pen.down) end();
        else begin({ x: pen.x, y: pen.y });
        pen.down = !pen.down && now !== null;
        say(pen.down ? root.dataset.penDown : root.dataset.penUp);
      }
      show();
    });
    sheet.addEventListener("blur", () => {
      end();
      pen?.mark.remove();
      pen = null;
    });

    function choose(buttons, name, take) {
      for (const button of buttons)
        button.addEventListener("click", () => {
          for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
          take(Number(button.dataset[name]));
        });
    }
    choose([...root.querySelectorAll("[data-colour]")], "colour", (value) => (colour = value));
    choose([...root.querySelectorAll("[data-width]")], "width", (value) => (width = value));

    undo.addEventListener("click", () => {
      if (cleared) {
        strokes = cleared.strokes;
        ink.append(...cleared.paths);
        cleared = null;
      } else if (strokes.pop() !== undefined) {
        paths().pop().remove();
      }
      keep();
    });
    clear.addEventListener("click", () => {
      cleared = { strokes, paths: paths() };
      strokes = [];
      ink.replaceChildren();
      keep();
      say(root.dataset.emptied);
      undo.focus();
    });

    for (const part of root.querySelectorAll(".palet, .gereedschap, .draw__keys"))
      part.hidden = false;
    root.querySelector(".draw__row").classList.add("draw__row--live");
    sheet.tabIndex = 0;
    sheet.setAttribute("role", "application");
    sheet.setAttribute("aria-label", sheet.dataset.label);
    undo.disabled = clear.disabled = !strokes.length;
    if (elsewhere)
      elsewhere.open = [...elsewhere.querySelectorAll("textarea, input[name='a.file']")].some(
        (f) => f.value,
      );
  }

  for (const root of document.querySelectorAll("[data-drawing]")) {
    if (root.dataset.drawing === "ready") continue;
    root.dataset.drawing = "ready";
    start(root);
  }
})();
