"""Set small PDF files for tests, with letters placed by hand."""

from io import BytesIO
from pathlib import Path

import matplotlib
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT = 70.0, 540.0


class PdfPages:
    """A PDF file in the making; places are points from the page's top left."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, **encryption: object) -> None:
        for name, file in (("Body", "DejaVuSans.ttf"), ("Bold", "DejaVuSans-Bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
        self._out = BytesIO()
        self.height = height
        self.canvas = Canvas(self._out, (width, height), **encryption)

    def write(self, x, y, text, *, size=12.0, bold=False):
        self.canvas.setFont("Bold" if bold else "Body", size)
        self.canvas.drawString(x, self.height - y, text)

    def write_middle(self, x, y, text, *, size=12.0, bold=False):
        self.canvas.setFont("Bold" if bold else "Body", size)
        self.canvas.drawCentredString(x, self.height - y, text)

    def write_paragraph(
        self, y, text, *, left=LEFT, right=RIGHT, indent=36.0, size=12.0, step=18.0
    ):
        """Set justified text, as official documents are; gives where the next line would be."""
        words = text.split()
        line, x = [], left + indent
        while words:
            line.append(words.pop(0))
            full = words and self.width_of(" ".join([*line, words[0]]), size) > right - x
            if full or not words:
                space = (
                    (right - x - sum(self.width_of(w, size) for w in line)) / max(len(line) - 1, 1)
                    if full
                    else self.width_of(" ", size)
                )
                for word in line:
                    self.write(x, y, word, size=size)
                    x += self.width_of(word, size) + space
                line, x, y = [], left, y + step
        return y

    def width_of(self, text, size):
        return pdfmetrics.stringWidth(text, "Body", size)

    def line(self, x0, y0, x1, y1):
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def grid(self, columns, rows):
        """Rule a table whole."""
        for y in rows:
            self.line(columns[0], y, columns[-1], y)
        for x in columns:
            self.line(x, rows[0], x, rows[-1])

    def next_page(self):
        self.canvas.showPage()

    def content(self):
        self.canvas.save()
        return self._out.getvalue()
