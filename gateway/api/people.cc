#include "gateway/api/people.h"

#include <algorithm>
#include <array>

#include "gateway/http/negotiate.h"
#include "gateway/ops/config.h"
#include "gateway/service/stored_session.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;

static_assert(accounts::kStoredPrefix == ops::kPeoplesAccounts);
static_assert(service::kOfPeople == ops::kPeoplesAccounts);

constexpr std::string_view kCookie = "__Host-heyan";
constexpr std::string_view kProviderCookie = "__Host-heyan-oidc";
constexpr std::string_view kProviderAttributes =
    "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600";
constexpr std::string_view kAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr std::int64_t kSecond = 1000;

// Looks at every byte whatever it finds.
bool same(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i])) ^
                  static_cast<unsigned>(static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

Role role_of(accounts::Role role) {
  switch (role) {
    case accounts::Role::kLitigant:
      return Role::kLitigant;
    case accounts::Role::kClerk:
      return Role::kClerk;
    case accounts::Role::kJudge:
      return Role::kJudge;
    case accounts::Role::kOperator:
      break;
  }
  return Role::kOperator;
}

std::vector<Court> courts_of(const accounts::Person& person, const Settings& settings) {
  if (person.role == accounts::Role::kLitigant) return settings.courts_of_people;
  std::vector<Court> courts;
  if (person.court.empty()) return courts;
  std::ranges::copy_if(settings.courts_of_people, std::back_inserter(courts),
                       [&](const Court& court) { return court.code == person.court; });
  return courts;
}

Value json_of(const Court& court) {
  Value value;
  value.set("code", court.code).set("name", court.name);
  return value;
}

// Nothing where there is none of that name, or two.
std::optional<std::string_view> cookie_of(const http::RequestHead& head, std::string_view name) {
  const std::string* field = head.find("cookie");
  if (field == nullptr) return std::nullopt;
  std::optional<std::string_view> found;
  for (std::string_view rest = *field; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
    if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
    if (found) return std::nullopt;
    found = pair.substr(name.size() + 1);
  }
  return found;
}

}  // namespace

std::optional<std::string_view> session_cookie(const http::RequestHead& head) {
  return cookie_of(head, kCookie);
}

std::optional<std::string_view> provider_cookie(const http::RequestHead& head) {
  return cookie_of(head, kProviderCookie);
}

std::string set_provider_cookie(std::string_view token) {
  return std::string(kProviderCookie) + "=" + std::string(token) + std::string(kProviderAttributes);
}

std::string set_session_cookie(std::string_view token) {
  return std::string(kCookie) + "=" + std::string(token) + std::string(kAttributes);
}

std::string clear_session_cookie() {
  return std::string(kCookie) + "=" + std::string(kAttributes) + "; Max-Age=0";
}

bool is_of_own_origin(const http::RequestHead& head) {
  const std::string* origin = head.find("origin");
  const std::string* host = head.find("host");
  return origin != nullptr && host != nullptr && !host->empty() && *origin == "https://" + *host;
}

bool has_form_token(const http::RequestHead& head, const accounts::Current& current) {
  const std::string* token = head.find("x-heyan-token");
  return token != nullptr && same(*token, current.form_token);
}

bool is_unattended(const http::RequestHead& head) {
  static constexpr std::array<std::string_view, 2> kForms = {"application/json",
                                                             "text/event-stream"};
  if (head.method != http::Method::kGet) return false;
  const std::string* said = head.find("x-heyan-unattended");
  if (said != nullptr && *said == "1") return true;
  const std::string* accept = head.find("accept");
  return accept != nullptr && http::choose_media_type(*accept, kForms) == 1;
}

Caller caller_of(const accounts::Current& current, const Settings& settings) {
  const accounts::Session& session = current.session;
  const bool strong = session.strength == accounts::Strength::kSecondFactor;
  std::vector<Court> courts = courts_of(session.person, settings);
  const bool held =
      session.person.role == accounts::Role::kJudge && courts.size() == 1 && courts[0].assignment;
  return {.role = role_of(session.person.role),
          .account = accounts::stored_account(session.person.account),
          .courts = std::move(courts),
          .authentication = strong ? v1::AUTHENTICATION_SECOND_FACTOR : v1::AUTHENTICATION_PASSWORD,
          .session_name = core::to_hex(current.digest),
          .held = held,
          .asked_at_ms = settings.now_ms()};
}

std::string session_json(const accounts::Current& current, const Settings& settings,
                         std::int64_t idle_ms) {
  const accounts::Session& session = current.session;
  const std::vector<Court> own = courts_of(session.person, settings);
  const bool of_court = accounts::is_of_a_court(session.person.role) && !own.empty();
  Value courts{Value::Array{}};
  if (may(role_of(session.person.role), Right::kFile)) {
    for (const Court& court : own) courts.push(json_of(court));
  }
  const bool strong = session.strength == accounts::Strength::kSecondFactor;
  Value value;
  value.set("account", session.person.account)
      .set("name", session.person.name)
      .set("role", accounts::word(session.person.role))
      .set("court", of_court ? json_of(own[0]) : Value())
      .set("courts", std::move(courts))
      .set("authentication", strong ? "SECOND_FACTOR" : "PASSWORD")
      .set("token", current.form_token)
      .set("secondFactor", session.second_factor)
      .set("expiresAt", core::format_rfc3339(core::from_unix_ms(current.expires_at_ms)))
      .set("idleSeconds", idle_ms / kSecond);
  return core::json::write_canonical(value);
}

}  // namespace heyan::api
