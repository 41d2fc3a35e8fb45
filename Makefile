# Hỏi Báo Cáo: `make help` lists what can be done.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8501
ADDRESS ?= 127.0.0.1
REPORTS ?= reports
OUT ?= so-lieu.xlsx
export PYTHON
# What is installed is all that is used: no model hub, no usage figures sent by any library.
export HF_HUB_OFFLINE ?= 1
export HF_HUB_DISABLE_TELEMETRY := 1
export ANONYMIZED_TELEMETRY := False
# The question goes through the environment, so that its quotes and signs reach Python as typed.
export QUESTION := $(value Q)

VENV := .venv
RUN := $(VENV)/bin/python

# An interpreter that was removed or upgraded leaves .venv unusable: install anew.
ifeq ($(shell $(RUN) -c 'print(1)' 2>/dev/null),)
$(shell rm -f $(VENV)/.run $(VENV)/.dev)
endif

.PHONY: help run index ask train chat figures test lint eval bench lock clean

help: ## Các lệnh có sẵn
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
	  while IFS=$$'\t' read -r name what; do printf '  make %-7s %s\n' "$$name" "$$what"; done

run: index ## Cài đặt, nạp báo cáo rồi mở trang hỏi đáp (PORT=8501, ADDRESS=127.0.0.1, REPORTS=reports)
	@setup/serve.sh '$(PORT)' '$(ADDRESS)'

index: $(VENV)/.run ## Chỉ nạp báo cáo (REPORTS=thư mục)
	@$(RUN) -m ingest '$(REPORTS)' || { [ $$? -eq 1 ] && \
	  echo '  Có báo cáo chưa nạp được (xem trên); các báo cáo khác vẫn dùng được.' >&2; }

ask: $(VENV)/.run ## Hỏi một câu ngay trong cửa sổ lệnh: make ask Q="Độ che phủ rừng Mường Tè?"
	@[ -n "$$QUESTION" ] || { echo '  Thiếu câu hỏi: make ask Q="…"' >&2; exit 2; }
	@[ -e "$${INDEX_DIR:-data/index}" ] || $(MAKE) index
	@$(RUN) -m retrieval --ask "$$QUESTION"

chat: $(VENV)/.run ## Hỏi đáp nối tiếp trong cửa sổ lệnh
	@[ -e "$${INDEX_DIR:-data/index}" ] || $(MAKE) index
	@$(RUN) -m retrieval --chat

figures: $(VENV)/.run ## Xuất mọi số liệu kèm nguồn ra tệp .xlsx hoặc .csv (OUT=so-lieu.xlsx)
	@[ -e "$${INDEX_DIR:-data/index}" ] || $(MAKE) index
	@$(RUN) -m ingest --figures '$(OUT)'

test: $(VENV)/.dev ## Cài đặt và chạy mọi kiểm thử (ARGS="-k tên")
	@setup/browser.sh
	@setup/documents.sh
	@$(RUN) -m pytest -rfEs $(ARGS)

lint: $(VENV)/.dev ## Kiểm tra mã: ruff và mypy
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

eval: $(VENV)/.dev ## Chấm câu trả lời trên bộ câu hỏi mẫu (ARGS=--ablation: thử bỏ từng phần)
	@$(RUN) -m evaluation $(ARGS)

train: $(VENV)/.dev ## Dạy và đo mô hình đọc đang thử (DATA=thư mục dữ liệu)
	@[ -d '$(DATA)' ] || { echo '  Thiếu thư mục dữ liệu: make train DATA=…' >&2; exit 2; }
	@$(RUN) -m training '$(DATA)'

bench: $(VENV)/.dev ## Đo tốc độ và bộ nhớ (ARGS=--quick: đo nhanh)
	@setup/documents.sh
	@$(RUN) -m evaluation.bench $(ARGS)
	@$(RUN) -m evaluation.bench_embeddings

lock: $(VENV)/.run ## Khóa lại phiên bản các thư viện kéo theo (ARGS=--upgrade)
	@setup/lock.sh $(ARGS)

clean: ## Xóa thư viện đã cài, chỉ mục và tệp tạm (báo cáo giữ nguyên)
	@rm -rf $(VENV) data/index data/models data/eval .pytest_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.run: requirements.txt requirements.lock setup/install.sh
	@setup/install.sh run
	@setup/documents.sh

$(VENV)/.dev: requirements.txt requirements-dev.txt requirements.lock setup/install.sh
	@setup/install.sh dev
