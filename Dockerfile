# Builds without a network from the wheels that `make wheels` has put into wheels/ (made on the same kind of machine, with the
# same Python as this image), and runs as a user without rights.
ARG PYTHON=3.12
FROM python:${PYTHON}-slim

RUN useradd --create-home --uid 10001 newstables \
    && mkdir -p /srv/newstables/seeds /srv/newstables/data /srv/newstables/dagster \
    && chown -R newstables /srv/newstables
RUN --mount=type=bind,source=wheels,target=/wheels \
    python -m pip install --no-cache-dir --no-index --find-links /wheels newstables

USER newstables
WORKDIR /srv/newstables
ENV NEWSTABLES_SEEDS_DIR=/srv/newstables/seeds \
    NEWSTABLES_DATA_DIR=/srv/newstables/data \
    DAGSTER_HOME=/srv/newstables/dagster \
    NEWSTABLES_HOST=0.0.0.0
EXPOSE 3000
# Dagster's pages have no password: publish the port to the machine itself only (docker run -p 127.0.0.1:3000:3000).
HEALTHCHECK --interval=30s --timeout=10s --start-period=180s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:3000/server_info', timeout=8)"]
STOPSIGNAL SIGINT
ENTRYPOINT ["newstables"]
CMD ["ui"]
