"""Messages of SQL databases.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_DETAIL, ERROR, Message

# fmt: off
DATABASE_INVALID_ACCESS: Final = Message("DATABASE_INVALID_ACCESS", ERROR, "invalid database access string: {}",
    "The settings of a database cannot be understood.")
DATABASE_MYSQL_COMMIT: Final = Message("DATABASE_MYSQL_COMMIT", DBG_DETAIL, "committing to MySQL database",
    "A transaction is made durable.")
DATABASE_MYSQL_FATAL_ERROR: Final = Message("DATABASE_MYSQL_FATAL_ERROR", ERROR,
    "unrecoverable MySQL error: {} for <{}>, reason: {} (error code: {})",
    "The connection is lost, or the database cannot serve.")
DATABASE_MYSQL_ROLLBACK: Final = Message("DATABASE_MYSQL_ROLLBACK", DBG_DETAIL, "rolling back MySQL database",
    "A transaction is undone.")
DATABASE_MYSQL_START_TRANSACTION: Final = Message("DATABASE_MYSQL_START_TRANSACTION", DBG_DETAIL,
    "starting a MySQL transaction",
    "Several statements belong together.")
DATABASE_PGSQL_COMMIT: Final = Message("DATABASE_PGSQL_COMMIT", DBG_DETAIL, "committing to PostgreSQL database",
    "A transaction is made durable.")
DATABASE_PGSQL_CREATE_SAVEPOINT: Final = Message("DATABASE_PGSQL_CREATE_SAVEPOINT", DBG_DETAIL,
    "creating the PostgreSQL savepoint: {}",
    "A part of a transaction can be undone on its own.")
DATABASE_PGSQL_DEALLOC_ERROR: Final = Message("DATABASE_PGSQL_DEALLOC_ERROR", ERROR,
    "error while prepared statements were freed: {}",
    "The connection did not close cleanly.")
DATABASE_PGSQL_FATAL_ERROR: Final = Message("DATABASE_PGSQL_FATAL_ERROR", ERROR,
    "unrecoverable PostgreSQL error for <{}>, reason: {} (error code: {})",
    "The connection is lost, or the database cannot serve.")
DATABASE_PGSQL_ROLLBACK: Final = Message("DATABASE_PGSQL_ROLLBACK", DBG_DETAIL, "rolling back PostgreSQL database",
    "A transaction is undone.")
DATABASE_PGSQL_ROLLBACK_SAVEPOINT: Final = Message("DATABASE_PGSQL_ROLLBACK_SAVEPOINT", DBG_DETAIL,
    "rolling back to the PostgreSQL savepoint",
    "A part of a transaction is undone.")
DATABASE_PGSQL_START_TRANSACTION: Final = Message("DATABASE_PGSQL_START_TRANSACTION", DBG_DETAIL,
    "starting a PostgreSQL transaction",
    "Several statements belong together.")
DATABASE_TO_JSON_ERROR: Final = Message("DATABASE_TO_JSON_ERROR", ERROR,
    "JSON of database setting {} cannot be made: {}",
    "An error of the program.")
