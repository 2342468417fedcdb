"""A matplotlib figure as an SVG element that may stand in a page beside others, where no inline style is allowed."""

import io
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:  # matplotlib is loaded by who draws, nobody else
    from matplotlib.figure import Figure

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SALT = "screener"
# What the page's own style sheet decides.
_LEFT_TO_PAGE = {"font", "font-family"}


def element(figure: "Figure", name: str, title: str) -> str:
    """The figure as markup: ids begin with `name`, styles are attributes, `title` is read out by screen readers.

    The same figure gives the same text.
    """
    import matplotlib as mpl  # noqa: PLC0415  a second that only drawing pays

    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "none"}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = etree.fromstring(buffer.getvalue())
    for parent in list(root.iter(etree.Element)):
        for child in list(parent.iterchildren(f"{_SVG}metadata", f"{_SVG}style")):
            parent.remove(child)
    for one in root.iter(etree.Element):
        _own_ids(one, name)
        _style_to_attributes(one)
    _described(root, name, title)
    return etree.tostring(root, encoding="unicode")


def _own_ids(one: "etree._Element", name: str) -> None:
    for key, value in [(str(key), str(value)) for key, value in one.attrib.items()]:
        if key == "id":
            one.set(key, f"{name}-{value}")
        elif key == _HREF and value.startswith("#"):
            # HTML knows href without its old prefix.
            del one.attrib[key]
            one.set("href", f"#{name}-{value[1:]}")
        elif "url(#" in value:
            one.set(key, value.replace("url(#", f"url(#{name}-"))


def _style_to_attributes(one: "etree._Element") -> None:
    style = str(one.attrib.pop("style", ""))
    for part in filter(None, map(str.strip, style.split(";"))):
        key, _, value = part.partition(":")
        if key.strip() not in _LEFT_TO_PAGE:
            one.set(key.strip(), value.strip())


def _described(root: "etree._Element", name: str, title: str) -> None:
    for key in ("width", "height", "version"):
        root.attrib.pop(key, "")
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    # Default of every line and area that matplotlib draws; it says so in a style sheet that was taken out.
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    told = etree.Element(f"{_SVG}title")
    told.set("id", f"{name}-title")
    told.text = title
    root.insert(0, told)
