# One image for both services; the command says which one runs.
#
#   docker build -t skillmark .
#   docker run --rm skillmark --help
#
# It runs as nobody in particular and needs no writable root:
#   docker run --read-only --tmpfs /tmp -v skillmark:/var/lib/skillmark …

FROM python:3.12-slim AS build
WORKDIR /source
RUN python -m venv /opt/skillmark
COPY requirements.lock ./
RUN /opt/skillmark/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN /opt/skillmark/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/skillmark/bin/pip uninstall --yes hatchling editables pip

FROM python:3.12-slim
# git captures the repositories that are assessed.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/skillmark --create-home skillmark
COPY --from=build /opt/skillmark /opt/skillmark
ENV PATH=/opt/skillmark/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    SKILLMARK_DATA_DIR=/var/lib/skillmark \
    SKILLMARK_ISSUER_HOST=0.0.0.0 \
    SKILLMARK_VERIFIER_HOST=0.0.0.0 \
    HEALTH_URL=http://127.0.0.1:8000/healthz
USER skillmark
WORKDIR /var/lib/skillmark
VOLUME /var/lib/skillmark
EXPOSE 8000 8001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(os.environ['HEALTH_URL'], timeout=2)"]
ENTRYPOINT ["skillmark"]
CMD ["issuer", "serve"]
