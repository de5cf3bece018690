# The course's commands. Each makes the environment first if need be; a second run
# installs nothing. PYTHON chooses another Python: make test PYTHON=python3.13
# ARGS adds words to a command:                    make test ARGS="-k paths"

export PYTHON
ENV = @sh tools/env.sh

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1@/p' Makefile | tr '@' '\t' | expand -t 18

course: ## the whole site: every lesson run, checked and rendered
	$(ENV) cxlab build $(ARGS)

test: export OPENBLAS_NUM_THREADS = 1
test: ## all tests (which take every core: arithmetic must not ask for more)
	$(ENV) python -m pytest -n logical $(ARGS)

sweep: ## every lesson over twenty seeds: how often each verdict comes out
	$(ENV) cxlab sweep $(ARGS)

lab: ## JupyterLab on a trainee's own folder
	$(ENV) cxlab lab $(ARGS)

check: ## style, types, layers, spelling, lesson rules, locks
	$(ENV) pre-commit run --all-files --color=auto $(ARGS)

bench: ## what the README's table of speeds quotes
	$(ENV) sh -c 'bad=0; for bench in tests/bench/bench_*.py; do \
		echo "== $$bench"; python "$$bench" $(ARGS) || bad=1; done; exit $$bad'

picture: ## the README's picture of a rendered lesson
	$(ENV) python tools/picture.py

lock: ## both locks from pyproject.toml; ARGS=--upgrade takes newer versions
	$(ENV) python -m cxlab.course.locks --write $(ARGS)

clean: ## remove what was built; environments stay
	rm -rf build

.PHONY: help course test sweep lab check bench picture lock clean
