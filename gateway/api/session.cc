// /v1/session: signing in and out, the own password, the own second factor.
#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/listeners.h"
#include "gateway/api/people.h"
#include "verifier/core/json.h"

namespace heyan::api {
namespace {

using accounts::Current;
using front::Exchange;
using front::Task;
using http::Method;
using http::Problem;
using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kFactor = "second-factor";
constexpr std::string_view kRemoval = "second-factor/removal";
constexpr std::array<std::string_view, 2> kSignIn = {"account", "password"};
constexpr std::array<std::string_view, 2> kChange = {"old", "new"};
constexpr std::array<std::string_view, 1> kCode = {"code"};
constexpr std::array<std::string_view, 1> kPassword = {"password"};
constexpr std::size_t kBodyBytes = 4096;
constexpr core::Limits kSmall{.json_bytes = kBodyBytes, .json_depth = 2, .json_nodes = 16};

constexpr std::string_view kOtherOrigin =
    "Origin is another site's: what its pages send is not taken; a court's system says no Origin";

bool is_safe(Method method) {
  return method == Method::kGet || method == Method::kHead || method == Method::kOptions;
}

bool is_json(const http::RequestHead& head) {
  const std::string* type = head.find("content-type");
  const auto parsed = http::parse_parameterised(type == nullptr ? "" : *type);
  return parsed && parsed->value == "application/json";
}

// An object of these texts alone; those that may be left out are empty then.
std::optional<Texts> texts_in(core::ByteView body, std::span<const std::string_view> needed,
                              std::string_view optional = {}) {
  const auto document = core::json::parse(body, kSmall);
  if (!document || document->as_object() == nullptr) return std::nullopt;
  Texts texts;
  for (const auto& [name, value] : *document->as_object()) {
    const bool known = std::ranges::find(needed, name) != needed.end() || name == optional;
    if (!known || value.as_string() == nullptr || value.as_string()->contains('\0')) {
      return std::nullopt;
    }
    texts[name] = *value.as_string();
  }
  for (const std::string_view name : needed) {
    if (!texts.contains(name)) return std::nullopt;
  }
  return texts;
}

http::ProblemDocument document_of(const accounts::Refused& refused) {
  using Why = accounts::Refused::Why;
  switch (refused.why) {
    case Why::kFailed:
    case Why::kUnlinked:
      return problem_of(Problem::kSignInFailed);
    case Why::kCodeNeeded:
      return problem_of(Problem::kSecondFactorNeeded);
    case Why::kWeak: {
      http::ProblemDocument document = problem_of(Problem::kDefects);
      document.errors.push_back(
          {"/new", std::string(refused.word), "choose another password of 12 to 256 bytes"});
      return document;
    }
    case Why::kConflict:
      return problem_of(Problem::kConflict, "the second factor is not in that state");
    case Why::kLater:
    case Why::kBroken:
      break;
  }
  return problem_of(Problem::kUnavailable);
}

Task<void> refuse_session(Exchange& exchange, accounts::Refused refused) {
  if (refused.why == accounts::Refused::Why::kLater) {
    co_await refuse_for_now(exchange, refused.wait);
    co_return;
  }
  co_await refuse(exchange, document_of(refused));
}

// Within a session nobody is signed out by a mistyped word.
Task<void> refuse_word(Exchange& exchange, std::string_view pointer, accounts::Refused refused) {
  if (refused.why != accounts::Refused::Why::kFailed) {
    co_await refuse_session(exchange, refused);
    co_return;
  }
  http::ProblemDocument document = problem_of(Problem::kDefects);
  document.errors.push_back({std::string(pointer), "wrong", "that is not right"});
  co_await refuse(exchange, std::move(document));
}

Task<void> say_done(Exchange& exchange) {
  http::Answer answer;
  answer.status = 204;
  co_await say(exchange, std::move(answer));
}

// The texts of the body; nothing where that was answered.
Task<std::optional<Texts>> read_texts(Exchange& exchange, std::span<const std::string_view> needed,
                                      std::string_view optional = {}) {
  if (!is_json(exchange.head())) {
    co_await refuse(exchange, problem_of(Problem::kUnsupportedMediaType));
    co_return std::nullopt;
  }
  const auto body = co_await read_whole_body(exchange, kBodyBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return std::nullopt;
  }
  std::optional<Texts> texts = texts_in(*body, needed, optional);
  if (!texts) {
    co_await refuse(exchange, problem_of(Problem::kMalformedBody));
  }
  co_return texts;
}

}  // namespace

bool Api::is_session(const Exchange& exchange) {
  const Segments& path = exchange.head().target.segments;
  return exchange.peer().listener == kPublic && path.size() >= 2 && path[0] == "v1" &&
         path[1] == "session";
}

Task<std::optional<Current>> Api::signed_in(Recorded& exchange, bool used) {
  const auto cookie = session_cookie(exchange.head());
  const auto find = [&]() -> core::Result<std::optional<Current>> {
    if (!cookie) return std::nullopt;
    return parts_.accounts.find(*cookie, used && !is_unattended(exchange.head()));
  };
  auto found = co_await exchange.workers().run(find);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return std::nullopt;
  }
  if (!*found) {
    co_await refuse(exchange, problem_of(Problem::kUnauthenticated, "sign in first"));
    co_return std::nullopt;
  }
  const Current& current = **found;
  const std::string& account = current.session.person.account;
  exchange.by(accounts::stored_account(account), accounts::word(current.session.person.role));
  if (const auto wait = people_rate_.take(account, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return std::nullopt;
  }
  const bool safe = is_safe(exchange.head().method);
  if (!safe && !is_of_own_origin(exchange.head())) {
    co_await refuse(exchange, problem_of(Problem::kForbidden, "Origin is missing or another one"));
    co_return std::nullopt;
  }
  if (!safe && !has_form_token(exchange.head(), current)) {
    co_await refuse(exchange, problem_of(Problem::kFormTokenMismatch,
                                         "X-Heyan-Token is missing or not that of this session"));
    co_return std::nullopt;
  }
  co_return *std::move(found);
}

Task<std::optional<Current>> Api::about_to_change(Recorded& exchange) {
  std::optional<Current> current = co_await signed_in(exchange, true);
  if (!current) co_return std::nullopt;
  exchange.look_again([this, digest = current->digest]() -> core::Result<void> {
    HEYAN_TRY(const bool lives, parts_.accounts.lives(digest, true));
    return lives ? core::Result<void>() : core::fail(core::ErrorCode::kNotFound, kSessionOver);
  });
  const bool entered = co_await enter_change(exchange);
  if (!entered) co_return std::nullopt;
  co_return current;
}

Task<std::optional<Caller>> Api::who_asks(Recorded& exchange) {
  if (exchange.peer().listener == kPublic) {
    const std::optional<Current> current = co_await signed_in(exchange, true);
    if (!current) co_return std::nullopt;
    co_return caller_of(*current, settings_);
  }
  std::optional<Caller> caller = court_system_of(exchange.peer(), settings_);
  if (!caller) {
    co_await refuse(exchange,
                    problem_of(Problem::kUnauthenticated,
                               "a client certificate of a registered court system is needed"));
  } else {
    exchange.by(caller->account, "court-system");
    exchange.about("court", caller->courts[0].code);
    // A browser that holds the certificate shows it for any page that sends something here, and
    // says whose page that is. Programs say nothing.
    if (!is_safe(exchange.head().method) && exchange.head().find("origin") != nullptr &&
        !is_of_own_origin(exchange.head())) {
      co_await refuse(exchange, problem_of(Problem::kForbidden, kOtherOrigin));
      co_return std::nullopt;
    }
  }
  co_return caller;
}

Task<void> Api::session(Recorded& exchange) {
  const Segments& path = exchange.head().target.segments;
  if (path.size() > 2 && path[2] == "oidc") {
    co_await oidc(exchange);
    co_return;
  }
  const Method method = exchange.head().method;
  const bool read = method == Method::kGet || method == Method::kHead;
  const std::string part = path.size() == 2   ? std::string()
                           : path.size() == 3 ? path[2]
                           : path.size() == 4 ? path[2] + "/" + path[3]
                                              : std::string("/");
  if (!part.empty() && part != "password" && part != kFactor && part != kRemoval) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
  } else if (path.size() == 2 && method == Method::kPost) {
    co_await sign_in(exchange);
  } else if (path.size() == 2 && (read || method == Method::kDelete)) {
    const std::optional<Current> current = co_await signed_in(exchange, false);
    if (!current) co_return;
    if (read) {
      http::Answer answer =
          json_answer(200, session_json(*current, settings_, parts_.accounts.idle_ms()));
      co_await say(exchange, std::move(answer));
    } else {
      co_await sign_out(exchange, *current);
    }
  } else if (part == "password" && method == Method::kPut) {
    co_await change_password(exchange);
  } else if (part == kFactor && method == Method::kPost) {
    co_await propose_factor(exchange);
  } else if ((part == kFactor && method == Method::kPut) ||
             (part == kRemoval && method == Method::kPost)) {
    co_await take_code(exchange, part == kFactor);
  } else {
    co_await refuse_method(exchange, part.empty()         ? "DELETE, GET, HEAD, POST"
                                     : part == "password" ? "PUT"
                                     : part == kFactor    ? "POST, PUT"
                                                          : "POST");
  }
}

