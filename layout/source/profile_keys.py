"""Every key of a print shop's own profile (``profiles/NAME.yaml``): what it is for, one entry each.

The names are those of ``house.profile.Profile`` with hyphens; what a file does
not say is its base's.
"""

from layout.house.flavour import flavour_names
from layout.house.profile import DEFAULT, profile_names
from layout.source.schema import (
    FLAG,
    LENGTH,
    PLAIN,
    Choice,
    Key,
    Kind,
    Many,
    Number,
    Table,
    Whole,
    known_names,
)

PROFILE_VERSION = "1"
_PPI = Number(1, 10_000)
_POINTS = Number(0, 100)
_INK = Number(0, 10_000)


def _resolutions(sort: str, ja: str, en: str) -> tuple[Key, ...]:
    return (
        Key(f"{sort}-ppi", _PPI, f"{ja}を下げるときの解像度。", f"Target resolution of {en}."),
        Key(f"{sort}-ppi-above", _PPI, f"{ja}をこの解像度から下げる。", f"Lower {en} above this."),
        Key(f"{sort}-ppi-least", _PPI, f"{ja}の最低の解像度。", f"Least resolution of {en}."),
    )


def _key(name: str, kind: Kind, ja: str, en: str) -> Key:
    return Key(name, kind, ja, en)


PROFILE = Table(
    "profile",
    (
        Key("bira-profile", Choice((PROFILE_VERSION,)), "書き方の版。いまは 1。", "Version.", True),
        Key(
            "base",
            Choice(profile_names()),
            f"もとにする設定。書かなければ {DEFAULT}。",
            f"The profile it builds on, {DEFAULT} if not said.",
        ),
        _key("label", PLAIN, "人に見せる名前。", "Its name for people."),
        _key("checked", PLAIN, "印刷所の案内と見比べた年。", "Year it was last compared."),
        _key(
            "icc",
            PLAIN,
            "印刷所のICCプロファイルのファイル（このファイルからの場所）。画像の変換と出力の目的の両方に使います。",
            "The shop's ICC profile, beside this file: for pictures and as output intent.",
        ),
        _key("flavour", Choice(flavour_names()), "書き出すPDFの種類。", "Kind of PDF written."),
        _key(
            "flavours",
            Many(Choice(flavour_names())),
            "受け付けるPDFの種類。空ならどれでも。",
            "Kinds of PDF the shop takes, any if empty.",
        ),
        _key("file-name", PLAIN, "ファイル名の決まり（正規表現）。", "Expression for file names."),
        _key("file-bytes-most", Whole(1, 2**31), "ファイルの最大の大きさ。", "Largest file size."),
        _key("pages", Many(Whole(1)), "受け付けるページ数。", "Page counts the shop takes."),
        _key(
            "trim-sizes",
            Many(Many(LENGTH, 2, 2)),
            "受け付ける仕上がりの大きさ：[幅, 高さ] を並べます。",
            "Trimmed sizes the shop takes.",
        ),
        _key("bleed", LENGTH, "断ち落とし（塗り足し）。", "Bleed on each side."),
        _key("margin", LENGTH, "仕上がりの外の紙の幅。", "Paper outside the trim."),
        _key("marks", FLAG, "トンボを付けるか。", "Whether printer's marks are wanted."),
        _key("mark-length", LENGTH, "トンボの長さ。", "Length of the marks."),
        _key("mark-thickness", LENGTH, "トンボの太さ。", "Thickness of the marks."),
        _key("centre-mark", LENGTH, "センタートンボの横棒の長さ。", "Bar of the centre marks."),
        _key("job-line", FLAG, "作業名の行を付けるか。", "Whether to write the job line."),
        _key("safe-margin", LENGTH, "文字を仕上がりから離す幅。", "Text keeps so far inside."),
        _key("fold-margin", LENGTH, "文字を折り目から離す幅。", "Text keeps so far off a fold."),
        _key("overprint-black", FLAG, "スミを重ね刷りにするか。", "Whether black overprints."),
        _key("spots", FLAG, "特色を使ってよいか。", "Whether spot colours are taken."),
        _key("gray-only", FLAG, "グレーだけのデータにするか。", "Nothing but gray."),
        _key("ink-warn", _INK, "インキ総量がこれを超えたら注意（％）。", "Ink that is warned of."),
        _key("ink-most", _INK, "インキ総量の限度（％）。", "Most ink in all, percent."),
        _key("tint-least", _INK, "刷れるいちばん薄い網（％）。", "Palest tint that prints."),
        _key("condition", PLAIN, "印刷条件の登録名。", "Registered name of the condition."),
        _key("condition-info", PLAIN, "印刷条件の説明。", "The condition in words."),
        _key("registry", PLAIN, "登録簿のURL。", "Address of the registry."),
        _key("intent-icc", PLAIN, "埋め込むICCプロファイル。", "ICC profile to embed."),
        _key("line-least-pt", _POINTS, "線の最低の太さ（pt）。", "Thinnest line, points."),
        _key("line-thin-pt", _POINTS, "これより細い線は注意（pt）。", "Thinner is warned of."),
        _key("type-least-pt", _POINTS, "文字の最低の大きさ（pt）。", "Smallest type, points."),
        _key("type-small-pt", _POINTS, "これより小さい文字は注意（pt）。", "Smaller is warned of."),
        _key(
            "reversed-type-small-pt",
            _POINTS,
            "これより小さい白抜き文字は注意（pt）。",
            "Smaller reversed type is warned of.",
        ),
        *_resolutions("picture", "カラー画像", "colour pictures"),
        *_resolutions("gray", "グレー画像", "gray pictures"),
        *_resolutions("bitonal", "白黒二値の画像", "line art"),
        _key(
            "picture-pixels-most",
            Whole(1, 10**9),
            "読み込む画像の最大の画素数。",
            "Largest picture that is read, in pixels.",
        ),
        _key("picture-icc", PLAIN, "画像の変換に使うICCプロファイル。", "Profile for pictures."),
        _key("qr-cell-least", LENGTH, "QRコードの最小の升。", "Least cell of a QR code."),
        _key("qr-quiet-cells", Number(0, 100), "QRコードの余白（升の数）。", "Its quiet zone."),
    ),
)

PROFILE_NAMES = known_names(PROFILE)
