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
    """A host as it shows itself. Where `volumes` are sold, a file on a mounted one is accepted."""

    variable: str
    name: str
    volumes: bool
    add_postgresql: str


HOSTS = (
    Host("DYNO", "Heroku", False, "`heroku addons:create heroku-postgresql:essential-0`"),
    Host(
        "K_SERVICE",
        "Cloud Run",
        False,
        "`gcloud sql instances create countmein --database-version=POSTGRES_17 --edition=enterprise "
        "--tier=db-f1-micro --region=europe-west2`",
    ),
    Host("RENDER", "Render", True, "New → Postgres in its dashboard"),
    Host("RAILWAY_ENVIRONMENT", "Railway", True, "`railway add --database postgres`"),
    Host("RAILWAY_ENVIRONMENT_NAME", "Railway", True, "`railway add --database postgres`"),
    Host("FLY_APP_NAME", "Fly.io", True, "`fly mpg create` (and `fly mpg attach` its id)"),
    Host(
        "KUBERNETES_SERVICE_HOST",
        "Kubernetes",
        True,
        "your cluster's own operator or your provider's console",
    ),
    Host(
        "ECS_CONTAINER_METADATA_URI_V4", "Amazon ECS", True, "`aws rds create-db-instance --engine postgres`"
    ),
)


def trouble(database_url: str, variables: Mapping[str, str], mounts: str) -> str:
    """Why the SQLite file would be lost on this host and the command that helps, or nothing.

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
    return (
        f"keeps the register in a file, but {where}. Add PostgreSQL with {host.add_postgresql} "
        f"and set DATABASE_URL to what it gives you."
    )


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
