#include "gateway/database/membership.h"

#include "gateway/postgres/roles.h"
#include "verifier/core/text.h"

namespace heyan::database {

std::vector<Membership> memberships_of_front(const ops::Database& database, ops::Serves serves) {
  const bool litigants = serves == ops::Serves::kLitigants;
  return {{database.front_role, litigants ? kPublicFronts : kFronts, true},
          {database.front_role, litigants ? kFronts : kPublicFronts, false},
          {database.front_role, kSigners, false}};
}

std::vector<Membership> memberships_of(const ops::Database& database, ops::Serves serves) {
  std::vector<Membership> all = memberships_of_front(database, serves);
  all.push_back({database.signer_role, kSigners, true});
  all.push_back({database.signer_role, kFronts, false});
  all.push_back({database.signer_role, kPublicFronts, false});
  return all;
}

core::Result<std::optional<Misplaced>> misplaced(const postgres::Settings& as,
                                                 const std::vector<Membership>& expected) {
  for (const Membership& each : expected) {
    const std::string group(each.group);
    HEYAN_TRY(const bool member, postgres::is_member(as, each.role, group));
    if (member == each.member) continue;
    const std::string role = identifier(each.role);
    return Misplaced{.expected = each,
                     .what = "the role " + core::visible(each.role, 100) +
                             (each.member ? " is not there, or not" : " is") + " a member of " +
                             group,
                     .remedy = each.member ? "GRANT " + group + " TO " + role + ";"
                                           : "REVOKE " + group + " FROM " + role + ";"};
  }
  return std::nullopt;
}

std::string identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += c;
    out += c;
  }
  return core::visible(out + '"', 200);
}

}  // namespace heyan::database
