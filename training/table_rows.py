"""Make table rows as official reports have them, with questions on one of their cells.

No set of questions over Vietnamese tables was found that may be used, so rows are put together from
the names of indicators that such reports share and values drawn at random. They teach one thing: to
find the cell under the column that was asked for, and none where the row lacks it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from training.examples import ReadingExample
from training.table_text import TableText, lay_out_cells

# Name, unit, lowest and highest value, decimals.
_INDICATORS = (
    ("Tỷ lệ che phủ rừng", "%", 20, 75, 2),
    ("Tỷ lệ hộ nghèo", "%", 1, 60, 2),
    ("Tỷ lệ hộ cận nghèo", "%", 1, 25, 2),
    ("Thu nhập bình quân đầu người", "triệu đồng/người/năm", 15, 95, 1),
    ("Tổng giá trị sản xuất", "tỷ đồng", 500, 9000, 1),
    ("Tốc độ tăng trưởng giá trị sản xuất", "%", 3, 19, 2),
    ("Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", 15, 900, 1),
    ("Chi ngân sách địa phương", "tỷ đồng", 200, 1900, 1),
    ("Tổng vốn đầu tư toàn xã hội", "tỷ đồng", 300, 5000, 0),
    ("Tổng sản lượng lương thực có hạt", "tấn", 8000, 90000, 0),
    ("Diện tích lúa cả năm", "ha", 500, 9000, 1),
    ("Năng suất lúa bình quân", "tạ/ha", 30, 72, 1),
    ("Diện tích ngô", "ha", 300, 7000, 0),
    ("Diện tích cây ăn quả", "ha", 200, 12000, 0),
    ("Diện tích cây cà phê", "ha", 200, 9000, 0),
    ("Diện tích chè", "ha", 100, 3500, 0),
    ("Diện tích rừng trồng mới", "ha", 20, 1900, 1),
    ("Tổng đàn gia súc", "con", 10000, 99000, 0),
    ("Tổng đàn trâu", "con", 2000, 20000, 0),
    ("Tổng đàn lợn", "con", 9000, 90000, 0),
    ("Sản lượng thủy sản", "tấn", 100, 4000, 0),
    ("Số hợp tác xã đang hoạt động", "hợp tác xã", 8, 190, 0),
    ("Số doanh nghiệp thành lập mới", "doanh nghiệp", 5, 90, 0),
    ("Số sản phẩm OCOP", "sản phẩm", 2, 60, 0),
    ("Số xã đạt chuẩn nông thôn mới", "xã", 1, 20, 0),
    ("Tỷ lệ dân số được sử dụng nước hợp vệ sinh", "%", 60, 99, 1),
    ("Tỷ lệ hộ được sử dụng điện lưới quốc gia", "%", 70, 99, 2),
    ("Tỷ lệ lao động qua đào tạo", "%", 15, 75, 1),
    ("Số lao động được giải quyết việc làm", "lao động", 400, 4000, 0),
    ("Tỷ lệ tham gia bảo hiểm y tế", "%", 75, 99, 2),
    ("Số bác sỹ trên một vạn dân", "bác sỹ", 4, 14, 1),
    ("Số giường bệnh trên một vạn dân", "giường", 14, 40, 1),
    ("Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể nhẹ cân", "%", 6, 25, 1),
    ("Tỷ lệ trường đạt chuẩn quốc gia", "%", 30, 95, 1),
    ("Số trường học đạt chuẩn quốc gia", "trường", 8, 60, 0),
    ("Tỷ lệ huy động trẻ mẫu giáo đến trường", "%", 80, 99, 1),
    ("Tỷ lệ gia đình đạt danh hiệu văn hóa", "%", 45, 95, 1),
    ("Tỷ lệ bản, tổ dân phố văn hóa", "%", 40, 95, 1),
    ("Dân số trung bình", "người", 30000, 190000, 0),
    ("Tỷ lệ tăng dân số tự nhiên", "‰", 6, 19, 1),
    ("Số đảng viên mới kết nạp", "đảng viên", 60, 390, 0),
    ("Tỷ lệ chi bộ hoàn thành tốt nhiệm vụ", "%", 60, 98, 1),
    ("Số vụ vi phạm pháp luật về đất đai", "vụ", 2, 90, 0),
    ("Số vụ tai nạn giao thông", "vụ", 2, 60, 0),
    ("Số lượt khách du lịch", "lượt người", 9000, 990000, 0),
    ("Doanh thu từ du lịch", "tỷ đồng", 5, 1500, 1),
    ("Số đơn thư khiếu nại, tố cáo đã giải quyết", "đơn", 3, 95, 0),
    ("Tỷ lệ hồ sơ giải quyết đúng hạn", "%", 85, 99, 2),
    ("Tổng mức bán lẻ hàng hóa", "tỷ đồng", 400, 5500, 0),
    ("Số ki-lô-mét đường giao thông được cứng hóa", "km", 20, 390, 1),
    ("Tỷ lệ thu gom rác thải sinh hoạt đô thị", "%", 60, 99, 1),
    ("Số nhà ở hỗ trợ cho hộ nghèo", "nhà", 50, 1600, 0),
)  # fmt: skip
_GROUPS = (
    "",
    "",
    "",
    "Chỉ tiêu kinh tế",
    "Chỉ tiêu xã hội",
    "Nông, lâm nghiệp",
    "Y tế",
    "Giáo dục",
)
_TABLES = (
    "Biểu tổng hợp các chỉ tiêu chủ yếu", "Phụ lục thực hiện các chỉ tiêu nghị quyết",
    "Kết quả thực hiện các chỉ tiêu kinh tế - xã hội", "Phụ lục 1", "Biểu số 02",
)  # fmt: skip
_ASKED = (
    "{place} {column} {name} là bao nhiêu?", "{name} {column} {of} là bao nhiêu?",
    "{column}, {name} {of} đạt bao nhiêu {unit}?", "{name} {of} {column} được mấy {unit}?",
    "{name} {column} bao nhiêu {unit}", "Cho biết {name} {of} {column}?",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's header, and what a question calls it."""

    header: str
    asked: tuple[str, ...]


