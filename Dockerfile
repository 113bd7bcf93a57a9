# One image for all functions; FUNCTION_TARGET says which of them an instance is (docs/adr/0016).
FROM python:3.11-slim AS built

WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements.txt
# Libraries may hold files for other Pythons, which do not compile and are never loaded.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash /venv/lib || true
COPY main.py .
COPY functions functions
COPY shared shared
# Compiled once here instead of at every cold start.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash main.py functions shared

FROM python:3.11-slim

ARG RELEASE=unknown
LABEL org.opencontainers.image.revision=$RELEASE
RUN useradd --uid 1000 --no-create-home visita
COPY --from=built /venv /venv
COPY --from=built /app /app
WORKDIR /app
USER 1000
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FUNCTION_SOURCE=main.py PORT=8080
HEALTHCHECK NONE
CMD ["functions-framework"]
