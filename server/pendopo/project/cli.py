"""The command `pendopo`.

Each command is a function here; Django is loaded only by those that need it.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

from pendopo.project.backup.manifest import BackupError
from pendopo.project.deployment import Deployment, DeploymentError, deployment
from pendopo.project.postgres import Cluster, ClusterError

Command = Callable[[argparse.Namespace], int]


LARGEST_BOUNCE = 2_000_000  # bytes of a returned mail that are looked at


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit code.

    What is wrong with the installation is said in one sentence.
    """
    arguments = _parser().parse_args(argv)
    try:
        command: Command = arguments.command
        return command(arguments)
    except (DeploymentError, ClusterError, BackupError) as problem:
        print(problem, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pendopo", description="Video meetings of a regional government."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about, description=about)
        sub.set_defaults(command=command)
        return sub

    run = add("run", _run, "Start everything and keep it running until Ctrl-C.")
    run.add_argument(
        "--with-parent",
        action="store_true",
        help="stop when the program that started this one is gone",
    )
    add(
        "check",
        _check,
        "Say of every setting and part whether it is right; exit code 1 if one is not.",
    )
    add("migrate", _migrate, "Bring the database up to date.")
    add("demo", _demo, "Fill the database with the demo office.")
    backup = add("backup", _backup, "Back up database, uploads and secrets; meetings may go on.")
    backup.add_argument("folder", type=Path, metavar="DIR", help="where backups are kept")
    backup.add_argument(
        "--quick", action="store_true", help="don't prove the backup by restoring it"
    )
    backup.add_argument(
        "--keep", type=int, metavar="N", help="delete all but the newest N backups afterwards"
    )
    restore = add("restore", _restore, "Take a backup back, into an empty installation.")
    restore.add_argument("folder", type=Path, metavar="DIR", help="the backup's own folder")
    add("version", _version, "Print the version.")
    add("worker", _worker, "Work off the queue (`run` starts one).")
    add("bounce", _bounce, "Read a returned mail from standard input and note it at its message.")
    add("prepare", _prepare, "Everything that must be done before the pages start (`run` does it).")
    manage = add("manage", _manage, "Any management command of Django.")
    manage.add_argument("words", nargs=argparse.REMAINDER, metavar="…")
    _add_token(add("token", _token_create, "API tokens."))
    return parser


def _add_token(parser: argparse.ArgumentParser) -> None:
    create = parser.add_subparsers(required=True, metavar="create").add_parser(
        "create", help="Make a token; it is printed as the last word and never shown again."
    )
    create.add_argument("--account", required=True, metavar="EMAIL", help="whose token it is")
    create.add_argument(
        "--scope",
        required=True,
        action="append",
        dest="scopes",
        metavar="AREA:read|write",
        help="repeat for more",
    )
    create.add_argument(
        "--days",
        type=int,
        metavar="N",
        help="how long it is valid; without this it does not end",
    )


# ---- commands


def _run(arguments: argparse.Namespace) -> int:
    from pendopo.project import process, supervisor
    from pendopo.project.backup.restoring import refuse_half_restored

    refuse_half_restored(deployment())
    if arguments.with_parent:
        process.die_with_parent(os.getppid(), signal.SIGTERM)
    return supervisor.run(deployment())


def _check(_: argparse.Namespace) -> int:
    from pendopo.project import check

    return check.run()


def _migrate(_: argparse.Namespace) -> int:
    return _django("migrate")


def _manage(arguments: argparse.Namespace) -> int:
    return _django(*arguments.words)


def _bounce(_: argparse.Namespace) -> int:
    with _database():
        _set_up_django()
        from pendopo.notices.actions.delivery import note_bounce

        # A mail server hands over whatever came; what is no report of ours is none of its faults.
        note_bounce(sys.stdin.buffer.read(LARGEST_BOUNCE))
    return 0


def _worker(_: argparse.Namespace) -> int:
    from pendopo.project.supervisor.programs import WORKER_CONCURRENCY, WORKER_GRACE

    return _django(
        "procrastinate", "worker", "--concurrency", str(WORKER_CONCURRENCY),
        "--shutdown-graceful-timeout", str(WORKER_GRACE),
        database=False,
    )  # fmt: skip


def _prepare(_: argparse.Namespace) -> int:
    from pendopo.project.preparation import prepare

    _set_up_django()
    prepare(deployment())
    return 0


def _demo(_: argparse.Namespace) -> int:
    with _database():
        _set_up_django()
        from pendopo.project import demo

        if not demo.load_demo():
            print(
                "There is an office or an account already, so nothing was added.", file=sys.stderr
            )
            return 1
        print(
            f"The demo office is there, with {len(demo.ACCOUNTS)} accounts; "
            f"their password is {demo.PASSWORD}"
        )
    return 0


def _token_create(arguments: argparse.Namespace) -> int:
    with _database():
        _set_up_django()
        from pendopo.foundation.errors import Refused
        from pendopo.people.actions.tokens import create_api_token

        try:
            token = create_api_token(arguments.account, arguments.scopes, arguments.days)
        except Refused as refused:
            print(refused.sentence, file=sys.stderr)
            return 1
        print(f"Keep it, it is not shown again: {token}")
    return 0


def _backup(arguments: argparse.Namespace) -> int:
    from pendopo.project.backup import making

    settings = deployment()
    if arguments.keep is not None and arguments.keep < 1:
        raise BackupError("--keep must be 1 or more.")
    with _database():
        folder = making.make_backup(settings, arguments.folder, verify=not arguments.quick)
        _set_up_django()
        making.note_backup(verified=not arguments.quick)
    for old in making.forget_old(arguments.folder, arguments.keep) if arguments.keep else ():
        print(f"Deleted {old}")
    proof = "not proven, for --quick was given" if arguments.quick else "proven by restoring it"
    print(f"Backed up to {folder} ({proof}). It holds secrets: keep it where only you can read it.")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from pendopo.project.backup import restoring
    from pendopo.project.supervisor.place import FolderTaken, held

    settings = deployment()
    _set_up_django()
    manifest = restoring.check_backup(arguments.folder)
    try:
        with ExitStack() as stack:
            stack.enter_context(held(settings))
            restoring.refuse_used_folder(settings)
            stack.enter_context(restoring.empty_database(settings, manifest))
            restoring.restore_backup(settings, arguments.folder, manifest)
            _bring_up_to_date()
            restoring.note_restore(manifest)
            restoring.finish(settings)
    except FolderTaken:
        raise BackupError(
            "Pendopo runs on this folder: stop it, then restore into an empty one."
        ) from None
    rows = sum(manifest.rows.values())
    print(f"Restored {rows} rows and {len(manifest.files) - 1} files. Start with `pendopo run`.")
    return 0


def _bring_up_to_date() -> None:
    """The backup may be of an earlier version."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _version(_: argparse.Namespace) -> int:
    print("pendopo", version("pendopo"))
    return 0


# ---- what they share


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
    django.setup()


def _django(*words: str, database: bool = True) -> int:
    """A management command, as if given to Django itself; with ``database`` the embedded one is
    started if need be."""
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.project.settings")
    if not database:
        execute_from_command_line(["pendopo", *words])
        return 0
    with _database():
        execute_from_command_line(["pendopo manage", *words])
    return 0


@contextmanager
def _database() -> Iterator[None]:
    """The database runs while the block does: ours is started if it is embedded and nobody has
    done so."""
    from pendopo.project.backup.restoring import refuse_half_restored

    settings: Deployment = deployment()
    refuse_half_restored(settings)
    if not settings.embedded_database:
        yield
        return
    from pendopo.project.supervisor.place import FolderTaken, held

    try:
        with held(settings), Cluster(settings.data).started():
            yield
    except FolderTaken:
        yield
