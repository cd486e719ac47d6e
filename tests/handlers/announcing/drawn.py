"""Pictures made for the tests: no file of anybody's."""

import io

from PIL import Image


def picture(kind="PNG", size=(40, 30), colour="teal", **saved):
    """The bytes of one, all of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **saved)
    return file.getvalue()


def moving(kind="GIF"):
    """Two pictures, one after the other."""
    return picture(kind, save_all=True, append_images=[Image.new("RGB", (40, 30), "red")])


LEEDS, OXMERE = picture(colour="teal"), picture("JPEG", (80, 60), "navy")
