# syntax=docker/dockerfile:1
FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
# what is inside, with hashes and licences; the image is not made when a licence is not one of ours
COPY pyproject.toml ./
COPY tools/sbom.py ./tools/sbom.py
RUN /opt/venv/bin/python -m tools.sbom /opt/venv/sbom.cdx.json

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin tijdens \
    && install -d -o 10001 -m 0700 /data \
    && printf '#!/bin/sh\nexec python -m collector "$@"\n' > /usr/local/bin/tijdens \
    && chmod 0755 /usr/local/bin/tijdens
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY LICENSE deploy/healthy.py ./
COPY collector ./collector
COPY widget ./widget
COPY dashboard ./dashboard
# compiled here: the file system is read-only when it runs
RUN python -m compileall -q collector
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/app \
    PYTHONUNBUFFERED=1 \
    TIJDENS_HOST=0.0.0.0 \
    TIJDENS_STORE=sqlite:////data/tijdens.db
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 CMD ["python", "/app/healthy.py"]
CMD ["tijdens", "serve"]
