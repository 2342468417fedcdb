import pytest

from screener.records import Contact, Span
from screener.report.masking import Mask, star
from tests import factory


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("081200007890", "0812****7890"),
        ("0812-0000-7890", "0812-****-7890"),
        ("+6281200007890", "+6281*****7890"),
        ("@rekrut_kh00", "@rek***_*h00"),
        ("dewi", "d**i"),
        ("a", "*"),
        ("", ""),
    ],
)
def test_a_contact_is_starred_in_the_middle(contact: str, shown: str) -> None:
    assert star(contact) == shown


@pytest.mark.parametrize(
    "text",
    ["0812-0000-7890", "+62 812 0000 7890", "62.812.0000.7890", "wa.me/6281200007890", "(0812) 0000-7890"],
)
def test_a_number_is_hidden_in_every_usual_spelling(text: str) -> None:
    mask = Mask((factory.contact(factory.TEXT, "0812-0000-7890"),))
    hidden = mask.hide(f"hub {text} ya")
    assert len(hidden) == len(text) + 7
    assert "*" in hidden
    assert "00007890" not in "".join(filter(str.isdigit, hidden))


def test_a_disguised_number_is_hidden_at_its_place() -> None:
    text = "hub o8l2 oooo 789o ya"
    contact = Contact(kind="phone", value="+6281200007890", span=Span(start=4, end=18), quote="o8l2 oooo 789o")
    assert Mask((contact,)).hide_spans(text) == "hub o8l2 **** 789o ya"


def test_a_handle_that_is_a_word_does_not_star_the_ad() -> None:
    contact = Contact(kind="telegram", value="kerja", span=Span(start=0, end=6), quote="@kerja")
    assert Mask((contact,)).hide_spans("@kerja untuk kerja") == "@k***a untuk kerja"


def test_without_contacts_nothing_changes() -> None:
    assert Mask(()).hide_spans("081200007890") == "081200007890"
