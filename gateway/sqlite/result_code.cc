#include "gateway/sqlite/result_code.h"

#include <sqlite3.h>

namespace heyan::sqlite {

using core::ErrorCode;

core::Error error_of(int code) {
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY ||
      code == SQLITE_CONSTRAINT_ROWID) {
    return {ErrorCode::kDuplicate, "the database holds a row of this key already"};
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      return {ErrorCode::kIo, "the disk is full"};
    case SQLITE_IOERR:
      return {ErrorCode::kIo, "the operating system could not read or write the database"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::kIo, "the database is in use elsewhere"};
    case SQLITE_CANTOPEN:
      return {ErrorCode::kIo, "the database could not be opened"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorCode::kIo, "the database may not be written"};
    case SQLITE_CORRUPT:
      return {ErrorCode::kInternal, "the database is damaged"};
    case SQLITE_NOTADB:
      return {ErrorCode::kMalformed, "the file is not a database"};
    case SQLITE_TOOBIG:
      return {ErrorCode::kLimit, "a value is too large for the database"};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::kInternal, "the database refused a row"};
    case SQLITE_NOMEM:
      return {ErrorCode::kInternal, "the database had no memory"};
    default:
      return {ErrorCode::kInternal, "the database refused a statement"};
  }
}

}  // namespace heyan::sqlite
