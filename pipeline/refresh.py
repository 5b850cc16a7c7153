"""The seeds folder into the cache: find what is new or changed, extract it, keep the rest."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

import pipeline.extract
from pipeline import engine
from pipeline.extract.bounds import noted
from pipeline.extract.rows import ROW_TYPES, Extract
from pipeline.listing import Listing
from pipeline.progress import Progress
from pipeline.read.article import Article, Reason, Rejection
from pipeline.read.manifest import Manifest, SeedFile, files_of, from_arrow, nothing, scan, to_arrow
from pipeline.read.reader import articles, read_bytes
from pipeline.settings import Settings
from pipeline.settings import settings as current_settings
from pipeline.store import addresses, atomic, disk, mirror, places, sealed, shards

if TYPE_CHECKING:
    from pipeline.extract.parsed import ParsedArticle

ROUNDS = 3
"""How often the folder is looked at anew where files change while they are read."""


OWN_FOLDERS = frozenset({"cache", "versions", *places.PARTS, places.CURRENT})
"""What the pipeline makes in the data folder."""

LOG = logging.getLogger(__name__)


class FoldersError(ValueError):
    """The two folders cannot be used together; the message says why."""


class VanishedError(RuntimeError):
    """Most of the known articles are gone; the message says how to confirm that."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What one look at the seeds folder found and did; all counts are files."""

    n_documents: int
    n_new: int
    n_changed: int
    n_same: int
    n_removed: int
    n_extracted: int
    rejected: tuple[Rejection, ...]
    n_undated: int = 0
    """Articles whose day of publication nothing tells for certain."""


@dataclass(frozen=True, slots=True)
class Job:
    """Articles of one day that become one shard."""

    seeds: Path
    folder: Path
    day: date | None
    files: tuple[SeedFile, ...]
    max_bytes: int


class Done(NamedTuple):
    """What a job has read."""

    articles: int
    words: int
    n_bytes: int


def extractor_version(settings: Settings) -> str:
    """A fingerprint of all that decides what is read out of an article.

    The declared version, the code and word lists, the language model, spaCy, and the settings that matter to extraction.
    """
    said = (
        f"{settings.day_first} {'day_first' in settings.model_fields_set} {settings.fields} "
        f"{settings.event_confidence}"
    )
    return fingerprint(said, settings.language_model)


@cache
def fingerprint(said: str, language_model: str | None) -> str:
    """The same, of what the settings say: settings that were set to what they are anyway count as equal, and here they differ."""
    root = Path(__file__).parent
    parts = [root / name for name in ("read", "extract", "lexicon", "language", "settings.py")]
    model = Path(language_model or root / "language" / "model")
    if not model.is_dir() and (spec := find_spec(str(model))) and spec.origin:
        model = Path(spec.origin).parent
    digests: dict[Path, bytes] = {}  # the model lies below one of the parts
    whole = hashlib.sha256(f"{pipeline.extract.EXTRACTOR_VERSION} {version('spacy')} {said}".encode())
    for part in (*parts, model):
        files = [part] if part.is_file() else sorted(p for p in part.rglob("*") if p.is_file())
        for path in files:
            if "__pycache__" not in path.parts:
                digests[path] = digests[path] if path in digests else _file_digest(path)
                whole.update(f"{path.relative_to(part).as_posix()}\0".encode() + digests[path])
    return whole.hexdigest()[:20]


def _file_digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def manifest_path(data: Path) -> Path:
    """Where the manifest of the last complete refresh lies."""
    return data / "cache" / "manifest.arrow"


def load_manifest(data: Path) -> tuple[Manifest, str]:
    """The manifest of the last complete refresh and the extractor version; nothing before the first."""
    found = sealed.kept(manifest_path(data), lambda content: from_arrow(sealed.held(content)))
    return (nothing(), "") if found is None else found


def cached(data: Path, extractor: str) -> Path:
    """The folder of an extractor version's shards."""
    return data / "cache" / "extract" / extractor


def shards_path(data: Path) -> Path:
    """Where it is kept what each shard holds."""
    return data / "cache" / "index.arrow"


def refresh(
    seeds: Path,
    data: Path,
    settings: Settings | None = None,
    *,
    tell: Callable[[str], None] | None = None,
    again: str = "",
    whole: bool = False,
    listed: Listing | None = None,
) -> Refreshed:
    """Bring the cache up to date with the seeds folder and write the manifest; `tell` hears how far it is.

    `again`: a month (`2026-03`, or `undated`) whose articles are read again though nothing has changed.
    `whole`: look into every file, though its size and times say that it is the same, and have each page looked at.
    `listed`: the seeds folder as it was listed just now.

    The caller holds the lock on `data`. Raises FileNotFoundError or NotADirectoryError where `seeds` is no folder,
    FoldersError where it lies among what the pipeline makes, VanishedError where most articles are gone and the settings do not accept that.
    """
    check_folders(seeds, data)
    settings = settings or current_settings()
    with disk.guarding(data):
        if again:
            shards.forget_month(cached(data.absolute(), extractor_version(settings)), again)
        if whole:
            atomic.remove(shards_path(data))
            atomic.remove(places.pages_noted(data))
        return _refresh(seeds, data, settings, tell, whole=whole, listed=listed)


