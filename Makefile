# The front of the build; meson and ninja stand behind it. `make help` lists the targets.
#
# RESIDENTS, PORT, DATA, ONCE: for demo · RESIDENTS: for bench · SECONDS: for torture and fuzz · SEEDS: for simulate and worlds · FAILURES: for museum

BUILD     := build
PORT      := 8443
DATA      := ./demo-data
JOBS      := $(shell nproc)

.PHONY: help setup build demo quick check screenshots bench fuzz torture threads simulate worlds museum format lint install

help:
	@echo "make demo       最初から最後まで: 準備・ビルド・北九州市の町名による合成データで1か月の業務 (ONCE=1 で要約のあと終了)"
	@echo "make check      準備・ビルド・すべてのテスト"
	@echo "make quick      準備・ビルド・数分でおわるテストだけ (コミットの前に)"
	@echo "make screenshots 画面の絵をかきなおす (docs/pictures)"
	@echo "make setup      足りないパッケージだけを入れる"
	@echo "make build      ビルドだけ (build/sesshu)"
	@echo "make bench      測定 (RESIDENTS=910000 で全市)"
	@echo "make torture    障害試験をすべての書込み点で (SECONDS=N で上限)"
	@echo "make threads    並んで動くところをスレッドの検査 (ThreadSanitizer) で"
	@echo "make simulate   合成の市を SEEDS=N 通りつくり、取込の結果を真の宛名と比べる"
	@echo "make worlds     情報連携のやりとりを、故障の起こる SEEDS=N 通りの世界で"
	@echo "make museum     よそで起きた失敗を一つずつ入れて、テストが赤くなることを (FAILURES=\"F01 F08\" で選ぶ)"
	@echo "make fuzz       入力の読取りを SECONDS=N 秒ずつ揺さぶる"
	@echo "make format lint install"

setup:
	@tools/setup.sh

build:
	@tools/build.sh $(BUILD)

demo: setup build
	@$(BUILD)/sesshu demo --residents $(or $(RESIDENTS),20000) --data $(DATA) --port $(PORT) $(if $(ONCE),--once)

quick: setup
	@tools/quick.sh

check: setup
	@tools/check.sh

screenshots: setup build
	@python3 tests/browser/screens.py $(BUILD)/sesshu --keep docs/pictures

bench: setup build
	@tools/bench.sh $(or $(RESIDENTS),100000)

fuzz: setup
	@tools/fuzz.sh $(or $(SECONDS),300)

torture: setup build
	@tools/torture.sh $(or $(SECONDS),0)

threads: setup
	@tools/threads.sh

simulate: setup build
	@tools/simulate.sh $(or $(SEEDS),10)

museum: setup
	@python3 tests/museum/museum.py run . $(FAILURES)

worlds: setup build
	@$(BUILD)/tests/linkage_worlds $(or $(SEEDS),2000)

format:
	@git ls-files '*.c' '*.h' | xargs clang-format -i

lint: build
	@git ls-files 'src/*.c' | xargs -P $(JOBS) -n 4 clang-tidy -p $(BUILD) --quiet

install: build
	@meson install -C $(BUILD)
