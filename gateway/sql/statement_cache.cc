#include "gateway/sql/statement_cache.h"

namespace heyan::sql {

core::Result<Statement*> StatementCache::get(std::string_view sql) {
  auto known = statements_.find(sql);
  if (known == statements_.end()) {
    HEYAN_TRY(Statement statement, database_.prepare(sql));
    known = statements_.emplace(sql, std::move(statement)).first;
  }
  return &known->second;
}

}  // namespace heyan::sql
