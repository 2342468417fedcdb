"""What must be true of every database; `doctor` shows each line that is not."""

from sqlalchemy import Connection, text

from screener.errors import StoreError
from screener.store.database import Database

# The constraints forbid all of these; a file edited by hand, or a fault of the disk, may still bring them.
_CLAIMS = {
    "is done without exactly one outcome": """
        SELECT url FROM item WHERE role = 'item' AND state = 'done'
        AND (finding_key IS NULL) = (skip_reason IS NULL)""",
    "has an outcome, but is not done": """
        SELECT url FROM item WHERE state = 'pending'
        AND (finding_key IS NOT NULL OR skip_reason IS NOT NULL)""",
    "has no outcome, though its run is finished": """
        SELECT url FROM item JOIN run ON run.id = item.run_id
        WHERE item.state = 'pending' AND run.state = 'finished'""",
    "is listed twice in one run": """
        SELECT url FROM item GROUP BY run_id, url HAVING count(*) > 1""",
}


def check(database: Database) -> list[str]:
    """What is wrong with the database, one line each; empty when all is well."""
    try:
        faults = database.faults()
        with database.reading() as connection:
            return faults + _broken_claims(connection)
    except StoreError as error:
        return [str(error)]


def _broken_claims(connection: Connection) -> list[str]:
    return [f"{url} {claim}" for claim, query in _CLAIMS.items() for url in connection.execute(text(query)).scalars()]
