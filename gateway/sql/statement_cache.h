// Statements of one database, each prepared once, so that SQL can stand where it is used.
#pragma once

#include <map>
#include <string_view>

#include "gateway/sql/database.h"

namespace heyan::sql {

// Like its Database, which must outlive it, for one thread at a time. SQL texts are literals.
class StatementCache {
 public:
  explicit StatementCache(Database& database) : database_(database) {}

  core::Result<Statement*> get(std::string_view sql);

  template <typename... A>
  core::Result<void> run(std::string_view sql, const A&... arguments) {
    HEYAN_TRY(Statement * statement, get(sql));
    return statement->run(arguments...);
  }
  // The same, and how many rows it touched.
  template <typename... A>
  core::Result<std::uint64_t> change(std::string_view sql, const A&... arguments) {
    HEYAN_CHECK_OK(run(sql, arguments...));
    return database_.changes();
  }
  template <typename... T, typename... A>
  core::Result<std::optional<std::tuple<T...>>> one(std::string_view sql, const A&... arguments) {
    HEYAN_TRY(Statement * statement, get(sql));
    return statement->one<T...>(arguments...);
  }
  template <typename... T, typename... A>
  core::Result<std::vector<std::tuple<T...>>> all(std::string_view sql, const A&... arguments) {
    HEYAN_TRY(Statement * statement, get(sql));
    return statement->all<T...>(arguments...);
  }

 private:
  Database& database_;
  std::map<std::string_view, Statement> statements_;
};

}  // namespace heyan::sql