def table_examples(
    count: int, places: tuple[str, ...], rng: random.Random
) -> Iterator[ReadingExample]:
    """Give questions on rows of made tables; one in five on a column that its row has not.

    Args:
        count: How many.
        places: Names of districts, not those of the sample reports.
        rng: Source of chance.
    """
    for _ in range(count):
        name, unit, low, high, decimals = rng.choice(_INDICATORS)
        columns = _columns(rng)
        absent = rng.random() < 0.2 and len(columns) > 2
        target = rng.randrange(len(columns))
        asked = columns[target]
        if absent:
            columns = columns[:target] + columns[target + 1 :]
        place = rng.choice(places)
        text = _row(name, unit, columns, (low, high, decimals), rng)
        heading = f"{place}. {rng.choice(_TABLES)}"
        question = _question(name, unit, place, rng.choice(asked.asked), rng)
        answer = None if absent else text.cells[target]
        yield ReadingExample(question, text.text, answer, heading)


def _columns(rng: random.Random) -> list[_Column]:
    year = rng.randint(2015, 2027)
    first, last = year - year % 5, year - year % 5 + 5
    kind = rng.randrange(4)
    if kind == 0:
        years = range(year, year + rng.randint(3, 5))
        columns = [_Column(f"Năm {y}", (f"năm {y}",)) for y in years]
    elif kind == 1:
        columns = [
            _Column(f"Thực hiện năm {year - 1}", (f"năm {year - 1}", f"thực hiện năm {year - 1}")),
            _Column(f"Kế hoạch năm {year}", (f"kế hoạch năm {year}", f"chỉ tiêu năm {year}")),
            _Column(f"Ước thực hiện năm {year}", (f"ước năm {year}", f"ước thực hiện năm {year}")),
            _Column("So sánh với kế hoạch (%)", ("so với kế hoạch",)),
        ]
    elif kind == 2:
        columns = [
            _Column(f"Mục tiêu NQ đến năm {last}", (f"mục tiêu nghị quyết đến năm {last}", f"mục tiêu đến {last}")),
            _Column(f"Thực hiện {first} - {year}", (f"thực hiện giai đoạn {first} - {year}",)),
            _Column(f"Ước đến hết năm {last}", (f"ước đến hết năm {last}",)),
            _Column("Tỷ lệ đạt so với nghị quyết", ("đạt bao nhiêu so với nghị quyết",)),
            _Column(f"Mục tiêu đến năm {last + 5}", (f"mục tiêu đến năm {last + 5}", f"phấn đấu đến năm {last + 5}")),
        ]  # fmt: skip
    else:
        columns = [
            _Column("Kế hoạch giao", ("theo kế hoạch giao", "kế hoạch")),
            _Column("Kết quả thực hiện", ("kết quả thực hiện", "thực tế đạt")),
            _Column("Cùng kỳ năm trước", ("cùng kỳ năm trước",)),
        ]
    return columns


def _row(
    name: str,
    unit: str,
    columns: list[_Column],
    values: tuple[float, float, int],
    rng: random.Random,
) -> TableText:
    group = rng.choice(_GROUPS)
    label = f"{group} › {name}" if group else name
    if rng.random() < 0.7:
        label = f"{label} ({unit})"
    cells = [(column.header, _value(values, column, rng)) for column in columns]
    return lay_out_cells(label, cells)


def _value(values: tuple[float, float, int], column: _Column, rng: random.Random) -> str:
    low, high, decimals = values
    if column.header.startswith(("So sánh", "Tỷ lệ đạt")):
        low, high, decimals = 58, 140, 2
    written = f"{rng.uniform(low, high):,.{decimals}f}"
    if rng.random() < 0.25:  # typed on a machine set to English
        return written.replace(",", "")
    return written.translate(str.maketrans(",.", ".,"))


def _question(name: str, unit: str, place: str, column: str, rng: random.Random) -> str:
    of = f"của {rng.choice(('', 'huyện '))}{place}" if rng.random() < 0.7 else ""
    asked = rng.choice(_ASKED).format(
        place=f"Huyện {place}" if of else "", of=of, name=name[0].lower() + name[1:],
        column=column, unit=unit,
    )  # fmt: skip
    asked = " ".join(asked.split()).replace(" ,", ",").strip(" ,")
    return asked[0].upper() + asked[1:]
