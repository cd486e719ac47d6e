"""`python -m storage.migrations.remake`: write the first revision anew, while no database has it yet."""

from storage.migrations import drawing

if __name__ == "__main__":
    print(f"Wrote {drawing.first().name} from the tables the code declares.")  # noqa: T201 -- a command speaks
