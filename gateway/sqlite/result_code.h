// SQLite's result codes as errors of ours. Only for the sources of this folder.
#pragma once

#include "verifier/core/error.h"

namespace heyan::sqlite {

// Of an (extended) result code that is not SQLITE_OK, SQLITE_ROW or SQLITE_DONE. Never SQLite's own
// message: it may quote what was stored.
core::Error error_of(int code);

}  // namespace heyan::sqlite
