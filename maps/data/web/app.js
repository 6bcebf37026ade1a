// Puts the parts together: the map, its layers, the hash in the address, pop-ups.
"use strict";
dateline.createMap = (id) => L.map(id, { zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 12, zoomSnap: 1, maxBoundsViscosity: 1 });

dateline.start = async function (map) {
  dateline.prepare(await dateline.read("dateline-data"));
  const { data, t } = dateline, model = new dateline.Model(data);
  document.querySelector(".dl-main").append(dateline.credit(data));
  for (const [name, z] of [["labels", 350], ["areas", 380]]) map.createPane(name).style.zIndex = z;
  map.getPane("labels").style.pointerEvents = "none";
  const redraw = await dateline.ground(map, data);
  const markers = new dateline.Markers(map, model, (list, at, byKey) => { open(list, list[0], at); if (byKey) focusPopup(); });
  map.setMaxBounds([[-89, markers.shift - 260], [89, markers.shift + 260]]);

  const overlays = new Map([["places", dateline.overlay(data.places, markers, "places")], ["mentions", dateline.overlay(data.mentions, markers, "mentions")]]);
  const act = {
    layers: [["events", () => markers.on.events], ["areas", () => markers.on.areas], ["circles", () => markers.on.circles],
      ...[...overlays].filter(([, layer]) => layer).map(([name, layer]) => [name, () => map.hasLayer(layer)])],
    layer(name, shown) {
      if (overlays.has(name)) { if (shown) overlays.get(name).addTo(map); else overlays.get(name).remove(); }
      else markers.on[name] = shown;
    },
    changed() { model.apply(); timeline.show(); refresh(); },
    hover(i) { markers.mark(i ?? opened()); },
    open(i) { show(i); },
    reset() {
      Object.assign(model.filter, { hidden: new Set(), hiddenStyles: new Set(), words: [], undated: true, from: null, to: null });
      panel.search.value = "";
      timeline.undated.checked = true;
      timeline.set(null, null);
      act.changed();
      panel.sync();
    },
  };
  let popup = null, pages = null;
  const opened = () => (popup && pages ? pages.current() : null);
  const refresh = () => { markers.load(); panel.show(); saveHash(); };

  function open(list, first, at) {
    const site = model.events.site(first);
    pages = dateline.pages(model, list, first, (i) => { panel.mark(i, true); saveHash(); });
    const now = { box: pages.box, pages };
    const size = map.getSize();
    popup = L.popup({ maxWidth: Math.min(340, size.x - 64), minWidth: Math.min(280, size.x - 64), maxHeight: Math.max(140, size.y - 80), autoPanPadding: [12, 12], closeButton: true })
      .setLatLng(at || [markers.latOf(site), markers.lonOf(site)]).setContent(now.box);
    const mine = popup;
    popup.on("remove", () => { if (popup === mine) { popup = pages = null; markers.mark(null); panel.mark(null); saveHash(); } });
    popup.openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", t("close"));
    popup.getElement().setAttribute("aria-label", t("events"));
    popup.getElement().setAttribute("role", "dialog");
    popup.getElement().querySelector(".leaflet-popup-content").tabIndex = 0;
    markers.mark(first);
    panel.mark(first, true);
    saveHash();
    return popup;
  }

  // Opens an event from the list: its pin comes into view, out of its cluster where it can.
  function show(i) {
    if (!model.onMap[i]) return;
    const site = model.events.site(i), at = [markers.latOf(site), markers.lonOf(site)];
    if (!map.getBounds().pad(-0.1).contains(at) || map.getZoom() < 4) map.setView(at, Math.max(map.getZoom(), 5), { animate: false });
    open(model.bySite.get(site) || [i], i);
    document.getElementById("dateline-map").scrollIntoView({ block: "nearest" });
    focusPopup();
  }

  // Who opens by keyboard reads on in the pop-up; Escape leads back to where they were.
  let cameFrom = null;
  function focusPopup() {
    cameFrom = document.activeElement;
    popup.getElement().querySelector(".leaflet-popup-content").focus({ preventScroll: true });
  }
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !popup) return;
    map.closePopup();
    if (cameFrom) cameFrom.focus({ preventScroll: true });
  });

  function saveHash() {
    const { filter } = model, centre = map.getCenter(), parts = new URLSearchParams();
    parts.set("m", `${map.getZoom()}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`);
    if (filter.from !== null) parts.set("t", `${dateline.day(filter.from)}/${dateline.day(filter.to)}`);
    if (panel.search.value) parts.set("q", panel.search.value);
    if (filter.hidden.size) parts.set("x", [...filter.hidden].join(","));
    if (filter.hiddenStyles.size) parts.set("s", [...filter.hiddenStyles].join(","));
    const i = opened();
    if (i !== null) parts.set("e", model.events.id(i));
    // An embedded page may not write its address; the map works without.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* see above */ }
  }

  function readHash(parts) {
    const view = /^(\d+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(parts.get("m") || "");
    if (view) map.setView([+view[2], +view[3]], Math.min(12, +view[1]), { animate: false });
    const { filter } = model;
    filter.hidden = new Set((parts.get("x") || "").split(",").filter((type) => model.types.has(type)));
    filter.hiddenStyles = new Set((parts.get("s") || "").split(",").filter((style) => model.styles.has(style)));
    panel.search.value = parts.get("q") || "";
    filter.words = dateline.fold(panel.search.value).split(/\s+/).filter(Boolean);
    const days = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/.exec(parts.get("t") || "");
    timeline.set(days ? Date.parse(days[1]) / 1000 : null, days ? Date.parse(days[2]) / 1000 : null);
    panel.sync();
    const wanted = parts.get("e");
    if (wanted) for (let i = 0; i < model.n; i++) if (model.events.id(i) === wanted && model.onMap[i]) { open(model.bySite.get(model.events.site(i)) || [i], i); break; }
  }

  const panel = new dateline.Panel(model, act);
  const timeline = new dateline.Timeline(model, () => { model.apply(); refresh(); });
  dateline.controls(map);
  const bounds = markers.bounds(), hash = new URLSearchParams(location.hash.slice(1));
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [36, 36], maxZoom: 7, animate: false });
  else map.setView([20, 10], 2);
  refresh();
  if (location.hash.length > 1) readHash(hash);
  map.on("moveend", saveHash);
  map.on("popupopen popupclose", () => map.getContainer().classList.toggle("dl-reading", Boolean(popup && popup.isOpen())));
  for (const query of ["(prefers-color-scheme: dark)", "print"]) window.matchMedia(query).addEventListener("change", () => { map.invalidateSize({ animate: false }); redraw(); });
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
};

