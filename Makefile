# Every target runs on a bare machine: scripts/prepare.py makes what is missing (uv, both environments, the model).
PYTHON ?= python3
export PORT ?= 8080
FRONT := .venv/bin/python
ENGINE := bot/.venv/bin/python

.PHONY: start setup test check train bench topic nl-model lock format

start: ## alles starten tot en met een werkend gesprek in de browser (PORT=8080)
	@$(PYTHON) scripts/start.py

setup: ## beide omgevingen en het getrainde model maken, zonder iets te starten
	@$(PYTHON) scripts/prepare.py

train: ## het taalmodel trainen als data of instellingen zijn veranderd; TOCH=1 neemt ook een model dat minder begrijpt
	@$(PYTHON) scripts/prepare.py --train $(if $(TOCH),--toch)

test: ## alle tests
	@$(PYTHON) scripts/prepare.py --dev
	@$(PYTHON) scripts/verify.py test

check: ## opmaak, typen, teksten en snelle tests: hetzelfde als CI, zonder de trage tests
	@$(PYTHON) scripts/prepare.py --dev
	@$(PYTHON) scripts/verify.py check

bench: ## snelheid en geheugen naast een kale Rasa; zoeken in oude gesprekken; hoe snel een bericht bij de balie is
	@$(PYTHON) scripts/prepare.py --dev
	@.venv/bin/steunwijzer bench

topic: ## een nieuw onderwerp: make topic NAAM=x
	@$(PYTHON) scripts/prepare.py
	@.venv/bin/steunwijzer topic "$(NAAM)"

nl-model: ## het officiële spaCy-model nl_core_news_sm installeren, als het te krijgen is
	@$(PYTHON) scripts/prepare.py --nl-model

lock: ## de vergrendelde lijsten met pakketten vernieuwen
	@$(PYTHON) scripts/prepare.py --lock

format: ## de code opmaken
	@$(PYTHON) scripts/prepare.py --dev
	@.venv/bin/ruff check --fix-only --quiet . && .venv/bin/ruff format --quiet .
