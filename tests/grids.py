"""Write tables as a reader can see them: "|" parts cells, "<" and "^" merge with left and above."""

from pathlib import Path

import docx

from ingest.document import Document, TableBlock, TableCell, TableRow, TextBlock
from ingest.rendering import RenderedDocument, render_document
from ingest.tables import Row, bind_rows


def table(drawn: str, *, headers: int = 0, continues: bool = False, page: int | None = None):
    """Give a drawn table as a format's reader would."""
    lines = [line.strip() for line in drawn.strip().split("\n")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    rows = [
        TableRow(
            tuple(
                TableCell(text, column, _columns(line, column), _rows(cells, n, column))
                for column, text in enumerate(line)
                if text not in ("<", "^")
            ),
            page=page,
            header=n < headers,
        )
        for n, line in enumerate(cells)
    ]
    return TableBlock(tuple(rows), continues=continues)


def document(*blocks: str | TableBlock) -> Document:
    """Give a document of paragraphs and tables."""
    return Document(tuple(b if isinstance(b, TableBlock) else TextBlock(b) for b in blocks))


def bound(
    *tables: str | TableBlock, caption: tuple[str, ...] = ()
) -> tuple[list[Row], RenderedDocument]:
    """Bind the rows of a table, drawn in one piece or given as those of its pages."""
    blocks = [table(each) if isinstance(each, str) else each for each in tables]
    rendered = render_document(document(*blocks))
    return bind_rows(rendered.lines, caption), rendered


def shown(rows: list[Row], rendered: RenderedDocument) -> list[tuple[str, dict[str, str]]]:
    """Give each row as its groups and name, and its values by column."""
    return [(f"{row.group} › {row.name}" if row.group else row.name, values(row, rendered))
            for row in rows]  # fmt: skip


def values(row: Row, rendered: RenderedDocument) -> dict[str, str]:
    """Give a row's values by column, read at their places."""
    return {cell.column: rendered.text[cell.span.start : cell.span.end] for cell in row.cells}


def _columns(line: list[str], column: int) -> int:
    past = column + 1
    while past < len(line) and line[past] == "<":
        past += 1
    return past - column


def _rows(cells: list[list[str]], n: int, column: int) -> int:
    past = n + 1
    while past < len(cells) and column < len(cells[past]) and cells[past][column] == "^":
        past += 1
    return past - n


def save_docx(path: Path, *parts: str) -> None:
    """Write a Word file of paragraphs and of tables, which are drawn over several lines."""
    written = docx.Document()
    for part in parts:
        if "\n" not in part:
            written.add_paragraph(part)
            continue
        rows = table(part).rows
        width = max(cell.column + cell.columns for row in rows for cell in row.cells)
        grid = written.add_table(len(rows), width)
        for n, row in enumerate(rows):
            for cell in row.cells:
                last = grid.cell(n + cell.rows - 1, cell.column + cell.columns - 1)
                grid.cell(n, cell.column).merge(last).text = cell.text
    written.save(str(path))


# Tables of the kinds that reports have, as `table` takes them: bound in one test file, asked about in another.
INDICATORS = """
STT | Chỉ tiêu | Đơn vị tính | Năm 2024 | < | < | Kế hoạch năm 2025
^ | ^ | ^ | Kế hoạch | Ước thực hiện | So sánh TH/KH (%) | ^
A | B | C | 1 | 2 | 3=2/1 | 4
I | VỀ KINH TẾ | | | | |
1 | Tổng giá trị sản xuất | Tỷ đồng | 2.150 | 2.210 | 102,8 | 2.400
 | Trong đó: - Nông, lâm nghiệp | " | 820 | 815 | 99,4 | 830
 | - Công nghiệp, xây dựng | " | 700 | 725 | 103,6 | 810
2 | Thu ngân sách trên địa bàn | Triệu đồng | 45.000 | 47.500 | 105,6 | 50.000
II | VỀ XÃ HỘI | | | | |
1 | Tỷ lệ hộ nghèo | % | 21,5 | 20,9 | | 18,0
"""
STAFF = """
STT | Họ và tên | Chức vụ | Trình độ chuyên môn | Năm sinh
1 | Nguyễn Văn An | Chủ tịch UBND xã | Đại học Luật | 1978
2 | Lò Thị Hương | Phó Chủ tịch UBND xã | Đại học Kinh tế | 1985
3 | Quàng Văn Pâng | Công chức Địa chính | Trung cấp | 1990
"""
TASKS = """
TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian hoàn thành
I | Lĩnh vực nông nghiệp | < | < | <
1 | Xây dựng kế hoạch phát triển cây ăn quả trên đất dốc | Phòng Nông nghiệp và PTNT | UBND các xã | Tháng 3/2025
2 | Rà soát quy hoạch 3 loại rừng | ^ | Hạt Kiểm lâm | Quý II/2025
II | Lĩnh vực văn hóa | < | < | <
1 | Tổ chức ngày hội văn hóa các dân tộc | Phòng Văn hóa - Thông tin | Trung tâm Truyền thông | Tháng 11/2025
"""
CROPS = """
Cây trồng | Năm 2023 | < | < | Năm 2024 | < | <
^ | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn) | Diện tích (ha) | Năng suất (tạ/ha) | Sản lượng (tấn)
Tổng diện tích cây lương thực | 5.210 | | 18.900 | 5.305 | | 19.870
1. Lúa cả năm | 2.900 | 48,2 | 13.978 | 2.950 | 49,1 | 14.485
- Lúa đông xuân | 1.200 | 56,0 | 6.720 | 1.230 | 57,2 | 7.036
- Lúa mùa | 1.700 | 42,7 | 7.258 | 1.720 | 43,3 | 7.449
2. Ngô | 2.310 | 41,3 | 9.540 | 2.355 | 42,0 | 9.891
"""
POVERTY = """
TT | Xã, thị trấn | Tổng số hộ | Hộ nghèo | < | Hộ cận nghèo | <
^ | ^ | ^ | Số hộ | Tỷ lệ (%) | Số hộ | Tỷ lệ (%)
 | Tổng số | 9.450 | 1.980 | 20,95 | 1.120 | 11,85
1 | Thị trấn Sốp Cộp | 1.210 | 95 | 7,85 | 80 | 6,61
2 | Xã Dồm Cang | 1.030 | 201 | 19,51 | 130 | 12,62
3 | Xã Mường Lèo | 880 | 340 | 38,64 | 141 | 16,02
"""
