"""A page's own bytes as a page that can do nothing: for looking at an original in a browser."""

from __future__ import annotations

from lxml import etree

from store.capture.charset import decode
from store.capture.tree import Element, drop, parse

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_ACTIVE = ("script", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "portal", "link")
_HARMLESS_LINKS = ("http:", "https:", "mailto:", "#", "/")


def safe_page(body: bytes, charset: str | None, url: str) -> bytes:
    """UTF-8 HTML without scripts, handlers, frames and refreshes, its policy put first. Raises ConvertError."""
    root = parse(decode(body, charset).text, url)
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in _ACTIVE or (element.tag == "meta" and element.get("http-equiv")):
            drop(element)
            continue
        _disarm(element)
    head = root.find("head")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    head.insert(0, root.makeelement("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}))
    head.insert(0, root.makeelement("meta", {"charset": "utf-8"}))
    page = etree.tostring(root, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    assert isinstance(page, bytes)
    return page


def _disarm(element: Element) -> None:
    for name, value in list(element.attrib.items()):
        plain = "".join(value.split()).lower()
        acts = name.lower().startswith("on") or name.lower() in ("srcdoc", "ping", "formaction", "action")
        links = name.lower() in ("href", "xlink:href") and ":" in plain
        if acts or (links and not plain.startswith(_HARMLESS_LINKS)):
            del element.attrib[name]
