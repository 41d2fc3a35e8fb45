"""Build small Word files for tests, part by part."""

import zipfile
from io import BytesIO

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOTS = {
    "styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes",
    "header1": "hdr", "footer1": "ftr",
}  # fmt: skip


def docx(body, *, pages="", title="", **parts):
    """Zip a document's body and parts, given as the XML within their roots."""
    files = {"word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>"}
    relations = ""
    for name, inner in parts.items():
        root = _ROOTS[name]
        files[f"word/{name}.xml"] = f"<w:{root} {_W}>{inner}</w:{root}>"
        kind = name.rstrip("1")
        relations += f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
    files["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
    )
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    types = f'<Override PartName="/word/document.xml" ContentType="{main}document.main+xml"/>'
    for name in parts:
        kind = name.rstrip("1")
        types += f'<Override PartName="/word/{name}.xml" ContentType="{main}{kind}+xml"/>'
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>"
    )
    files["docProps/app.xml"] = f"<Properties><Pages>{pages}</Pages></Properties>"
    files["docProps/core.xml"] = f'<c:p xmlns:c="c" xmlns:dc="d"><dc:title>{title}</dc:title></c:p>'
    files["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="2" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
        f'<Relationship Id="3" Type="{_PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )
    return zipped(files)


def zipped(files):
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def p(*runs, **properties):
    """Give a paragraph; properties are children of w:pPr with their values."""
    inner = "".join(f'<w:{key} w:val="{value}"/>' for key, value in properties.items())
    return f"<w:p><w:pPr>{inner}</w:pPr>{''.join(runs)}</w:p>"


def r(text, look="", font=""):
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    return f'<w:r><w:rPr>{fonts}{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tbl(*rows):
    """Give a table; a cell is text, or text and the children of its w:tcPr."""
    shown = ""
    for row in rows:
        shown += "<w:tr>"
        for cell in row:
            text, look = cell if isinstance(cell, tuple) else (cell, "")
            inner = text if text.startswith("<") else p(r(text))
            shown += f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"
        shown += "</w:tr>"
    return f"<w:tbl>{shown}</w:tbl>"