Task<void> Api::sign_in(Recorded& exchange) {
  if (!is_of_own_origin(exchange.head())) {
    co_await refuse(exchange, problem_of(Problem::kForbidden, "Origin is missing or another one"));
    co_return;
  }
  const auto texts = co_await read_texts(exchange, kSignIn, "code");
  if (!texts) co_return;
  const auto code = texts->find("code");
  const accounts::Attempt attempt{.account = texts->at("account"),
                                  .password = texts->at("password"),
                                  .code = code == texts->end() ? std::string() : code->second,
                                  .client = exchange.peer().client};
  const auto before = session_cookie(exchange.head());
  exchange.tried();
  bool known = false;
  const auto work = [&]() -> std::expected<std::pair<std::string, Current>, accounts::Refused> {
    known = parts_.accounts.knows(attempt.account);
    HEYAN_TRY(std::string token, parts_.accounts.sign_in(attempt));
    // The browser's session before ends: nobody goes on in one that was there already.
    if (const auto old = before ? parts_.accounts.find(*before, false)
                                : core::Result<std::optional<Current>>(std::nullopt);
        old && *old) {
      static_cast<void>(parts_.accounts.sign_out(**old));
    }
    const auto current = parts_.accounts.find(token, false);
    if (!current || !*current) {
      return std::unexpected(accounts::Refused{
          .why = accounts::Refused::Why::kBroken, .wait = {}, .word = {}, .error = {}});
    }
    return std::pair(std::move(token), **current);
  };
  const auto signed_in = co_await exchange.workers().run(work);
  // What is no account's name may be a password in the wrong place.
  if (known) exchange.by(accounts::stored_account(attempt.account), "person");
  exchange.about("client", attempt.client);
  if (!signed_in) {
    if (signed_in.error().why == accounts::Refused::Why::kLater) note_delay(exchange);
    exchange.about("why", accounts::word(signed_in.error().why));
    parts_.observer.signed_in(signed_in.error().why);
    co_await refuse_session(exchange, signed_in.error());
    co_return;
  }
  parts_.observer.signed_in(std::nullopt);
  const bool strong = signed_in->second.session.strength == accounts::Strength::kSecondFactor;
  exchange.about("by", strong ? "second-factor" : "password");
  http::Answer answer =
      json_answer(200, session_json(signed_in->second, settings_, parts_.accounts.idle_ms()));
  answer.set("set-cookie", set_session_cookie(signed_in->first));
  co_await say(exchange, std::move(answer));
}

