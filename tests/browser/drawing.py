"""The picture in the story: an invented town hall on a summer evening. No photograph of anybody's."""

import io

from PIL import Image, ImageDraw

SIZE = (960, 540)
SKY, GRASS, STONE, ROOF, DARK, GLASS = "#f6d9b0", "#6d9b6a", "#e9e2d3", "#8a4b3c", "#3a3f4a", "#f9f3c4"


def town_hall() -> bytes:
    """A clock tower between two wings, and bunting before it, as a PNG."""
    image = Image.new("RGB", SIZE, SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 960, 540), fill=GRASS)
    draw.rectangle((180, 250, 780, 440), fill=STONE)
    draw.polygon([(160, 250), (240, 190), (720, 190), (800, 250)], fill=ROOF)
    draw.rectangle((410, 110, 550, 440), fill=STONE)
    draw.polygon([(395, 110), (480, 30), (565, 110)], fill=ROOF)
    draw.ellipse((440, 130, 520, 210), fill="white", outline=DARK, width=4)
    draw.line((480, 170, 480, 204), fill=DARK, width=5)
    draw.line((480, 170, 480, 142), fill=DARK, width=3)
    for left in (215, 285, 355, 575, 645, 715):
        draw.rectangle((left, 290, left + 36, 360), fill=GLASS, outline=DARK, width=3)
    draw.rectangle((450, 350, 510, 440), fill=DARK)
    for number in range(16):
        left = number * 60
        colour = (ROOF, DARK, "#d9a441")[number % 3]
        draw.polygon([(left + 6, 385), (left + 54, 385), (left + 30, 425)], fill=colour)
    draw.line((0, 385, 960, 385), fill=DARK, width=3)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
