// GET /v1/submissions/{id}/receipt: what was taken in, as it was signed, and in words of JSON.
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/service/receipt.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

constexpr std::array<std::string_view, 2> kForms = {"application/json", "application/jose"};

}  // namespace

Task<void> Api::receipt(Exchange& exchange, Caller caller, std::string id) {
  const std::string* accept = exchange.head().find("accept");
  const auto form = http::choose_media_type(accept == nullptr ? "" : *accept, kForms);
  if (!form) {
    co_await refuse(exchange, problem_of(Problem::kNotAcceptable));
    co_return;
  }
  const bool is_signed = *form == 1;
  const auto find = [&]() -> core::Result<std::optional<std::string>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    if (is_signed) return core::to_string(found->receipt);
    HEYAN_TRY(const auto items, parts_.acceptance.store.items_of(id, caller.scope()));
    HEYAN_TRY(auto text, service::receipt_text(*found, items));
    return text;
  };
  auto text = co_await exchange.workers().run(find);
  if (!text || !*text) {
    co_await refuse(exchange, problem_of(text ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer = text_answer(kForms.at(*form), **std::move(text));
  answer.set("vary", "accept");
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
