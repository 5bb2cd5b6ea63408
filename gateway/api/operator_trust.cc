// Whom the trust list in force believes, and what another one would change before it is put in
// force. Neither puts anything in force.
//
// Threat: what is handed in is read by a box alone. That a box tells of the list in force is not
// believed by itself: it must be the one that the signer goes by.
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/receive_body.h"
#include "gateway/api/trust_lists.h"
#include "gateway/service/boxed.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

constexpr std::uint64_t kTrustListBytes = 8u << 20;
constexpr std::string_view kPart = "trust-list";
constexpr std::array<std::string_view, 2> kForms = {"application/toml", "application/zip"};

constexpr core::Error kUnlike{core::ErrorCode::kIo,
                              "the trust list on the disk is not the one in force"};

bool is_trust_list(const http::RequestHead& head) {
  const std::string* type = head.find("content-type");
  const auto parsed = http::parse_parameterised(type == nullptr ? "" : *type);
  return parsed && std::ranges::find(kForms, parsed->value) != kForms.end();
}

core::Result<void> check_in_force(service::SignerClient& signer, const v1::TrustOutline& told) {
  v1::FrontAsks asks;
  asks.mutable_keys();
  HEYAN_TRY(const v1::FrontGets gets, signer.ask(asks));
  if (gets.keys().trust().trust_list() != told.digest()) return std::unexpected(kUnlike);
  return {};
}

}  // namespace

// A box is started for it.
Task<void> Api::show_trust(Exchange& exchange, const Caller& caller) {
  if (const auto wait = wait_of(caller)) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const auto look = [&]() -> core::Result<std::string> {
    HEYAN_TRY(const v1::TrustOutline outline, service::show_trust(parts_.acceptance.boxes));
    HEYAN_CHECK_OK(check_in_force(parts_.acceptance.signer, outline));
    return core::json::write_canonical(trust_value(outline));
  };
  auto text = co_await exchange.workers().run(look);
  if (!text) {
    co_await refuse(exchange, problem_of(Problem::kUnavailable));
    co_return;
  }
  http::Answer answer = json_answer(200, *std::move(text));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::preview_trust(Exchange& exchange) {
  if (!is_trust_list(exchange.head())) {
    co_await refuse(exchange, problem_of(Problem::kUnsupportedMediaType,
                                         "send the TOML as application/toml, or its folder as "
                                         "application/zip"));
    co_return;
  }
  const bool refused = co_await refuse_for_lack(exchange, Brings::kSomethingElse);
  if (refused) co_return;
  const auto create = [&]() -> core::Result<service::Staged> {
    HEYAN_TRY(const std::string name, store::new_submission_id());
    HEYAN_TRY(auto files, store::StagingFiles::create(settings_.staging, name));
    service::Staged staged(std::move(files));
    HEYAN_CHECK_OK(staged.begin(kPart));
    return staged;
  };
  auto staged = co_await exchange.workers().run(create);
  if (!staged) {
    co_await refuse(exchange, staged.error());
    co_return;
  }
  exchange.limit_body(kTrustListBytes);
  const Feed feed = [&staged](core::ByteView bytes) { return staged->append(bytes); };
  const auto received = co_await receive_body(exchange, feed);
  if (!received) {
    co_await refuse(exchange, received.error());
    co_return;
  }
  const auto work = [&]() -> std::expected<std::string, service::Refused> {
    const auto ours = [](const core::Error& error) {
      return std::unexpected(service::Refused{error, {}});
    };
    if (const auto finished = staged->finish(); !finished) return ours(finished.error());
    HEYAN_TRY(const v1::TrustComparison comparison,
              service::compare_trust(parts_.acceptance.boxes, *staged->find(kPart)));
    const auto checked = check_in_force(parts_.acceptance.signer, comparison.in_force());
    if (!checked) return ours(checked.error());
    return core::json::write_canonical(comparison_value(comparison));
  };
  auto text = co_await exchange.workers().run(work);
  if (!text) {
    co_await refuse(exchange, problem_of(text.error()));
    co_return;
  }
  http::Answer answer = json_answer(200, *std::move(text));
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
