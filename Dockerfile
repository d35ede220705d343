# syntax=docker/dockerfile:1
# docker build -t sidecar-lint . && docker run --rm -v "$PWD:/work:ro" sidecar-lint
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY lint lint
COPY rules rules
COPY schemas schemas
# Bytecode is made here: the user of the image may not write beside the sources.
RUN python -m venv /opt/sidecar-lint \
    && /opt/sidecar-lint/bin/pip install --no-cache-dir --compile . \
    && /opt/sidecar-lint/bin/pip uninstall --yes pip

FROM python:3.13-slim
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="sidecar-lint" \
      org.opencontainers.image.description="Linter for AWS Copilot manifests" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/sidecar-lint /opt/sidecar-lint
ENV PATH="/opt/sidecar-lint/bin:${PATH}"
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["sidecar-lint"]
