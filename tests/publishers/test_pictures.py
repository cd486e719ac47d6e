"""What pictures are, by their own bytes, and what each network refuses of them, with a sentence."""

import pytest

from publishers import pictures
from publishers.bluesky import media
from publishers.mastodon import media as mastodon_media
from publishers.pictures import GIF, JPEG, PNG, WEBP, Shape
from publishers.slack_channel import files
from publishers.x import media as x_media
from tests.publishers.drawing import gif, image, jpeg, png, webp

MIB = 1024 * 1024
TOO_MANY_POINTS = "The picture has 9,000 by 4,000 points, 36 million in all, and Mastodon takes 33.2 million: make it smaller."


@pytest.mark.parametrize(
    ("content", "shape"),
    [
        (png(3, 2), Shape(PNG, 3, 2)),
        (gif(), Shape(GIF, 3, 2)),
        (jpeg(), Shape(JPEG, 30, 20)),
        (webp(b"VP8X"), Shape(WEBP, 12, 8)),
        (webp(b"VP8L"), Shape(WEBP, 12, 8)),
        (webp(b"VP8 "), Shape(WEBP, 12, 8)),
        (b"", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (png()[:18], None),
        (jpeg()[:13], None),
        (b"\xff\xd8\xff", None),
        (b"\xff\xd8\xff\xff\xff", None),
        (webp()[:20], None),
        (b"RIFF\0\0\0\0WEBPABCD" + b"\0" * 20, None),
    ],
)
def test_a_picture_is_told_by_its_bytes(content, shape):
    assert pictures.shape(content) == shape


def test_a_marker_that_points_nowhere_ends_the_search():
    assert pictures.shape(b"\xff\xd8\xff\xe0\x00\x00" * 3) is None
    assert pictures.shape(b"\xff\xd8" + b"\xff\xe0\x00\x02" * 50_000) is None


@pytest.mark.parametrize(
    ("limits", "images", "said"),
    [
        (x_media.LIMITS, [png(size=5 * MIB)], []),
        (
            x_media.LIMITS,
            [png(size=5 * MIB + 1)],
            ["The picture has 5.1 MB, and X takes 5 MB: make it smaller."],
        ),
        (x_media.LIMITS, [gif(size=15 * MIB)], []),
        (
            x_media.LIMITS,
            [gif(size=15 * MIB + 1)],
            ["The picture has 15.1 MB, and X takes 15 MB: make it smaller."],
        ),
        (
            x_media.LIMITS,
            [png(), gif()],
            ["X takes a GIF only by itself: leave the other pictures out."],
        ),
        (x_media.LIMITS, [png()] * 5, ["It has 5 pictures, and X takes 4: leave some out."]),
        (
            media.LIMITS,
            [png(), png(size=2_000_001)],
            ["Picture 2 has 2.1 MB, and Bluesky takes 2 MB: make it smaller."],
        ),
        (media.LIMITS, [png(size=2_000_000), gif()], []),
        (
            mastodon_media.LIMITS,
            [png(9000, 4000)],
            [
                TOO_MANY_POINTS,
            ],
        ),
        (mastodon_media.LIMITS, [png(7680, 4320), gif(), gif(), webp()], []),
        (
            files.LIMITS,
            [webp()],
            ["The picture is a WebP, and Slack takes PNG, JPEG or GIF: save it as a PNG."],
        ),
        (
            files.LIMITS,
            [png(), b"rubbish"],
            ["Picture 2 can't be read as PNG, JPEG or GIF: share it in Slack again, or use another."],
        ),
    ],
)
def test_what_a_network_does_not_take_is_refused_with_a_sentence(limits, images, said):
    assert list(pictures.refusals(tuple(image(content) for content in images), limits)) == said


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        (x_media.LIMITS, 1_000),
        (files.LIMITS, 1_000),
        (mastodon_media.LIMITS, 1_500),
        (media.LIMITS, 2_000),
    ],
)
def test_an_alt_text_may_be_so_long(limits, most):
    assert list(pictures.refusals((image(png(), "x" * most), image(png(), "")), limits)) == []
    assert list(pictures.refusals((image(png(), "x" * (most + 1)),), limits)) == [
        f"The picture has an alt text of {most + 1:,} characters, and {limits.network} takes {most:,}: shorten it."
    ]