void Api::note_delay(Recorded& exchange) {
  if (delays_rate_.take("all", RateLimit::Clock::now())) {
    ++delays_left_out_;
    exchange.leave_out();
  } else if (const std::uint64_t left_out = delays_left_out_.exchange(0); left_out > 0) {
    exchange.about("notRecorded", left_out);
  }
}

Task<void> Api::sign_out(Recorded& exchange, Current current) {
  const auto work = [&] { return parts_.accounts.sign_out(current); };
  const auto ended = co_await exchange.workers().run(work);
  if (!ended) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  http::Answer answer;
  answer.status = 204;
  answer.set("set-cookie", clear_session_cookie());
  co_await say(exchange, std::move(answer));
}

Task<void> Api::change_password(Recorded& exchange) {
  const std::optional<Current> current = co_await about_to_change(exchange);
  if (!current) co_return;
  const auto texts = co_await read_texts(exchange, kChange);
  if (!texts) co_return;
  const auto work = [&] {
    return parts_.accounts.change_password(*current, exchange.peer().client, texts->at("old"),
                                           texts->at("new"));
  };
  const auto changed = co_await exchange.workers().run(work);
  if (changed) {
    co_await say_done(exchange);
  } else {
    co_await refuse_word(exchange, "/old", changed.error());
  }
}

Task<void> Api::propose_factor(Recorded& exchange) {
  const std::optional<Current> current = co_await about_to_change(exchange);
  if (!current) co_return;
  const auto texts = co_await read_texts(exchange, kPassword);
  if (!texts) co_return;
  const auto propose = [&] {
    return parts_.accounts.propose_secret(*current, exchange.peer().client, texts->at("password"));
  };
  const auto secret = co_await exchange.workers().run(propose);
  if (!secret) {
    co_await refuse_word(exchange, "/password", secret.error());
    co_return;
  }
  core::json::Value value;
  value.set("secret", secret->base32).set("uri", secret->uri);
  http::Answer answer = json_answer(200, core::json::write_canonical(value));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::take_code(Recorded& exchange, bool wanted) {
  const std::optional<Current> current = co_await about_to_change(exchange);
  if (!current) co_return;
  const auto texts = co_await read_texts(exchange, kCode);
  if (!texts) co_return;
  const auto work = [&] {
    const std::string& client = exchange.peer().client;
    return wanted ? parts_.accounts.confirm_secret(*current, client, texts->at("code"))
                  : parts_.accounts.drop_secret(*current, client, texts->at("code"));
  };
  const auto done = co_await exchange.workers().run(work);
  if (done) {
    co_await say_done(exchange);
  } else {
    co_await refuse_word(exchange, "/code", done.error());
  }
}

}  // namespace heyan::api
