#include "gateway/postgres/placeholders.h"

#include <algorithm>
#include <charconv>

namespace heyan::postgres {

Numbered numbered(std::string_view sql) {
  Numbered found;
  char quote = 0;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote != 0) {
      if (c == quote) quote = 0;  // a doubled one opens again at once
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '?') {
      std::size_t number = 0;
      const char* start = sql.data() + i + 1;
      const auto read = std::from_chars(start, sql.data() + sql.size(), number);
      if (read.ec != std::errc()) number = found.parameters + 1;
      i += static_cast<std::size_t>(read.ptr - start);
      found.parameters = std::max(found.parameters, number);
      found.text += '$' + std::to_string(number);
      continue;
    }
    found.text += c;
  }
  return found;
}

}  // namespace heyan::postgres
