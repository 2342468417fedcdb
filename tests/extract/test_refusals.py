import pytest

from screener.errors import ExtractError
from screener.extract.refusals import refuse_empty

EMPTY = {
    "nothing": ("", ""),
    "blanks and zero-widths": ("", "\u200b \u200b\n" * 50),
    "nineteen characters": ("", "a" * 19),
    "captcha": ("Verifikasi", "Selesaikan captcha di bawah ini untuk melihat halaman."),
    "not a robot": ("", "Buktikan bahwa Anda bukan robot, lalu tekan tombol."),
    "cloudflare": (
        "Just a moment...",
        "papan.test needs to review the security of your connection. IP 203.0.113.4",
    ),
    "javascript": ("Papan", "Please enable JavaScript and cookies to continue."),
    "denied": ("Access Denied", "You don't have permission to access this resource on this server."),
    "consent": ("", "Before you continue to the site, choose how your data is used."),
    "cookies": ("Privasi", "Kami menggunakan cookie agar situs ini berjalan. Kelola pilihan."),
    "sign in": ("", "Silakan masuk terlebih dahulu untuk melihat rincian lowongan ini."),
    "sign in english": ("Jobs", "Please log in to view this job and its contact details."),
    "not found": ("404 Not Found", "The requested URL was not found on this server."),
    "page missing": ("Papan", "Maaf, halaman yang Anda cari tidak ditemukan."),
    "vacancy closed": ("Papan", "Lowongan ini sudah ditutup. Lihat lowongan lainnya."),
    "vacancy removed": ("Jobs", "Sorry, this job has been removed by the employer."),
    "no such channel": (
        "",
        "If you have Telegram, you can contact @contoh right away.".replace("@contoh", "them"),
    ),
}


@pytest.mark.parametrize(("title", "text"), EMPTY.values(), ids=EMPTY)
def test_a_page_that_stands_for_none_is_empty(title: str, text: str) -> None:
    with pytest.raises(ExtractError, match=r"empty: .{10}"):
        refuse_empty(title, text)


ADS = {
    "captcha typing": (
        "Kerja online",
        "Kerja ketik captcha dari rumah, gaji harian, tanpa modal, minat komen.",
    ),
    "no deductions": ("Loker", "Lowongan kerja luar negeri tidak ada potongan gaji, semua gratis."),
    "join the group": ("Loker", "Silakan masuk grup untuk info lebih lanjut, kuota terbatas."),
    "closed next month": ("Loker", "Lowongan ditutup tanggal 30 bulan ini, segera kirim berkas Anda."),
    "with a number": ("Loker", "Lowongan ini tidak ditemukan di tempat lain! Hub 0812-3456-7890 sekarang."),
    "room 404": ("Loker", "Wawancara di Gedung Contoh lantai 4 ruang 404, bawa KTP dan ijazah."),
    "long": ("Loker", "Jangan percaya halaman tidak ditemukan. " + "Gaji dibayar tiap bulan. " * 30),
}


@pytest.mark.parametrize(("title", "text"), ADS.values(), ids=ADS)
def test_an_ad_that_uses_such_words_stays(title: str, text: str) -> None:
    refuse_empty(title, text)