// The ground under the events: the bundled basemap, or tiles from the provider that was asked for.
dateline.ground = async function (map, data) {
  if (data.tiles) {
    const { url, attribution, maxZoom } = data.tiles;
    L.tileLayer(url, { maxZoom }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(attribution).addTo(map);
    return () => {};
  }
  map.setView([20, 10], 2);
  const basemap = new dateline.Basemap(await dateline.read("dateline-basemap"), data.language);
  const ground = dateline.basemapLayer(basemap).addTo(map), labels = new dateline.LabelLayer(basemap).addTo(map);
  return () => { ground.redraw(); labels.redraw(); };
};

dateline.controls = function (map) {
  const { t, el } = dateline;
  L.control.zoom({ zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out"), position: "topright" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: dateline.data.language === "en" }).addTo(map);
  if (!document.fullscreenEnabled) return;
  const Control = L.Control.extend({ onAdd() {
    const box = el("div", { class: "leaflet-bar" });
    const toggle = () => (document.fullscreenElement ? document.exitFullscreen() : document.getElementById("dateline").requestFullscreen());
    box.append(el("a", { href: "#", role: "button", title: t("fullscreen"), "aria-label": t("fullscreen"), class: "dl-full",
      onclick: (event) => { event.preventDefault(); toggle(); } }, "⛶"));
    L.DomEvent.disableClickPropagation(box);
    return box;
  } });
  new Control({ position: "topright" }).addTo(map);
};

dateline.credit = function (data) {
  return dateline.el("footer", { class: "dl-credit" }, data.credit);
};

// Places and toponyms as plain dots, off until asked for.
dateline.overlay = function (table, markers, name) {
  const rows = dateline.columns(table), { el, t } = dateline, group = L.layerGroup(), most = 3000;
  let drawn = 0;
  for (let i = 0; i < rows.n && drawn < most; i++) {
    const lon = rows.lon(i), lat = rows.lat(i);
    if (lon === null || lat === null) continue;
    drawn++;
    const n = name === "places" ? rows.n_mentions(i) : rows.count(i);
    const text = name === "places" ? [rows.name(i), rows.admin1(i), rows.country_name(i)].filter(Boolean).join(", ") : `“${rows.text(i)}” → ${rows.place(i)}`;
    const dot = L.circleMarker([Math.max(-85, Math.min(85, lat)), markers.shift && lon < 0 ? lon + 360 : lon],
      { radius: 3 + Math.min(7, Math.sqrt(n || 1)), className: `dl-dot dl-dot-${name}`, weight: 1.5 });
    dot.bindTooltip(() => el("span", { dir: "auto" }, `${text} · ${t("n_mentions", { n: n || 0 })}`));
    dot.addTo(group);
  }
  return drawn ? group : null;
};
