# Two stages: what runs has neither pip nor a compiler in its environment, and nothing runs as root.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt .
# Every package is the one whose hash is in the lock, or the build stops.
RUN python -m venv --without-pip /venv \
 && pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --only-binary=:all: --require-hashes --requirement requirements.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --create-home countmein
COPY --from=packages /venv /app/.venv
COPY bin /app/bin
COPY bot /app/bot
COPY handlers /app/handlers
COPY publishers /app/publishers
COPY coop /app/coop
COPY storage /app/storage
RUN ln -s /app/bin/countmein /usr/local/bin/countmein
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/countmein.db PORT=8080 LOG_FORMAT=json
USER countmein
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python3", "-c", \
  "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["countmein"]
CMD ["run"]
