#include "gateway/service/stored_session.h"

namespace heyan::service {
namespace {

bool brings_what_systems_bring(const v1::Session& session) {
  return session.authentication() == v1::AUTHENTICATION_COURT_SYSTEM || session.has_message() ||
         session.remarks_size() > 0 || session.known_size() > 0 ||
         session.checked_parties_size() > 0;
}

}  // namespace

core::Result<v1::Session> stored_session(core::ByteView stored, std::string_view court,
                                         std::string_view account) {
  v1::Session session;
  if (!session.ParseFromString(core::to_string(stored))) {
    return core::fail(core::ErrorCode::kInternal, "a stored session does not read");
  }
  if (!account.starts_with(kOfPeople)) return session;
  const bool own = session.account_id() == account && session.court().code() == court;
  if (!own || brings_what_systems_bring(session)) {
    return core::fail(core::ErrorCode::kInternal, "a stored session is not the person's");
  }
  return session;
}

}  // namespace heyan::service
