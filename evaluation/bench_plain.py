"""Index a folder as plain LangChain does, to measure the assistant's ingest against.

    python -m evaluation.bench_plain FOLDER INDEX MODEL

Each file gives what the loader that LangChain's own guides name for its format gives: .txt what
`TextLoader` does, .pdf what `PyPDFLoader` does (pypdf, a document a page), .docx what
`Docx2txtLoader` does (the text of all paragraphs, those of tables too), .html what `BSHTMLLoader`
does (all text of the page, tags away), .xlsx the rows of each sheet, as `UnstructuredExcelLoader`
gives them in its plain mode. The rest is LangChain's own: `RecursiveCharacterTextSplitter` at 1,000
characters with 200 of overlap; vectors as `HuggingFaceEmbeddings` makes them (sentence-transformers,
torch, float32); stored as its `Chroma` stores them, all at once. Prints the number of pieces.
"""

import argparse
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import chromadb
import docx
import openpyxl
from chromadb.api.types import Metadata
from chromadb.config import Settings as ChromaSettings
from langchain_core.documents import Document
from langchain_text_splitters import RecursiveCharacterTextSplitter
from lxml import html
from pypdf import PdfReader
from sentence_transformers import SentenceTransformer

_SIZE = 1000  # characters
_OVERLAP = 200


def main() -> int:
    """Index from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench_plain")
    parser.add_argument("folder", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("model", type=Path, help="a folder that sentence-transformers can load")
    given = parser.parse_args()
    print(index_plainly(given.folder, given.index, SentenceTransformer(str(given.model))))
    return 0


def index_plainly(folder: Path, index: Path, model: SentenceTransformer) -> int:
    """Index all files of a folder, and give the number of pieces; files without text give none."""
    documents = [document for path in sorted(folder.iterdir()) for document in load(path)]
    splitter = RecursiveCharacterTextSplitter(chunk_size=_SIZE, chunk_overlap=_OVERLAP)
    pieces = splitter.split_documents(documents)
    client = chromadb.PersistentClient(str(index), ChromaSettings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("langchain", embedding_function=None)
    if pieces:
        texts = [piece.page_content for piece in pieces]
        metadatas: list[Metadata] = [{"source": piece.metadata["source"]} for piece in pieces]
        vectors = model.encode([text.replace("\n", " ") for text in texts])
        collection.upsert(
            ids=[str(uuid.uuid4()) for _ in texts],
            embeddings=vectors,
            documents=texts,
            metadatas=metadatas,
        )
    return collection.count()


def load(path: Path) -> Iterator[Document]:
    """Give a file's text as its loader does."""
    for text in _texts(path):
        yield Document(text, metadata={"source": str(path)})


def _texts(path: Path) -> Iterator[str]:
    match path.suffix:
        case ".txt":
            yield path.read_text("utf-8")
        case ".pdf":
            yield from (page.extract_text() for page in PdfReader(path).pages)
        case ".docx":
            body = docx.Document(str(path)).element.body
            paragraphs = (element for element in body.iter() if element.tag.endswith("}p"))
            yield "\n\n".join("".join(paragraph.itertext()) for paragraph in paragraphs)
        case ".html":
            yield html.document_fromstring(path.read_bytes()).text_content()
        case ".xlsx":
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            for sheet in book.worksheets:
                rows = sheet.iter_rows(values_only=True)
                yield "\n".join("\t".join(str(c) for c in row if c is not None) for row in rows)
        case other:
            sys.exit(f"{path.name}: không có cách đọc nào cho tệp {other}")


if __name__ == "__main__":
    sys.exit(main())
