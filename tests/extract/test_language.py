import pytest

from screener.extract import LanguageIdentifier

TEXTS = {
    "Dibutuhkan operator pabrik, paspor dan biaya ditanggung perusahaan, bisa langsung berangkat": "id",
    "bg yg mau kerja ke kamboja gaji 15jt bisa japri aja ya, gak perlu ijazah": "id",
    "Kerja di pabrik": "id",
    "Kilang di Johor perlukan pekerja, pasport sendiri, boleh terus kerja, tiada potongan wang": "ms",
    "Siapa nak kerja ofis sempadan Thai? percuma hostel": "ms",
    "We are looking for customer service staff for our office in Bangkok with free housing": "en",
    "Wir suchen Mitarbeiter für unser Restaurant in Berlin, gute Bezahlung und Unterkunft": "de",
    "Tuyển nhân viên làm việc tại Campuchia lương cao bao ăn ở đi lại": "vi",
    "招聘客服人员包吃住月薪一万元工作地点在金边": "zh",
    "🔥🔥 10 💵": "und",
    "": "und",
    "\ud800\udfff": "und",
    "0812-3456-7890": "und",
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=range(len(TEXTS)))
def test_languages_are_told_apart(text: str, expected: str, identify: LanguageIdentifier) -> None:
    assert identify.language_of(text) == expected
