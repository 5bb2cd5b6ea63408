// /v1/session/oidc: signing in at a provider (OpenID Connect, authorization code with PKCE).
//
// The session that comes of it is one as any other's; who its owner is follows from (issuer,
// subject) alone (security decision 31). What came of an attempt is never in an address.
#include <algorithm>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/people.h"
#include "gateway/http/percent.h"
#include "gateway/service/egress_words.h"
#include "verifier/core/json.h"

namespace heyan::api {
namespace {

using accounts::Current;
using core::json::Value;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;
using Why = accounts::Refused::Why;

constexpr std::size_t kMostCode = 2048;
constexpr std::size_t kStart = 4;     // v1 session oidc ID
constexpr std::size_t kCallback = 5;  // and "callback"
// Where a browser comes back to: the page asks what came of it.
constexpr std::string_view kPage = "/app/sign-in?returned=1";

std::string address_of(const Provider& provider, const Begun& begun) {
  std::string address = provider.authorization + "?response_type=code&scope=openid%20profile";
  const auto add = [&](std::string_view name, std::string_view value) {
    address.append("&").append(name).append("=").append(http::percent_encode(value));
  };
  add("client_id", provider.client_id);
  add("redirect_uri", provider.redirect);
  add("state", begun.state);
  add("nonce", begun.nonce);
  add("code_challenge", begun.challenge);
  add("code_challenge_method", "S256");
  if (!provider.acr.empty()) add("acr_values", provider.acr);
  return address;
}

std::string query_of(const Exchange& exchange, std::string_view name) {
  const std::string* value = exchange.head().target.find_query(name);
  return value == nullptr ? std::string() : *value;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kMostCode &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

http::Answer to_page() {
  http::Answer answer;
  answer.status = 303;
  answer.set("location", kPage);
  answer.set("cache-control", "no-store");
  return answer;
}

std::string_view word_of(const accounts::Refused& refused) {
  switch (refused.why) {
    case Why::kUnlinked:
      return "unlinked";
    case Why::kFailed:
      return "disabled";
    default:
      return "unavailable";
  }
}

}  // namespace

const Provider* Api::provider(std::string_view id) const {
  const auto found = std::ranges::find(settings_.providers, id, &Provider::id);
  return found == settings_.providers.end() ? nullptr : &*found;
}

Task<void> Api::oidc(Recorded& exchange) {
  const Segments& path = exchange.head().target.segments;
  const Method method = exchange.head().method;
  const bool read = method == Method::kGet || method == Method::kHead;
  const bool listing = path.size() == kStart - 1;
  const Provider* known = path.size() >= kStart ? provider(path[3]) : nullptr;
  const bool start = path.size() == kStart && known != nullptr;
  const bool callback =
      path.size() == kCallback && known != nullptr && path[kCallback - 1] == "callback";
  if (!listing && !start && !callback) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else if (listing && read) {
    co_await list_providers(exchange);
  } else if (start && method == Method::kPost) {
    co_await begin_at_provider(exchange, *known);
  } else if (callback && method == Method::kGet) {
    co_await return_from_provider(exchange, *known);
  } else {
    co_await refuse_method(exchange, listing ? "GET, HEAD" : start ? "POST" : "GET");
  }
}

Task<void> Api::list_providers(Recorded& exchange) {
  Value all{Value::Array{}};
  for (const Provider& one : settings_.providers) {
    Value value;
    value.set("id", one.id).set("titleZh", one.title_zh).set("titleEn", one.title_en);
    all.push(std::move(value));
  }
  Value last;
  const auto cookie = provider_cookie(exchange.head());
  const auto outcome = cookie ? sign_ins_.outcome(std::string(*cookie), SignIns::Clock::now())
                              : std::optional<SignInOutcome>();
  if (outcome) {
    const Provider* from = provider(outcome->provider);
    last.set("fault", outcome->fault)
        .set("provider", outcome->provider)
        .set("issuer", from == nullptr ? std::string() : from->issuer)
        .set("subject", outcome->subject);
  }
  Value value;
  value.set("providers", std::move(all)).set("outcome", std::move(last));
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  answer.set("cache-control", "no-store");
  co_await say(exchange, std::move(answer));
}

// A change, and so from a page of ours alone: nobody else's page sends a browser off from here.
Task<void> Api::begin_at_provider(Recorded& exchange, const Provider& provider) {
  if (!is_of_own_origin(exchange.head())) {
    co_await refuse(exchange, problem_of(Problem::kForbidden, "Origin is missing or another one"));
    co_return;
  }
  if (const auto wait = provider_rate_.take(exchange.peer().client, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const auto cookie = session_cookie(exchange.head());
  const auto find = [&]() -> core::Result<std::optional<Current>> {
    if (!cookie) return std::nullopt;
    return parts_.accounts.find(*cookie, false);
  };
  auto before = co_await exchange.workers().run(find);
  const Begun begun = sign_ins_.begin(
      provider.id, before ? *std::move(before) : std::optional<Current>(), SignIns::Clock::now());
  Value value;
  value.set("location", address_of(provider, begun));
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  answer.set("cache-control", "no-store");
  answer.set("set-cookie", set_provider_cookie(begun.cookie));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::return_from_provider(Recorded& exchange, const Provider& provider) {
  const auto cookie = provider_cookie(exchange.head());
  const std::string browser = cookie ? std::string(*cookie) : std::string();
  const auto taken =
      sign_ins_.take(query_of(exchange, "state"), browser, provider.id, SignIns::Clock::now());
  if (!taken) {
    parts_.observer.signed_in_at_provider("state", {});
    co_await say(exchange, to_page());
    co_return;
  }
  exchange.tried();
  exchange.about("by", "provider");
  exchange.about("issuer", provider.issuer);
  exchange.about("client", exchange.peer().client);
  const std::string issuer = query_of(exchange, "iss");
  const std::string code = query_of(exchange, "code");
  const bool of_provider = issuer == provider.issuer || (issuer.empty() && !provider.sends_issuer);
  std::string_view fault;
  if (!of_provider)
    fault = "issuer";
  else if (exchange.head().target.find_query("error") != nullptr)
    fault = query_of(exchange, "error") == "access_denied" ? "denied" : "provider";
  else if (!is_code(code))
    fault = "provider";
  if (!fault.empty()) {
    parts_.observer.signed_in_at_provider(fault, {});
    exchange.about("why", fault);
    exchange.failed();
    sign_ins_.say(browser, {.fault = std::string(fault), .provider = provider.id, .subject = {}},
                  SignIns::Clock::now());
    co_await say(exchange, to_page());
    co_return;
  }
  co_await redeem(exchange, provider, browser, *taken, code);
}

// In the transaction that makes the account: what cannot be recorded is not made. The sign-in's own
// record follows, once it is known what came of that.
core::Result<void> Api::record_account(const accounts::Person& person,
                                       const accounts::Identity& identity) {
  audit::Entry entry{.event = audit::Event::kAccountAdded,
                     .subject = accounts::stored_account(person.account)};
  entry.detail.set("role", accounts::word(person.role))
      .set("court", person.court)
      .set("issuer", identity.issuer)
      .set("identity", audit::hidden(identity.subject));
  auto recorded = parts_.trail.append(entry);
  if (!recorded) parts_.observer.event("front.audit_trail_failed");
  return recorded;
}

Task<void> Api::redeem(Recorded& exchange, const Provider& provider, std::string browser,
                       SignIns::Taken taken, std::string code) {
  SignInOutcome outcome{.fault = "unavailable", .provider = provider.id, .subject = {}};
  v1::EgressFailure failure;
  std::string account;
  std::string identity;  // hidden
  const auto work = [&]() -> std::optional<std::string> {
    const Places::Place place = identities_.take();
    if (!place || parts_.identities == nullptr) return std::nullopt;
    v1::IdentityAsk ask;
    ask.set_provider(provider.id);
    ask.set_code(code);
    ask.set_verifier(taken.verifier);
    ask.set_nonce(taken.nonce);
    const v1::IdentityGets gets = parts_.identities->ask(std::move(ask));
    if (!gets.has_identity()) {
      failure = gets.failure();
      outcome.fault = failure.fault() == v1::EGRESS_FAULT_TOKEN ? "token" : "provider";
      return std::nullopt;
    }
    identity = audit::hidden(gets.identity().subject());
    const accounts::Vouched vouched{
        .provider = provider.id,
        .identity = {.issuer = provider.issuer, .subject = gets.identity().subject()},
        .strength = provider.acr.empty() ? accounts::Strength::kPassword
                                         : accounts::Strength::kSecondFactor,
        .litigants = provider.litigants,
        .name = gets.identity().name()};
    const auto token = parts_.accounts.sign_in(vouched, [&](const accounts::Person& person) {
      return record_account(person, vouched.identity);
    });
    if (!token) {
      outcome.fault = word_of(token.error());
      if (token.error().why == Why::kUnlinked) outcome.subject = gets.identity().subject();
      return std::nullopt;
    }
    // The browser's session before ends: nobody goes on in one that was there already.
    if (taken.before) static_cast<void>(parts_.accounts.sign_out(*taken.before));
    const auto current = parts_.accounts.find(*token, false);
    if (!current || !*current) return std::nullopt;
    account = (*current)->session.person.account;
    return *token;
  };
  const std::optional<std::string> token = co_await exchange.workers().run(work);
  if (!identity.empty()) exchange.about("identity", identity);
  http::Answer answer = to_page();
  if (token) {
    parts_.observer.signed_in_at_provider("signed-in", failure);
    exchange.by(accounts::stored_account(account), "person");
    answer.set("set-cookie", set_session_cookie(*token));
  } else {
    parts_.observer.signed_in_at_provider(outcome.fault, failure);
    exchange.about("why", outcome.fault);
    exchange.failed();
    sign_ins_.say(browser, std::move(outcome), SignIns::Clock::now());
  }
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
