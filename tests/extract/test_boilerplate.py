import pytest

from screener.extract.boilerplate import without_boilerplate

LINES = """Baca juga: 112 WNI Dipulangkan|BACA JUGA: Judul|Baca Juga : Judul|Lihat juga Video Ini|Simak Video 'x'
Artikel ini telah tayang di Contoh.com dengan judul X|Tag: #tppo #pmi|#tppo|ADVERTISEMENT|Iklan
SCROLL TO CONTINUE WITH CONTENT|SCROLL TO RESUME CONTENT|Scroll untuk baca artikel|Close Banner Apps
Iklan - Geser ke atas untuk melanjutkan|Baca berita tanpa iklan. Gabung Kompas.com+|Example 120x600|Perbesar
zoom-in-white|copy-link|URL berhasil dicopy|Halaman 1/2|Halaman : 1 2 3 Selanjutnya|Halaman selanjutnya|?page=all
Lanjutkan membaca|Baca selanjutnya: Judul|Penulis: Contoh | Editor: Contoh|Reporter : X|Laporan: X|Tim Redaksi
(red)|(*)|(sur)|[dzk]|(tr/suc)|Foto: Dok/Contoh|ILUSTRASI: pekerja|Dok BPost|Sumber: Antara|Copyright © 2026
All Right Reserved|Ikuti kami di Google News|Bagikan:|Salin Artikel|Komentar|Tinggalkan Balasan
Jangan lupa ikuti update berita di akun Google News|Gabung Grup Telegram Contoh|Dapatkan update berita pilihan
Isi komentar sepenuhnya adalah tanggung jawab pengguna|Alamat email Anda tidak akan dipublikasikan"""
KEPT = [
    "Paspor kami dipegang perekrut, kata korban.",
    "Baca kontrak kerja sebelum menandatangani.",
    "Iklan itu menjanjikan gaji Rp15 juta.",
    "Sumber penghasilan warga desa adalah kebun.",
    "Halaman rumah tersangka dipasangi garis polisi.",
    "Update terakhir dari KBRI: 21 orang selamat.",
    "Komentar keluarga korban disampaikan kemarin.",
    "",
]


@pytest.mark.parametrize("line", [line for row in LINES.split("\n") for line in row.replace(" | ", " ¦ ").split("|")])
def test_the_lines_of_the_site_go(line: str) -> None:
    assert without_boilerplate(f"Awal.\n{line.replace('¦', '|')}\nAkhir.") == "Awal.\nAkhir."


@pytest.mark.parametrize("line", KEPT)
def test_the_lines_of_the_article_stay(line: str) -> None:
    assert without_boilerplate(f"Awal.\n{line}\nAkhir.") == f"Awal.\n{line}\nAkhir."


def test_a_list_goes_with_its_header_until_prose_begins() -> None:
    text = "Awal.\nBerita Terkait\nPolisi Bekuk 9 Pengedar\nHarga Turun\nMenurut polisi, korban ditipu.\nAkhir"
    assert without_boilerplate(text) == "Awal.\nMenurut polisi, korban ditipu.\nAkhir"


@pytest.mark.parametrize("line", ["Hub 0812-3456-7890", "tele @contoh_hr", "wa.me/6281234567890"])
def test_a_list_never_hides_how_to_reach_someone(line: str) -> None:
    assert line in without_boilerplate(f"Awal.\nPopuler\n{line}")