def _refresh(
    seeds: Path,
    data: Path,
    settings: Settings,
    tell: Callable[[str], None] | None,
    *,
    whole: bool,
    listed: Listing | None,
) -> Refreshed:
    seeds, data = seeds.absolute(), data.absolute()  # workers may stand elsewhere
    extractor = extractor_version(settings)
    folder = cached(data, extractor)
    shards.look_anew()
    previous, before = load_manifest(data)
    n_extracted = 0
    for _ in range(ROUNDS):
        manifest = scan(
            seeds,
            previous,
            listed=listed,
            reread=before != extractor,
            whole=whole,
            leave_out=data,
            max_bytes=settings.max_bytes,
        )
        listed = None  # it may have changed meanwhile
        if not settings.accept_vanished:
            _check_vanished(previous, manifest, seeds)
        found = shards.index(folder, manifest.rows, shards_path(data))
        if found.missing and mirror.bring_records(folder):
            found = shards.index(folder, manifest.rows, shards_path(data))
        if not found.missing:
            break
        missing = files_of(manifest.rows.take(pa.array(found.missing)))
        lost = len({f.path for f in missing}.intersection(manifest.same)) if before == extractor else 0
        if lost and not n_extracted:
            LOG.warning("%d articles are gone from the cache below %s; they are read again.", lost, data)
        n_extracted += _extract(missing, seeds, folder, settings, tell)
        came = {file.published_on for file in missing}
        found = shards.index(folder, manifest.rows, shards_path(data), came=came)
        if not found.missing:
            break
    shards.tidy(found, settings.shard_documents)
    manifest = _without_failures(manifest, found)
    sealed.write(manifest_path(data), sealed.arrow_bytes(to_arrow(manifest, extractor)))
    shards.forget_others(folder)
    n_undated = manifest.rows["published_on"].null_count
    if n_undated and tell:
        tell(
            f"{n_undated:,} of {manifest.rows.num_rows:,} articles are undated: documents.note says what was seen."
        )
    return Refreshed(
        n_documents=manifest.rows.num_rows,
        n_new=len(manifest.new),
        n_changed=len(manifest.changed),
        n_same=manifest.n_same,
        n_removed=len(manifest.removed),
        n_extracted=n_extracted,
        rejected=manifest.unreadable,
        n_undated=n_undated,
    )


def check_folders(seeds: Path, data: Path) -> None:
    """Refuse a seeds folder that is none, or whose files the pipeline makes itself. Data below the seeds is passed over."""
    if not seeds.exists():
        raise FileNotFoundError(f"The folder {seeds} does not exist.")
    if not seeds.is_dir():
        raise NotADirectoryError(f"{seeds} is not a folder.")
    place, root = seeds.resolve(), data.resolve()
    if place == root:
        raise FoldersError(f"Articles and tables need two folders, both are {seeds}.")
    if root in place.parents and place.relative_to(root).parts[0] in OWN_FOLDERS:
        raise FoldersError(
            f"The folder of the articles, {seeds}, lies among what the pipeline makes in {data}."
        )


def _check_vanished(previous: Manifest, manifest: Manifest, seeds: Path) -> None:
    """Refuse to go on where more than half of the known articles are gone at once; one under another name is not gone."""
    known = previous.rows.num_rows
    if 2 * len(manifest.removed) <= known:
        return
    of_removed = previous.rows.filter(pc.is_in(previous.rows["path"], pa.array(manifest.removed)))
    there = pc.is_in(of_removed["sha256"], manifest.rows["sha256"].combine_chunks())
    gone = of_removed.num_rows - (pc.sum(there).as_py() or 0)
    if 2 * gone > known:
        raise VanishedError(
            f"{gone:,} of the {known:,} known articles are gone from {seeds} (is a share not mounted?). Nothing was "
            "changed. If they are to go from the tables too: --accept-vanished, or NEWSTABLES_ACCEPT_VANISHED=true."
        )


