"""Indonesian verb forms."""

import pytest

from screener.detect.inflection import inflections

FORMS = [
    ("pegang", "dipegang memegang megang pegangin dipegangin terpegang pemegang kupegang"),
    ("tahan", "ditahan menahan nahan ditahankan tertahan penahanan penahan"),
    ("simpan", "menyimpan nyimpan disimpankan penyimpanan simpannya"),
    ("kumpul", "dikumpulkan mengumpulkan ngumpulin pengumpulan berkumpul"),
    ("ambil", "diambil mengambil ngambil ambilin pengambilan"),
    ("bayar", "dibayar membayar mbayar dibayarkan pembayaran"),
    ("cicil", "dicicil mencicil nyicil cicilan"),
    ("jual", "dijual menjual penjualan jualan"),
    ("lari", "melarikan dilarikan pelarian"),
]


@pytest.mark.parametrize(("stem", "forms"), FORMS, ids=[stem for stem, _ in FORMS])
def test_the_forms_of_a_stem_are_those_that_people_write(stem: str, forms: str) -> None:
    assert set(forms.split()) <= inflections(stem)
