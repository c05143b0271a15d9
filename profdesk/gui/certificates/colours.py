"""Colours that suit a certificate, by their names; any other is typed."""

from __future__ import annotations

_INKS = {
    "тёмно-синий": "#17405E",
    "сине-серый": "#24445A",
    "ультрамарин": "#25358A",
    "морская волна": "#0F6B6B",
    "хвойный": "#1F5A3C",
    "травяной": "#3F6B1E",
    "бронзовый": "#8B6A35",
    "каштановый": "#7A3B16",
    "терракотовый": "#A8481F",
    "вишнёвый": "#8C1D2F",
    "сливовый": "#5B2A6B",
    "графитовый": "#2B3038",
}
_BRIGHT = {
    "голубой": "#3E8FC4",
    "бирюзовый": "#2FA39A",
    "зелёный": "#5BA24A",
    "золотой": "#C9A227",
    "оранжевый": "#E4733B",
    "коралловый": "#D9534F",
    "малиновый": "#C2417F",
    "сиреневый": "#9A6FB0",
    "салатовый": "#9BBF3B",
    "лимонный": "#E0C53C",
    "бежевый": "#C8AE7E",
    "серый": "#8A949E",
}
_TINTS = {
    "дымчатый": "#CBD9E3",
    "песочный": "#E3D5B8",
    "мятный": "#C9E0D2",
    "розовый": "#EBD0CF",
    "лавандовый": "#D9D0E6",
    "жемчужный": "#D9DCE0",
}
_PAPERS = {
    "белый": "#FFFFFF",
    "льняной": "#FAF5EB",
    "ледяной": "#F1F5F8",
    "светло-мятный": "#F0F7F2",
    "светло-розовый": "#FBF2F1",
    "светло-лавандовый": "#F5F2F9",
}
INKS, ACCENTS, TINTS, PAPERS = dict(_INKS), {**_INKS, **_BRIGHT}, {**_TINTS, **_PAPERS}, dict(_PAPERS)
"""Those dark enough for letters; for frames; for a watermark; pale enough to be written on."""
