"""Offer the search as a LangChain retriever, for chains other than ours."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrieval.search import HybridSearch


class ReportRetriever(BaseRetriever):
    """Gives passages as Documents whose metadata says where each stands."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: HybridSearch
    k: int = 5  # passages a question

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        question = self.search.understand(query)
        hits = self.search.search(question, self.search.embed(question), k=self.k)
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={
                    "report": hit.passage.report,
                    "page": hit.passage.page,
                    "section": " › ".join(hit.passage.section),
                    "spans": [(span.start, span.end) for span in hit.passage.spans],
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
