"""Hosts whose disk is emptied at every restart: a SQLite file there is a register that will be lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from storage.database import address

# A folder on one of these is as short-lived as the process, or shared in a way SQLite's locks cannot bear.
UNFIT = frozenset(
    {"tmpfs", "ramfs", "overlay", "aufs", "nfs", "nfs4", "cifs", "smb3", "9p", "fuse", "fuse.gcsfuse"}
)


@dataclass(frozen=True)
class Host:
    """A host as it shows itself, and how PostgreSQL is added there: the command, or that there is none.

    Where `volumes` are sold, a file on a mounted one is accepted.
    """

    variable: str
    name: str
    volumes: bool
    remedy: str


RAILWAY = (
    "Add PostgreSQL with `railway add --database postgres`, and set DATABASE_URL to "
    "${{Postgres.DATABASE_URL}}."
)
HOSTS = (
    Host(
        "DYNO",
        "Heroku",
        False,
        "Add PostgreSQL with `heroku addons:create heroku-postgresql:essential-0`; it sets DATABASE_URL too.",
    ),
    Host(
        "K_SERVICE",
        "Cloud Run",
        False,
        "Add PostgreSQL with `gcloud sql instances create countmein --database-version=POSTGRES_17 "
        "--edition=enterprise --tier=db-f1-micro --region=europe-west2`, and set DATABASE_URL to its "
        "address.",
    ),
    Host(
        "RENDER",
        "Render",
        True,
        "There is no command that adds PostgreSQL: in Render's dashboard choose New, then Postgres, and set "
        "DATABASE_URL to its internal URL.",
    ),
    Host("RAILWAY_ENVIRONMENT", "Railway", True, RAILWAY),
    Host("RAILWAY_ENVIRONMENT_NAME", "Railway", True, RAILWAY),
    Host(
        "FLY_APP_NAME",
        "Fly.io",
        True,
        "Add PostgreSQL with `fly mpg create`, then `fly mpg attach` and the id it gave; that sets "
        "DATABASE_URL too.",
    ),
    Host(
        "KUBERNETES_SERVICE_HOST",
        "Kubernetes",
        True,
        "There is no command that adds PostgreSQL to every cluster: ask whoever runs yours, or make a "
        "database in your provider's console, and set DATABASE_URL to its address.",
    ),
    Host(
        "ECS_CONTAINER_METADATA_URI_V4",
        "Amazon ECS",
        True,
        "Add PostgreSQL with `aws rds create-db-instance --db-instance-identifier countmein "
        "--db-name countmein --engine postgres --db-instance-class db.t4g.micro --allocated-storage 20 "
        "--master-username countmein --manage-master-user-password`, and set DATABASE_URL to its address.",
    ),
)


def trouble(database_url: str, variables: Mapping[str, str], mounts: str) -> str:
    """Why the SQLite file would be lost on this host and what helps, or nothing.

    `mounts` has the shape of /proc/self/mounts.
    """
    url = address(database_url)
    host = next((host for host in HOSTS if variables.get(host.variable)), None)
    if url.get_backend_name() != "sqlite" or host is None:
        return ""
    if host.volumes and is_on_a_volume(Path(url.database or "").absolute(), mounts):
        return ""
    where = f"{host.name} empties its disk at every restart" + (
        " unless a volume is mounted" if host.volumes else ""
    )
    return f"keeps the register in a file, but {where}. {host.remedy}"


def is_on_a_volume(file: Path, mounts: str) -> bool:
    """True when a disk of its own, fit for SQLite, is mounted at or above the file's folder."""
    kinds = {fields[1]: fields[2] for line in mounts.splitlines() if len(fields := line.split()) > 2}
    folders = [str(folder) for folder in PurePosixPath(file).parents]
    nearest = next((folder for folder in folders if folder in kinds), "/")
    return nearest != "/" and kinds[nearest] not in UNFIT


def mounts() -> str:
    """What is mounted here; empty where the system does not say."""
    table = Path("/proc/self/mounts")
    return table.read_text(encoding="utf-8") if table.exists() else ""