def _without_failures(manifest: Manifest, found: shards.Index) -> Manifest:
    """The manifest with the articles that failed, or never held still, among the rejected."""
    paths = manifest.rows["path"]
    why = {row: Rejection(paths[row].as_py(), Reason.CHANGING) for row in found.missing}
    for row, told in found.failures.items():
        why[row] = Rejection(paths[row].as_py(), Reason.EXTRACTION, told)
    return manifest.but([*why], why.values())


def jobs(missing: Iterable[SeedFile], seeds: Path, folder: Path, settings: Settings) -> Iterator[Job]:
    """Cut articles into jobs: by day, in order, each bounded in articles and bytes."""
    part: list[SeedFile] = []
    for file in sorted(missing, key=lambda f: (f.published_on is None, f.published_on or date.min, f.path)):
        full = (
            len(part) == settings.shard_documents
            or sum(f.size for f in part) + file.size > settings.shard_bytes
        )
        if part and (full or part[0].published_on != file.published_on):
            yield Job(seeds, folder, part[0].published_on, tuple(part), settings.max_bytes)
            part = []
        part.append(file)
    if part:
        yield Job(seeds, folder, part[0].published_on, tuple(part), settings.max_bytes)


def _extract(
    missing: list[SeedFile],
    seeds: Path,
    folder: Path,
    settings: Settings,
    tell: Callable[[str], None] | None,
) -> int:
    """Extract articles into shards; returns how many."""
    work = list(jobs(missing, seeds, folder, settings))
    n_bytes = sum(f.size for f in missing)
    progress = Progress(len(missing), n_bytes, tell or (lambda _: None))
    n_extracted = 0
    read = extract_shard
    if addresses.address(folder.parents[2]):
        from pipeline.afar import extract_shard as read
    with engine.executor(settings, n_jobs=len(work), n_bytes=n_bytes) as pool:
        for done in engine.each(pool, read, work, weight=lambda job: len(job.files), label="Extracting"):
            progress.add(*done)
            n_extracted += done.articles
    mirror.bring_records(folder)
    return n_extracted


def extract_shard(job: Job) -> Done:
    """Read and extract the articles of a job and write its shard.

    An article that changed since it was listed is left for the next look at the folder.
    """
    wanted_from: dict[str, set[shards.Key]] = {}
    locations = {file.file: file.location for file in job.files}
    for file in job.files:
        wanted_from.setdefault(file.file, set()).add((file.path, file.sha256))
    found: list[Article] = []
    for name, keys in wanted_from.items():
        data = read_bytes(job.seeds / locations[name], job.seeds, max_bytes=job.max_bytes)
        fingerprints = {sha256 for _, sha256 in keys}
        for read in () if isinstance(data, Rejection) else articles(data, name, wanted=fingerprints):
            if isinstance(read, Article) and (read.path, read.sha256) in keys:
                found.append(read)
        del data  # a large file must not stay while its articles are read
    if found:
        shards.write(job.folder, job.day, (_line(a, rows) for a, rows in extract_articles(found)))
    words = sum(len(read.text.split()) for read in found)
    return Done(len(found), words, sum(file.size for file in job.files))


def _line(read: Article, extracted: Extract | str) -> pa.RecordBatch:
    """An article's line of a shard. Rows that it cannot hold are left out but for the document's and the sentences'."""
    key = (read.path, read.sha256)
    try:
        return shards.line(key, extracted)
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as error:
        assert isinstance(extracted, Extract)
        rest: dict[str, list[Any]] = {table: [] for table in ROW_TYPES}
        rest |= {"documents": extracted.documents, "sentences": extracted.sentences}
        note = f"Beyond its sentences its rows could not be kept ({_describe(error)})."
        try:
            return shards.line(key, noted(Extract(**rest), note))
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            return shards.line(key, _describe(error))


def extract_articles(articles: list[Article]) -> Iterator[tuple[Article, Extract | str]]:
    """The rows of each article, or what went wrong with it: one that fails does not take the others with it."""
    from pipeline.extract import extract  # with spaCy, which a run that has nothing to read does without

    for read, parsed in _parse(articles):
        if isinstance(parsed, str):
            yield read, parsed
            continue
        try:
            yield read, extract(parsed)
        except (ImportError, OSError):
            raise  # the installation is broken, not the article: stop, and remember nothing
        except Exception as error:
            yield read, _describe(error)


def _parse(articles: list[Article]) -> Iterator[tuple[Article, "ParsedArticle | str"]]:
    from pipeline import language
    from pipeline.extract.parsed import parse

    nlp = language.load()
    done = 0
    try:
        for parsed in parse(articles, nlp):
            yield parsed.article, parsed
            done += 1
    except (ImportError, OSError):
        raise
    except Exception:
        for alone in articles[done:]:
            try:
                yield alone, next(parse([alone], nlp))
            except Exception as error:
                yield alone, _describe(error)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
