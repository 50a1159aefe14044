# All of it is in tools/dev.py, which runs without make as well. Arguments: make test ARGS="tests/store -x"
PYTHON ?= python3

.PHONY: run test prove check bench setup lock sbom

run test prove check bench setup lock sbom:
	@$(PYTHON) tools/dev.py $@ $(ARGS)
