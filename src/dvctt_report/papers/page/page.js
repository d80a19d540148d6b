"use strict";
(() => {
  const vi = new Intl.Collator("vi", { numeric: true });
  const said = document.getElementById("thong-bao");
  const tell = (text) => { said.textContent = text; };
  document.documentElement.classList.add("js");

  // On a phone rows are shown as blocks; the roles keep them a table for those who hear it.
  const ROLES = { table: "table", thead: "rowgroup", tbody: "rowgroup", tfoot: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", ":is(tbody, tfoot) th[scope=row]": "rowheader" };
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const found of document.querySelectorAll(selector)) found.setAttribute("role", role);
  }

  // A figure by its value ("1.234,5" is 1234.5; of "23/27" the first), a date by its day; null for a sign.
  const valueOf = (cell, kind) => {
    const text = cell.textContent.trim();
    if (kind === "text") return text === "..." ? null : text;
    if ("n" in cell.dataset) return cell.dataset.n ? Number(cell.dataset.n) : null;
    const found = text.match(/\d[\d.]*(,\d+)?/);
    return found && text !== "..." ? Number(found[0].replaceAll(".", "").replace(",", ".")) : null;
  };
  const compare = (a, b) => (typeof a === "string" ? vi.compare(a, b) : a - b);

  const makeSortable = (table) => {
    const bodies = [...table.tBodies].map((body) => ({ body, rows: [...body.rows] }));
    const heads = [...table.tHead.rows[0].cells];
    const restore = () => {
      for (const { body, rows } of bodies) for (const row of rows) body.append(row);
      table.classList.remove("da-xep");
    };
    const sort = (at, kind, down) => {
      const rows = bodies.flatMap(({ rows }) => rows.filter((row) => !row.classList.contains("nhom")));
      const keyed = rows.map((row) => ({ row, value: valueOf(row.cells[at], kind) }));
      keyed.sort((a, b) => {
        if (a.value === null || b.value === null) return (a.value === null) - (b.value === null);
        return down ? compare(b.value, a.value) : compare(a.value, b.value);
      });
      table.classList.add("da-xep");
      for (const { row } of keyed) bodies[0].body.append(row);
    };
    heads.forEach((head, at) => {
      const kind = head.dataset.kieu;
      if (!kind) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", next);
        if (next === "none") restore();
        else sort(at, kind, next === "descending");
        const how = { none: "Đã trở lại thứ tự ban đầu", ascending: "tăng dần", descending: "giảm dần" }[next];
        tell(next === "none" ? `${how}.` : `Đã xếp theo ${button.textContent.trim()}, ${how}.`);
      });
    });
  };
  document.querySelectorAll("table.xep, table.sap").forEach(makeSortable);

  // Names are found without their marks: "ninh son" finds "Ninh Sơn".
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");
  const table = document.querySelector("table.loc-duoc");
  const name = document.getElementById("loc-ten");
  const state = document.getElementById("loc-tt");
  const rows = [...table.querySelectorAll("tbody tr:not(.nhom)")].map((row) => ({
    row, name: plain(row.cells[1].textContent), state: row.cells[2].dataset.n,
  }));
  const filter = () => {
    const wanted = plain(name.value.trim());
    let shown = 0;
    for (const one of rows) {
      one.row.hidden = !(one.name.includes(wanted) && (!state.value || one.state === state.value));
      shown += one.row.hidden ? 0 : 1;
    }
    table.classList.toggle("da-loc", shown < rows.length);
    const outer = table.closest("details");
    if (outer && shown < rows.length) outer.open = true;
    tell(`Đang hiện ${shown}/${rows.length} đơn vị.`);
  };
  name.addEventListener("input", filter);
  state.addEventListener("change", filter);
  document.querySelector(".loc").hidden = false;
})();
