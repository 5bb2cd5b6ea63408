// Parameters as SQLite writes them, as PostgreSQL wants them. Only for the sources of this folder.
#pragma once

#include <string>
#include <string_view>

namespace heyan::postgres {

struct Numbered {
  std::string text;
  std::size_t parameters = 0;
};

// ?3 becomes $3, and ? the one after the largest so far (sqlite.org/lang_expr.html#varparam). What
// stands in quotes stays.
Numbered numbered(std::string_view sql);

}  // namespace heyan::postgres
