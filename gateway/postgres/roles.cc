#include "gateway/postgres/roles.h"

#include <array>

#include "gateway/postgres/server.h"

namespace heyan::postgres {

core::Result<bool> is_member(const Settings& as, const std::string& role,
                             const std::string& group) {
  HEYAN_TRY(const auto connection, Connection::open(as, expect_durable));
  const std::array values = {role.c_str(), group.c_str()};
  HEYAN_TRY(const Answer answer,
            connection->checked(PQexecParams(
                connection->raw(),
                "SELECT 1 FROM pg_catalog.pg_roles r, pg_catalog.pg_roles g WHERE r.rolname = $1"
                " AND g.rolname = $2 AND pg_has_role(r.oid, g.oid, 'MEMBER')",
                static_cast<int>(values.size()), nullptr, values.data(), nullptr, nullptr, 0)));
  return PQntuples(answer.get()) == 1;
}

}  // namespace heyan::postgres
