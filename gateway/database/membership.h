// Of which groups of the server the roles of a gateway are members. The tables are granted to the
// groups, and to nobody else (gateway/store/shared_schema.cc, gateway/accounts/shared_schema.cc).
//
// Threat: security decision 25. A front that was taken over must reach no log, the signer no case,
// and a front of litigants alone nothing of what the court's may do; a role in two groups may do
// what either may. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/database.h"
#include "gateway/ops/serves.h"
#include "gateway/postgres/settings.h"
#include "verifier/core/error.h"

namespace heyan::database {

inline constexpr std::string_view kFronts = "heyan_front";
inline constexpr std::string_view kPublicFronts = "heyan_public";  // of litigants alone
inline constexpr std::string_view kSigners = "heyan_signer";

struct Membership {
  std::string role;
  std::string_view group;
  bool member = false;  // it must be one, or must not
};
// The front's alone, and those of front and signer.
std::vector<Membership> memberships_of_front(const ops::Database& database, ops::Serves serves);
std::vector<Membership> memberships_of(const ops::Database& database, ops::Serves serves);

struct Misplaced {
  Membership expected;
  std::string what;
  std::string remedy;  // the SQL that mends it, of a role that is there
};
// The first that is not as it must be; nothing where all are. Asked as anybody. kIo.
core::Result<std::optional<Misplaced>> misplaced(const postgres::Settings& as,
                                                 const std::vector<Membership>& expected);

// An SQL identifier, as it may be shown.
std::string identifier(std::string_view name);

}  // namespace heyan::database
