"""Draw a page of a PDF file as a picture."""

from io import BytesIO

import pypdfium2

from errors import UnreadableReportError
from ingest.formats.pdf.opening import open_pdf
from ingest.formats.pdf.pictures import draw


def draw_page(content: bytes, page: int, width: int) -> bytes:
    """Draw a page as a PNG picture.

    Args:
        content: The bytes of a PDF file.
        page: Which page, 1-based.
        width: Of the picture, in pixels; less where the picture would be too large.

    Raises:
        UnreadableReportError: It is no PDF that can be opened, or has no such page.
    """
    document = open_pdf(content, "tệp PDF")
    try:
        if not 1 <= page <= len(document):
            raise UnreadableReportError(
                f"Tệp PDF không có trang {page}; tệp có {len(document)} trang. Hãy chọn trang khác."
            )
        try:
            document.init_forms()  # filled-in forms show only then
            shown = document[page - 1]
            picture = draw(shown, max(width, 1) / max(shown.get_width(), 0.01))
        except pypdfium2.PdfiumError as error:
            raise UnreadableReportError(
                f"Trang {page} của tệp PDF bị hỏng, không vẽ được. Hãy xuất lại tệp."
            ) from error
    finally:
        document.close()
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
